"""What functions claim to need: where none of the words stands, they lead nowhere, and rules that ask for them are not tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from ressenti.rules.annotator import Annotator
from ressenti.rules.examples import read_marks
from ressenti.rules.language import load_rules
from ressenti.rules.paths import Has, Names, Path, Step, parse_path
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax import AMONG, FUNCTIONS, SEEKS
from ressenti.rules.syntax.functions import longest_word


def _steps(chain: Iterable[Step]) -> Iterator[Step]:
    for step in chain:
        yield step
        for inner in (*step.choices, *(c for test in step.tests if isinstance(test, Has) for c in test.choices)):
            yield from _steps(inner)


def _claims() -> set[tuple[str, frozenset[str], frozenset[str]]]:
    """Function, forms that narrow it, and words of which one must stand, for every step of the shipped rules."""
    paths: list[Path] = [p for rule in load_rules() for p in (*rule.when, *rule.unless, *(q for qs in rule.roles.values() for q in qs))]
    claims = set()
    for step in _steps(step for path in paths for step in path.steps):
        if step.name in AMONG:
            claims.add((step.name, step.forms, AMONG[step.name]))
        if step.name in SEEKS and step.forms:
            claims.add((step.name, step.forms, frozenset(map(SEEKS[step.name], step.forms))))
    return claims


def test_functions_lead_nowhere_without_the_words_they_claim_to_need(annotator: Annotator) -> None:
    claims = _claims()
    texts = [read_marks(example).text for rule in load_rules() for example in (*rule.examples, *rule.counterexamples)][::2]
    wrong = []
    for doc in annotator.nlp.pipe(texts):
        s = Sentence([*doc], 0)
        wrong += [
            f"{name}({', '.join(sorted(forms)[:3])}) leads from « {s.texts[i]} » in « {doc.text} »"
            for name, forms, words in claims
            if words.isdisjoint(s.present)
            for i in range(len(s))
            if FUNCTIONS[name](s, i, forms)
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("since", [{"comme"}]),
        ("clause(parce|du fait que|puisqu')", [{"parce", "fait", "puisque"}]),
        ("subject[form=ça] | gerund", [{"ça", "en"}]),
        ("subject | gerund", []),
        ("since?", []),
    ],
)
def test_a_path_says_which_words_it_needs(path: str, needs: list[set[str]]) -> None:
    assert parse_path(path, Names({})).needs == needs


def test_the_longest_word_of_a_phrase_is_looked_for() -> None:
    assert [longest_word(p) for p in ("d'autant plus que", "à cause de", "lorsqu'")] == ["autant", "cause", "lorsque"]
