"""Why a rule did not fire, or a word gave no mention: the first condition that failed, and on which token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ressenti.errors import DataError
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.acts import physical_reason
from ressenti.rules.case import Case, entry_named
from ressenti.rules.choice import Lost, decided, with_mark
from ressenti.rules.conditions import failing, holds
from ressenti.rules.found import Found
from ressenti.rules.parts_of_speech import word_kinds
from ressenti.rules.reasons import EntryNamed, Outcome, PathTaken, WhyNot, Word, text_of
from ressenti.rules.rule import Rule
from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Hit
from ressenti.rules.view import View, view, view_of_word
from ressenti.rules.word_tests import lemma_forms
from ressenti.rules.word_triggers import WordHit, part_of_speech, word_hit

_DECIDED = {
    "entry": "a vocabulary entry comes before a word",
    "own": "an entry of yours comes before a shipped one",
    "part of speech": "the word stands here as its part of speech",
    "conditions": "it has more conditions",
    "order": "it is tried before",
}
"""Of two triggers on the same words, what decided; priority and length are said otherwise."""


class Question:
    """Asks a case why not.

    Args:
        case: The account with all that was found in it.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.engine = case.annotator.engine
        self._lost: dict[int, tuple[list[Hit], list[Lost]]] = {}

    def ask(self, what: str) -> WhyNot:
        """Answer for the id of a rule, else for a word."""
        name = what.strip().removeprefix("rule:")
        rule = self.case.rules.get(name)
        if rule is not None:
            return WhyNot(what, "rule", self.case.rule(name), list(self._of_rule(rule)))
        outcomes = list(self._of_word(name))
        near: list[str] = []
        if all(outcome.reason in ("no entry", "not in text") for outcome in outcomes):
            ids, terms = list(self.case.rules), list(dict.fromkeys(self.engine.matcher.terms))
            near = [f"rule:{key}" for key in get_close_matches(name, ids, n=3, cutoff=0.75)]
            near += [term for term in get_close_matches(fold(name), terms, n=5, cutoff=0.75) if term != fold(name)]
        return WhyNot(what, "word", None, outcomes, near)

    def _sentences(self, rule: Rule) -> Iterator[tuple[int, Sentence, list[Found]]]:
        """The sentences in which the trigger of a rule may stand."""
        account = self.case.account
        for n, (s, parsed, found) in enumerate(zip(account.sentences, account.parsed, account.found, strict=True)):
            if not parsed and rule.trigger.is_word and not rule.trigger.forms.isdisjoint(s.forms):
                self.case.annotator.nlp(s.tokens[0].doc)  # left alone for the lack of another word; now that word is to be named
                yield n, s, found
            elif parsed:
                yield n, s, found

    def _triggers(self, n: int, s: Sentence) -> tuple[list[Hit], list[Lost]]:
        if n not in self._lost:
            lost: list[Lost] = []
            self._lost[n] = (self.engine.hits(s, lost), lost)
        return self._lost[n]

    # --- a rule

    def _of_rule(self, rule: Rule) -> Iterator[Outcome]:
        answered = False
        for n, s, found in self._sentences(rule):
            outcomes = self._word_rule(n, s, rule) if rule.trigger.is_word else self._entry_rule(n, s, found, rule)
            for outcome in outcomes:
                answered = True
                yield outcome
        if not answered:
            asked = "a word" if rule.trigger.is_word else "a vocabulary entry"
            keys = "; ".join(f"{key}: {', '.join(values)}" for key, values in rule.trigger.written.items()) or "any"
            yield Outcome("no trigger", f"no sentence holds {asked} that the rule could be about ({keys})", condition=keys)

    def _word_rule(self, n: int, s: Sentence, rule: Rule) -> Iterator[Outcome]:
        """A rule whose trigger is a word, on each of its words in a sentence."""
        hits, lost = self._triggers(n, s)
        candidates = [i for i, of in self.engine.words.candidates(s) if of is rule]
        for i in (i for i, form in enumerate(s.forms) if form in rule.trigger.forms):
            here = (self.case.word(s, i),)
            if (fired := next((hit for hit in hits if isinstance(hit, WordHit) and hit.rule is rule and hit.head == i), None)) is not None:
                yield from self._fired(n, s, fired, rule)
                continue
            if (pos := part_of_speech(s, i, rule)) is None:
                wanted, got = ", ".join(rule.trigger.written["pos"]), ", ".join(sorted(word_kinds(s, i)))
                why = f"« {here[0].text} » stands here as {got}; the rule asks for {wanted}"
                yield Outcome("part of speech", why, here, here[0], f"pos: {wanted}", sentence=n + 1)
                continue
            at = view_of_word(s, i, hits)
            if (outcome := self._path_failed(n, at, rule, here)) is not None:
                yield outcome
                continue
            over = next((x for x in lost if isinstance(x.hit, WordHit) and x.hit.rule is rule and x.hit.head == i), None)
            if over is not None:
                yield self._lost_why(n, s, over)
            elif not holds(s, word_hit(at, rule, pos)):
                why = f"« {here[0].text} » is not negated, and what the rule makes is said by its negation"
                yield Outcome("condition", why, here, here[0], "negated: true", sentence=n + 1)
            elif i not in candidates:
                yield Outcome("when", "the sentence lacks a word that the rule's paths need", here, sentence=n + 1)

    def _entry_rule(self, n: int, s: Sentence, found: Sequence[Found], rule: Rule) -> Iterator[Outcome]:
        """A rule about vocabulary entries, on each entry found in a sentence."""
        hits, lost = self._triggers(n, s)
        for hit in hits:
            yield self._on_entry(n, s, hit, next((f for f in found if f.hit.all == hit.all and f.hit.head == hit.head), None), hits, rule)
        for loss in lost if rule.group == "core" else ():
            if rule.trigger.failing(loss.hit.entry) is None:
                yield self._lost_why(n, s, loss)

    def _on_entry(self, n: int, s: Sentence, hit: Hit, f: Found | None, hits: Sequence[Hit], rule: Rule) -> Outcome:
        here, entry = self.case.words(s, hit.all), _entry(hit)
        if (key := rule.trigger.failing(hit.entry)) is not None:
            asked = ", ".join(rule.trigger.written[key])
            why = f"« {text_of(here)} » has {key} {getattr(hit.entry, key)}; the rule asks for {asked}"
            return Outcome("trigger", why, here, self.case.word(s, hit.head), f"{key}: {asked}", entry=entry, sentence=n + 1)
        if f is not None and rule.id in f.fired:
            return next(iter(self._fired(n, s, hit, rule)))
        if f is not None and rule.without and (given := [r for r in f.roles if r.role in rule.without and r.rule != f"rule:{rule.id}"]):
            other = self.case.rule(given[0].rule)
            why = f"the mention has a {given[0].role} already, which {other.id} gave"
            word = self.case.word(s, given[0].head) if given[0].sentence is s else None
            return Outcome("without", why, here, word, f"without: {given[0].role}", rule=other, entry=entry, sentence=n + 1)
        at = view(s, hit, hits)
        if (outcome := self._path_failed(n, at, rule, here)) is not None:
            return outcome
        if rule.group == "core":
            if f is not None and f.by is not None and f.by is not rule:
                other = self.case.rule(f.by.id)
                why = f"all that it asks for is there, but {other.id} is tried before it and applies"
                return Outcome("another rule", why, here, rule=other, entry=entry, sentence=n + 1)
        elif f is not None and rule.when and (reached := rule.when[-1].follow(at)) is not None:
            word = self.case.word(s, reached)
            why = f"« {word.text} » belongs by its place to another mention of the sentence, or to none"
            return Outcome("another mention", why, here, word, rule.when[-1].text, entry=entry, sentence=n + 1)
        return Outcome("no rule", f"no core rule makes a mention of « {text_of(here)} »", here, entry=entry, sentence=n + 1)

    def _fired(self, n: int, s: Sentence, hit: Hit, rule: Rule) -> Iterator[Outcome]:
        """A rule that applies: which of its roles it did not give, and why."""
        here = self.case.words(s, hit.all)
        found = next((f for f in self.case.account.found[n] if f.hit.all == hit.all and f.hit.head == hit.head), None)
        if found is None:
            yield Outcome("left out", "the rule applies, but a later pass left the mention out", here, sentence=n + 1)
            return
        given = {r.role for r in found.roles if r.rule == f"rule:{rule.id}"}
        missing = [role for role in rule.roles if role not in given]
        if rule.roles and not given:
            at = self.case.view(s, found, self.case.account.found[n])
            path = self.case.path(at, rule.roles[missing[0]][0])
            why = f"the rule applies, but no path to its {' or '.join(missing)} led to a word outside of the cue that no other role has"
            yield Outcome("no role", why, here, path=path, sentence=n + 1)
            return
        more = f"; no path led to its {' or its '.join(missing)}" if missing else ""
        yield Outcome("fired", f"the rule fired{more}", here, rule=self.case.rule(rule.id), sentence=n + 1)

    def _path_failed(self, n: int, at: View, rule: Rule, here: tuple[Word, ...]) -> Outcome | None:
        """The first path of ``when`` that leads nowhere, or of ``unless`` that leads somewhere."""
        path = rule.failing(at)
        if path is None:
            return None
        taken = self.case.path(at, path)
        if any(path is wanted for wanted in rule.when):
            return _led_nowhere(n, taken, here)
        why = f"« {taken.found[0].text} » is what the rule rules out by unless: {path.text}"
        return Outcome("unless", why, here, taken.found[0], path.text, taken, sentence=n + 1)

    # --- a word

    def _of_word(self, name: str) -> Iterator[Outcome]:
        asked = [fold(token.text) for token in self.case.annotator.nlp.make_doc(name)]
        forms = [_all_forms(word) for word in asked]
        places = 0
        for n, s in enumerate(self.case.account.sentences):
            typed = [fold(self.case.word(s, i).text) for i in range(len(s))]  # as given, where the reading corrects it
            exact = _places(s, typed, [frozenset({word}) for word in asked])
            for start in exact or _places(s, typed, forms):
                places += 1
                yield from self._at(n, s, range(start, start + len(asked)))
        if not places:
            entries = self.engine.matcher.entries_with({asked[0]}) if len(asked) == 1 else []
            yield Outcome("not in text", f"the text does not hold « {name} »", entry=entry_named(entries[0]) if entries else None)

    def _at(self, n: int, s: Sentence, tokens: range) -> Iterator[Outcome]:
        here, where = self.case.words(s, tokens), set(tokens)
        text = text_of(here)
        for f in self.case.account.found[n]:
            if where & {*f.hit.all, *with_mark(s, f.hit)}:
                why = f"« {text} » is in the mention « {text_of(self.case.words(s, f.hit.cue))} » ({f.emotion})"
                yield Outcome("in a mention", why, here, rule=self.case.rule(f.rule), entry=_entry(f.hit), sentence=n + 1)
                own = (loss for loss in self._triggers(n, s)[1] if where & set(loss.hit.all) and _is_own(loss.hit))
                yield from (self._lost_why(n, s, loss) for loss in own)
                return
        hits, lost = self._triggers(n, s) if self.case.account.parsed[n] else ([], [])
        answers = [self._lost_why(n, s, loss) for loss in lost if where & set(loss.hit.all)]
        answers += [self._unruled(n, s, hit, hits) for hit in hits if where & set(hit.all)]
        if not answers:
            answers = [self._without_entry(n, s, tokens, here)]
        yield from answers

    def _unruled(self, n: int, s: Sentence, hit: Hit, hits: Sequence[Hit]) -> Outcome:
        """An entry that holds, and of which no rule made a mention: what the last rule that could asks for."""
        here, entry, at = self.case.words(s, hit.all), _entry(hit), view(s, hit, hits)
        for rule in reversed(self.engine.fitting("core", hit.entry)):
            outcome = self._path_failed(n, at, rule, here)
            named = self.case.rule(rule.id)
            if outcome is None:
                return Outcome("left out", f"{rule.id} applies, but a later pass left the mention out", here, rule=named, sentence=n + 1)
            why = f"no rule applies to « {hit.entry.term} » here; {rule.id}, the last one tried, asks for more: {outcome.why}"
            return Outcome("no rule", why, here, outcome.at, outcome.condition, outcome.path, named, entry, n + 1)
        why = f"no rule is about entries of the construction {hit.entry.construction}"
        return Outcome("no rule", why, here, entry=entry, sentence=n + 1)

    def _lost_why(self, n: int, s: Sentence, loss: Lost) -> Outcome:
        if loss.why == "overlap":
            return self._overlapped(n, s, loss)
        hit, entry = loss.hit, _entry(loss.hit)
        here, head = self.case.words(s, hit.all), self.case.word(s, hit.head)
        if loss.why == "physical" and (beside := physical_reason(s, hit)) is not None:
            word = self.case.word(s, beside)
            why = f"« {word.text} » beside it tells of another reason than a feeling (fr/acts.yaml)"
            return Outcome("condition", why, here, word, "physical", entry=entry, sentence=n + 1)
        if loss.why == "condition" and (condition := failing(s, hit)) is not None:
            why = f"the entry « {hit.entry.term} » ({hit.entry.emotion}) holds only where: {condition}"
            return Outcome("condition", why, here, head, str(condition), entry=entry, sentence=n + 1)
        kinds = word_kinds(s, hit.head)
        asked = f"{hit.entry.pos}, {hit.entry.construction}"
        if s.pos(hit.head) == "PROPN" and head.text.istitle():
            why = f"« {head.text} » stands here as a name"
        elif hit.entry.pos in kinds:
            why = f"« {head.text} » has not here what the construction {hit.entry.construction} asks for (docs/vocabulary.md)"
        else:
            why = f"« {head.text} » stands here as {' or '.join(sorted(kinds))}; the entry « {hit.entry.term} » is a {hit.entry.pos}"
        return Outcome("part of speech", why, here, head, asked, entry=entry, sentence=n + 1)

    def _overlapped(self, n: int, s: Sentence, loss: Lost) -> Outcome:
        here = self.case.words(s, loss.hit.all)
        if loss.to is None:
            return Outcome("another trigger", "another trigger was taken", here, entry=_entry(loss.hit), sentence=n + 1)
        taken = self.case.words(s, loss.to.all)
        by = loss.to.rule if isinstance(loss.to, WordHit) else None
        name = f"the rule {by.id}" if by else f"the entry « {loss.to.entry.term} » ({loss.to.entry.emotion})"
        reason, decision = "another trigger", decided(s, loss.to, loss.hit)
        if not set(loss.to.all) & set(loss.hit.all):
            why = f"{name} is taken beside it, on « {text_of(taken)} », which tells of the same"
        elif decision == "longer":
            reason, why = "longer entry", f"{name} covers more: « {text_of(taken)} »"
        elif decision == "priority":
            priority = loss.hit.rule.priority if isinstance(loss.hit, WordHit) else 0
            why = f"{name} is taken on the same words: its priority is {by.priority if by else 0}, that of the other {priority}"
        else:
            why = f"{name} is taken on the same words: {_DECIDED[decision]}"
        rule = self.case.rule(by.id) if by else None
        return Outcome(reason, why, here, taken[0], rule=rule, entry=_entry(loss.to), sentence=n + 1)

    def _without_entry(self, n: int, s: Sentence, tokens: range, here: tuple[Word, ...]) -> Outcome:
        text = text_of(here)
        entries = [e for e in self.engine.matcher.entries_with({s.forms[i] for i in tokens}) if _content(e, s, tokens)]
        if entries:
            terms = ", ".join(f"« {e.term} »" for e in entries[:4]) + (" …" if len(entries) > 4 else "")
            why = f"the vocabulary has « {text} » only with other words, which do not stand here: {terms}"
            return Outcome("other words", why, here, entry=entry_named(entries[0]), sentence=n + 1)
        return Outcome("no entry", f"the vocabulary has no entry for « {text} », and no rule is about it", here, sentence=n + 1)


def _led_nowhere(n: int, taken: PathTaken, here: tuple[Word, ...]) -> Outcome:
    step = taken.broken
    if step is None:
        return Outcome("when", f"the path {taken.path} leads nowhere", here, condition=taken.path, path=taken, sentence=n + 1)
    start = step.start[0] if step.start else None
    if step.refused:
        word, test = step.refused[0]
        why = f"{step.step} leads to « {word.text} », which is not as [{test}] asks"
        return Outcome("when", why, here, word, step.step, taken, sentence=n + 1)
    why = f"{step.step} leads nowhere" + (f" from « {start.text} »" if start else "")
    return Outcome("when", why, here, start, step.step, taken, sentence=n + 1)


def _entry(hit: Hit) -> EntryNamed | None:
    """The vocabulary entry of a trigger; what a rule makes of a word has none."""
    return None if isinstance(hit, WordHit) else entry_named(hit.entry)


def _is_own(hit: Hit) -> bool:
    return not isinstance(hit, WordHit) and not hit.entry.is_shipped


def _places(s: Sentence, typed: Sequence[str], words: Sequence[frozenset[str]]) -> list[int]:
    width = len(words)
    return [
        i for i in range(len(s) - width + 1)
        if width and all(s.forms[i + k] in words[k] or typed[i + k] in words[k] for k in range(width))
    ]  # fmt: skip


def _all_forms(word: str) -> frozenset[str]:
    try:
        return lemma_forms([word]) | {word}
    except (ValueError, DataError):
        return frozenset({word})


def _content(entry: Entry, s: Sentence, tokens: range) -> bool:
    """Whether more than little words of an entry stand at the tokens: « de » stands in hundreds of terms."""
    return any(not s.is_a(i, "determiners", "prepositions", "object_clitics", "subject_clitics", "negators", "auxiliaries") for i in tokens)
