"""The command, with a fault in the part that ``FAULT`` names: it fails with the account in its message."""

import os

import ressenti.corpora.plain
import ressenti.corpora.writing
import ressenti.rules.annotator
from ressenti.cli import main


def fails(*arguments, **_):
    raise ValueError(" ".join(str(getattr(item, "text", item)) for item in arguments) + " Zorglubert")


PLACES = {
    "annotator": (ressenti.rules.annotator.Annotator, "pipe"),
    "reader": (ressenti.corpora.plain, "decode"),
    "writer": (ressenti.corpora.writing, "json_line"),
}
owner, name = PLACES[os.environ["FAULT"]]
assert hasattr(owner, name)
setattr(owner, name, fails)
main()
