"""Small sound files of every format, made here: what the fuzzer begins with."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import numpy as np
import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from targets import PACKED, PAIR

from ressenti.corpora.annotated import read_annotations
from ressenti.corpora.exchange import FORMATS as TOOLS
from ressenti.fallback.model import file as model_file
from ressenti.fallback.model.linear import Linear
from ressenti.graph.rdf.write import write
from ressenti.review.decisions.model import text_sha256
from ressenti.schema import Component, Entity, Mention, Narrative, Role

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TEXT = "Anne : J’ai eu peur, très peur 😀.\nCoach : Et puis ?\nAnne : Mon frère m’a consolée.\nCoach : Bien.\n"
ODF = "urn:oasis:names:tc:opendocument:xmlns"

SMALL = Narrative(
    "a", "J’ai eu peur 😀 de lui.", [Component("feeling", (0, 22), "given")],
    [Mention(1, ((0, 7), (8, 12)), "fear", None, "fear", "labelled", "affirmed", "medium", 0.5, "rule:x", {"time": "past"})],
    [Role(1, "experiencer", (0, 2), "NARRATOR", "rule:x", 0.9), Role(1, "cause", (18, 21), "E1", "rule:y")],
    [Entity("NARRATOR", "narrateur", ((0, 2),)), Entity("E1", "lui", ((18, 21),))],
    dict.fromkeys(("ressenti", "ontology", "rules", "parser", "model")), {"date": "2026"},
)  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Files by target."""
    narratives = [SMALL, *(item for item in read_annotations([str(EXAMPLES / "narratives.jsonl")]) if isinstance(item, Narrative))][:2]
    lines = [json.dumps(n.to_dict(), ensure_ascii=False).encode() for n in narratives]
    row = {"id": 7, "texte": TEXT, "text": "J\\u2019ai \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "n": [1e3, None]}
    found: dict[str, list[bytes]] = {
        "txt": [TEXT.encode(), TEXT.replace("😀", "").encode("cp1252"), TEXT.encode("utf-16"), TEXT.encode("utf-8-sig")],
        "jsonl": [
            b"\n".join(lines[:2]),
            json.dumps(row).encode(),
            b'{"behavior": "Je pars.", "feeling": "J\\u00e9 tremble", "x": {"a": [1, true]}}',
        ],
        "json": [b"[" + b",".join(lines[:2]) + b"]", json.dumps(row).encode(), lines[0]],
        "csv": [
            (EXAMPLES / "serie.csv").read_bytes(),
            'sep=;\nid;texte\na;"J’ai ""peur"".\nOui."\n'.encode(),
            b"comportement,pensee\nx,y\n",
        ],
        "tsv": ["id\ttext\ttag\na\tJ’ai peur.\t1\n".encode("utf-16"), b"text\nJ'ai peur\n"],
        "srt": ["1\n00:00:01,000 --> 00:00:04,500\nJ’ai <i>eu</i> peur.\n\n2\n00:00:06,000 --> 00:00:09,000\n- Oui ?\n".encode()],
        "vtt": ["WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:04.000 align:start\n<v.a Anne>J’ai peur &amp; froid\n<v Bob>Oui\n".encode()],
        "xml": [
            _tei(f"<p>{TEXT}</p><lg><l>Un vers</l><l>deux</l></lg>"),
            _tei('<p xml:id="a">cou<lb break="no"/>ra&#233;ge<note>x</note>.</p>'),
        ],
        "docx": [_docx(), _part(_docx(), "docx")],
        "odt": [_odt(), _part(_odt(), "odt")],
        "pdf": [_pdf(False), _pdf(True)],
        "annotated": lines,
        "decisions": [_decisions(SMALL)],
        "model": [_model(), _part(_model(), "model")],
        "ttl": ["".join(write([SMALL], "ttl")).encode()],
        "jsonld": ["".join(write([SMALL], "jsonld")).encode()],
    }
    for name, suffix in {"brat": ".ann", "webanno": ".tsv", "xmi": ".xmi", "cas-json": ".json"}.items():
        found[name] = list(_exported(name, suffix, narratives))
    return found


def _tei(body: str) -> bytes:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{body}</body></text></TEI>'.encode()


def _docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("J’ai eu peur.")
    document.add_table(1, 2).cell(0, 1).text = "Très peur"
    document.save(out)
    return out.getvalue()


def _odt() -> bytes:
    out = io.BytesIO()
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("text", "office", "table"))
    body = '<text:h>Titre</text:h><text:p>J’ai <text:s text:c="3"/>peur<text:tab/>.</text:p>'
    xml = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", "<m/>")
    return out.getvalue()


def _pdf(compressed: bool) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    names = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica", "Encoding": "WinAnsiEncoding"}
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in names.items()})
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F 11 Tf 14 TL 50 800 Td (J'ai eu peur de per-) Tj T* (dre mon travail) Tj T* [(Oui) -300 (non)] TJ ET")
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if compressed else stream)
    writer.write(out)
    return out.getvalue()


def _model() -> bytes:
    linear = Linear(("joy", "fear"), np.ones((8, 2), np.float32), np.zeros(2, np.float32), np.ones(8, np.float32))
    model = model_file.Model(linear, np.ones((2, 2), np.float32), np.ones(2, np.float32), "small", {"n": 1}, "# card")
    with tempfile.TemporaryDirectory() as folder:
        model_file.save(model, Path(folder, "a.zip"))
        return Path(folder, "a.zip").read_bytes()


def _part(data: bytes, format_: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(PACKED[format_])


def _decisions(narrative: Narrative) -> bytes:
    mention = narrative.mentions[0]
    was = {"cue": [list(piece) for piece in mention.cue], "emotion": mention.emotion}
    decision = {"time": "2026-11-26T10:00:00+01:00", "about": "mention", "action": "reject", "was": was, "comment": "non"}
    item = {"id": narrative.id, "text_sha256": text_sha256(narrative.text), "length": len(narrative.text), "decisions": [decision]}
    return json.dumps({"format": "ressenti-decisions", "version": 1, "reviewer": "Zoé", "narratives": [item]}).encode()


def _exported(name: str, suffix: str, narratives: list[Narrative]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "out")
        with TOOLS[name].open(str(place)) as writer:
            for narrative in narratives:
                writer.write(narrative)
            writer.keep()
        for file in sorted(place.glob(f"*{suffix}")):
            data = file.read_bytes()
            if name == "brat":
                yield file.with_suffix(".txt").read_bytes() + PAIR + data
            elif name != "cas-json" or b'"%TYPES"' in data:
                yield data
