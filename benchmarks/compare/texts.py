"""What all tools read: accounts of twenty paragraphs, and the words that are looked for in them."""

from __future__ import annotations

import re
from pathlib import Path

from ressenti.corpora.account import Account
from ressenti.corpora.reading import read
from ressenti.ontology.morphology import inflect
from ressenti.ontology.vocabulary import load_vocabulary

PARAGRAPHS = 20
EXAMPLES = Path(__file__).parents[2] / "examples"


def accounts(files: list[str], words: int) -> list[str]:
    """The accounts in anything that ``ressenti annotate`` reads, up to so many words.

    Without files it is those of the examples, again and again.
    """
    found: list[str] = []
    for item in read(files or [str(EXAMPLES)]):
        if not isinstance(item, Account):
            raise SystemExit(str(item))
        paragraphs = [paragraph for paragraph in re.split(r"\n+", item.text) if paragraph.strip()]
        found += ["\n".join(paragraphs[k : k + PARAGRAPHS]) for k in range(0, len(paragraphs), PARAGRAPHS)]
    if not found:
        raise SystemExit("no account in the input")
    if not files:
        found *= 1 + words // sum(map(count, found))
    kept, seen = [], 0
    for account in found:
        if seen >= words:
            break
        kept.append(account)
        seen += count(account)
    return kept


def parts(accounts: list[str], number: int) -> list[list[str]]:
    """The accounts dealt out like cards: parts that are alike, in each the order kept."""
    if len(accounts) < number:
        raise SystemExit(f"{len(accounts)} accounts are too few for {number} parts; read more --words or fewer --rounds")
    return [accounts[k::number] for k in range(number)]


def count(text: str) -> int:
    """Its words, between blanks: one count for all tools."""
    return len(text.split())


def terms() -> list[str]:
    """The terms of the vocabulary without gaps, words in each of their forms: what a matcher of terms can look for, under no condition."""
    forms: set[str] = set()
    for entry in load_vocabulary():
        if not re.fullmatch(r"[\w’' -]+", entry.term):
            continue
        forms.add(entry.term.lower())
        if entry.pos in ("NOUN", "ADJ", "VERB") and re.fullmatch(r"\w+", entry.term):
            forms.update(form.text for form in inflect(entry.term, entry.pos))
    return sorted(forms)
