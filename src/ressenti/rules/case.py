"""An account with all that was found in it, to be asked: the rules, paths and words behind each mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ressenti.ontology.vocabulary import Entry
from ressenti.rules.account import Account
from ressenti.rules.annotator import Annotator
from ressenti.rules.found import Found, FoundRole
from ressenti.rules.paths import Path, Walked
from ressenti.rules.reasons import Decision, EntryNamed, MentionWhy, PathTaken, RoleWhy, RuleNamed, StepTaken, Word
from ressenti.rules.rule import Rule
from ressenti.rules.sentence import Sentence
from ressenti.rules.view import View, view, view_of_word
from ressenti.rules.word_triggers import WordHit
from ressenti.schema import Mention, Narrative, Role

PROGRAM = {
    "linked-cause": "A connector at the start of the sentence says that the sentence before is the cause.",
    "linked-consequence": "A connector at the start of the next sentence says that it is the consequence.",
}
"""What gives roles beside the rules of the language."""


@dataclass
class Case:
    """An account with all that was found in it, to be asked."""

    annotator: Annotator
    account: Account
    narrative: Narrative

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.annotator.engine.rules}

    def word(self, s: Sentence, first: int, last: int | None = None) -> Word:
        """A token, or the stretch between two, as the text has it."""
        span = self.account.original(s, first, first if last is None else last)
        return Word(self.narrative.text[slice(*span)], span)

    def words(self, s: Sentence, tokens: Sequence[int]) -> tuple[Word, ...]:
        """Tokens as the text has them."""
        return tuple(self.word(s, i) for i in tokens)

    def rule(self, name: str) -> RuleNamed:
        """A rule by its source, ``rule:ID``."""
        name = name.removeprefix("rule:")
        rule = self.rules.get(name)
        if rule is None:
            return RuleNamed(name, PROGRAM.get(name, ""), "", 0, None)
        return RuleNamed(rule.id, rule.about, rule.group, rule.priority, rule.where)

    def path(self, at: View, path: Path) -> PathTaken:
        """A path walked again, step by step."""
        walked: list[Walked] = []
        found = path.all(at, walked)
        steps = (
            StepTaken(
                step.step,
                self.words(at.s, step.start),
                self.words(at.s, step.found),
                tuple((self.word(at.s, i), test) for i, test in step.refused),
            )
            for step in walked
        )
        return PathTaken(path.text, self.words(at.s, [reached.token for reached in found]), tuple(steps))

    def mentions(self) -> list[MentionWhy]:
        """Every mention of the account with its reasons."""
        given = iter(self.narrative.mentions)
        roles = self.narrative.roles_by_mention()
        why = []
        for s, found in zip(self.account.sentences, self.account.found, strict=True):
            for f in found:
                mention = next(given)
                why.append(self._mention(s, f, found, mention, roles.get(mention.id, [])))
        return why

    def view(self, s: Sentence, f: Found, found: Sequence[Found]) -> View:
        """What the paths of a mention's rules saw."""
        hits = [other.hit for other in found]
        return view_of_word(s, f.hit.head, hits) if isinstance(f.hit, WordHit) else view(s, f.hit, hits)

    def _mention(self, s: Sentence, f: Found, found: Sequence[Found], mention: Mention, roles: Sequence[Role]) -> MentionWhy:
        at = self.view(s, f, found)
        paths = [] if f.by is None else [*f.by.when, *(f.by.mention.cue if f.by.mention else ())]
        return MentionWhy(
            id=mention.id,
            text=" … ".join(self.narrative.text[slice(*piece)] for piece in mention.cue),
            cue=mention.cue,
            emotion=mention.emotion,
            primary=mention.primary,
            mode=mention.mode,
            status=mention.status,
            intensity=mention.intensity,
            confidence=mention.confidence,
            trigger=self.words(s, (f.hit.head,) if isinstance(f.hit, WordHit) else f.hit.all),
            rule=self.rule(mention.source),
            entry=None if isinstance(f.hit, WordHit) else entry_named(f.hit.entry),
            paths=tuple(self.path(at, path) for path in paths),
            decisions=tuple(self._decisions(s, f)),
            doubts=dict(f.doubts),
            roles=tuple(self._role(f, found, s, r, role) for r, role in zip(f.roles, roles, strict=True)),
        )

    def _decisions(self, s: Sentence, f: Found) -> list[Decision]:
        found = [Decision(r.what, str(r.value), self.words(s, r.tokens), r.why) for r in f.reasons]
        if f.by is not None and f.by.mode is not None and f.by.mode != f.hit.entry.mode:
            found.append(Decision("mode", f.by.mode, (), f"the rule {f.by.id} says so"))
        for key, value in f.by.set.items() if f.by is not None else ():
            if isinstance(value, str | bool):
                found.append(Decision(key, str(value).lower(), (), "the rule says so"))
        return found

    def _role(self, f: Found, found: Sequence[Found], s: Sentence, r: FoundRole, role: Role) -> RoleWhy:
        path = None if r.path is None else self.path(self.view(s, f, found), r.path)
        text = self.narrative.text[slice(*role.span)]
        return RoleWhy(
            role.role, text, role.span, role.entity, role.confidence, self.rule(role.source), path, self.word(r.sentence, r.head)
        )  # fmt: skip


def entry_named(entry: Entry) -> EntryNamed:
    """An entry of the vocabulary, for an answer."""
    conditions = tuple(map(str, entry.conditions))
    where = f"{entry.path}:{entry.line}"
    return EntryNamed(entry.term, entry.pos, entry.emotion, entry.construction, entry.mode, entry.intensity, conditions, where)
