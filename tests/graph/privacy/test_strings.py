"""What identifies without being a name: found where it stands, and nowhere else."""

import re
import unicodedata

import pytest

from ressenti.errors import DataError
from ressenti.graph.privacy.strings import FILE, find_strings, load_kinds

FOUND = [(kind.key, sentence) for kind in load_kinds() for sentence in kind.found]
PASSED = [(kind.key, sentence) for kind in load_kinds() for sentence in kind.passed]


@pytest.mark.parametrize(("kind", "marked"), FOUND)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_found(kind, marked, form):
    marked = unicodedata.normalize(form, marked)
    text = re.sub(r"[\[\]]", "", marked)
    assert [(one.kind, text[one.start : one.end]) for one in find_strings(text)] == [(kind, it) for it in re.findall(r"\[(.*?)\]", marked)]


@pytest.mark.parametrize(("kind", "sentence"), PASSED)
def test_what_is_passed_over(kind, sentence):
    assert not [one for one in find_strings(sentence) if one.kind == kind]


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", ".", "-"])
def test_blanks_of_any_kind_part_a_number(blank):
    assert [one.kind for one in find_strings("au 06 12 34 56 78".replace(" ", blank).replace("au" + blank, "au "))] == ["telephone"]
    assert not find_strings("06\n12\n34\n56\n78")


def test_long_runs_take_no_long_time():
    for piece in ("a.", "1 ", "rue ", "né ", "@a.", "12 rue de ", "A1", "www.", "0612345678", "12 place de la "):
        find_strings(piece * 20_000)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("check: luhn", "check: lun", True, "did you mean 'luhn'"),
        ("placeholder: carte", "placeholders: carte", True, "unknown key"),
        ("pattern: (?<![\\w@./])@[a-z_]", "pattern: (?<![\\w@./])@([a-z_]", True, "no regular expression"),
        ("\nmonth:", "\nmonths:", True, "month"),
    ],
)
def test_a_file_that_is_wrong_says_where(old, new, line, reason, tmp_path):
    path = tmp_path / "kinds.yaml"
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=reason) as raised:
        load_kinds(path)
    assert bool(raised.value.line) is line
