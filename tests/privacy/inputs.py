"""The files that the runs of all commands read."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from privacy.world import SENTENCES
from ressenti.corpora.writing import json_line
from ressenti.rules.annotator import Annotator
from ressenti.schema import Narrative
from review.decisions.files import decision, file, of, of_role

GOLD = Path(__file__).parent.parent.parent / "benchmarks" / "gold" / "extra-a.jsonl"
"""Enough sentences to learn something from."""
TEXT = "\n".join(SENTENCES)
HEADER = "term pos emotion construction mode intensity register region condition origin similarity decision reviewer date"
WORDS = (
    "effroi NOUN fright noun-cause labelled high standard   manual  accepted Anna 2026-11-01",
    "peur NOUN fear noun-cause labelled medium standard   gloss 0.800 accepted Anna 2026-11-01",
    "joie NOUN joy noun-cause labelled medium standard   manual  accepted Anna 2026-11-01",
    "rage NOUN rage noun-target labelled high standard   manual  accepted Anna 2026-11-01",
)
DECISIONS = (
    "term pos decision emotion construction mode intensity register region condition proposed similarity sources reviewer date how note"
)


def make(folder: Path, annotator: Annotator) -> None:
    """Write them all."""
    folder.mkdir()
    texts = [*SENTENCES, *(f"Ce jour-là, {sentence[0].lower()}{sentence[1:]}" for sentence in SENTENCES), TEXT]
    found = [*annotator.pipe(Narrative(f"r{number}", text) for number, text in enumerate(texts))]
    gold = GOLD.read_text(encoding="utf-8")
    more = [*found, *annotator.pipe(Narrative(row["id"], row["text"]) for row in map(json.loads, gold.splitlines()))]
    rows = ({"id": n.id, "text": n.text, "note": SENTENCES[0]} for n in found)
    content: dict[str, str | bytes] = {
        "accounts.jsonl": _lines(rows),
        "gold.jsonl": "".join(map(json_line, found)),
        "more.jsonl": "".join(map(json_line, more)),
        "more-gold.jsonl": "".join(map(json_line, found)) + gold,
        "recit.txt": TEXT,
        "recit.csv": _csv(),
        "recit.srt": "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{s}\n\n" for n, s in enumerate(SENTENCES, 1)),
        "recit.xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'
        + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
        + "</body></text></TEI>",
        "recit.odt": odt("".join(f"<text:p>{sentence}</text:p>" for sentence in SENTENCES)),
        "recit.pdf": pdf(SENTENCES),
        "entretien.txt": "".join(f"COACH : Et ensuite ?\nKANARIVAUX : {sentence}\n" for sentence in SENTENCES),
        "anne.json": json.dumps(_decided(found[0], "Anne", "sadness")),
        "zoe.json": json.dumps(_decided(found[0], "Zoé", "panic")),
        "rules.yaml": "rules:\n  - id: mine\n    trigger: {construction: adj-cause}\n    roles: {experiencer: [subject]}\n"
        '    examples: ["<r e=1 role=experiencer>Il</r> est <e id=1 emotion=sadness>triste</e>."]\n',
        "guided.jsonl": _lines(_guided()),
        "words.tsv": _table(HEADER, WORDS),
        "thes.dat": "UTF-8\npeur|1\n(Nom)|effroi|frayeur\n",
        "probe.tsv": _table(
            "term pos emotion note", ("frayeur NOUN fear ", "colère NOUN anger ", "gaieté NOUN joy ", "chagrin NOUN sadness ")
        ),
        "decisions.tsv": _table(DECISIONS, (f"zyxotrouille NOUN correct fear{' ' * 10}Anna 2026-11-26T10:00:00+01:00 one ",)),
        "small.ttl": "@prefix tone: <https://w3id.org/ressenti/tone#> .\n<urn:a> a tone:Joy .\n",
    }
    corpus = _lines(_sentences())
    for name, data in {**content, "corpus/train.jsonl": corpus, "corpus/validation.jsonl": corpus}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    document = docx.Document()
    for sentence in SENTENCES:
        document.add_paragraph(sentence)
    document.save(str(folder / "recit.docx"))
    (folder / "recit.docx").chmod(0o600)


def odt(body: str) -> bytes:
    """An OpenDocument text."""
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.text")
        inside = f"<office:body><office:text>{body}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content{names}>{inside}</office:document-content>")
    return stream.getvalue()


def pdf(lines: tuple[str, ...]) -> bytes:
    """A PDF with these lines."""
    writer = pypdf.PdfWriter()
    names = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica", "Encoding": "WinAnsiEncoding"}
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in names.items()})
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    strokes = [b"BT /F 8 Tf 14 TL 50 800 Td", *(b"<" + line.encode("cp1252").hex().encode() + b"> Tj T*" for line in lines), b"ET"]
    stream = DecodedStreamObject()
    stream.set_data(b"\n".join(strokes))
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _decided(narrative: Narrative, reviewer: str, emotion: str) -> Mapping[str, object]:
    return file(
        decision("mention", "change", of(narrative, 1), {"emotion": emotion}, comment=SENTENCES[0]),
        decision("role", "accept", of_role(narrative, 1), comment="zyxomarteau ?"),
        of=narrative,
        reviewer=reviewer,
        done=True,
    )


def _guided() -> list[dict[str, object]]:
    keys = ("behavior", "feeling", "thinking", "territory")
    said = {"fear": (SENTENCES[0], "J’avais peur du zyxomarteau.", "Et si Kanarivaux revenait ?", "Ma sécurité, ma quibblefrousse."),
            "joy": (SENTENCES[2], "Je riais avec Zorglubert.", "J’ai réussi le zyxomarteau !", "Ma fierté, Kanarivaux.")}  # fmt: skip
    return [{"id": f"{e}{n}", "emotion": e, **dict(zip(keys, texts, strict=True))} for n in range(5) for e, texts in said.items()]


def _sentences() -> list[dict[str, object]]:
    said = [(SENTENCES[0], True, ["peur"], ["labelled"]), ("Kanarivaux part à midi.", False, [], [])] * 6
    return [dict(zip(("text", "emotional", "categories", "modes"), row, strict=True)) for row in said]


def _csv() -> str:
    out = io.StringIO()
    csv.writer(out).writerows([("id", "text"), *((f"c{n}", sentence) for n, sentence in enumerate(SENTENCES))])
    return out.getvalue()


def _lines(rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)  # type: ignore[attr-defined]


def _table(header: str, rows: tuple[str, ...]) -> str:
    return "".join("\t".join(row.split(" ")) + "\n" for row in (header, *rows))
