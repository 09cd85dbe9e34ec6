"""From a parsed sentence to its mentions: choose among the entries found, apply the rules, qualify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ressenti.ontology.vocabulary import Entry
from ressenti.rules.attachment import all_of, belongs, is_filler
from ressenti.rules.choice import Lost, choose
from ressenti.rules.found import Found, FoundRole
from ressenti.rules.paths import MENTION_FUNCTIONS, Path, Reached
from ressenti.rules.phrases import between_signs
from ressenti.rules.qualifiers import qualify
from ressenti.rules.rule import GROUPS, Rule
from ressenti.rules.sentence import Sentence
from ressenti.rules.spans import role_span
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.syntax.basics import is_verb, phrase_after, phrase_head
from ressenti.rules.triggers import Hit, Matcher
from ressenti.rules.view import View, view
from ressenti.rules.word_triggers import WordHit, WordTriggers

_NONE: frozenset[str] = frozenset()


class Engine:
    """Applies rules to sentences.

    Args:
        matcher: Finds the vocabulary entries.
        rules: In the order in which they are tried.
    """

    def __init__(self, matcher: Matcher, rules: Sequence[Rule]) -> None:
        self.matcher = matcher
        self.rules = tuple(rules)
        self.words = WordTriggers(rules)
        self._by_group = {group: [r for r in rules if r.group == group and not r.trigger.is_word] for group in GROUPS}
        self._fitting: dict[tuple[str, ...], list[Rule]] = {}
        self._same: dict[tuple[str, ...], list[Rule]] = {}
        """One list for all entries that the same rules fit, so that what a sentence holds for them is asked once."""
        self._terms = frozenset(term for rule in rules for term in rule.trigger.keys.get("term", ()))

    def find(self, s: Sentence) -> list[Found]:
        """All mentions of a parsed sentence with their roles, in reading order."""
        hits = self.hits(s)
        found = [mention for hit in hits if (mention := self._mention(s, hit, hits)) is not None]
        hits = [mention.hit for mention in found]
        for mention in found:
            self._circumstances(s, mention, found, hits)
        _share(found)
        return found

    def hits(self, s: Sentence, lost: list[Lost] | None = None) -> list[Hit]:
        """The triggers of a parsed sentence that hold, in reading order.

        Args:
            s: The sentence.
            lost: Those that do not hold are added to it, for who asks why.
        """
        candidates = [*self.matcher.hits(s), *self.words.hits(s)]
        chosen = choose(s, candidates, lost)
        if later := self.words.hits(s, chosen):
            if lost is not None:
                lost.clear()
            chosen = choose(s, [*candidates, *later], lost)
        return chosen

    def fitting(self, group: str, entry: Entry) -> list[Rule]:
        """The rules of a group whose trigger an entry fits, in the order in which they are tried."""
        key = (group, entry.construction, entry.pos, entry.mode, entry.emotion, entry.term if entry.term in self._terms else "")
        if key not in self._fitting:
            rules = [rule for rule in self._by_group[group] if rule.trigger.failing(entry) is None]
            self._fitting[key] = self._same.setdefault(tuple(rule.id for rule in rules), rules)
        return self._fitting[key]

    def may_make(self, s: Sentence, entry: Entry) -> bool:
        """Whether some rule may make a mention of an entry, by the words of the sentence alone."""
        return bool(self._possible(s, "core", entry))

    def _possible(self, s: Sentence, group: str, entry: Entry) -> list[Rule]:
        """Of the rules that an entry fits those whose words stand in the sentence."""
        rules = self.fitting(group, entry)
        key = ("possible", id(rules))
        if key not in s.memo:
            s.memo[key] = [rule for rule in rules if rule.may_fire(s)]
        possible: list[Rule] = s.memo[key]
        return possible

    def _mention(self, s: Sentence, hit: Hit, hits: Sequence[Hit]) -> Found | None:
        at = view(s, hit, hits)
        own = hit.rule if isinstance(hit, WordHit) else None
        by_entry = own is None or not own.roles
        rule = next((r for r in self._possible(s, "core", hit.entry) if r.failing(at) is None), None) if by_entry else None
        made_by = own or rule
        if made_by is None:
            return None
        entry = hit.entry
        governing = None
        if entry.pos in ("NOUN", "ADJ", "PHRASE", "ADV"):
            governing = next(iter(FUNCTIONS["governor"](s, hit.head, _NONE)), None)
            if own is not None:  # « mes mains n'ont pas tremblé »: the verb in the cue is negated
                governing = next((i for i in hit.cue if i != hit.head and is_verb(s, i)), governing)
        how, mode = qualify(s, hit, governing), made_by.mode or entry.mode
        if (mode, how.status) == ("suggested", "hypothetical"):
            return None  # « si j'échoue »: what has not happened makes nobody feel
        mention = Found(
            hit, entry.emotion, mode, how.status, how.intensity, f"rule:{made_by.id}",
            extra=how.extra, by=made_by, reasons=how.reasons,
        )  # fmt: skip
        for by in (own, rule):
            if by is not None:
                self._apply(at, by, mention)
        return mention

    def _apply(self, at: View, rule: Rule, mention: Found) -> None:
        """Give a mention the roles and the optional keys of a rule that fires."""
        mention.fired.append(rule.id)
        set_keys(at, rule, mention)
        s, cue = at.s, frozenset(mention.hit.cue)
        taken = {(r.first, r.last) for r in mention.roles}
        for role, paths in rule.roles.items():
            for path in paths:
                ways = (_who_feels(at, r) for r in path.all(at)) if role == "experiencer" else path.all(at)
                reached = next((r for r in ways if r is not None and r.token not in cue), None)
                if reached is None:
                    continue
                reached = _identified(s, reached)
                span = role_span(s, reached.token, cue, reached.function)
                span = span and between_signs(s, _before_conjoined(at, span, cue), reached.token)
                if span and not _is_taken(span, role, mention, taken) and not is_filler(s, role, span, cue):
                    for first, last in all_of(s, span, reached.function):
                        mention.roles.append(FoundRole(role, first, last, reached.token, f"rule:{rule.id}", s, path))
                        taken.add((first, last))
                    break

    def _circumstances(self, s: Sentence, mention: Found, others: list[Found], hits: Sequence[Hit]) -> None:
        at, entry = view(s, mention.hit, hits), mention.hit.entry
        if mention.mode != entry.mode:  # « je me suis senti exclu »: named, and told of with its reasons
            entry = replace(entry, mode=mention.mode)
        for group in ("circumstance", "consequence"):
            for rule in self._possible(s, group, entry):
                if (rule.without and any(r.role in rule.without for r in mention.roles)) or rule.failing(at) is not None:
                    continue
                place = next(iter(rule.when[-1].all(at)), None) if rule.when and rule.roles else None
                if place is None or place.function in MENTION_FUNCTIONS or belongs(s, mention, others, place.token, place.function):
                    self._apply(at, rule, mention)


def _share(found: Sequence[Found]) -> None:
    """« il me l'a tendu en tremblant de peur »: who trembles is who is afraid."""
    for inner in found:
        outer = next((m for m in found if m is not inner and set(inner.hit.cue) < set(m.hit.cue)), None)
        who = [role for role in outer.roles if role.role == "experiencer"] if outer else []
        if who:
            inner.roles = [*(role for role in inner.roles if role.role != "experiencer"), *who]


def _is_taken(span: tuple[int, int], role: str, mention: Found, taken: set[tuple[int, int]]) -> bool:
    """Whether a span has a role, or is a part of a cause (« peur qu'on chavire à cause d'un canari »: the clause)."""
    inside = (r.role == role == "cause" and r.first <= span[0] and span[1] <= r.last for r in mention.roles)
    return span in taken or any(inside)


def _who_feels(at: View, reached: Reached) -> Reached | None:
    """« Ma colère s'est changée en tristesse »: no feeling feels another; whose it is does, where the text says so."""
    if not any(m.head == reached.token and m.entry.mode == "labelled" and m.entry.pos == "NOUN" for m in at.others):
        return reached
    owner = next(iter(FUNCTIONS["possessor"](at.s, reached.token, _NONE)), None)
    return None if owner is None else Reached(owner, "possessor")


def _identified(s: Sentence, reached: Reached) -> Reached:
    """Whom a pronoun stands for that a cleft has: « Celui que je plains, c'est mon frère », « Karim, c'est lui qui s'est emporté »."""
    if s.is_a(reached.token, "third_person_strong") and s.forms[reached.token + 1 : reached.token + 2] == ["qui"]:
        first = reached.token - 3
        named = first > 0 and s.forms[first : first + 2] == [",", "c'"] and (s.pos(0) == "PROPN" or s.is_a(0, "determiners"))
        head = phrase_head(s, first - 1) if named and not any(is_verb(s, k) for k in range(first)) else None
        return reached if head is None else Reached(head, "")
    if not s.forms[reached.token].startswith(("celui", "celle", "ceux")) or not s.is_a(
        reached.token + 1, "relative_pronouns", "prepositions"
    ):
        return reached
    comma = (k for k in range(reached.token + 2, len(s) - 3) if s.forms[k] == "," and s.forms[k + 1] in ("c'", "ce"))
    is_ = next((k + 2 for k in comma if s.is_a(k + 2, "be")), None)
    head = None if is_ is None else phrase_after(s, is_)
    return reached if head is None else Reached(head, "")


def _before_conjoined(at: View, span: tuple[int, int], cue: frozenset[int]) -> tuple[int, int]:
    """« la joie de le revoir | et la crainte de le perdre »: what a feeling is about ends before the feeling beside it."""
    beside = (m.head for m in at.others if m.entry.pos == "NOUN" and at.s.dep(m.head) == "conj" and at.s.head(m.head) in cue)
    for head in beside:
        between = range(head - 1, span[0], -1)
        joint = next((k for k in between if at.s.forms[k] == "," or at.s.is_a(k, "coordinators")), None)
        if joint is not None and joint <= span[1]:
            return span[0], joint - 1
    return span


def set_keys(at: View, rule: Rule, mention: Found) -> None:
    """Give a mention the optional keys of the format that a rule sets."""
    for key, value in ((str(key), value) for key, value in rule.set.items()):  # without its line in the file it can be copied
        if not isinstance(value, Path):
            mention.extra[key] = str(value) if isinstance(value, str) else value
        elif reached := value.all(at):
            span = role_span(at.s, reached[0].token, frozenset(mention.hit.cue), reached[0].function)
            if span is not None:
                start, end = at.s.tokens[span[0]], at.s.tokens[span[1]]
                mention.extra[key] = start.doc.text[start.idx : end.idx + len(end.text)]
