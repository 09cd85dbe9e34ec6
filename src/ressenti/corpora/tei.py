"""TEI: the text of the body as one narrative, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from html.entities import html5
from typing import Any

from ressenti.corpora.account import Account, Source
from ressenti.corpora.markup import LARGEST, TAGS, parser, tags
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.stream import whole
from ressenti.corpora.tei_text import Writer
from ressenti.errors import InputError

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NAMESPACES = ("", "http://www.tei-c.org/ns/1.0")

# fmt: off
# What an editor or a printer put there, not the writer: notes, running titles, page numbers, deletions.
_SKIPPED = {
    "note", "noteGrp", "fw", "del", "figDesc", "index", "interp", "interpGrp", "metamark", "desc", "certainty",
    "witness", "teiHeader",
}
# Whatever ends the paragraph before it.
_BLOCKS = {
    "p", "ab", "l", "head", "item", "cell", "u", "speaker", "stage", "label", "salute", "signed", "dateline",
    "trailer", "byline", "opener", "closer", "argument", "epigraph", "docAuthor", "docDate", "titlePart", "div",
    "div1", "div2", "div3", "div4", "div5", "div6", "div7", "body", "lg", "sp", "spGrp", "list", "table", "row",
    "floatingText", "group", "text", "figure", "postscript", "castList", "castItem", "listBibl", "bibl",
}
# fmt: on
# Of several readings the one to read; what is named first is preferred.
_PREFERRED = {"choice": ("reg", "corr", "expan"), "app": ("lem", "rdg")}


def read_tei(source: Source) -> Iterator[Account | InputError]:
    """The paragraphs (p, ab, l, head …) below ``body``, joined by a blank line, verse lines by a line end.

    Runs of blanks inside a paragraph become one space. Notes, page numbers and deletions are left out; ``choice`` takes
    the regularised or corrected form; a word broken by ``<lb break="no"/>`` is whole again. A teiCorpus gives an
    account for each text, with its xml:id. No entity, document type or network resource is loaded.

    Raises:
        InputError: The file is not XML, not TEI, or has no body.
    """
    from lxml import etree  # late: reading text should not wait for it

    reader = parser()
    data = whole(source.stream, source.path, LARGEST)
    if tags(data) > TAGS:
        raise InputError(source.path, None, f"has more than {TAGS >> 20} million tags; split it, or save its text alone")
    try:
        root = etree.fromstring(data, reader)
    except etree.XMLSyntaxError as error:
        # libxml2's own message may quote the text.
        kind = next((entry.type_name for entry in reader.error_log), "ERR_SYNTAX").removeprefix("ERR_")
        reason = f"not well-formed XML ({kind.replace('_', ' ').lower()})"
        raise InputError(source.path, error.lineno or None, reason) from None
    namespace, name = _name(root)
    if namespace not in _NAMESPACES or name not in ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2"):
        raise InputError(source.path, None, f"XML, but not TEI: its root is <{name}>; extract the text as .txt first")
    texts = [root] if name.startswith("TEI") else [item for item in root.iter() if _name(item)[1] in ("TEI", "TEI.2")]
    if not texts:
        raise InputError(source.path, None, "a teiCorpus without any TEI in it")
    for row, tei in enumerate(texts, 1):
        id_ = source.id if tei is root else tei.get(_ID) or f"{source.id}#{row}"
        yield _account(source, tei, id_)


def _account(source: Source, tei: Any, id_: str) -> Account | InputError:
    # In a group of texts each has a body; a floating text's body lies in another body and comes with it.
    bodies = [item for item in tei.iter() if _name(item)[1] == "body" and not _inside(item, tei)]
    if not bodies:
        return InputError(source.path, tei.sourceline, "TEI without a <body>, so without text to read")
    writer = Writer()
    try:
        for number, body in enumerate(bodies, 1):
            _walk(body, "body" if len(bodies) == 1 else f"body[{number}]", writer)
    except ValueError as error:
        return InputError(source.path, None, str(error))
    text, paragraphs = writer.result()
    notices = () if text else (EMPTY,)
    return Account(id_, text, (), {}, source.path, paragraphs, notices, tei.sourceline)


def _inside(item: Any, tei: Any) -> bool:
    for above in item.iterancestors():
        if above is tei:
            return False
        if _name(above)[1] == "body":
            return True
    return False


def _walk(element: Any, locator: str, writer: Writer) -> None:
    """Write an element's text; ``locator`` is its xml:id or its path below ``text``."""
    name = _name(element)[1]
    block = name in _BLOCKS
    if block:
        writer.begin(locator, verse=name == "l")
    writer.add(element.text)
    counts: dict[str, int] = {}
    chosen = _chosen(element, name)
    for child in element:
        below = _name(child)[1]
        if not below:
            writer.add(_entity(child))
        elif chosen is None or child is chosen:
            counts[below] = counts.get(below, 0) + 1
            if below in _SKIPPED or _is_note_mark(child, below):
                writer.drop(child.tail)
            elif child.get("break") == "no":
                writer.join()
            elif below == "lb":
                writer.add(" ")
            else:
                _walk(child, child.get(_ID) or f"{locator}/{below}[{counts[below]}]", writer)
        # Blanks between the readings of a choice are layout.
        writer.add(child.tail if chosen is None else None)
    if block:
        writer.end()


def _chosen(element: Any, name: str) -> Any:
    """The only child to read, or None when all are."""
    order = _PREFERRED.get(name)
    children = {_name(child)[1]: child for child in reversed(element)} if order else {}
    usable = [child for key, child in reversed(children.items()) if key not in ("sic", "orig", "abbr", "")]
    first = next((children[key] for key in order or () if key in children), None)
    return first if first is not None else next(iter(usable), next(iter(children.values()), None))


def _is_note_mark(child: Any, name: str) -> bool:
    """A reference to a note, as in <ref target="#n2">[2]</ref>: without a letter."""
    if name not in ("ref", "ptr") or not child.get("target", "").startswith("#"):
        return False
    return not any(char.isalpha() for char in "".join(child.itertext(with_tail=False)))


def _name(item: Any) -> tuple[str, str]:
    """Namespace and local name; both empty for what is no element."""
    if not isinstance(item.tag, str):
        return "", ""
    namespace, _, name = item.tag.rpartition("}")
    return namespace.removeprefix("{"), name


def _entity(item: Any) -> str:
    """A character entity such as &eacute;; others may stand for anything, a file included, and are not resolved."""
    if (char := html5.get(f"{item.name};")) is None:
        raise ValueError("refers to an XML entity that its document type declares; these are not read")
    return char
