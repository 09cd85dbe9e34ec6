"""French inflection: every form of a citation form, so that a vocabulary can be matched without a parser.

What follows a rule is here; the verbs of the third group (``paradigms_fr.tsv``) and the nouns and adjectives that
no rule gets right (``irregulars_fr.tsv``) are tables. Where two spellings are in use both are made: ``inquiéterai``
and ``inquièterai``, ``paie`` and ``paye``, ``connaît`` and, by the reform of 1990, ``connait``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from os.path import commonprefix
from pathlib import Path
from typing import Literal

from ressenti.errors import DataError
from ressenti.ontology.tables import read_table

DATA = Path(__file__).parent / "data"
Cells = Mapping[str, tuple[str, ...]]
Pairs = Iterator[tuple[str, str]]  # text and features of a form

AGREEMENT = tuple(f"Gender={g}|Number={n}" for g in ("Masc", "Fem") for n in ("Sing", "Plur"))
NUMBERS = ("Number=Sing", "Number=Plur")
PERSONS = tuple(f"Person={p}|{n}" for n in NUMBERS for p in "123")

# Nouns and adjectives: ending to feminine, the first that fits; what fits none takes -e.
FEMININE = (
    ("e$", "e"), ("eux$", "euse"), ("oux$", "ouse"), ("f$", "ve"), ("er$", "ère"), ("c$", "que"), ("gu$", "guë"),
    ("((?:anté|exté|infé|inté|posté|supé|ulté)rieur|majeur|mineur|meilleur)$", r"\1e"),
    ("((?:a|c|i|[bc]u|mo)t)eur$", r"\1rice"), ("eur$", "euse"),
    ("(?<=e)([lnt])$", r"\1\1e"), ("(?<=ei)l$", "lle"), ("(?<=o)n$", "nne"), ("([ao])$", r"\1"),
)  # fmt: skip
# Words of a compound: those from which on nothing agrees, and first ones that do not agree themselves.
LINK = re.compile("à|aux?|du|des?|en|l[ae]|les|et|dans|hors|par|pour|que|sans|sous|sur|comme|(?:[dl]|(?:jus)?qu)['’].+")
PREFIX = re.compile(
    "après|arrière|auto|avant|bien|contre|demi|ex|mal|mi|mini|moins|non|néo|pas|peu|plus|presque|pseudo|quasi|semi|"
    "sous|sur|super|trop|très|ultra|à|je"
)
VERB_FIRST = re.compile("brise|casse|coupe|crève|garde|grippe|porte|rabat|serre|trouble|tue")

# Verbs in -eler and -eter: the first only double (appelle), the second only take the accent (gèle), others do either.
DOUBLING = re.compile(r"(?:appel|jet|interpel)$")
ACCENTED = re.compile("(?:gel|model|martel|écartel|démantel|cisel|crochet|furet|halet|corset|filet|^(?:dé)?pel|^(?:dé|re)?cel|^r?achet)$")
# The reform of 1990 keeps the circumflex where it tells two words apart.
KEEPS_CIRCUMFLEX = re.compile(r"\b(?:dû\b|mûr|sûr|jeûn|crû|croî|fût)")

CELLS = ("present", "imperfect", "future", "past", "subjunctive", "imperative", "gerund", "participle")
COUNTS = {"present": (6,), "subjunctive": (2, 6), "imperative": (3,), "participle": (1, 2)}  # others: (1,)
LAST = {"imperfect": ("ais",), "future": ("rai",), "past": ("ai", "s"), "gerund": ("ant",)}  # how the tense must end
IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
PAST = ("s", "s", "t", "^mes", "^tes", "rent")  # "^": a circumflex on the vowel before
PAST_IN_AI = ("ai", "as", "a", "âmes", "âtes", "èrent")
PAST_SUBJUNCTIVE = ("sse", "sses", "^t", "ssions", "ssiez", "ssent")
CIRCUMFLEX = str.maketrans("aiu", "âîû")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word.

    Attributes:
        text: As written.
        features: Universal Dependencies features, as ``Mood=Ind|Tense=Imp|Person=3|Number=Sing``.
    """

    text: str
    features: str


def fold(text: str) -> str:
    """Make a text a dictionary key: lower case, ’ made '; accents and œ stay."""
    return text.lower().replace("’", "'")


def without_accents(text: str) -> str:
    """A text without its accents; ligatures and case stay."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@cache
def inflect(lemma: str, pos: Literal["NOUN", "ADJ", "VERB"]) -> tuple[Form, ...]:
    """All forms of a citation form, itself among them; a text that has two analyses is there twice.

    Args:
        lemma: Infinitive (``se`` and ``s'`` before it are left out), singular noun or masculine singular adjective;
            nouns and adjectives may be of several words (``crise de nerfs``, ``doux-amer``).
        pos: ``NOUN`` (inflected for number only), ``ADJ`` or ``VERB`` (simple tenses only).

    Raises:
        ValueError: A verb whose conjugation is not known, no lemma, or another part of speech.
        DataError: A table that cannot be used.
    """
    if not lemma or pos not in ("NOUN", "ADJ", "VERB"):
        raise ValueError(f"cannot inflect {lemma!r} as {pos}")
    pairs = _verb(re.sub("^(?:se |s['’])", "", lemma)) if pos == "VERB" else _nominal(lemma, pos)
    return tuple(Form(*pair) for pair in dict.fromkeys(_reform(pairs, keep_past=not lemma.endswith("er"))))


def _reform(pairs: Pairs, keep_past: bool) -> Pairs:
    """Each form, and the one without the circumflex that the reform of 1990 drops (not from the end of a past)."""
    for text, features in pairs:
        yield text, features
        kept = keep_past and features.startswith(("Mood=Ind|Tense=Past", "Mood=Sub|Tense=Imp"))
        if ("î" in text or "û" in text) and not kept and not KEEPS_CIRCUMFLEX.search(text):
            yield text.replace("î", "i").replace("û", "u"), features


# Nouns and adjectives


def read_irregulars(path: Path) -> dict[str, dict[str, str]]:
    """Read the table of irregular nouns and adjectives: lemma to those of its cells that are not by rule.

    Raises:
        DataError: The table cannot be read, a cell is empty, or a lemma is there twice.
    """
    words: dict[str, dict[str, str]] = {}
    for line, row in read_table(path, ("lemma", "feminine", "plural", "before_vowel")):
        if empty := [column for column, cell in row.items() if not cell]:
            raise DataError(path, line, f'{empty[0]!r} is empty; write "." for what follows the rule')
        lemma = row.pop("lemma")
        if lemma in words:
            raise DataError(path, line, f"{lemma!r} is there twice; keep one")
        words[lemma] = {column: cell for column, cell in row.items() if cell != "."}
    return words


@cache
def _irregulars() -> Mapping[str, Mapping[str, str]]:
    return read_irregulars(DATA / "irregulars_fr.tsv")


def _irregular(word: str, column: str) -> list[str]:
    cell = _irregulars().get(word, {}).get(column)
    return cell.split("/") if cell else []


def _plurals(word: str) -> list[str]:
    if irregular := _irregular(word, "plural"):
        return irregular
    if word[-1] in "sxz":
        return [word]
    if word.endswith("al"):
        return [word[:-1] + "ux"]
    return [word + ("x" if word.endswith(("au", "eu", "œu")) else "s")]


def _feminines(word: str) -> list[str]:
    if irregular := _irregular(word, "feminine"):
        return irregular
    for ending, replacement in FEMININE:
        feminine, found = re.subn(ending, replacement, word)
        if found:
            return [feminine, word[:-1] + "üe"] if feminine.endswith("guë") else [feminine]
    return [word + "e"]


def _word(word: str, pos: str) -> list[list[str]]:
    """Forms of one word, in the order of NUMBERS or AGREEMENT."""
    plurals = _plurals(word)
    if pos == "NOUN":
        return [[word], plurals]
    feminines = _feminines(word)
    if feminines == [word] and word[-1] in "ao":  # accro, baba: with and without -s
        plurals = [*plurals, word]
    feminine_plurals = plurals if feminines == [word] else [plural for f in feminines for plural in _plurals(f)]
    return [[word], plurals, feminines, feminine_plurals]


def _nominal(lemma: str, pos: str) -> Pairs:
    """Forms of a noun or adjective of one word, or of several of which some agree."""
    keys = NUMBERS if pos == "NOUN" else AGREEMENT
    if lemma in _irregulars():
        cells = _word(lemma, pos)
        cells[0] += _irregular(lemma, "before_vowel") if pos == "ADJ" else []
    else:
        pieces = re.split("([ -])", lemma)
        agreeing = _agreeing(pieces[::2], pos, "-" in pieces)
        parts = [
            _word(piece, pos) if i % 2 == 0 and i // 2 in agreeing and piece else [[piece]] * len(keys) for i, piece in enumerate(pieces)
        ]
        cells = [["".join(choice) for choice in product(*cell)] for cell in zip(*parts, strict=True)]
        if len(pieces) > 1 and VERB_FIRST.fullmatch(pieces[0]):
            cells[1].append(lemma)  # des casse-têtes, des casse-tête
    yield from ((text, key) for key, cell in zip(keys, cells, strict=True) for text in cell)


def _agreeing(words: Sequence[str], pos: str, hyphen: bool) -> range:
    """Places of the words of a compound that agree."""
    first, last = words[0], len(words)
    if last == 1:
        return range(1)
    end = next((place for place in range(1, last) if LINK.fullmatch(words[place])), last)
    if end == 1 and pos == "NOUN" and not hyphen and not LINK.fullmatch(first):
        return range(1)  # mal de vivre
    by_verb, linking = VERB_FIRST.fullmatch(first), LINK.fullmatch(first)
    if (PREFIX.fullmatch(first) and (hyphen or not linking)) or (by_verb and pos == "NOUN"):
        return range(max(1, end - 1), end)  # arrière-pensée, mal aimé, peu sûr de soi; not mal à l'aise
    return range(0 if linking or by_verb else end)  # mauvaise humeur, crise de nerfs; not à cran


# Verbs


def read_paradigms(path: Path) -> dict[str, list[tuple[str, Cells]]]:
    """Read the table of conjugations.

    Returns:
        Verb, or ``-`` and the end of verbs, to its ways to conjugate: what is cut off the infinitive, and what comes
        instead in each cell (``.``, ``-`` and ``a/b`` as in the table).

    Raises:
        DataError: The table cannot be read, or a cell is not as the head of the table says.
    """
    paradigms: dict[str, list[tuple[str, Cells]]] = {}
    for line, row in read_table(path, ("model", "like", *CELLS)):
        model, cells = row["model"], {column: tuple(row[column].split()) for column in CELLS}
        for column, forms in cells.items():
            by_rule = forms == (".",) and column not in ("present", "future", "past", "participle")
            if by_rule or forms == ("-",):
                continue
            if len(forms) not in COUNTS.get(column, (1,)) or "." in forms:
                counts = " or ".join(map(str, COUNTS.get(column, (1,))))
                raise DataError(path, line, f"{column!r} must hold {counts} forms, not {row[column]!r}")
            if not all(form.endswith(LAST.get(column, ("",))) for form in forms[0].split("/")):
                raise DataError(path, line, f"{column!r} does not end as the first form of that tense: {row[column]!r}")
        if cells["present"] == ("-",) or (cells["imperfect"] == (".",) and not cells["present"][3].endswith("ons")):
            raise DataError(path, line, "'imperfect' needs a form where 'present' has none in -ons")
        texts = [t for forms in cells.values() for form in forms for t in form.split("/") if t not in (".", "-")]
        cut = len(commonprefix([model, *texts]))  # noqa: RUF071 (letters are meant)
        short = {column: tuple(_cut(form, cut) for form in forms) for column, forms in cells.items()}
        for verb in (model, *(v for v in row["like"].split() if v != ".")):
            if not verb.endswith(model[cut:]):
                raise DataError(path, line, f"{verb!r} cannot go like {model!r}: it does not end in {model[cut:]!r}")
            paradigms.setdefault(verb, []).append((model[cut:], short))
    return paradigms


def _cut(form: str, cut: int) -> str:
    return form if form in (".", "-") else "/".join(text[cut:] for text in form.split("/"))


@cache
def _paradigms() -> Mapping[str, Sequence[tuple[str, Cells]]]:
    return read_paradigms(DATA / "paradigms_fr.tsv")


def _verb(infinitive: str) -> Pairs:
    """Forms of a verb."""
    verb = re.sub("(?<=[ao])itre$", "ître", infinitive)
    candidates = (verb, *(f"-{verb[i:]}" for i in range(len(verb) - 1)))
    key = next((candidate for candidate in candidates if candidate in _paradigms()), None)
    if not re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", verb) or (key == "-ir" and verb.endswith("oir")):
        key = None
    elif key is None and verb.endswith("er") and len(verb) > 3:
        yield verb, "VerbForm=Inf"
        yield from _conjugate("", _first_group(verb))
        return
    if key is None:
        is_one = verb.endswith(("er", "ir", "re"))
        why = "no verb that it goes like is known; is it spelt so?" if is_one else "a verb is given by its infinitive, in -er, -ir or -re"
        raise ValueError(f"cannot conjugate {infinitive!r}: {why}")
    yield verb, "VerbForm=Inf"
    for ending, cells in _paradigms()[key]:
        yield from _conjugate(verb.removesuffix(ending), cells)


def _first_group(verb: str) -> Cells:
    """Cells of a regular verb in -er, by its spelling."""
    base = verb[:-2]
    hard = base[:-1] + "ç" if base.endswith("c") else base + "e" if base.endswith("g") else base  # before a and o
    mute, future = [base], []  # stems before a mute e
    if base.endswith(("oy", "uy")):
        mute = [base[:-1] + "i"]
    elif base.endswith("ay"):
        mute = [base[:-1] + "i", base]
    elif found := re.search(r"(?:(?<![ei])e|é)(?=(?:[bcdfgjklmnprstvz]|[bcdfgptv][lr]|ch|gn|gu|qu)$)", base):
        accented = base[: found.start()] + "è" + base[found.end() :]
        mute = [accented]
        if found[0] == "é":
            future = [base]
        elif DOUBLING.search(base):
            mute = [base + base[-1]]
        elif base.endswith(("el", "et")) and not ACCENTED.search(base):
            mute = [base + base[-1], accented]
    e, es, ent = ("/".join(stem + ending for stem in mute) for ending in ("e", "es", "ent"))
    return dict.fromkeys(CELLS, (".",)) | {
        "present": (e, es, e, hard + "ons", base + "ez", ent),
        "future": ("/".join(stem + "erai" for stem in mute + future),),
        "past": (hard + "ai",),
        "participle": (base + "é",),
    }


def _join(stem: str, ending: str) -> str:
    if ending[0] == "^":  # vi + ^mes, vin + ^mes
        vowel = len(stem) - (2 if stem[-1] == "n" else 1)
        return stem[:vowel] + stem[vowel:].translate(CIRCUMFLEX) + ending[1:]
    if ending[0] in "eèi" and stem.endswith(("ge", "ç")):  # mange + ions, commenç + ions
        stem = stem[:-1] + ("c" if stem.endswith("ç") else "")
    return stem + ending


def _conjugate(prefix: str, cells: Cells) -> Pairs:
    """Forms of one way to conjugate, but the infinitive."""

    def given(column: str, place: int = 0) -> list[str]:
        form = cells[column][place]
        return [] if form in (".", "-") else [prefix + text for text in form.split("/")]

    def tense(name: str, stems: Sequence[Iterable[str]], endings: Sequence[str]) -> Pairs:
        for place in persons:
            for stem in stems[place]:
                yield _join(stem, endings[place]) if endings[place] else stem, f"{name}|{PERSONS[place]}"

    present = [given("present", place) for place in range(6)]
    persons = [place for place in range(6) if present[place]]
    yield from tense("Mood=Ind|Tense=Pres", present, [""] * 6)
    nous = [form[:-3] for form in given("imperfect") or present[3]]  # off with -ais or -ons
    if cells["imperfect"] != ("-",):
        yield from tense("Mood=Ind|Tense=Imp", [nous] * 6, IMPERFECT)
    future = [form[:-2] for form in given("future")]
    yield from tense("Mood=Ind|Tense=Fut", [future] * 6, FUTURE)
    yield from tense("Mood=Cnd|Tense=Pres", [future] * 6, IMPERFECT)
    for past in given("past"):
        in_ai = past.endswith("ai")
        yield from tense("Mood=Ind|Tense=Past", [[past[: -2 if in_ai else -1]]] * 6, PAST_IN_AI if in_ai else PAST)
        yield from tense("Mood=Sub|Tense=Imp", [[past[:-1]]] * 6, PAST_SUBJUNCTIVE)
    if len(cells["subjunctive"]) == 6:
        subjunctive = [given("subjunctive", place) for place in range(6)]
        yield from tense("Mood=Sub|Tense=Pres", subjunctive, [""] * 6)
    elif cells["subjunctive"] != ("-",):
        je, we = [form[:-3] for form in present[5]], nous
        if len(cells["subjunctive"]) == 2:
            je, we = [form[:-1] for form in given("subjunctive")], [form[:-4] for form in given("subjunctive", 1)]
        yield from tense("Mood=Sub|Tense=Pres", [je, je, je, we, we, je], SUBJUNCTIVE)
    for number, place in enumerate((1, 3, 4)):
        if len(cells["imperative"]) == 3:
            forms = given("imperative", number)
        else:
            forms = present[place] if cells["imperative"] == (".",) else []
            forms = [form[:-1] if form.endswith("es") and place == 1 else form for form in forms]
        yield from ((form, f"Mood=Imp|Tense=Pres|{PERSONS[place]}") for form in forms)
    gerunds = given("gerund") or ([stem + "ant" for stem in nous] if cells["gerund"] == (".",) else [])
    yield from ((form, "VerbForm=Part|Tense=Pres") for form in gerunds)
    for masculine in given("participle"):
        feminine = given("participle", 1) if len(cells["participle"]) == 2 else [masculine + "e"]
        plurals = [masculine if masculine.endswith("s") else form[:-1] + "s" for form in feminine]  # dû, due, dus
        texts = [masculine, *plurals, *feminine, *(form + "s" for form in feminine)]
        yield from zip(texts, (f"VerbForm=Part|Tense=Past|{agreement}" for agreement in AGREEMENT), strict=False)
