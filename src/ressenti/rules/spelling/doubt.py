"""Mentions that rest on a corrected word are less sure."""

from __future__ import annotations

from math import prod

from ressenti.rules.account import Account


def doubt(account: Account) -> None:
    """Put a doubt named ``spelling`` on each mention whose trigger overlaps a correction, as sure as these corrections are together."""
    if not account.reading.corrections:
        return
    for s, found in zip(account.sentences, account.found, strict=True):
        for mention in found:
            spans = {(c.start, c.end): c.sure for i in mention.hit.all for c in account.reading.corrected(*s.span(i, i))}
            if spans and (sure := prod(spans.values())) < 1:
                mention.doubts["spelling"] = round(sure, 3)
