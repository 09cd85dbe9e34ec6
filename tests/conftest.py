"""What several test modules share: one annotator for the whole run, for the parser takes seconds to load."""

from __future__ import annotations

import pytest

import ressenti
from ressenti.rules.annotator import Annotator


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    return ressenti.load()
