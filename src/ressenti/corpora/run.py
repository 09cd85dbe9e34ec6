"""From the files that somebody typed to annotated narratives, with everything that was found wrong told on the way."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import ressenti
from ressenti.corpora.account import Account
from ressenti.corpora.language import guess, name
from ressenti.corpora.reading import read
from ressenti.errors import InputError
from ressenti.schema import Component, Narrative


class Run:
    """One run over many accounts; iterate over it once.

    The parser, the vocabulary and the rules are loaded when there is a first account, not before.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        say: Called with each message: what failed, and notes.
        french: Whether the accounts are known to be French; else those that do not look so are told.
        vocabulary: Tables of further words.
        rules: Files or folders of further rules.
        reading: Options of :func:`~ressenti.corpora.reading.read`.

    Raises:
        InputError: At once, for an unknown encoding.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        say: Callable[[str], None],
        french: bool = False,
        vocabulary: Sequence[str] = (),
        rules: Sequence[str] = (),
        **reading: str | None,
    ) -> None:
        self.done = self.failed = 0
        self._say, self._french = say, french
        self._vocabulary, self._rules = vocabulary, rules
        self._items = read(paths, **reading)  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Narrative]:
        accounts = self._accounts()
        first = next(accounts, None)
        if first is None:
            if not self.failed:
                self._say("note: no account in the input")
            return
        annotator = ressenti.load(self._vocabulary, self._rules)
        gc.freeze()  # what was loaded stays to the end: looking through it for garbage again and again takes a twelfth of the time
        for narrative in annotator.pipe(chain([first], accounts)):
            self.done += 1
            yield narrative

    def _accounts(self) -> Iterator[Narrative]:
        for item in self._items:
            if isinstance(item, InputError):
                self.failed += 1
                self._say(str(item))
                continue
            for notice in (*item.notices, *self._doubts(item)):
                self._say(f"note: {_place(item)}: {notice}")
            components = [Component(key, (start, end), "given") for key, start, end in item.components]
            yield Narrative(item.id, item.text, components, extra=item.extra)

    def _doubts(self, account: Account) -> Iterator[str]:
        if not self._french and (language := guess(account.text)) not in (None, "fr"):
            yield f"does not look like French ({name(str(language))}?); --lang fr silences this"


def _place(account: Account) -> str:
    return account.source if account.line is None else f"{account.source}:{account.line}"
