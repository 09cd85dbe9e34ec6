"""Hold the roles of psych verbs against Verb∋Net (Pradet, Danlos and de Chalendar 2014; CC-BY-SA 4.0, PyPI ``verbenet``).

    python benchmarks/psych_verbs.py [--failures N] [--doc docs/roles.md]

For each frame with Experiencer and Stimulus of its classes 31.x, and each verb of the frame that the vocabulary has in that sense,
sentences are made in the forms that the frame allows: active, clitic, passive, pronominal, « que » clause, infinitive. Subjects and
objects (pronouns, names, noun phrases, plural, feminine) and tenses (present, imparfait, passé composé) follow in a fixed order. A
sentence is right when its verb is a mention whose one experiencer and whose stimulus are those of the frame: the stimulus is the cause,
or the target where the entry's construction says so. Only names of verbs and frames are read from Verb∋Net; the sentences are our own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from ressenti.ontology.morphology import inflect
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.schema import Narrative, Role

TENSES = ("present", "imparfait", "passé composé")
CONSTRUCTIONS = {
    "31.1": {"obj"},
    "31.2": {"subj-cause", "subj-target"},
    "31.3": {"subj-cause", "subj-target", "pron-cause", "pron-target"},
    "31.4": {"dative"},
}
"""Class of Verb∋Net to the constructions of the vocabulary in which its experiencer stands where the class puts it."""
ASPIRATED = re.compile(r"h(?:a[iïn]|é[rs]|on)")
_FEATURES = {"present": "Mood=Ind|Tense=Pres", "imparfait": "Mood=Ind|Tense=Imp"}
_AUXILIARIES = {
    "avoir": ("ai", "as", "a", "avons", "avez", "ont"),
    "être": ("suis", "es", "est", "sommes", "êtes", "sont"),
}
_WAS = ("étais", "étais", "était", "étions", "étiez", "étaient")


@dataclass(frozen=True)
class Phrase:
    """A noun phrase or pronoun with what the verb needs to know of it."""

    text: str
    person: int = 3
    plural: bool = False
    feminine: bool = False
    accusative: str = ""
    dative: str = ""
    reflexive: str = "se"
    human: bool = True

    @property
    def cell(self) -> int:
        """Index of its verb form, first person singular to third person plural."""
        return self.person - 1 + 3 * self.plural


PRONOUNS = (
    Phrase("je", 1, accusative="me", dative="me", reflexive="me"),
    Phrase("elle", feminine=True, accusative="la", dative="lui"),
    Phrase("ils", plural=True, accusative="les", dative="leur"),
    Phrase("nous", 1, True, accusative="nous", dative="nous", reflexive="nous"),
    Phrase("il", accusative="le", dative="lui"),
    Phrase("vous", 2, True, accusative="vous", dative="vous", reflexive="vous"),
    Phrase("elles", plural=True, feminine=True, accusative="les", dative="leur"),
    Phrase("tu", 2, accusative="te", dative="te", reflexive="te"),
)
PEOPLE = (
    Phrase("Marie", feminine=True),
    Phrase("mon père"),
    Phrase("les enfants", plural=True),
    Phrase("la vieille dame", feminine=True),
    Phrase("Karim"),
    Phrase("ses deux sœurs", plural=True, feminine=True),
    Phrase("mes parents", plural=True),
    Phrase("l'institutrice", feminine=True),
    Phrase("tout le monde"),
    Phrase("Lucas et Emma", plural=True),
)
OTHERS = (
    Phrase("Claire", feminine=True, accusative="la"),
    Phrase("son mari", accusative="le"),
    Phrase("les voisins", plural=True, accusative="les"),
    Phrase("cette femme", feminine=True, accusative="la"),
)
THINGS = (
    Phrase("ce bruit", human=False, accusative="le"),
    Phrase("sa réponse", feminine=True, human=False, accusative="la"),
    Phrase("les cris de la foule", plural=True, human=False, accusative="les"),
    Phrase("cette nouvelle", feminine=True, human=False, accusative="la"),
    Phrase("le départ de Luc", human=False, accusative="le"),
    Phrase("ces mensonges", plural=True, human=False, accusative="les"),
    Phrase("l'attitude de son frère", feminine=True, human=False, accusative="la"),
    Phrase("ça", human=False, accusative="le"),
)
CLAUSES = ("Paul parte demain", "personne ne vienne", "les travaux durent encore")
INFINITIVES = ("partir demain", "attendre le train", "être seul")


@dataclass(frozen=True)
class Case:
    """A made sentence: its pieces, each with what it is (``cue``, ``experiencer``, ``stimulus`` or nothing), and what is expected."""

    verb: str
    frame: str
    form: str
    pieces: tuple[tuple[str, str], ...]
    stimulus: frozenset[str]

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(text for text, _ in self.pieces)

    def span(self, part: str) -> tuple[int, int]:
        """Where a part stands in the text."""
        at = 0
        for text, name in self.pieces:
            if name == part:
                return at, at + len(text)
            at += len(text)
        raise KeyError(part)


def cases(entries: Sequence[Entry], frames: Sequence[tuple[str, str, str]], variants: int = len(TENSES)) -> Iterator[Case]:
    """Sentences for frames given as class number, description of the frame and verb."""
    senses: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.pos == "VERB" and entry.mode == "labelled":
            senses[entry.term].append(entry)
    people, pronouns, things, others = cycle(PEOPLE), cycle(PRONOUNS), cycle(THINGS), cycle(OTHERS)
    for number, frame, verb in frames:
        lemma, reflexive = verb.split()[0], verb.endswith((" se", " s'"))
        allowed = {c for c in CONSTRUCTIONS[number] if number != "31.3" or c.startswith("pron") == reflexive}
        entry = next((e for e in senses[lemma] if e.construction in allowed and _usable(e)), None)
        if entry is None:
            continue
        pronominal = next((e for e in senses[lemma] if e.construction.startswith("pron-") and _usable(e)), None)
        for form in _forms(number, frame, pronominal is not None):
            used = pronominal if form == "pronominal" and pronominal else entry
            wanted = {"target"} if used.construction.endswith("target") else {"cause"}
            for tense in TENSES[:variants]:
                who = next(pronouns) if form == "clitic" or (number != "31.1" and tense == "present") else next(people)
                stimulus = next(others) if "subject: person" in map(str, used.conditions) and number == "31.1" else next(things)
                if number == "31.1" and tense == "imparfait" and not any(c.kind == "subject" for c in used.conditions):
                    stimulus = next(others)
                negated = any(c.kind == "negated" and c.wanted for c in used.conditions)
                pieces = _sentence(number, frame, form, lemma, tense, who, stimulus, reflexive, negated)
                yield Case(verb, f"{number} {frame}", form, tuple(pieces), frozenset(wanted))


def _usable(entry: Entry) -> bool:
    """Whether the conditions ask for nothing that a plain sentence lacks."""
    return all(not c.wanted or c.kind in ("object", "subject", "pos", "reflexive", "negated", "no object") for c in entry.conditions)


def _forms(number: str, frame: str, pronominal: bool) -> list[str]:
    if number == "31.1":
        return ["active", "clitic", "passive"] + (["pronominal"] if pronominal else [])
    if number == "31.2":
        return ["clause"] if "Qu" in frame else ["infinitive"] if "inf" in frame else ["active", "clitic", "passive"]
    if number == "31.3":
        return ["clause"] if "Qu" in frame else ["infinitive"] if "inf" in frame else ["active"]
    return ["clause"] if "Qu" in frame else ["active", "clitic"]


Pieces = list[tuple[str, str]]


def _sentence(
    number: str, frame: str, form: str, lemma: str, tense: str, who: Phrase, stimulus: Phrase, reflexive: bool, negated: bool
) -> Pieces:
    """The pieces of one sentence."""
    experiencer = (who.text, "experiencer")
    if number == "31.1" or number == "31.4":
        if form == "pronominal":
            return _clause(experiencer, who, lemma, tense, negated, clitic=(who.reflexive, ""), own=True, after=_of(stimulus))
        if form == "passive":
            return _passive(experiencer, who, lemma, tense, negated, [(" par ", ""), (_strong(stimulus), "stimulus")])
        if form == "clause":
            after: Pieces = [(" à ", ""), experiencer, (" que ", ""), (CLAUSES[who.cell % len(CLAUSES)], "stimulus")]
            return _clause(("il", ""), Phrase("il"), lemma, tense, negated, after=after)
        subject = (stimulus.text, "stimulus")
        extra: Pieces = [(" par ses remarques", "")] if "{par/avec}" in frame else []
        if form == "clitic":
            clitic = who.dative if number == "31.4" else who.accusative
            return _clause(
                subject, stimulus, lemma, tense, negated, (clitic, "experiencer"), after=extra, agrees=None if number == "31.4" else who
            )
        link: Pieces = [(" à " if number == "31.4" else " ", "")]
        experiencer = (_strong(who), "experiencer")
        return _clause(subject, stimulus, lemma, tense, negated, after=[*link, experiencer, *extra])
    if form == "passive":
        return _passive((stimulus.text, "stimulus"), stimulus, lemma, tense, negated, [(" par ", ""), (_strong(who), "experiencer")])
    clitic_ = (who.reflexive, "") if reflexive else ("", "")
    if form == "clitic":
        return _clause(experiencer, who, lemma, tense, negated, (stimulus.accusative, "stimulus"), agrees=stimulus)
    if form == "clause":
        link_ = " de ce que " if number == "31.3" else " que "
        after = [(link_, ""), (CLAUSES[who.cell % len(CLAUSES)], "stimulus")]
    elif form == "infinitive":
        infinitive = INFINITIVES[who.cell % len(INFINITIVES)]
        of = ("d'" if infinitive[0] in "aeiouê" else "de ") if "de" in frame else ""
        after = [(" " + of, ""), (infinitive, "stimulus")]
    elif number == "31.3":
        after = [(" devant ", ""), (_strong(stimulus), "stimulus")] if "devant" in frame or "stimulus" in frame else _of(stimulus)
    else:
        after = [(" ", ""), (_strong(stimulus), "stimulus")]
        after += [(" pour son courage", "")] if "{pour}" in frame else []
    return _clause(experiencer, who, lemma, tense, negated, clitic_, own=reflexive, after=after)


def _strong(phrase: Phrase) -> str:
    """A pronoun as it stands after a preposition or a verb."""
    return {"je": "moi", "tu": "toi", "il": "lui", "ils": "eux"}.get(phrase.text, phrase.text)


def _of(phrase: Phrase) -> Pieces:
    """« de » contracted with its phrase."""
    text = _strong(phrase)
    for article, contracted in (("les ", "des "), ("le ", "du ")):
        if text.startswith(article):
            return [(" " + contracted, ""), (text[len(article) :], "stimulus")]
    return [(" d'" if text[0] in "aeiouéêh" else " de ", ""), (text, "stimulus")]


def _clause(
    subject: tuple[str, str],
    of: Phrase,
    lemma: str,
    tense: str,
    negated: bool,
    clitic: tuple[str, str] = ("", ""),
    own: bool = False,
    after: Pieces | None = None,
    agrees: Phrase | None = None,
) -> Pieces:
    """Subject, negation, clitic, verb and what follows; ``own``: the clitic is reflexive; ``agrees``: what the participle agrees with."""
    if tense == "passé composé":
        auxiliary = _AUXILIARIES["être" if own else "avoir"][of.cell]
        words: Pieces = [(auxiliary, "")] + ([("pas", "")] if negated else []) + [(_participle(lemma, of if own else agrees), "cue")]
    else:
        words = [(_finite(lemma, tense, of.cell), "cue")] + ([("pas", "")] if negated else [])
    before: Pieces = [subject] + ([("ne", "")] if negated else []) + ([clitic] if clitic[0] else [])
    return _join([*before, *words], after or [])


def _passive(subject: tuple[str, str], of: Phrase, lemma: str, tense: str, negated: bool, after: Pieces) -> Pieces:
    auxiliary = {"present": _AUXILIARIES["être"], "imparfait": _WAS, "passé composé": _AUXILIARIES["avoir"]}[tense][of.cell]
    words: Pieces = [subject] + ([("ne", "")] if negated else []) + [(auxiliary, "")] + ([("pas", "")] if negated else [])
    words += [("été", "")] if tense == "passé composé" else []
    return _join([*words, (_participle(lemma, of), "cue")], after)


def _join(words: Pieces, after: Pieces) -> Pieces:
    """Words with spaces or elisions between, the first in upper case, and a full stop."""
    pieces: Pieces = []
    for (text, part), (following, _) in zip(words, [*words[1:], ("", "")], strict=True):
        vowel = following[:1] in tuple("aeiouyéêèàâîï") or (following[:1] == "h" and not ASPIRATED.match(following))
        if text in ("je", "me", "te", "se", "le", "la", "ne") and vowel:
            pieces.append((text[:-1] + "'", part))
        else:
            pieces.append((text, part))
            pieces.append((" " if following else "", ""))
    first, part = pieces[0]
    return [(first[0].upper() + first[1:], part), *pieces[1:], *after, (".", "")]


def _finite(lemma: str, tense: str, cell: int) -> str:
    features = f"{_FEATURES[tense]}|Person={cell % 3 + 1}|Number={'Plur' if cell > 2 else 'Sing'}"
    return next(f.text for f in inflect(lemma, "VERB") if f.features == features)


def _participle(lemma: str, of: Phrase | None) -> str:
    gender, number = ("Fem" if of and of.feminine else "Masc"), ("Plur" if of and of.plural else "Sing")
    forms = {f.features: f.text for f in inflect(lemma, "VERB")}
    base = "VerbForm=Part|Tense=Past"
    return forms.get(f"{base}|Gender={gender}|Number={number}") or forms[f"{base}|Gender=Masc|Number=Sing"]


def verdict(case: Case, narrative: Narrative) -> str:
    """Empty when the roles are right, else what is wrong."""
    cue = case.span("cue")
    mention = next((m for m in narrative.mentions if any(a < cue[1] and cue[0] < b for a, b in m.cue)), None)
    if mention is None:
        return "no mention"
    roles = [r for r in narrative.roles if r.mention == mention.id]
    experiencers = [r for r in roles if r.role == "experiencer"]
    if len(experiencers) != 1 or not _same(experiencers[0], case.span("experiencer")):
        return f"experiencer {[narrative.text[slice(*r.span)] for r in experiencers]}"
    stimuli = [r for r in roles if r.role in ("cause", "target")]
    if not any(r.role in case.stimulus and _same(r, case.span("stimulus")) for r in stimuli):
        return f"{min(case.stimulus)} {[(r.role, narrative.text[slice(*r.span)]) for r in stimuli]}"
    return ""


def _same(role: Role, span: tuple[int, int]) -> bool:
    """Spans agree by half of what they cover together, as in benchmarks/gold/score.py."""
    both = min(role.span[1], span[1]) - max(role.span[0], span[0])
    return both > 0 and both / (max(role.span[1], span[1]) - min(role.span[0], span[0])) >= 0.5


def verbenet_frames() -> list[tuple[str, str, str]]:
    """Class number, description and verb of each frame with an experiencer of the classes 31.x."""
    import verbenet

    found = []
    for row in verbenet.frame_rows():
        number = row["class_id"].split("-")[1]
        if number.startswith("31.") and "Experiencer" in row["syntax_description"]:
            found += [(number, row["primary"] + " " + row["syntax_description"], verb) for verb in row["members"]]
    return found


def table(made: Sequence[Case], wrong: dict[Case, str]) -> str:
    """A Markdown table: a line a class and form."""
    total: Counter[tuple[str, str]] = Counter((c.frame[:4], c.form) for c in made)
    right: Counter[tuple[str, str]] = Counter((c.frame[:4], c.form) for c in made if c not in wrong)
    rows = ["| class | form | sentences | right |", "| --- | --- | ---: | ---: |"]
    rows += [f"| {number} | {form} | {n} | {right[number, form] / n:.3f} |" for (number, form), n in total.items()]
    rows.append(f"| all | | {len(made)} | {1 - len(wrong) / len(made):.3f} |")
    return "\n".join(rows)


def main() -> None:
    """Make the sentences, annotate them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--failures", type=int, default=0, help="show this many sentences that came out wrong")
    parser.add_argument("--doc", type=Path, help="write the table between the marks « psych-verbs » of this page")
    options = parser.parse_args()
    try:
        import verbenet
    except ImportError:
        sys.exit("needs Verb∋Net: pip install verbenet")
    import ressenti

    made = list(dict.fromkeys(cases(load_vocabulary(), verbenet_frames())))
    annotator = ressenti.load()
    narratives = list(annotator.pipe(Narrative(str(k), case.text) for k, case in enumerate(made)))
    found = {case: verdict(case, narrative) for case, narrative in zip(made, narratives, strict=True)}
    wrong = {case: reason for case, reason in found.items() if reason}
    for case, reason in list(wrong.items())[: options.failures]:
        print(f"{case.verb} ({case.form}): {case.text}  → {reason}")
    verbs = len({case.verb for case in made})
    source = (
        f"{datetime.now(UTC):%Y-%m-%d}, `python benchmarks/psych_verbs.py`: {len(made)} sentences, {verbs} verbs; Verb∋Net "
        f"{verbenet.__version__}, {narratives[0].provenance['parser']}."
    )
    text = f"{source}\n\n{table(made, wrong)}"
    print(text)
    if options.doc:
        page = options.doc.read_text(encoding="utf-8")
        start, end = "<!-- psych-verbs -->", "<!-- /psych-verbs -->"
        head, rest = page.split(start)
        options.doc.write_text(head + start + "\n" + text + "\n" + end + rest.split(end)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
