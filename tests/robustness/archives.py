"""Archives made to harm: whatever a document or a model file can be turned into."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import numpy as np

ODT_MIME = b"application/vnd.oasis.opendocument.text"
_NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("text", "office"))
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = "J’ai eu peur."


def docx_parts(words: str = WORDS, doctype: str = "") -> dict[str, bytes]:
    """The parts of a Word document of one paragraph."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = f"<w:document {_W}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    return parts | {"word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{doctype}{body}'.encode()}


def odt_parts(words: str = WORDS, doctype: str = "") -> dict[str, bytes]:
    """The parts of an OpenDocument text of one paragraph."""
    body = f"<office:body><office:text><text:p>{words}</text:p></office:text></office:body>"
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_NAMES}>{body}</office:document-content>'
    return {"mimetype": ODT_MIME, "content.xml": xml.encode(), "META-INF/manifest.xml": b"<m/>"}


def model_parts(**changed: bytes) -> dict[str, bytes]:
    """The parts of the smallest model."""
    arrays = {
        "rows": np.arange(4, dtype=np.uint32), "weights": np.zeros((4, 2), np.float16), "bias": np.zeros(2, np.float32),
        "scale": np.ones(4, np.float16), "curves": np.zeros((2, 2), np.float32), "thresholds": np.ones(2, np.float32),
    }  # fmt: skip
    parts = {"model.json": b'{"format": 4, "name": "m", "labels": ["joy", "fear"], "rows": 4}', "card.md": b"# m"}
    for name, array in arrays.items():
        stream = io.BytesIO()
        np.save(stream, array)
        parts[f"{name}.npy"] = stream.getvalue()
    return parts | {name.replace("_", "."): data for name, data in changed.items()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A sound archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def zeros(size: int) -> bytes:
    """A deflate stream of so many spaces, a multiple of a megabyte; one block, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size >> 20) + packer.flush()


def raw(members: list[tuple[str, int, bytes, int]]) -> bytes:
    """An archive byte by byte: name, method, packed bytes and the size that the header names; the sum is that of so many spaces."""
    out, directory = b"", b""
    for name, method, data, size in members:
        encoded, check = name.encode(), zlib.crc32(b" " * size) if size < 1 << 24 else 0
        fields = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, check, len(data), size, len(encoded), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + encoded
        out += b"PK\x03\x04" + fields + encoded + data
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + end


def npy_head(shape: tuple[int, ...], descr: str = "<f4") -> bytes:
    """The head of an array of numpy, without its numbers."""
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": descr, "fortran_order": False, "shape": shape})
    return stream.getvalue()


def with_parts(base: Mapping[str, bytes], **more: bytes) -> bytes:
    """A document with further parts; ``__`` stands for a slash."""
    return packed({**base, **{name.replace("__", "/"): data for name, data in more.items()}})


def of_raw(base: Mapping[str, bytes], name: str, method: int, data: bytes, size: int) -> bytes:
    """A document one part of which is packed as given."""
    members = [(other, 0, content, len(content)) for other, content in base.items() if other != name]
    sound = packed({other: content for other, _, content, _ in members}, zipfile.ZIP_STORED)
    return _joined(sound, raw([(name, method, data, size)]))


def _joined(one: bytes, other: bytes) -> bytes:
    """The members of two archives in one."""
    members: list[tuple[bytes, bytes]] = []
    for archive in (one, other):
        at = struct.unpack("<I", archive[-6:-2])[0]
        while archive[at : at + 4] == b"PK\x01\x02":
            lengths = struct.unpack("<HHH", archive[at + 28 : at + 34])
            start = struct.unpack("<I", archive[at + 42 : at + 46])[0]
            end = at + 46 + sum(lengths)
            size = struct.unpack("<I", archive[at + 20 : at + 24])[0]
            names = struct.unpack("<HH", archive[start + 26 : start + 30])
            members.append((archive[at:end], archive[start : start + 30 + sum(names) + size]))
            at = end
    out, directory = b"", b""
    for entry, local in members:
        directory += entry[:42] + struct.pack("<I", len(out)) + entry[46:]
        out += local
    return out + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
