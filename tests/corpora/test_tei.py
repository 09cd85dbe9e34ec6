"""TEI."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ressenti.corpora import Account, read
from ressenti.errors import InputError

NOVELS = Path(__file__).parents[3] / "shared" / "data" / "eltec-fra"
"""Real TEI, where the machine has it."""


def tei(body: str, doctype: str = "", xmlns: str = ' xmlns="http://www.tei-c.org/ns/1.0"') -> str:
    head = "<teiHeader><fileDesc><titleStmt><title>Non</title></titleStmt></fileDesc></teiHeader>"
    front = "<front><p>Préface</p></front>"
    return f"{doctype}<TEI{xmlns}>{head}<text>{front}<body>{body}</body><back><p>Table</p></back></text></TEI>"


def items(tmp_path: Path, xml: str | bytes) -> list[Account | InputError]:
    (tmp_path / "a.xml").write_bytes(xml.encode() if isinstance(xml, str) else xml)
    return list(read([tmp_path / "a.xml"]))


def one(tmp_path: Path, body: str) -> Account:
    [item] = items(tmp_path, tei(body))
    assert isinstance(item, Account), item
    return item


def test_paragraphs_of_the_body_with_their_places(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        "\n <div><head>I</head>\n<p>Un\n   <hi>peu</hi> \t peur\u00a0!</p><p xml:id='p9'>Deux.</p>"
        "<sp><speaker>ELLE</speaker><p>Oui.</p></sp></div><div><ab>Fin.</ab><p/></div>",
    )
    assert found.text == "I\n\nUn peu peur\u00a0!\n\nDeux.\n\nELLE\n\nOui.\n\nFin."
    assert found.paragraphs is not None
    assert [(found.text[a:b], locator) for a, b, locator in found.paragraphs] == [
        ("I", "body/div[1]/head[1]"),
        ("Un peu peur\u00a0!", "body/div[1]/p[1]"),
        ("Deux.", "p9"),
        ("ELLE", "body/div[1]/sp[1]/speaker[1]"),
        ("Oui.", "body/div[1]/sp[1]/p[1]"),
        ("Fin.", "body/div[2]/ab[1]"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Un<note>deux</note> mot.</p>", "Un mot."),
        ("<p>Un <note>deux</note>, mot.</p>", "Un, mot."),
        ("<p>Un mot <ref target='#n1'>[1]</ref>.</p>", "Un mot."),
        ("<p>Un <ref target='#ch2'>chapitre</ref>.</p>", "Un chapitre."),
        ("<p>Un <pb n='3'/><fw>12</fw> mot.</p>", "Un mot."),
        ("<p>Un<lb/>mot.</p>", "Un mot."),
        ("<p>Un mouve-\n<lb break='no'/>  ment.</p>", "Un mouvement."),
        ("<p>Un mouve<hi>-</hi>\n<pb break='no'/><hi> ment</hi>.</p>", "Un mouvement."),
        ("<p>Il <choice><orig>étoit</orig> <reg>était</reg></choice> là.</p>", "Il était là."),
        ("<p>Il <choice><sic>ait</sic><corr>est</corr></choice> là.</p>", "Il est là."),
        ("<p><choice><abbr>M.</abbr><expan>Monsieur</expan></choice> X</p>", "Monsieur X"),
        ("<p>Un <choice><unclear>mot</unclear><unclear>mat</unclear></choice></p>", "Un mot"),
        ("<p>Un <app><lem>mot</lem><rdg>mat</rdg></app></p>", "Un mot"),
        ("<p>Il <subst><del>va</del><add>vient</add></subst>.</p>", "Il vient."),
        ("<p>Avant <q><p>Dedans.</p></q> après.</p>", "Avant\n\nDedans.\n\naprès."),
        ("<lg><l>Un vers,</l><l>un autre.</l></lg><lg><l>Suite.</l></lg>", "Un vers,\nun autre.\nSuite."),
        ("<div>Sans paragraphe.<p>Avec.</p></div>", "Sans paragraphe.\n\nAvec."),
        ("<p>a&amp;b &#233; <!-- non --><?non non?>c</p>", "a&b é c"),
        ("<u who='#a'>Ben oui.</u>", "Ben oui."),
    ],
)
def test_what_is_read_and_what_is_left_out(tmp_path: Path, body: str, text: str) -> None:
    assert one(tmp_path, body).text == text


def test_tei_without_namespace_and_with_named_characters(tmp_path: Path) -> None:
    [item] = items(tmp_path, tei("<p>&eacute;t&eacute;</p>", '<!DOCTYPE TEI SYSTEM "http://example.invalid/t.dtd">', ""))
    assert isinstance(item, Account)
    assert item.text == "été"


def test_encodings_that_the_file_declares(tmp_path: Path) -> None:
    for codec in ("iso-8859-1", "utf-16", "utf-8"):
        [item] = items(tmp_path, f'<?xml version="1.0" encoding="{codec}"?>{tei("<p>été</p>")}'.encode(codec))
        assert isinstance(item, Account)
        assert item.text == "été"


def test_corpus_of_texts_and_group(tmp_path: Path) -> None:
    inner = tei("<p>Un.</p>"), tei("<p>Deux.</p>").replace("<TEI", '<TEI xml:id="d"')
    found = items(tmp_path, f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{"".join(inner)}</teiCorpus>')
    assert [(item.id, item.text) for item in found if isinstance(item, Account)] == [("a#1", "Un."), ("d", "Deux.")]
    group = tei("<p>Un.</p>").replace("</text>", "<text><body><p>Deux.</p></body></text></text>")
    [item] = items(tmp_path, group)
    assert isinstance(item, Account)
    assert item.text == "Un.\n\nDeux."
    assert item.paragraphs is not None
    assert item.paragraphs[1] == (5, 10, "body[2]/p[1]")


def test_empty_body(tmp_path: Path) -> None:
    assert one(tmp_path, "<p> </p>").notices == ("empty",)


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        ("", "not well-formed"),
        ("du texte", "not well-formed"),
        (tei("<p>oups</l>"), "tag name mismatch"),
        (tei("<p>oups & oups</p>"), "not well-formed"),
        (tei("<p>&oups;</p>"), "not well-formed"),
        (tei("<p>é</p>").encode("latin-1"), "not well-formed"),
        ("<html><body><p>oups</p></body></html>", "not TEI: its root is <html>"),
        ('<TEI xmlns="http://example.org/autre"/>', "not TEI"),
        ("<TEI><text/></TEI>", "without a <body>"),
        ("<teiCorpus/>", "without any TEI"),
        (tei("<p>&x;</p>", '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "entity"),
        (tei("<p>&x;</p>", '<!DOCTYPE TEI [<!ENTITY x "oups">]>'), "entity"),
        (tei("<p>" * 300 + "</p>" * 300), "not well-formed"),
    ],
)
def test_what_is_no_tei(tmp_path: Path, xml: str | bytes, word: str) -> None:
    [item] = items(tmp_path, xml)
    assert isinstance(item, InputError)
    assert word in item.reason
    assert "oups" not in str(item)


@pytest.mark.parametrize("place", ["<p>&z;</p>", "<p n='&z;'>Non.</p>"])
def test_entities_that_grow_are_not_expanded(tmp_path: Path, place: str) -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    declared = '<!ENTITY a "oups">' + "".join(f'<!ENTITY {after} "{f"&{name};" * 20}">' for name, after in pairwise(names))
    [item] = items(tmp_path, tei(place, f"<!DOCTYPE TEI [{declared}]>"))
    assert isinstance(item, InputError)


def test_five_megabytes_in_one_paragraph(tmp_path: Path) -> None:
    text = "J'ai été triste. " * 300_000
    assert one(tmp_path, f"<p>{text}</p>").text == text.strip()


@pytest.mark.skipif(not NOVELS.exists(), reason="the novels are not here")
def test_four_novels() -> None:
    found = list(read([NOVELS]))
    assert len(found) == 4
    for item in found:
        assert isinstance(item, Account)
        assert item.paragraphs is not None
        assert len(item.text) > 100_000
        assert "  " not in item.text
        joined = "".join(item.text[a:b] for a, b, _ in item.paragraphs)
        assert len({locator for *_, locator in item.paragraphs}) == len(item.paragraphs)
        assert len(joined.replace("\n", "")) == len(item.text.replace("\n", ""))
