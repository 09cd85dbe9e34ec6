"""Slips as French people make them when they type, put into a text with its marks by a seeded script.

What is listed here is written from usage (forums, messages, children's and adults' typing) and apart from what the corrector knows.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any

Edit = tuple[int, int, str]

ACCENTS = 0.5
"""Share of the slips that are accents."""

PHRASES = {
    r"je suis": ("jsuis", "chui", "chuis", "je sui", "j'suis"),
    r"je ne suis pas": ("jsuis pas", "chui pas"),
    r"je ne sais pas": ("jsais pas", "chais pas", "je sais pas"),
    r"j'ai": ("jai", "jé", "g"),
    r"j'étais": ("jetais", "j'etais", "jétais", "j'été"),
    r"j'avais": ("javais", "j'avai"),
    r"c'est": ("cest", "c", "cé", "ces"),
    r"c'était": ("cetait", "cétait", "c t"),
    r"qu'il": ("quil", "kil"),
    r"qu'on": ("quon", "kon"),
    r"qu'elle": ("quelle", "kelle"),
    r"m'a": ("ma",),
    r"l'a": ("la",),
    r"s'est": ("sest", "c'est"),
    r"ça": ("sa", "ca"),
    r"il y a": ("ya", "y a"),
    r"il y avait": ("y avait", "yavait"),
    r"il faut": ("faut",),
    r"parce que": ("pcq", "parceque", "paske", "pck"),
    r"quand": ("qd", "kan", "quant"),
    r"pourquoi": ("pk", "pq"),
    r"que": ("ke", "q"),
    r"qui": ("ki",),
    r"quoi": ("koi",),
    r"dans": ("ds",),
    r"pour": ("pr",),
    r"beaucoup": ("bcp", "bcoup"),
    r"toujours": ("tjrs", "tjr", "toujour"),
    r"jamais": ("jms", "jamai"),
    r"tout": ("tt",),
    r"toute": ("tte",),
    r"tous": ("ts",),
    r"avec": ("avc", "ac"),
    r"même": ("mm", "meme"),
    r"temps": ("tps",),
    r"longtemps": ("lgtps", "longtemp"),
    r"vraiment": ("vrmt", "vraimen"),
    r"maintenant": ("mtn", "maintenan"),
    r"aujourd'hui": ("auj", "aujourdhui", "ajd"),
    r"quelqu'un": ("qqn", "quelquun"),
    r"quelque chose": ("qqch", "quelquechose"),
    r"d'accord": ("dacc", "daccord"),
    r"comme": ("com",),
    r"trop": ("tro",),
    r"mais": ("mé", "mes"),
    r"peut-être": ("peut etre", "ptet"),
    r"petit": ("ptit", "p'tit"),
    r"faisait": ("fesait",),
    r"je me": ("jme",),
    r"je te": ("jte",),
    r"je l'": ("jl'",),
    r"je le": ("jle",),
    r"je vais": ("jvais", "jvé"),
    r"tu es": ("t'es", "tes"),
    r"tu as": ("t'as", "tas"),
    r"quand même": ("quand meme", "qd mm"),
    r"tellement": ("tellment", "telement"),
    r"très": ("tres", "trés"),
    r"désolée?": ("dsl",),
    r"messages?": ("msg",),
    r"on a": ("on à",),
    r"où": ("ou",),
    r"à": ("a",),
    r"les autres": ("les otres",),
}
_APOSTROPHE = re.compile(r"(?<!\w)(?:[jlmtsdcn]|qu|jusqu|lorsqu|puisqu)['’](?=[^\W\d_])", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    (re.compile(r"(?<=\w\w\w)er(?!\w)"), "é"),
    (re.compile(r"(?<=\w\w\w)é(?!\w)"), "er"),
    (re.compile(r"(?<=\w\w\w)ait(?!\w)"), "ai"),
    (re.compile(r"(?<=\w\w\w)ée(?!\w)"), "é"),
    (re.compile(r"(?<=\w\w\w)ent(?!\w)"), "e"),
    (re.compile(r"(?<=\w\w\w)s(?!\w)"), ""),
)
_NE = re.compile(r"(?<!\w)(?:ne |n['’])(?=\w)", re.I)
_DOUBLE = re.compile(r"([lmnprtsfc])\1")
_SINGLE = re.compile(r"(?<=[aeiouéè])([lmnprt])(?=[aeiouéè])")
_COMMA = re.compile(r"[,;](?= )|\.(?= )")
_PHRASES = [
    (re.compile(rf"(?<![\w'’-]){pattern.replace(chr(39), '[’' + chr(39) + ']')}(?![\w-])", re.I), ways) for pattern, ways in PHRASES.items()
]


def typed(narrative: dict[str, Any], rate: float, seed: int) -> dict[str, Any]:
    """A narrative with slips, its marks moved along.

    Args:
        narrative: In the gold files' form.
        rate: Slips to a word.
        seed: Same seed, same slips.
    """
    chance = random.Random(f"{seed} {rate} {narrative['id']}")  # noqa: S311
    text = narrative["text"]
    wanted = round(len(_WORD.findall(text)) * rate)
    accents = list(_accents(text, chance))
    chance.shuffle(accents)
    others = list(_others(text, chance))
    chance.shuffle(others)
    edits: list[Edit] = []
    for candidates, room in ((accents, round(wanted * ACCENTS)), (others, wanted)):
        for edit in candidates:
            if len(edits) >= room:
                break
            if all(edit[1] <= other[0] or other[1] <= edit[0] for other in edits):
                edits.append(edit)
    if chance.random() < 0.3:  # some never touch the shift key
        free = ((m.start(), m.start() + 1, text[m.start()].lower()) for m in re.finditer(r"[A-ZÀ-Ý]", text))
        edits += [edit for edit in free if all(edit[1] <= other[0] or other[1] <= edit[0] for other in edits)]
    return _moved(narrative, sorted(edits))


def _accents(text: str, chance: random.Random) -> Iterator[Edit]:
    for word in _WORD.finditer(text):
        bare = "".join(c for c in unicodedata.normalize("NFD", word[0]) if not unicodedata.combining(c))
        if bare == word[0]:
            continue
        wrong = word[0].translate(str.maketrans("éèê", "èéè"))
        yield word.start(), word.end(), wrong if chance.random() < 0.2 and wrong != word[0] else bare


def _others(text: str, chance: random.Random) -> Iterator[Edit]:
    for pattern, ways in _PHRASES:
        for match in pattern.finditer(text):
            new = chance.choice(ways)
            yield match.start(), match.end(), new[0].upper() + new[1:] if match[0][0].isupper() and chance.random() < 0.5 else new
    simple: list[tuple[float, re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (1.0, _APOSTROPHE, lambda m: m[0][:-1]),
        (0.7, _NE, lambda m: ""),
        (0.3, _DOUBLE, lambda m: m[1]),
        (0.1, _SINGLE, lambda m: m[1] * 2),
        (0.4, _COMMA, lambda m: ""),
    ]
    simple += [(0.25, pattern, lambda m, by=by: by) for pattern, by in _ENDINGS]  # type: ignore[misc]
    for share, pattern, by in simple:
        for match in pattern.finditer(text):
            if chance.random() < share:
                yield match.start(), match.end(), by(match)
    for word in _WORD.finditer(text):
        if len(word[0]) >= 7 and chance.random() < 0.06:
            i = chance.randrange(1, len(word[0]) - 2)
            swapped = word[0][:i] + word[0][i + 1] + word[0][i] + word[0][i + 2 :]
            yield word.start(), word.end(), swapped
    for sentence in re.finditer(r"[^.!?\n]{12,60}(?=[!])", text):
        if chance.random() < 0.5:
            yield sentence.start(), sentence.end(), sentence[0].upper()


def _moved(narrative: dict[str, Any], edits: list[Edit]) -> dict[str, Any]:
    text = narrative["text"]
    place: list[int] = []
    pieces: list[str] = []
    at = length = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        place += range(length, length + start - at)
        pieces.append(text[at:start])
        length += start - at
        inner = [0] * (end - start)
        for tag, a, b, c, d in SequenceMatcher(None, text[start:end].lower(), new.lower(), autojunk=False).get_opcodes():
            for k in range(a, b):
                inner[k] = c + (k - a if tag == "equal" else (k - a) * (d - c) // (b - a))
        place += (length + step for step in inner)
        pieces.append(new)
        length += len(new)
        at = end
    place.append(length)

    def move(span: list[int]) -> list[int]:
        start, end = place[span[0]], place[span[1]]
        return [start, max(end, start + 1)]

    moved = dict(narrative, text="".join(pieces))
    moved["mentions"] = [dict(m, cue=[move(piece) for piece in m["cue"]]) for m in narrative["mentions"]]
    moved["roles"] = [dict(r, span=move(r["span"])) for r in narrative["roles"]]
    return moved


def bare(narrative: dict[str, Any]) -> dict[str, Any]:
    """A narrative without capitals, stops and commas."""
    text = narrative["text"]
    edits = [(m.start(), m.end(), "") for m in re.finditer(r"[.,;:!?…«»]+(?=\s|$)|[«»–—](?=\s)", text)]
    edits += [(m.start(), m.start() + 1, m[0].lower()) for m in re.finditer(r"[A-ZÀ-Ý]", text)]
    return _moved(narrative, sorted(edits))
