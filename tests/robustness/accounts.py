"""French accounts as people write them, and as nobody should: strategies of Hypothesis."""

from __future__ import annotations

import os
import unicodedata
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ressenti.corpora.rows import join_answers
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.schema import COMPONENTS, Component, Narrative

LONG = "RESSENTI_EXAMPLES"
"""Environment variable: by how much the numbers of examples are multiplied, which are then drawn at random."""


def examples(number: int):
    """Settings for a test: few and always the same examples, or many new ones where `LONG` asks for them."""
    times = int(os.environ.get(LONG, "1"))
    unhurried = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True, "database": None}
    return settings(max_examples=number * times, derandomize=times == 1, **unhurried)


PEOPLE = ("mon frère", "ma mère", "Paul", "Mme Le Goff", "le chef", "mes voisins", "la fille de Julie", "mon ex-mari", "on", "l’infirmière")
CLAUSES = ("il pleuvait", "le train est parti", "elle m’a menti", "rien n’était prêt", "je l’avais oublié", "on m’attendait")
PLACES = ("à la gare", "chez eux", "dans le couloir", "au travail", "ce matin-là", "depuis l’accident")
# « {noun} », « {adj} » … are taken from the vocabulary
TEMPLATES = (
    "J’ai eu {noun} {place}.",
    "Je ressentais de la {noun} parce que {clause}.",
    "{Who} était {adj}, très {adj}, quand {clause} !",
    "Ça m’a rendue {adj} : {clause}…",
    "Je n’étais pas {adj}. {Who}, si.",
    "J’ai fini par {verb} {place}, et {who} aussi.",
    "{Who} m’a fait {verb}, puis {clause}.",
    "— Tu es {adj} ? demanda {who}.\n— Non. J’ai {noun}.",
    "« {Intj} ! » a crié {who}, {adj}.",
    "{intj} j’avais {noun} de {verb} {intj}",
    "Quelle {noun}, quelle {noun} ! {Clause}.",
    "Si {clause}, je serais {adj}.",
    "Le {noun} de {who} {place} me laisse {adj}.",
    "{Clause}.",
    "Il est huit heures {place}.",
    "{phrase}",
)
EMOTICONS = (" :)", " :-(", " :'(", " ^^", " <3", " 😢", " 😡😡", " ❤️", " 👩‍❤️‍👩", " 🤦🏽‍♀️", " 🇫🇷", " 1️⃣", " XD", " 🥹!")
ODD = (
    "\u0301", "\u0300\u0323", "\u20dd", "\ufe0f", "\u200d", "\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u200f", "\u202e", "\u2067",
    "\u00a0", "\u202f", "\u2009", "\u3000", "\t", "\r", "\n", "\r\n", "\n\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\0", "\x07",
    "\x1b[31m", "\x7f", "\ufffd", "\uffff", "😀", "𝓹𝓮𝓾𝓻", "👨‍👩‍👧", "🏴\U000e0067\U000e0062\U000e007f", "ｐｅｕｒ", "œ", "ﬁ", "ß",
    "İ", "страх",
    "خوف", "פחד", "恐怖", "भय", "ก็", "각", "각", "'", "’", "‘", "«", "»", "\"", "(", ")", "--", "…", "!!!", "?!", ".", ";", ",", " ",
)  # fmt: skip
"""What is put in anywhere: marks, half of clusters, controls, directions, line ends of every kind, other scripts, signs."""


@cache
def terms(pos: str) -> tuple[str, ...]:
    """Terms of the vocabulary."""
    return tuple(dict.fromkeys(entry.term for entry in load_vocabulary() if entry.pos == pos))


@st.composite
def sentences(draw) -> str:
    """A sentence that a person may write, with words of the vocabulary."""
    template = draw(st.sampled_from(TEMPLATES))
    kinds = {"noun": "NOUN", "adj": "ADJ", "verb": "VERB", "intj": "INTJ", "phrase": "PHRASE"}
    values: dict[str, str] = {"who": draw(st.sampled_from(PEOPLE)), "clause": draw(st.sampled_from(CLAUSES))}
    values["place"] = draw(st.sampled_from(PLACES))
    values |= {name: draw(st.sampled_from(terms(pos))) for name, pos in kinds.items() if name in template.lower()}
    values |= {name.capitalize(): value[:1].upper() + value[1:] for name, value in values.items()}
    return template.format(**values) + draw(st.sampled_from(("", "", "", *EMOTICONS)))


GAPS = st.sampled_from((" ", " ", " ", "\n", "\n\n", "\r\n", "\r", "", "\n— ", " – "))


@st.composite
def plain(draw, most: int = 5) -> str:
    """An account of some sentences."""
    pieces = draw(st.lists(st.tuples(sentences(), GAPS), min_size=1, max_size=most))
    return "".join(part for piece in pieces for part in piece).rstrip(" ") + draw(st.sampled_from(("", "", "\n", " ")))


@st.composite
def spoilt(draw) -> str:
    """An account with whatever may stand in a file put in anywhere."""
    text = draw(plain(4))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(ODD)) + text[at:]
    changes = {
        "as it is": lambda t: t, "capitals": str.upper, "small": str.lower, "decomposed": lambda t: unicodedata.normalize("NFD", t),
        "compatible": lambda t: unicodedata.normalize("NFKC", t), "without blanks": lambda t: t.replace(" ", ""),
        "long word": lambda t: t.replace(" ", "é" * 2000, 1), "blanks": lambda t: t.replace(" ", "   \u00a0", 3),
        "dots": lambda t: t.replace(".", "." * 40), "turned": lambda t: t[::-1], "marked": lambda t: t.replace("e", "e\u0301"),
        "twice": lambda t: t + t, "lines": lambda t: t.replace(" ", "\r\n"), "straight": lambda t: t.replace("’", "'"),
        "no marks": lambda t: t.translate(dict.fromkeys(map(ord, ".,;:!?…"), " ")),
    }  # fmt: skip
    return changes[draw(st.sampled_from(("as it is", *changes)))](text)


def anything() -> st.SearchStrategy[str]:
    """Any text that has no lone surrogates: those cannot be read from a file."""
    odd = st.lists(st.sampled_from((*ODD, *"aeuprJ’ "))).map("".join)
    return odd | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def texts() -> st.SearchStrategy[str]:
    """All of these."""
    return plain() | spoilt() | anything()


@st.composite
def guided(draw) -> Narrative:
    """The answers to the four questions of a guided narrative."""
    answers = draw(st.dictionaries(st.sampled_from(COMPONENTS), plain(2) | spoilt(), min_size=1))
    text, spans = join_answers(answers)
    return Narrative("guided", text, [Component(name, (start, end), "given") for name, start, end in spans], extra={"date": "2026-11-26"})


def narratives() -> st.SearchStrategy[Narrative]:
    """Narratives to be annotated."""
    return texts().map(lambda text: Narrative("free", text)) | guided()


NEUTRAL = (
    "Le train de huit heures arrive au quai numéro deux.", "La table a quatre pieds.", "Le magasin ouvre à neuf heures.",
    "Cette route mène à la mairie.", "Il y a trois fenêtres dans la cuisine.",
)  # fmt: skip
"""Sentences in which nobody feels, does or says anything: what stands after an account without having to do with it."""
