"""Files of decisions for tests."""

import json

import pytest

from ressenti.review.decisions.read import read


@pytest.fixture
def reviews(tmp_path):
    """Reads files of decisions from the disk."""

    def run(*files):
        found = []
        for number, data in enumerate(files):
            path = tmp_path / f"{number}.json"
            path.write_text(json.dumps(data), encoding="utf-8")
            found += read(path)
        return found

    return run
