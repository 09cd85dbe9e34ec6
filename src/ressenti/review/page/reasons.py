"""Why the rules found what they did, in sentences for who reads the page: which kind of word or construction it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.language import load_texts
from ressenti.review.origin import own_emotion, rules
from ressenti.review.page.wording import Texts
from ressenti.rules.rule import Rule
from ressenti.schema import Narrative

REASONS = Path(__file__).parent / "reasons.tsv"
"""A sentence a construction (``adj``: ``adj-cause`` and ``adj-target``), mode or role, and one for each rule that does something else."""


def rule_data(sources: Iterable[str], texts: Texts) -> dict[str, str]:
    """Why, in a sentence, for the sources of a page.

    It names no words: those that were found stand before it, and those of another account would only mislead.

    Args:
        sources: ``rule:ID`` and others, which are left out, as are rules that are not shipped.
        texts: The words of the page.
    """
    said = load_texts(texts.language, REASONS)
    found = {}
    for source in sorted({source for source in sources if source.startswith("rule:")}):
        keys = [source, *(_kinds(rules()[source]) if source in rules() else ())]
        if (key := next((key for key in keys if key in said), None)) is not None:
            found[source] = said[key]
    return found


def _kinds(rule: Rule) -> Iterator[str]:
    """What a rule is about, by what its reason may be found, the most telling first."""
    if rule.group != "core":
        yield from rule.roles
        yield rule.group
    constructions = list(rule.trigger.written.get("construction", ()))
    if rule.mention is not None:
        constructions += [rule.mention.construction, rule.mention.mode]
    for construction in constructions:
        yield construction
        yield construction.partition("-")[0]


def alone(narrative: Narrative) -> dict[int, str]:
    """What the words of an act or of a sign would show by themselves, where the account around them made it another emotion.

    Returns:
        The key of an emotion of another primary, by the id of the mention.
    """
    emotions = load_emotions()
    found = {}
    for mention in narrative.mentions:
        own = own_emotion(mention) if mention.mode == "behavioural" and mention.source.startswith("rule:") else None
        if own is not None and mention.emotion in emotions and emotions.primary(own) != emotions.primary(mention.emotion):
            found[mention.id] = own
    return found
