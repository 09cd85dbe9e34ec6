"""What the words of a clause alone tell of it."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError
from ressenti.graph.patterns.clauses import in_a_clause_within, is_content, speaks_of
from ressenti.graph.patterns.felt import Telling
from ressenti.graph.patterns.french import CLASSES, load_french
from ressenti.schema import Entity, Narrative


@pytest.mark.parametrize(
    ("clause", "named", "whom"),
    [
        ("mon père a crié", {"père": "E1", "mon": "NARRATOR"}, "E1"),
        ("mon tout petit frère pleurait", {"frère": "E1", "mon": "NARRATOR"}, "E1"),
        ("Julie est partie", {"Julie": "E1"}, "E1"),
        ("Mme Roche m’a vu", {"Mme Roche": "E1", "m’": "NARRATOR"}, "E1"),
        ("j’avais menti", {"j’": "NARRATOR"}, "NARRATOR"),
        ("nous avons perdu", {"nous": "NARRATOR"}, "NARRATOR"),
        ("nous décevoir", {"nous": "NARRATOR"}, None),
        ("l’avoir insulté", {"l’": "E1"}, None),
        ("la mort de ma mère", {"mère": "E1", "ma": "NARRATOR"}, None),
        ("mon divorce", {"mon": "NARRATOR"}, None),
        ("perdre mon ami", {"mon": "NARRATOR", "ami": "E1"}, None),
        ("il pleuvait", {}, None),
        ("…", {}, None),
    ],
)
def test_whom_a_clause_speaks_of(clause, named, whom):
    entities: dict[str, list[tuple[int, int]]] = {"NARRATOR": [], "E1": []}
    for words, id_ in named.items():
        entities[id_].append((clause.index(words), clause.index(words) + len(words)))
    narrative = Narrative("n", clause, entities=[Entity(id_, id_, tuple(spans)) for id_, spans in entities.items()])
    person = speaks_of(Telling(narrative), (0, len(clause)))
    assert (person.id if person else None) == whom


@pytest.mark.parametrize(
    ("text", "cue", "within"),
    [
        ("perdre une mission que j’aime", "aime", True),
        ("Bruno, qui l’enviait, mentait", "enviait", True),
        ("mon fils rit quand je pleure", "pleure", True),
        ("ce qui m’énerve", "énerve", False),
        ("voir que mon père pleurait", "pleurait", False),
        ("l’idée que tu pleures", "pleures", False),
        ("mon père pleurait", "pleurait", False),
        ("qu’il pleure", "pleure", False),
    ],
)
def test_clauses_within_clauses(text, cue, within):
    assert in_a_clause_within(text, (0, len(text)), text.index(cue)) is within


@pytest.mark.parametrize(
    ("text", "words", "content"),
    [
        ("J’ai peur qu’il crie", "il crie", True),
        ("J’ai peur de le perdre", "le perdre", True),
        ("J’ai peur de son père", "son père", False),
        ("J’ai peur quand il crie", "il crie", False),
        ("il crie", "il crie", False),
    ],
)
def test_what_a_feeling_is_about(text, words, content):
    assert is_content(text, (text.index(words), len(text))) is content


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["then\tpuis\t"], "lacks the class 'subjects'"),
        (["then\tpuis\t", "then\tpuis\t"], ":3: has the class 'then'; give each of"),
        (["other\tpuis\t"], ":2: has the class 'other'"),
        (["then\tpuis||\t"], ":2: the class 'then' has an empty word"),
    ],
)
def test_a_broken_table_of_words(lines, reason, tmp_path):
    path = tmp_path / "french.tsv"
    path.write_text("\n".join(["class\twords\tnote", *lines]), encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        load_french(path)
    assert set(load_french()) == set(CLASSES)
