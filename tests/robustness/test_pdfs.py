"""PDF files made to harm: streams that unpack to gigabytes, trees and references in a circle, forms that draw each other."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from robustness.bounded import bounded

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no limits of memory and time")

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X %d 0 R >> >>"


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), head) + data + b"\nendstream"


def pdf(changed: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A page that says « Oui », with some objects changed."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        4: stream(b"BT /F 11 Tf (Oui) Tj ET"),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **changed,
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    lines = [b"%010d 00000 %s \n" % (places.get(n, 0), b"n" if n in places else b"f") for n in range(1, max(objects) + 1)]
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(lines) + 1)
    return bytes(out) + head + b"".join(lines) + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(lines) + 1, trailer, len(out),
    )  # fmt: skip


ATTACKS = {
    "unpacks": lambda: pdf({4: stream(zlib.compress(b" " * (1 << 28), 9), b"/Filter /FlateDecode")}),
    "unpacks twice": lambda: pdf({4: stream(zlib.compress(zlib.compress(b" " * (1 << 28), 9)), b"/Filter [/FlateDecode /FlateDecode]")}),
    "runs": lambda: pdf({4: stream(b"\x81 " * 4_000_000, b"/Filter /RunLengthDecode")}),
    "filters": lambda: pdf({4: stream(b"", b"/Filter [" + b"/ASCIIHexDecode " * 100_000 + b"]")}),
    "pages in a circle": lambda: pdf({2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"}),
    "references in a circle": lambda: pdf({4: b"6 0 R", 6: b"4 0 R"}),
    "length in a circle": lambda: pdf({4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"}),
    "forms in a circle": lambda: pdf({4: stream(b"/X Do " * 50), 6: stream(b"/X Do /X Do", FORM % 6)}),
    "arrays": lambda: pdf({4: stream(b"BT " + b"[" * 100_000 + b"]" * 100_000 + b" TJ ET")}),
    "string": lambda: pdf({4: stream(b"BT " + b"(" * 1_000_000)}),
    "header alone": lambda: b"%PDF-1.7\n" + b"startxref\n9\n%%EOF\n" * 50_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_error_in_bounded_memory_and_time(attack: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(ATTACKS[attack]())
    outcome = bounded(tmp_path / "a.pdf")
    assert len(outcome.errors) == 1 and not outcome.texts
    assert outcome.peak < 300


@pytest.mark.parametrize("trailer", [b"", b"/Prev 9", b"/Prev 0"])
def test_the_page_that_they_are_made_of_is_read(trailer: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf({}, trailer))
    assert bounded(tmp_path / "a.pdf").texts == ["Oui"]
