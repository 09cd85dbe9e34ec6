"""From the files that somebody typed to annotated narratives, with everything that was found wrong told on the way."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import ressenti
from ressenti.corpora.account import Account
from ressenti.corpora.annotated import read_account
from ressenti.corpora.language import guess, name
from ressenti.corpora.reading import read
from ressenti.errors import InputError
from ressenti.schema import Component, Narrative

if TYPE_CHECKING:
    from ressenti.rules.annotator import Annotator


class Run:
    """One run over many accounts; iterate over it once.

    The parser, the vocabulary and the rules are loaded when there is a first account, not before.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        say: Called with each message: what failed, and notes.
        french: Whether the accounts are known to be French; else those that do not look so are told.
        vocabulary: Tables of further words.
        rules: Files or folders of further rules.
        asked: Further arguments of :func:`ressenti.load`.
        keep: Whether accounts that come annotated are taken as they are; else all are annotated anew.
        bare: Whether those that are not annotated are left so.
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
        asked: Mapping[str, bool] | None = None,
        keep: bool = False,
        bare: bool = False,
        **reading: Any,
    ) -> None:
        self.done = self.failed = 0
        self._say, self._french = say, french
        self._vocabulary, self._rules, self._keep = vocabulary, rules, keep
        self._asked = asked or {}
        self._bare = bare
        self._items = read(paths, say=say, **reading)

    def __iter__(self) -> Iterator[Narrative]:
        annotator: Annotator | None = None
        for annotated, several in groupby(self._accounts(), key=lambda pair: pair[1]):
            narratives: Iterator[Narrative] = (narrative for narrative, _ in several)
            if not annotated and not self._bare:
                if annotator is None:
                    annotator = ressenti.load(self._vocabulary, self._rules, **self._asked)
                    # What was loaded stays to the end: looking through it for garbage again and again takes a twelfth of the time
                    gc.freeze()
                narratives = annotator.pipe(narratives)
            for narrative in narratives:
                self.done += 1
                yield narrative
        if not self.done and not self.failed:
            self._say("note: no account in the input")

    def _accounts(self) -> Iterator[tuple[Narrative, bool]]:
        """Each account, and whether it is annotated already."""
        for item in self._items:
            if isinstance(item, InputError):
                self._fail(item)
                continue
            annotated = self._keep and "mentions" in item.marks
            self._tell(item, annotated)
            if not annotated:
                yield unannotated(item), False
            elif isinstance(narrative := read_account(item), InputError):
                self._fail(narrative)
            else:
                yield narrative, True

    def _tell(self, account: Account, annotated: bool) -> None:
        for notice in (*account.notices, *(() if annotated else self._doubts(account))):
            self._say(f"note: {account.place}: {notice}")

    def _fail(self, error: InputError) -> None:
        self.failed += 1
        self._say(str(error))

    def _doubts(self, account: Account) -> Iterator[str]:
        if not self._french and (language := guess(account.text)) not in (None, "fr"):
            yield f"does not look like French ({name(str(language))}?); --lang fr silences this"


def unannotated(account: Account) -> Narrative:
    """An account as a narrative in which nothing is found yet."""
    components = [Component(key, (start, end), "given") for key, start, end in account.components]
    return Narrative(account.id, account.text, components, extra=account.extra)
