"""How far reviewers agree on the terms that two or more of them decided on: Krippendorff's alpha, nominal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ressenti.evaluation.agreement import alpha
from ressenti.ontology.emotions import Emotions
from ressenti.vocab_builder.candidate import Key
from ressenti.vocab_builder.review.decisions import ACCEPTING, Decision, latest


@dataclass(frozen=True, slots=True)
class Line:
    """One measure.

    Attributes:
        name: What is compared.
        terms: On how many terms two reviewers or more say something of it.
        same: On how many of these all say the same.
        alpha: Krippendorff's, 1 for perfect agreement and 0 for that of chance; None where nothing varies.
    """

    name: str
    terms: int
    same: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the reviewers of a record share.

    Attributes:
        reviewers: Their names and how many terms each decided on, one by one.
        lines: The measures.
        disagreements: The terms on which they differ in emotion or in whether there is one, with what each said, by name.
    """

    reviewers: Mapping[str, int]
    lines: tuple[Line, ...]
    disagreements: tuple[tuple[Key, Mapping[str, Decision]], ...]


def agreement(decisions: Sequence[Decision], emotions: Emotions) -> Agreement:
    """Compare the last decision of each reviewer on each term.

    What was accepted in bulk is nobody's judgement and is left out. « unsure » says nothing of the emotion.

    Args:
        decisions: One record or several, one after another, each oldest first.
        emotions: For the primaries.
    """
    # A term that was accepted in bulk and then decided on counts with that decision alone.
    reviewers = sorted({d.reviewer for d in decisions})
    of = {name: {k: d for k, d in latest(d for d in decisions if d.reviewer == name).items() if d.how != "bulk"} for name in reviewers}
    of = {name: made for name, made in of.items() if made}
    terms = sorted({key for made in of.values() for key in made})
    said = {key: {name: made[key] for name, made in of.items() if key in made} for key in terms}
    shared = {key: by for key, by in said.items() if len(by) > 1}
    measures: dict[str, Callable[[Decision], str]] = {
        "decision": lambda d: d.decision,
        "emotional or not": lambda d: "" if d.decision == "unsure" else str(d.decision in ACCEPTING),
        "primary": lambda d: emotions.primary(d.emotion) if d.emotion else "",
        "emotion": lambda d: d.emotion,
    }
    lines = tuple(
        _line(name, [tuple(filter(None, map(measure, by.values()))) for by in shared.values()]) for name, measure in measures.items()
    )
    differ = tuple((key, by) for key, by in shared.items() if len({d.verdict for d in by.values()} - {"unsure"}) > 1)
    return Agreement({name: len(made) for name, made in of.items()}, lines, differ)


def _line(name: str, values: Sequence[tuple[str, ...]]) -> Line:
    compared = [said for said in values if len(said) > 1]
    return Line(name, len(compared), sum(len(set(said)) == 1 for said in compared), alpha(compared))


def table(found: Agreement) -> str:
    """The agreement as text: who, the measures, and each disagreement on a line."""
    rows = [f"{name}: {count} term{'s' if count != 1 else ''} decided one by one" for name, count in found.reviewers.items()]
    if not found.lines[0].terms:
        return "\n".join((*rows, "No two of them decided on the same term, so there is nothing to compare; see --independent.")) + "\n"
    rows += ["", f"{'':<18}{'terms':>7}{'same':>7}{'alpha':>8}"]
    rows += [f"{x.name:<18}{x.terms:>7}{x.same:>7}{'—' if x.alpha is None else f'{x.alpha:.3f}':>8}" for x in found.lines]
    if found.disagreements:
        rows += ["", "They differ on:"]
    for (term, pos), by in found.disagreements:
        rows.append(f"{term} ({pos}): " + ", ".join(f"{name} {decision.verdict}" for name, decision in by.items()))
    return "\n".join(rows) + "\n"
