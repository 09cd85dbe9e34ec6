"""The review screen: a term a page, a decision a key, each on the disk before the next term is shown."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from rich.style import Style
from rich.text import Text

from ressenti.corpora.terminal import wrap
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.review.decisions import Decision
from ressenti.vocab_builder.review.details import fields_of, set_detail
from ressenti.vocab_builder.review.family import Families
from ressenti.vocab_builder.review.names import Names, path_of
from ressenti.vocab_builder.review.page import WIDE, View, fit, page
from ressenti.vocab_builder.review.session import Session
from ressenti.vocab_builder.review.tty import Closed, Terminal

_FAINT, _STRONG = Style(dim=True), Style(bold=True)
DIGITS = {**{str(n): n for n in range(1, 6)}, **dict(zip("&é\"'(", range(1, 6), strict=True))}
"""Keys of the alternatives; on a French keyboard the digits without shift too."""

HELP = (
    ("c", "the term says the emotion proposed"),
    ("b", "it says an emotion above: any word of « horreur » is one of « peur »"),
    ("n", "it says an emotion below: « peur » was proposed, but it says « panique »"),
    ("o", "it says another emotion: type its key or its French label, or part of it"),
    ("1–5", "it says the emotion of that number, in the line « instead »"),
    ("x", "it says no emotion; it is not proposed again"),
    ("?", "you cannot tell; another reviewer is asked"),
    ("s", "not now: the term comes again when you start the next time"),
    ("u", "take back your last decision, also one of an earlier sitting"),
    ("e", "say more first: construction, mode, intensity, register, region, condition, a note"),
    ("q", "end; so does Ctrl-C. Every decision is already in the record"),
)


class Screen:
    """Asks a reviewer about the proposals of a session until nothing is left or they leave.

    Args:
        session: What is asked, and where decisions go.
        terminal: Where somebody sits.
        vocabulary: What is known already; by default the shipped vocabulary.
    """

    def __init__(self, session: Session, terminal: Terminal, vocabulary: Iterable[Entry] | None = None) -> None:
        self._session, self._terminal = session, terminal
        self._names = Names(session.emotions)
        self._families = Families(load_vocabulary() if vocabulary is None else vocabulary)
        self._details: dict[str, str] = {}
        self._message = ""
        self.made = 0
        self._keys: dict[str, Callable[[Proposal], None]] = {
            "c": self._correct, "b": self._broader, "n": self._narrower, "o": self._other, "x": self._none, "?": self._unsure,
            ",": self._unsure, "s": self._skip, "u": self._undo, "e": self._edit, "h": self._help,
        }  # fmt: skip

    def run(self) -> None:
        """Go through the proposals.

        Raises:
            OutputError: The record cannot be written to.
            KeyboardInterrupt: Ctrl-C; nothing is lost.
        """
        with contextlib.suppress(Closed), self._terminal.watching():
            while (proposal := self._session.current) is not None or self._ask_for_undo():
                if proposal is None:
                    continue
                self._terminal.show(partial(self._page, proposal))
                key = self._terminal.key().lower()
                if key in ("q", "\x1b"):
                    return
                self._message = ""
                self._pressed(key, proposal)

    def _pressed(self, key: str, proposal: Proposal) -> None:
        try:
            if key in DIGITS:
                self._alternative(proposal, DIGITS[key])
            elif key in self._keys:
                self._keys[key](proposal)
            else:
                self._message = "h explains the keys"
        except ValueError as error:
            self._message = str(error)
        if self._session.current is not proposal:
            self._details = {}

    def _page(self, proposal: Proposal) -> list[Text]:
        session = self._session
        family = self._families(proposal.candidate.term)
        view = View(
            proposal, session.emotions, session.reviewer, session.decided, len(session.asked), session.today, session.skipped, family,
            session.earlier(proposal), self._details, self._message,
        )  # fmt: skip
        return page(view, *self._terminal.size, colour=self._terminal.colour)

    def _ask_for_undo(self) -> bool:
        """The last page: nothing is left, but the last decision can still be taken back."""
        if not self.made:
            return False
        left = f", {self._session.skipped} skipped" if self._session.skipped else ""
        lines = [Text(f"  {self._message}"), Text(), Text(f"  Nothing is left to decide{left}.", _STRONG), Text()]
        lines.append(Text("  u takes the last decision back; any other key ends."))
        self._terminal.show(lambda: lines)
        if self._terminal.key().lower() != "u":
            return False
        self._undo(None)
        return True

    # Decisions

    def _correct(self, proposal: Proposal) -> None:
        self._take(self._proposed(proposal))

    def _alternative(self, proposal: Proposal, number: int) -> None:
        if number > len(proposal.alternatives):
            raise ValueError(f"there is no alternative {number}")
        self._take(proposal.alternatives[number - 1].emotion)

    def _broader(self, proposal: Proposal) -> None:
        above = self._session.emotions.lineage(self._proposed(proposal))[-2::-1]
        if not above:
            raise ValueError("there is nothing broader than a primary; o takes another emotion")
        chosen = above[0] if len(above) == 1 else self._choose("Broader than proposed", above, above)
        self._take(chosen)

    def _narrower(self, proposal: Proposal) -> None:
        emotions, proposed = self._session.emotions, self._proposed(proposal)
        below = [key for key in emotions if proposed in emotions.lineage(key) and key != proposed]
        if not below:
            raise ValueError("there is nothing narrower; o takes another emotion")
        self._take(self._choose("Narrower than proposed", [key for key in below if emotions[key].parent == proposed], below))

    def _other(self, proposal: Proposal) -> None:
        emotions = self._session.emotions
        self._take(self._choose("Another emotion", [key for key in emotions if emotions[key].tier == "primary"], list(emotions)))

    def _none(self, _: Proposal) -> None:
        self._told(self._session.decide("not-emotional", "", self._note()))

    def _unsure(self, _: Proposal) -> None:
        self._told(self._session.decide("unsure", "", self._note()))

    def _proposed(self, proposal: Proposal) -> str:
        if not proposal.emotion:
            raise ValueError("nothing was proposed; press the number of an emotion, o or x")
        return proposal.emotion

    def _note(self) -> dict[str, str]:
        return {"note": note} if (note := self._details.get("note")) else {}

    def _take(self, emotion: str | None) -> None:
        if emotion is not None:
            self._told(self._session.take(emotion, self._details))

    def _told(self, decision: Decision) -> None:
        self.made += 1
        place = f" → {path_of(decision.emotion, self._session.emotions)}" if decision.emotion else ""
        self._message = f"{decision.term}{place} ({decision.decision}); u takes it back"

    # Other keys

    def _skip(self, proposal: Proposal) -> None:
        self._session.skip()
        self._message = f"{proposal.candidate.term} skipped"

    def _undo(self, _: Proposal | None) -> None:
        taken = self._session.undo()
        self._message = "you have decided nothing here that could be taken back" if taken is None else f"taken back: {taken.decision}"
        self.made -= taken is not None

    def _help(self, _: Proposal) -> None:
        self._terminal.show(self._help_page)
        self._terminal.key()

    def _help_page(self) -> list[Text]:
        lines: list[Text] = []
        for key, what in HELP:
            parts = wrap(Text(fit(what)), min(self._terminal.size[0], WIDE) - 9)
            lines += [Text(f"  {key if n == 0 else '':<5}", _STRONG).append_text(part) for n, part in enumerate(parts)]
        return [*lines, Text(), Text("  any key goes back", _FAINT)][: self._terminal.size[1]]

    def _edit(self, proposal: Proposal) -> None:
        """Set what the next decision on this term says besides its emotion."""
        message = ""
        while True:
            rows = [(name, self._details.get(name, ""), shown) for name, shown in fields_of(proposal.candidate.pos)]
            lines = [Text(f"  {proposal.candidate.term}", _STRONG), Text()]
            for name, value, shown in rows:
                line = Text.assemble(f"  {name:<14}", (value or "as usual", _STRONG if value else _FAINT), ("   " + shown, _FAINT))
                lines += wrap(line, min(self._terminal.size[0], WIDE) - 2)
            lines += [Text(), Text(f"  {message}", Style(italic=True)), Text()]
            self._terminal.show(partial(list, lines))
            answer = self._terminal.ask("  field and value, such as: intensity high (Enter when done) ", [name for name, _, _ in rows])
            if not answer:
                return
            try:
                set_detail(self._details, answer, proposal.candidate.pos)
                message = ""
            except ValueError as error:
                message = str(error)

    def _choose(self, title: str, offered: Sequence[str], allowed: Sequence[str]) -> str | None:
        """Let an emotion be chosen from a list, or by name.

        Args:
            title: What stands above the list.
            offered: Keys of the list.
            allowed: Keys that may be named.

        Returns:
            The key, or None to go back.
        """
        emotions, message = self._session.emotions, ""
        words = sorted({name for key in allowed for name in (emotions[key].labels["fr"], key)})
        while True:
            columns, rows = self._terminal.size
            lines = [Text(f"  {title}", _STRONG), Text()]
            for number, key in enumerate(offered[: rows - 5], start=1):
                line = Text.assemble((f"  {number:>2} ", _STRONG), path_of(key, emotions), (f"  {emotions[key].definitions['fr']}", _FAINT))
                line.truncate(min(columns, WIDE), overflow="ellipsis")
                lines.append(line)
            lines += [Text(), Text(f"  {message}", Style(italic=True))]
            self._terminal.show(partial(list, lines))
            answer = self._terminal.ask("  number, key or French label (Enter goes back) ", words)
            if not answer:
                return None
            found = self._found(answer, offered[: rows - 5], allowed)
            if isinstance(found, str):
                return found
            offered, message = found or offered, "" if found else f"nothing here is called {answer!r}"

    def _found(self, answer: str, offered: Sequence[str], allowed: Sequence[str]) -> str | list[str]:
        """The emotion meant, or all that may be."""
        if answer.isdecimal():
            return offered[int(answer) - 1] if 0 < int(answer) <= len(offered) else []
        try:
            key = self._names(answer)
            return key if key in allowed else []
        except ValueError:
            found = [key for key in self._names.search(answer) if key in allowed]
            return found[0] if len(found) == 1 and self._names.begins(found[0], answer) else found


def summary(screen: Screen, session: Session) -> str:
    """What was done, for the line after the screen."""
    skipped = f", {session.skipped} skipped" if session.skipped else ""
    return f"{max(screen.made, 0)} decided now, {session.decided} of {len(session.asked)} in all{skipped}"
