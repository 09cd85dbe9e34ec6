"""All methods together: what is written to the table of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ressenti.ontology.dependencies.circle import mirrored
from ressenti.ontology.dependencies.contrast import contrasted, turning
from ressenti.ontology.dependencies.definitions import stated
from ressenti.ontology.dependencies.model import in_order
from ressenti.ontology.dependencies.prefixes import negated
from ressenti.ontology.dependencies.records import METHODS, Decision, Evidence, Keys, named, supports
from ressenti.ontology.dependencies.sequences import causes, combined, successions
from ressenti.ontology.dependencies.stories import Story, corpus_name
from ressenti.ontology.dependencies.theories import across_the_circle, appraisals, dyads
from ressenti.ontology.dependencies.wordnet import antonyms
from ressenti.ontology.emotions import Emotions

COUNTS: tuple[Callable[[Sequence[Story], Emotions, str], Iterator[Evidence]], ...] = (contrasted, turning, successions, causes, combined)

Dependency = tuple[str, Keys]


def propose(
    emotions: Emotions,
    decisions: Sequence[Decision] = (),
    *,
    narratives: Sequence[tuple[str, Sequence[Story]]] = (),
    wordnet: Path | None = None,
) -> tuple[Evidence, ...]:
    """Evidence for every dependency that a method proposes and nobody refused.

    Counts over narratives propose a dependency only where they stand the tests; where something else proposes or confirms it, they are kept
    whatever they are, since few cases, or none more than by chance, are worth knowing too.

    Args:
        emotions: The emotions.
        decisions: What was decided before: a refused dependency is not proposed again.
        narratives: Annotated narratives by the name of their corpus.
        wordnet: Folder of the data files of WordNet 3.0; None to leave its antonyms out.

    Returns:
        By dependency, then by method in the order of `METHODS`.

    Raises:
        InputError: WordNet is not where it should be.
        DataError: A table of the methods cannot be used.
    """
    found = [item for method in (negated, mirrored, across_the_circle, appraisals, dyads, stated) for item in method(emotions)]
    if wordnet is not None:
        found += antonyms(emotions, wordnet)
    counted = list(_counted(emotions, narratives))
    refused = {(item.relation, item.emotions) for item in decisions if item.decision == "refused"}
    proposed = {(item.relation, item.emotions) for item in (*found, *filter(supports, counted))}
    proposed |= {(item.relation, item.emotions) for item in decisions}
    kept = [item for item in (*found, *counted) if (item.relation, item.emotions) in proposed - refused]
    order, methods = in_order(emotions), list(METHODS)
    return tuple(sorted(kept, key=lambda item: (*order((item.relation, item.emotions)), methods.index(item.method), item.corpus)))


def _counted(emotions: Emotions, narratives: Sequence[tuple[str, Sequence[Story]]]) -> Iterator[Evidence]:
    """Counts of all methods over narratives, each dependency on one level only.

    Between a primary and a primary the mentions of all their kinds are counted, and so on down: that level is taken on which the test came
    out best, the higher one of two.
    """
    stories = [story for _, some in narratives for story in some]
    if not stories:
        return
    corpus = corpus_name(narratives)
    for method in COUNTS:
        best: dict[Dependency, Evidence] = {}
        for item in method(stories, emotions, corpus):
            key = item.relation, item.emotions
            if key not in best or _surer(item, best[key]):
                best[key] = item
        yield from best.values()


def _surer(one: Evidence, other: Evidence) -> bool:
    """Whether to prefer a later (lower) level: only where it was tested and came out better."""
    return one.q_value is not None and (other.q_value is None or one.q_value < other.q_value)


def waiting(evidence: Sequence[Evidence], decisions: Sequence[Decision]) -> Iterator[str]:
    """What a reviewer has to know: how much was found, and each proposal that nobody decided on yet, with the methods behind it."""
    decided = {(item.relation, item.emotions) for item in decisions}
    methods: dict[Dependency, list[str]] = {}
    for item in evidence:
        methods.setdefault((item.relation, item.emotions), []).append(item.method)
    new = {key: names for key, names in methods.items() if key not in decided}
    yield f"{len(evidence)} pieces of evidence for {len(methods)} dependencies; {len(new) or 'none'} of them without a decision"
    for (relation, keys), names in new.items():
        yield f"  {relation}: {named(relation, keys)} ({', '.join(dict.fromkeys(names))})"
