"""Character classes are remembered while expressions are compiled, and what is compiled is the same."""

import re
import time

import pytest

from ressenti.rules.charsets import remembered_charsets

LETTERS = "à-öø-ÿ\u0100-\u1fff\u2c00-\ud7ff"
PATTERN = "(?iu)" + "|".join(f"(?:^{word}[-–][{LETTERS}]+[^{LETTERS}é-ü]$)" for word in map(str, range(100)))


def seconds(pattern: str) -> tuple[re.Pattern[str], float]:
    re.purge()
    start = time.process_time()
    return re.compile(pattern), time.process_time() - start


@pytest.mark.parametrize("pattern", [PATTERN, "[a-z]+(?i:[a-zé]|[^a-zé])", "(?a)[\\w-][^\\W\\d_]", "[😀-😂àk]x(?i:[😀-😂àk])"])
def test_the_same_expression(pattern: str) -> None:
    with remembered_charsets():
        remembered, _ = seconds(pattern)
    assert remembered == seconds(pattern)[0]  # Python compares what it compiled


def test_faster_and_only_inside() -> None:
    compiler = re._compiler  # type: ignore[attr-defined]
    plain = compiler._optimize_charset
    with remembered_charsets():
        assert compiler._optimize_charset is not plain
        remembered = seconds(PATTERN)[1]
    assert compiler._optimize_charset is plain
    assert remembered < 0.7 * seconds(PATTERN)[1]


def test_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re._compiler, "_optimize_charset")  # type: ignore[attr-defined]
    with remembered_charsets():
        pass
    assert not hasattr(re._compiler, "_optimize_charset")  # type: ignore[attr-defined]
