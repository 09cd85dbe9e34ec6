"""UIMA CAS, as XMI or as JSON: what INCEpTION, and whatever else is built on UIMA, opens.

Offsets are UTF-16 units there. XML cannot hold some control characters: in the text each of them is U+FFFD, and the record of the
narrative says which one it was; in other values they are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from ressenti.corpora.exchange.layers import (
    ARGUMENT,
    COMPONENT,
    DOUBLE,
    ENTITY,
    LAYER_FILE,
    MENTION,
    NARRATIVE,
    PIECE,
    STRING,
    layer_file,
    layers,
)
from ressenti.corpora.exchange.marks import by_place, dumped, loaded, narrative_record, records, shown_values
from ressenti.corpora.exchange.places import Folder, Names, Placed
from ressenti.errors import RessentiError
from ressenti.schema import Narrative, Span

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

Form = Literal["xmi", "cas-json"]
SUFFIXES: dict[Form, str] = {"xmi": ".xmi", "cas-json": ".json"}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|(\\))")


def cassis() -> Any:
    """The library that writes and reads CAS.

    Raises:
        RessentiError: It is not installed.
    """
    try:
        import cassis
    except ImportError:
        raise RessentiError("UIMA CAS needs dkpro-cassis; run: pip install 'ressenti[exchange]'") from None
    return cassis


class CasFolder(Placed[Folder]):
    """A folder with a CAS a narrative, the type system, and the layers for INCEpTION.

    Args:
        path: The folder to make.
        form: ``xmi`` or ``cas-json``.

    Raises:
        OutputError: It cannot be made, or holds something.
        RessentiError: dkpro-cassis is not installed.
    """

    def __init__(self, path: str, form: Form) -> None:
        self._types = type_system()
        super().__init__(Folder(path))
        self._form, self._names = form, Names(LAYER_FILE)

    def write(self, narrative: Narrative) -> None:
        """Add a narrative."""
        cas = to_cas(narrative, self._types)
        content: str = cas.to_xmi() if self._form == "xmi" else cas.to_json(pretty_print=True)
        self._place.write(self._names.of(narrative.id) + SUFFIXES[self._form], content.encode())

    def keep(self) -> None:
        """Add the type system and the layers, and put the folder in its place."""
        self._place.write("TypeSystem.xml", self._types.to_xml().encode())
        self._place.write(f"{LAYER_FILE}.json", layer_file().encode())
        super().keep()


def type_system() -> TypeSystem:
    """Our layers as a UIMA type system.

    Raises:
        RessentiError: dkpro-cassis is not installed.
    """
    library = cassis()
    types: TypeSystem = library.TypeSystem()
    for layer in layers():
        made = types.create_type(layer.name, "uima.tcas.Annotation" if layer.spans else "uima.cas.AnnotationBase")
        for feature in layer.features:
            if not feature.link:
                types.create_feature(made, feature.name, feature.range)
                continue
            link = types.create_type(feature.link, "uima.cas.TOP")
            types.create_feature(link, "role", STRING)
            types.create_feature(link, "target", feature.range)
            types.create_feature(made, feature.name, "uima.cas.FSArray", elementType=feature.link)
        if layer.name in (MENTION, ARGUMENT):
            types.create_feature(made, "confidence", DOUBLE)
            types.create_feature(made, "source", STRING)
    return types


def to_cas(narrative: Narrative, types: TypeSystem) -> Cas:
    """A narrative as a CAS.

    Args:
        narrative: The narrative.
        types: What `type_system` gave.
    """
    cas: Cas = cassis().Cas(types)
    odd = [[match.start(), ord(match[0])] for match in NOT_XML.finditer(narrative.text)]
    cas.sofa_string = NOT_XML.sub("\ufffd", narrative.text)
    cas.sofa_mime = "text/plain"

    def add(name: str, span: Span, **values: Any) -> Any:
        # Records are JSON, which has such characters escaped already
        escaped = {key: escape(value) if isinstance(value, str) and key != "record" else value for key, value in values.items()}
        made = types.get_type(name)(begin=span[0], end=span[1], **escaped)
        cas.add(made)
        return made

    record = narrative_record(narrative)
    cas.add(types.get_type(NARRATIVE)(record=dumped(dict(loaded(record)) | {"signs": odd}) if odd else record))
    arguments: dict[int, list[Any]] = {}
    roles_link: Callable[..., Any] = types.get_type("ressenti.MentionRolesLink")
    pieces_link: Callable[..., Any] = types.get_type("ressenti.MentionPiecesLink")
    array: Callable[..., Any] = types.get_type("uima.cas.FSArray")
    for role, kept in records(narrative.roles):
        argument = add(ARGUMENT, role.span, entity=role.entity, record=kept, confidence=role.confidence, source=role.source)
        arguments.setdefault(role.mention, []).append(roles_link(role=role.role, target=argument))
    for mention, kept in records(narrative.mentions):
        pieces = [pieces_link(role="piece", target=add(PIECE, piece)) for piece in mention.cue[1:]]
        links = {"roles": arguments.get(mention.id, []), "pieces": pieces}
        # An empty array, which dkpro-cassis writes as JSON, it cannot read again
        arrays = {name: array(elements=items) if items else None for name, items in links.items()}
        own = {"emotion": mention.emotion, "confidence": mention.confidence, "source": mention.source, "record": kept}
        add(MENTION, mention.cue[0], **own, **arrays, **shown_values(mention))
    for entity, span in by_place(narrative.entities):
        add(ENTITY, span, entity=entity.id, label=entity.label)
    for component, kept in records(narrative.components):
        add(COMPONENT, component.span, component=component.component, record=kept)
    return cas


def escape(value: str) -> str:
    """A value without characters that XML cannot hold."""
    return NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", value.replace("\\", "\\\\"))


def unescape(value: str) -> str:
    """A value as it was before `escape`; a lone backslash, which people write, stays."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\\", value)
