"""What a coach has open: documents, read and annotated one after the other in the background, kept in memory alone."""

from __future__ import annotations

import io
import queue
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from ressenti.corpora.account import Account
from ressenti.corpora.annotated import read_account
from ressenti.corpora.language import guess
from ressenti.corpora.reading import SUFFIXES, read
from ressenti.corpora.run import unannotated
from ressenti.corpora.transcript import choose
from ressenti.corpora.turns import is_transcript, turns
from ressenti.errors import InputError, RessentiError
from ressenti.review.app.copies import Decisions, opened, reviewed
from ressenti.review.decisions.read import problems
from ressenti.schema import Narrative

if TYPE_CHECKING:
    from ressenti.rules.annotator import Annotator

DOCUMENTS = 100
"""Open at the same time."""
NARRATIVES = 500
"""Of one document: as many as the page was measured with."""


class Full(Exception):
    """No further document can be opened before one is closed."""


@dataclass(slots=True)
class Document:
    """Something that was pasted or opened.

    Attributes:
        number: From 1, never used again.
        name: As the coach calls it, or that of the file.
        title: The name, with a number where another document that is open has it too.
        state: ``waiting``, ``reading``, ``ready`` or ``failed``.
        done: Narratives annotated.
        all: Narratives in it; 0 until it is read.
        reason: Where it failed: a key of the application's wording.
        detail: Where it failed: what the reader said, in English.
        notes: Keys of the wording: what to know although it was read.
        notices: The same, as the reader said it, in English.
        speakers: Who speaks in it, where it is a transcript.
        transcript: It, as it was read.
        narratives: Annotated.
        decisions: What was decided on them, as a file of decisions has it; None before anything was.
        reviewed: The narratives with the decisions in them, as copies of them are.
    """

    number: int
    name: str
    title: str
    state: str = "waiting"
    done: int = 0
    all: int = 0
    reason: str = ""
    detail: str = ""
    notes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    transcript: Account | None = None
    narratives: list[Narrative] = field(default_factory=list)
    decisions: Decisions | None = None
    reviewed: Sequence[Narrative] = ()

    def told(self) -> dict[str, Any]:
        """What the page shows of it: all but its texts."""
        names = ("number", "state", "done", "all", "reason", "detail", "notes", "notices", "speakers")
        return {"name": self.title, **{name: getattr(self, name) for name in names}}


class Desk:
    """Everything that is open; call ``start``.

    Args:
        load: Loads the annotator; called in the background.
    """

    def __init__(self, load: Callable[[], Annotator]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._documents: dict[int, Document] = {}
        self._number = 0
        self._waiting: queue.SimpleQueue[tuple[Document, Callable[[], list[Account | InputError]]]] = queue.SimpleQueue()
        self._ready, self._fault = False, ""

    def start(self) -> None:
        """Begin to load and to annotate, in a thread that ends with the program."""
        threading.Thread(target=self._work, name="annotation", daemon=True).start()

    def paste(self, name: str, text: str) -> int:
        """Open an account that is given as it is, but for blank lines around it: the same text pasted again is the same account.

        Raises:
            Full: Too much is open.
        """
        return self._add(name, lambda: [Account(name, _without_blank_lines(text))])

    def open(self, name: str, data: bytes) -> int:
        """Open a file.

        Args:
            name: Of the file; its suffix says the format.
            data: All of it.

        Raises:
            Full: Too much is open.
        """
        return self._add(name, lambda: [*_accounts(name, data)])

    def narrow(self, number: int, speaker: str) -> int | None:
        """Open one speaker's words of a transcript as a document of their own; None where there is no such transcript or speaker.

        Raises:
            Full: Too much is open.
        """
        found = self._ready_one(number)
        if found is None or found.transcript is None or speaker not in found.speakers:
            return None
        whole = replace(found.transcript, id=f"{found.transcript.id} ({speaker})")
        return self._add(f"{found.name} ({speaker})", lambda: [choose(whole, speaker)])

    def close(self, number: int) -> None:
        """Forget a document."""
        with self._lock:
            self._documents.pop(number, None)

    def narratives(self, number: int, reviewed: bool = False) -> Sequence[Narrative] | None:
        """The narratives of a document that is ready, None for another.

        Args:
            number: Of the document.
            reviewed: Whether with the decisions on them.
        """
        found = self._ready_one(number)
        return None if found is None else (found.reviewed if reviewed and found.reviewed else found.narratives)

    def decisions(self, number: int) -> Decisions | None:
        """The decisions on a document, as a file of them has them; None where there are none."""
        found = self._ready_one(number)
        return None if found is None else found.decisions

    def decide(self, number: int, decisions: Any) -> bool:
        """Put decisions into the narratives of a document, in the place of those that were put in before.

        Args:
            number: Of the document.
            decisions: The content of a file of decisions.

        Returns:
            Whether there is such a document, and nothing is wrong with the decisions.
        """
        found = self._ready_one(number)
        if found is None or next(problems(decisions), None) is not None:
            return False
        found.reviewed, found.decisions = reviewed(found.narratives, decisions), decisions
        return True

    def _ready_one(self, number: int) -> Document | None:
        with self._lock:
            found = self._documents.get(number)
        return found if found is not None and found.state == "ready" else None

    def state(self) -> dict[str, Any]:
        """``loading``: whether the annotator is still being loaded; ``fault``: why it cannot be; ``documents``: all that are open."""
        with self._lock:
            documents = [document.told() for document in self._documents.values()]
        return {"loading": not self._ready and not self._fault, "fault": self._fault, "documents": documents}

    def _add(self, name: str, accounts: Callable[[], list[Account | InputError]]) -> int:
        with self._lock:
            if len(self._documents) >= DOCUMENTS:
                raise Full
            self._number += 1
            document = self._documents[self._number] = Document(self._number, name, self._title(name))
        self._waiting.put((document, accounts))
        return document.number

    def _title(self, name: str) -> str:
        """A name, or, where a document that is open has it, the first that none has: « repas (2) »."""
        taken = {document.title for document in self._documents.values()}
        return next(title for k in count(1) if (title := name if k == 1 else f"{name} ({k})") not in taken)

    def _work(self) -> None:
        try:
            annotator = self._load()
        except RessentiError as error:
            self._fault = str(error)
            return
        except Exception as error:  # noqa: BLE001 -- of a library; what it says means nothing to a coach
            self._fault = type(error).__name__
            return
        self._ready = True
        while True:
            document, accounts = self._waiting.get()
            try:
                if self._is_open(document):
                    self._annotate(annotator, document, accounts())
            except Exception as error:  # noqa: BLE001 -- one document must not end the others; what it says could hold its words
                document.detail, document.reason, document.state = type(error).__name__, "failed_inside", "failed"
            del document, accounts  # what was closed is not kept until the next one comes

    def _is_open(self, document: Document) -> bool:
        with self._lock:
            return document.number in self._documents

    def _annotate(self, annotator: Annotator, document: Document, items: Sequence[Account | InputError]) -> None:
        accounts = [item for item in items if isinstance(item, Account)]
        errors = [item for item in items if isinstance(item, InputError)]
        document.notes = [*_notes(accounts), *(["note_some_failed"] if errors and accounts else [])]
        document.notices = [*dict.fromkeys(notice for account in accounts for notice in account.notices)]
        if errors and not accounts:
            document.detail = errors[0].reason
        if not any(account.text.strip() for account in accounts):
            document.reason = _reason(document.name) if errors else "failed_empty"
            document.state = "failed"
            return
        if len(accounts) > NARRATIVES:
            document.reason, document.state = "failed_many", "failed"
            return
        if len(accounts) == 1 and not accounts[0].marks and is_transcript(said := turns(accounts[0].text)):
            document.transcript, document.speakers = accounts[0], [*dict.fromkeys(turn.speaker for turn in said)]
        document.all, document.state = len(accounts), "reading"
        for account in accounts:
            if not self._is_open(document):
                return
            marked = read_account(account) if "mentions" in account.marks else None
            if isinstance(marked, InputError):
                document.reason, document.detail, document.state = "failed_marks", marked.reason, "failed"
                return
            document.narratives.append(marked or next(annotator.pipe([unannotated(account)])))
            document.done += 1
        document.narratives, decisions = opened(document.narratives)
        if decisions is not None:
            document.reviewed, document.decisions = reviewed(document.narratives, decisions), decisions
        document.state = "ready"


def _accounts(name: str, data: bytes) -> Iterator[Account | InputError]:
    """The accounts of a file that is in memory, called after it."""
    path = PurePath(name)
    for item in read(["-"], stdin_format=SUFFIXES.get(path.suffix.lower()), stdin=io.BytesIO(data)):
        if isinstance(item, Account):
            nameless = re.fullmatch(r"stdin(#\d+)?", item.id)
            yield replace(item, id=path.stem + (nameless[1] or "") if nameless else item.id, source=name)
        else:
            yield item


def _without_blank_lines(text: str) -> str:
    """A text without the blank lines before and after it; what stands on its first and last line stays."""
    start = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    end = text.find("\n", len(text.rstrip()))
    return text[start:] if end < 0 else text[start:end]


def _notes(accounts: Sequence[Account]) -> list[str]:
    return ["note_language"] if any(guess(account.text) not in (None, "fr") for account in accounts) else []


def _reason(name: str) -> str:
    """What to say of a file that could not be read, by its kind."""
    suffix = PurePath(name).suffix.lower()
    kinds = {".docx": "word", ".doc": "word", ".odt": "word", ".pdf": "pdf"}
    return f"failed_{kinds.get(suffix, 'file')}"
