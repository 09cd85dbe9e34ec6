"""Character classes are remembered while expressions are compiled, and what is compiled is the same."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from ressenti.rules.charsets import remembered_charsets

LETTERS = "à-öø-ÿ\u0100-\u1fff\u2c00-\ud7ff"
PATTERN = "(?iu)" + "|".join(f"(?:^{word}[-–][{LETTERS}]+[^{LETTERS}é-ü]$)" for word in map(str, range(100)))
SPELT = "".join(rf"\u{code:04x}" for code in range(0x100, 0x200, 2)) + r"\u2c00-\ud7ff"
LONG = "(?iu)" + "|".join(f"^{word}[-–][a-z{SPELT}'{SPELT}]+[^{SPELT}]$" for word in map(str, range(20)))


def seconds(pattern: str) -> tuple[re.Pattern[str], float]:
    re.purge()
    start = time.process_time()
    return re.compile(pattern), time.process_time() - start


def fastest(pattern: str) -> float:
    """Of three times: garbage may be looked for in one."""
    return min(seconds(pattern)[1] for _ in range(3))


@pytest.mark.parametrize(
    "pattern",
    [
        LONG,
        f"{LONG}|{SPELT}",
        f"{LONG}|[\ue000]",
        f"{LONG}|[a-{SPELT}-z]",
        f"{LONG}|[{SPELT}]|[{SPELT}]",
        PATTERN,
        "[a-z]+(?i:[a-zé]|[^a-zé])",
        "(?a)[\\w-][^\\W\\d_]",
        "[😀-😂àk]x(?i:[😀-😂àk])",
    ],
)
def test_the_same_expression(pattern: str) -> None:
    with remembered_charsets():
        remembered, _ = seconds(pattern)
    assert remembered == seconds(pattern)[0]  # Python compares what it compiled


def test_faster_and_only_inside() -> None:
    compiler = re._compiler  # type: ignore[attr-defined]
    plain = compiler._optimize_charset
    with remembered_charsets():
        assert compiler._optimize_charset is not plain
        remembered = fastest(PATTERN)
    assert compiler._optimize_charset is plain
    assert remembered < 0.7 * fastest(PATTERN)
    with remembered_charsets():
        remembered = fastest(LONG)
    assert remembered < 0.4 * fastest(LONG)


def test_a_mistake_is_told_of_the_expression_as_it_is() -> None:
    with pytest.raises(re.error) as plain:
        re.compile(f"{LONG}[{SPELT}")
    with remembered_charsets(), pytest.raises(re.error) as remembered:
        re.compile(f"{LONG}[{SPELT}")
    assert remembered.value.args == plain.value.args and remembered.value.pattern == plain.value.pattern


def test_another_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re._compiler, "_optimize_charset")  # type: ignore[attr-defined]
    with remembered_charsets():
        pass
    assert not hasattr(re._compiler, "_optimize_charset")  # type: ignore[attr-defined]


def test_two_threads_leave_python_as_it_was():
    before = re._parser.parse, re._compiler._optimize_charset
    first_in, second_in = Event(), Event()

    def first():
        with remembered_charsets():
            first_in.set()
            second_in.wait(0.2)  # it comes in only now that the first is still in, or once that is out

    def second():
        first_in.wait(60)
        with remembered_charsets():
            second_in.set()
            one.result(60)

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(first)
        threads.submit(second).result(60)
    assert (re._parser.parse, re._compiler._optimize_charset) == before
