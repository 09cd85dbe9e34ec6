"""A first look at all pieces: how many accounts each holds, and which ids there are twice; a thousandth of the work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ressenti.scale.ray.pieces import Options, Part, Piece, ids

Marks = NDArray[np.uint64]
_NUMBERED = re.compile(r"(.*)#([1-9]\d{0,8})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a piece holds.

    Attributes:
        rows: Items of each part, accounts and what cannot be read.
        lines: Lines of each part, 0 where they do not matter.
        ids: uint64 [items], a number for each id, 0 where there is none or its place makes it.
        numbered: uint64 [n, 2]: of ids such as ``a#2`` the number of ``a``, and 2.
    """

    rows: tuple[int, ...]
    lines: tuple[int, ...]
    ids: Marks
    numbered: Marks


def count(piece: Piece, options: Options) -> dict[str, Any]:
    """Count what a piece holds; as a row that Ray can send, :func:`counts` reads it."""
    rows: list[int] = []
    lines: list[int] = []
    marks: list[int] = []
    numbered: list[tuple[int, int]] = []
    for part in piece.parts:
        found, read_lines = ids(part, options)
        before = len(marks)
        for id_ in found:
            marks.append(0 if id_ is None else mark(id_))
            if id_ is not None and (match := _NUMBERED.fullmatch(id_)):
                numbered.append((mark(match[1]), int(match[2])))
        rows.append(len(marks) - before)
        lines.append(sum(read_lines))
    return {
        "rows": rows,
        "lines": lines,
        "ids": np.array(marks, np.uint64).tobytes(),
        "numbered": np.array(numbered, np.uint64).tobytes(),
    }


def counts(row: dict[str, Any]) -> Counts:
    """What :func:`count` counted."""
    ids, numbered = (np.frombuffer(row[name], np.uint64) for name in ("ids", "numbered"))
    return Counts(tuple(map(int, row["rows"])), tuple(map(int, row["lines"])), ids, numbered.reshape(-1, 2))


def mark(id: str) -> int:
    """A number of 64 bits for an id, never 0; of a thousand million ids two have the same with a chance of 1 in 40."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "little") or 1


def placed(pieces: Sequence[Piece], found: Sequence[Counts], shard: int) -> list[Piece]:
    """Pieces that know what comes before them.

    Args:
        pieces: All, in order.
        found: What is in each.
        shard: Items of a shard.
    """
    first = 0
    rows: dict[str, int] = defaultdict(int)
    lines: dict[str, int] = defaultdict(int)
    result = []
    for piece, counted, repeats in zip(pieces, found, _repeats(found), strict=True):
        parts: list[Part] = []
        for part, n_rows, n_lines in zip(piece.parts, counted.rows, counted.lines, strict=True):
            parts.append(replace(part, rows=rows[part.url], lines=lines[part.url]) if part.span else part)
            rows[part.url] += n_rows
            lines[part.url] += n_lines
        result.append(Piece(tuple(parts), first, repeats))
        first += shards(counted, shard)
    return result


def shards(counted: Counts, shard: int) -> int:
    """How many shards the items of a piece fill."""
    return -(-sum(counted.rows) // shard)


def _repeats(found: Sequence[Counts]) -> list[dict[int, int]]:
    """For each piece, of the accounts whose id was there before the number that tells them apart."""
    result: list[dict[int, int]] = [{} for _ in found]
    if not found:
        return result
    every = np.concatenate([counted.ids for counted in found])
    order = np.argsort(every, kind="stable")
    same = np.flatnonzero((every[order][1:] == every[order][:-1]) & (every[order][1:] != 0)) + 1
    if not len(same):
        return result
    again = np.sort(order[same])  # in the order in which they are read
    taken = _taken(found, np.unique(every[again]))
    starts = np.cumsum([0, *(len(counted.ids) for counted in found)])
    number: dict[int, int] = defaultdict(lambda: 1)
    for at in map(int, again):
        id_ = int(every[at])
        number[id_] += 1
        while number[id_] in taken[id_]:
            number[id_] += 1
        piece = int(np.searchsorted(starts, at, side="right")) - 1
        result[piece][at - int(starts[piece])] = number[id_]
    return result


def _taken(found: Sequence[Counts], ids: Marks) -> dict[int, set[int]]:
    """Which numbers an account brings along with one of these ids: where there is an ``a#2``, the second ``a`` cannot be called so."""
    taken: dict[int, set[int]] = defaultdict(set)
    for counted in found:
        for id_, number in counted.numbered[np.isin(counted.numbered[:, 0], ids)]:
            taken[int(id_)].add(int(number))
    return taken
