"""What the French tokeniser and parser go wrong on beside apostrophes and blanks, and how it is read.

Decomposed accents, inclusive endings (« content·e·s », « effrayé(e) »), signs without a blank after them (« J’ai honte!Je pars »), and the
tags and links of a text that was made for a browser. Each is read by what stands for it in plain writing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_FEMININE = "e|se|ve|ne|le|te|re|ère|rice|trice|ice|euse|esse|fe|che|sse|tte|lle"
_PART = "[a-zà-ÿ]{1,5}"
_TAGS = "a|b|i|u|s|p|em|strong|small|font|span|div|br|hr|h[1-6]|li|ul|ol|sup|sub|blockquote|table|tr|td|th"
_ACCENTS = r"(?P<composed>[^\W\d_][\u0300-\u036f]+) | "
_SIGNS = rf"""(?=[\[<(·•‧⋅.\-;!?)]) (?:  # no more is asked of other characters: ten times as fast
         \[(?P<named>[^\[\]\n]{{1,200}})\]\([^\s()]{{1,500}}\)  # a link of Markdown
       | (?P<tag></?(?:{_TAGS})(?:[ ][^<>\n=]{{1,40}}=[^<>\n]{{0,200}})?[ ]?/?>)
       | (?<=[^\W\d_])(?P<ending>\((?:(?:{_FEMININE})(?P<in_brackets>s?)|s)\)(?:\((?P<apart>s)\))?
                              | [·•‧⋅](?:{_FEMININE})?[·•‧⋅]?(?P<dotted>s?)(?!\w)
                              | (?<=[^\W\d_]{{3}})\.(?:e|(?:eus|ric|tric|èr)e|(?<=x.)se)(?:\.?(?P<pointed>s))?(?!\w)
                              | (?<=[^\W\d_]{{3}})-e(?:-?(?P<dashed>s))?(?!\w))
       | (?P<sign>(?<![;!?)])[;!?)]++)(?=[^\W\d_])
       | (?P<opens>(?<=[^\W\d_])[(\[](?!{_PART}\))))"""
_COMPOSED, _DECOMPOSED = re.compile(_SIGNS, re.X), re.compile(_ACCENTS + _SIGNS, re.X)
"""The second is slower, and few texts need it."""
_MORE = ("in_brackets", "apart", "dotted", "pointed", "dashed")
_PLURAL = frozenset("sxz")
"""What a plural ends with already: « heureux·ses »."""
_OPTIONAL = re.compile(rf"\({_PART}\Z")
"""« (mal)heureux », « j'aime(rais) »: a part of a word in brackets."""
_ADDRESS, _LONGEST = re.compile(r"://|www\.|@|\w\.\w{2,4}/"), 200
"""What an address has in it, and within how many code points before a sign."""


def read_otherwise(text: str) -> Iterator[tuple[int, int, str, list[int]]]:
    """What of a text is read otherwise than it stands.

    Args:
        text: With plain apostrophes and blanks.

    Yields:
        Start and end of a stretch, what is read for it, and for each of its code points the offset that it stands for; in order.
    """
    composed = unicodedata.is_normalized("NFC", text)
    for match in (_COMPOSED if composed else _DECOMPOSED).finditer(text):
        start, end, kind = match.start(), match.end(), match.lastgroup
        if not composed and match["composed"]:
            letter = unicodedata.normalize("NFC", match[0])
            yield start, end, letter, [start] * len(letter)
        elif match["named"]:
            first, last = match.span("named")
            yield start, end + (text[end : end + 1] == " "), match["named"] + " ", [*range(first, last), last]
        elif match["tag"]:
            blank = bool((text[start - 1 : start] or " ").strip())  # « rage<br>et honte »
            yield start, end + (blank and text[end : end + 1] == " "), " " * blank, [start] * blank
        elif match["ending"]:
            plural = any(match[name] for name in _MORE) and text[start - 1].lower() not in _PLURAL
            yield start, end, "s" * plural, [start] * plural
        elif not _is_in_address(text, start) and not (match[0][0] == ")" and _OPTIONAL.search(text, max(start - 6, 0), start)):
            sign = match[0]
            yield (start, end, sign + " ", [*range(start, end), end]) if kind == "sign" else (start, end, " " + sign, [start, start])


def _is_in_address(text: str, start: int) -> bool:
    """Whether a sign is one of an address (« https://… ?q=a »): of a stretch without blanks that looks like one."""
    first = max(start - _LONGEST, 0)
    blank = max(text.rfind(" ", first, start), text.rfind("\n", first, start))
    return _ADDRESS.search(text, max(first, blank), start) is not None
