"""Accepted decisions become lines of the vocabulary, with their provenance; nothing is written that the vocabulary could not load."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.tables import read_table, read_text
from ressenti.ontology.vocabulary import COLUMNS, Entry, load_vocabulary, parse_conditions
from ressenti.vocab_builder.candidate import Key
from ressenti.vocab_builder.promotion.usual import Habits
from ressenti.vocab_builder.review.decisions import ACCEPTING, Decision, latest

PROVENANCE = ("origin", "similarity", "decision", "reviewer", "date")
"""The columns that say where a line comes from."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A term that the vocabulary has under another primary in the same part of speech, with no condition to tell the two apart.

    Attributes:
        decision: What was decided.
        entry: The entry that is there.
        alike: Whether the two have the same construction too, so that one table cannot hold both.
        taken: Whether the term went in all the same.
    """

    decision: Decision
    entry: Entry
    alike: bool = False
    taken: bool = False


@dataclass(slots=True)
class Promotion:
    """What decisions do to a vocabulary.

    Attributes:
        rows: The new lines, by column, sorted as the table is.
        guessed: How many of them have a construction that nobody decided on.
        there: Accepted terms that the vocabulary has already, with the entry.
        conflicts: Those that it has under another primary; those that were taken by force are in `rows`.
        disputed: The terms on which reviewers differ, with the last decision of each; in no row.
        refused: How many terms were found not emotional.
        unsure: How many terms nobody was sure of.
    """

    rows: list[Row] = field(default_factory=list)
    guessed: int = 0
    there: list[tuple[Decision, Entry]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    disputed: list[tuple[Decision, ...]] = field(default_factory=list)
    refused: int = 0
    unsure: int = 0

    @property
    def decided(self) -> bool:
        """Whether the records hold any decision at all that stands."""
        return any((self.rows, self.there, self.conflicts, self.disputed, self.refused, self.unsure))


def settle(decisions: Iterable[Decision], reviewer: str = "") -> tuple[list[Decision], list[tuple[Decision, ...]]]:
    """What the reviewers of a record agree on, and where they differ.

    The last decision of each reviewer on a term counts; « unsure » counts where nobody else decided, and what was accepted in bulk where
    nobody looked at the term itself.

    Args:
        decisions: One record or several, one after another, each oldest first.
        reviewer: Whose decision stands where reviewers differ; empty for nobody's.

    Returns:
        A decision for each term agreed on, the latest, signed by all who made it, joined by ``+``; and the decisions on each term that
        is disputed. Both sorted by term.
    """
    by_reviewer: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_reviewer.setdefault(decision.reviewer, []).append(decision)
    said: dict[Key, list[Decision]] = {}
    for made in by_reviewer.values():
        for key, decision in latest(made).items():
            said.setdefault(key, []).append(decision)
    agreed: list[Decision] = []
    disputed: list[tuple[Decision, ...]] = []
    for _, all_said in sorted(said.items()):
        counting = [d for d in all_said if d.decision != "unsure"] or all_said
        counting = [d for d in counting if d.how != "bulk"] or counting
        if len({d.emotion for d in counting}) > 1:
            own = [d for d in counting if reviewer and d.reviewer == reviewer]
            if not own:
                disputed.append(tuple(sorted(counting, key=lambda d: d.reviewer)))
                continue
            counting = own
        last = max(counting, key=lambda d: d.date)
        agreed.append(replace(last, reviewer="+".join(sorted({d.reviewer for d in counting if d.reviewer}))))
    return agreed, disputed


def promote(
    decisions: Iterable[Decision], vocabulary: Sequence[Entry], emotions: Emotions, *, reviewer: str = "", force: bool = False
) -> Promotion:
    """Make lines of the vocabulary from decisions.

    Args:
        decisions: The record, or several.
        vocabulary: What is there already; columns that a reviewer left empty are filled by the entries that are most alike.
        emotions: The tree.
        reviewer: Whose decision stands where reviewers differ.
        force: Whether a term goes in under a second primary without a condition that tells the two apart.
    """
    agreed, disputed = settle(decisions, reviewer)
    found = Promotion(disputed=disputed)
    habits = Habits(vocabulary, emotions)
    by_key: dict[Key, list[Entry]] = {}
    for entry in vocabulary:
        by_key.setdefault((entry.term, entry.pos), []).append(entry)
    for decision in agreed:
        if decision.decision not in ACCEPTING:
            found.refused += decision.decision == "not-emotional"
            found.unsure += decision.decision == "unsure"
            continue
        others = by_key.get(decision.key, [])
        row = _row(decision, habits)
        same = _same(decision, row, others, emotions)
        if (other := _conflict(decision, others, emotions)) is not None:
            taken = force and same is None
            found.conflicts.append(Conflict(decision, same or other, same is not None, taken))
            if not taken:
                continue
        if same is not None:
            found.there.append((decision, same))
            continue
        found.rows.append(row)
        found.guessed += not decision.construction
    found.rows.sort(key=order)
    return found


def _conflict(decision: Decision, others: Iterable[Entry], emotions: Emotions) -> Entry | None:
    """The entry under another primary that nothing tells apart from what was decided."""
    if decision.condition:
        return None
    primary = emotions.primary(decision.emotion)
    if any(not entry.conditions and emotions.primary(entry.emotion) == primary for entry in others):
        return None
    return next((e for e in others if not e.conditions and emotions.primary(e.emotion) != primary), None)


def _same(decision: Decision, row: Row, others: Iterable[Entry], emotions: Emotions) -> Entry | None:
    """The entry that a decision would repeat: of the same construction and conditions, or any where it leaves the construction open."""
    conditions, primary = parse_conditions(decision.condition), emotions.primary(decision.emotion)
    for entry in others:
        if entry.conditions != conditions:
            continue
        if entry.construction == row["construction"] or (not decision.construction and emotions.primary(entry.emotion) == primary):
            return entry
    return None


def _row(decision: Decision, habits: Habits) -> Row:
    usual = habits.usual(decision.term, decision.pos, decision.emotion, decision.construction)
    return {
        "term": decision.term, "pos": decision.pos, "emotion": decision.emotion, "construction": usual.construction,
        "mode": decision.mode or usual.mode, "intensity": decision.intensity or usual.intensity,
        "register": decision.register or "standard", "region": decision.region, "condition": decision.condition,
        "origin": decision.sources or "manual", "similarity": decision.similarity, "decision": "accepted",
        "reviewer": decision.reviewer, "date": decision.date[:10],
    }  # fmt: skip


def order(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    """What the table is sorted by."""
    return row["term"], row["pos"], row["construction"], row["condition"]


def grown(rows: Sequence[Mapping[str, str]], path: Path | None = None) -> str:
    """A table with lines added.

    Args:
        rows: The new lines, by column.
        path: The table that grows, None for a new one. Its lines stay as they are; columns of provenance that it lacks are
            added. Where it is sorted the new lines go to their places, else to the end.

    Raises:
        DataError: The table cannot be read.
    """
    if path is None:
        header = [*COLUMNS, *PROVENANCE]
        return "".join("\t".join(line) + "\n" for line in (header, *([row[c] for c in header] for row in sorted(rows, key=order))))
    numbered = list(read_table(path, COLUMNS))
    lines = read_text(path).rstrip("\n").split("\n")
    header = lines[0].split("\t")
    further = [] if not rows else [c for c in PROVENANCE if c not in header]
    more = "".join("\t" + ("accepted" if c == "decision" else "") for c in further)
    records = {number - 1 for number, _ in numbered}
    old = [line + more if n in records else line for n, line in enumerate(lines)][1:]
    new = [(order(row), "\t".join(row.get(c, "") for c in (*header, *further))) for row in sorted(rows, key=order)]
    places = [order(row) for _, row in numbered]
    if len(old) == len(places) and places == sorted(places):
        body = [line for _, line in sorted([*zip(places, old, strict=True), *new], key=lambda item: item[0])]
    else:
        body = [*old, *(line for _, line in new)]
    return "".join(line + "\n" for line in ("\t".join((*header, *further)), *body))


def check_table(text: str, name: Path, emotions: Emotions) -> Sequence[Entry]:
    """Load a table that is not written yet, and have its terms inflected as annotating does.

    Args:
        text: The table.
        name: Where it would go, for messages.
        emotions: The tree.

    Raises:
        DataError: The line that could not be used.
    """
    import spacy

    from ressenti.rules.triggers import Matcher

    with tempfile.TemporaryDirectory() as folder:
        try:
            file = Path(folder) / "vocabulary.tsv"
            file.write_text(text, encoding="utf-8")
            entries = load_vocabulary(file, emotions)
            Matcher(spacy.blank("fr"), entries)
        except DataError as error:
            raise DataError(name, error.line, f"{error.reason}; nothing was written") from None
    return entries
