"""What several test modules share: one annotator for the whole run, for the parser takes seconds to load, and a cache of the run's own."""

from __future__ import annotations

import contextlib
import os
import signal

# Two runs side by side, each with as many threads of BLAS as there are cores, wait for each other; read when numpy is first imported
os.environ.setdefault("OMP_NUM_THREADS", "1")

with contextlib.suppress(ValueError):  # not in the main thread
    # Who starts the tests in the background has Ctrl-C ignored, and what they start would inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)

import pytest
from hypothesis import settings

import ressenti
import warm
from ressenti.rules.annotator import Annotator

settings.register_profile("unhurried", deadline=None)  # how long an example takes says more of the machine than of the code
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Commands that are called within the process, too, have the annotator that all tests have; some tests need it to be collected."""
    warm.load_once()


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    loaded = ressenti.load()
    loaded("Ma sœur avait peur de moi. J’étais triste, puis j’ai eu honte.")  # what it makes at its first sentence, forked processes share
    return loaded


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The commands that the tests start inherit it; the user's own cache is left alone. Tests side by side share it."""
    base = tmp_path_factory.getbasetemp()
    os.environ["RESSENTI_CACHE"] = str((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "ressenti-cache")
