"""XML from anywhere: no entity, document type or network resource is loaded, and the tree that is made of it has bounds."""

from __future__ import annotations

from typing import Any

LARGEST = 1 << 26
"""Bytes of XML, unpacked; sixty novels, or the text of ten thousand pages in a word processor's format, have fewer."""
TAGS = 1 << 21
"""How many tags there may be: an empty one takes four bytes in a file and some hundreds in a tree."""


def parser() -> Any:
    """A parser of lxml that takes nothing from outside.

    ``huge_tree`` stays off: it would lift libxml2's guard against attributes that expand without end. Its limits are 10 MB for one
    stretch of text and 256 elements within each other.
    """
    from lxml import etree  # late: reading text should not wait for it

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )  # fmt: skip


def tags(data: bytes) -> int:
    """About how many tags XML has, in any encoding that a parser takes: never fewer than there are elements."""
    return data.count(b"<")
