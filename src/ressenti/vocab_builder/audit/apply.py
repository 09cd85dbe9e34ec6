"""What was decided in an audit, taken into the table: kept entries get their evidence and who confirmed them, others change or go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.tables import read_table, read_text
from ressenti.ontology.vocabulary import COLUMNS, Entry
from ressenti.vocab_builder.audit.sheet import Identity, Verdict, identity
from ressenti.vocab_builder.candidate import SOURCES
from ressenti.vocab_builder.promotion.promote import PROVENANCE, Row, order
from ressenti.vocab_builder.review.decisions import Decision
from ressenti.vocab_builder.review.names import relation


@dataclass(frozen=True, slots=True)
class Audited:
    """A vocabulary after its audit.

    Attributes:
        table: The whole table, as text.
        decisions: For the record: terms that say no emotion after all, and those that say it in another way or say another one.
        counts: How many entries were kept, changed, removed, left unsure, or not decided on (``open``).
    """

    table: str
    decisions: Sequence[Decision]
    counts: Mapping[str, int]


def apply(
    path: Path, entries: Sequence[Entry], verdicts: Mapping[Identity, Verdict], emotions: Emotions, *, reviewer: str, date: str
) -> Audited:
    """Take verdicts into a table.

    Args:
        path: The table; further columns and remarks stay as they are, and a table that is sorted stays so.
        entries: What it holds.
        verdicts: On entries; those without one stay as they are.
        emotions: The tree.
        reviewer: Who decided.
        date: When, ISO 8601 with zone.
    """
    by_line = {entry.line: entry for entry in entries}
    counts: Counter[str] = Counter()
    gone, decisions = list[Entry](), list[Decision]()
    records = dict(read_table(path, COLUMNS))
    first, *lines = read_text(path).rstrip("\n").split("\n")
    header = first.split("\t")
    header += [column for column in PROVENANCE if column not in header]
    body: list[Row | str] = []
    for line, remark in enumerate(lines, 2):
        if (row := records.get(line)) is None:
            body.append(remark)
            continue
        entry = by_line.get(line)  # a line that the table itself marks as not accepted is none
        verdict = verdicts.get(identity(entry)) if entry else None
        counts[verdict.decision if verdict else "open"] += entry is not None
        if entry is None or verdict is None or verdict.decision == "unsure":
            body.append(row)
            continue
        if verdict.decision == "remove":
            gone.append(entry)
            continue
        body.append({**row, **verdict.changes, **_provenance(row.get("origin", ""), verdict, reviewer, date)})
        if verdict.changes:
            emotion = verdict.changes.get("emotion", entry.emotion)
            decisions.append(_record(entry, relation(entry.emotion, emotion, emotions), emotion, verdict, reviewer, date))
    rows = [row for row in body if not isinstance(row, str)]
    left = {(row["term"], row["pos"]) for row in rows}
    for entry in gone:
        if (entry.term, entry.pos) not in left:
            decisions.append(_record(entry, "not-emotional", "", verdicts[identity(entry)], reviewer, date))
            left.add((entry.term, entry.pos))  # of two entries of a term that are gone the record says it once
    before = [order(row) for row in records.values()]
    if len(rows) == len(body) and before == sorted(before):  # nobody knows what a remark goes with
        body = [*sorted(rows, key=order)]
    written = (row if isinstance(row, str) else "\t".join(row.get(column, "") for column in header) for row in body)
    return Audited("".join(f"{line}\n" for line in ("\t".join(header), *written)), decisions, counts)


def _provenance(origin: str, verdict: Verdict, reviewer: str, date: str) -> dict[str, str]:
    sources = {*origin.split("+"), *verdict.sources.split("+")}
    named = "+".join(source for source in SOURCES if source in sources) or "manual"
    score = {"similarity": verdict.similarity} if verdict.similarity else {}
    return {"origin": named, **score, "decision": "accepted", "reviewer": reviewer, "date": date[:10]}


def _record(entry: Entry, decision: str, emotion: str, verdict: Verdict, reviewer: str, date: str) -> Decision:
    """What the record says of an entry that goes or moves: of one that moves all that tells it from others of its term."""
    now = {"construction": entry.construction, "mode": entry.mode, "intensity": entry.intensity, "register": entry.register,
           "region": entry.region, "condition": "; ".join(map(str, entry.conditions))}  # fmt: skip
    details = {column: verdict.changes.get(column, value) for column, value in now.items()} if emotion else {}
    return Decision(
        entry.term, entry.pos, decision, emotion, **details, proposed=entry.emotion, similarity=verdict.similarity,
        sources=verdict.sources or "manual", reviewer=reviewer, date=date, how="sheet", note=verdict.note,
    )  # fmt: skip
