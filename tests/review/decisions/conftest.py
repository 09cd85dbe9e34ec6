"""Files of decisions for tests."""

import json

import pytest
from jsonschema import Draft202012Validator

from ressenti.corpora.annotated import readable
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.read import read
from ressenti.schema import json_schema


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


@pytest.fixture
def put(tmp_path, reviews):
    """Puts files of decisions into a narrative, sees that it is valid and that a second time changes nothing."""

    def run(found, *files, misfits=0, again=True, **options):
        before = found.to_json()
        result = apply(found, reviews(*files), **options)
        assert found.to_json() == before, "the input was changed"
        Draft202012Validator(json_schema()).validate(result.narrative.to_dict())
        line = tmp_path / "out.jsonl"
        line.write_text(result.narrative.to_json() + "\n", encoding="utf-8")
        said = []
        assert [n.to_json() for n in readable(str(line), said.append)[0]] == [result.narrative.to_json()] and not said
        assert [o.outcome for o in result.outcomes].count("does not fit") == misfits, list(map(str, result.outcomes))
        if again:
            second = apply(result.narrative, reviews(*files), **options)
            assert second.narrative.to_dict() == result.narrative.to_dict()
        return result

    return run
