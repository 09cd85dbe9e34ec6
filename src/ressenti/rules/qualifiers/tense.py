"""Conditionals and futures by their endings, where the parser is not to be relied on."""

from __future__ import annotations

import re

from ressenti.rules.qualifiers.classes import is_one
from ressenti.rules.sentence import Sentence

_CONDITIONAL = re.compile(r"(?:er|dr|aur|ser|pourr|verr|mourr|courr|devr|cevr|saur|^ir|fer)(?:ais|ait|ions|iez|aient)$")
"""Stems of the future before endings of the imperfect; verbs in -rer keep their e (« serrait » is none)."""
_IMPERFECT = re.compile(r"(?:eur|or|ér|(?<!v)err|[pmqgdn]ar|ouvr|fr|[djmt]ur|ntr|(?:^|[tpmsvl])ir|ltr|str)(?:ais|ait|ions|iez|aient)$")
"""Imperfects of verbs in -rer, -vrir and -frir that the parser takes for conditionals (« pleurait », « montrait », « souffrait »)."""
_FUTURE = re.compile(r"(?<!ffon)(?<!ngen)(?:er|dr|aur|pourr|verr|mourr|courr|devr|cevr|saur|^ir)(?:ai|as|a|ons|ez|ont)$")
"""Unlike the past historic of verbs in -rer (« espéra », « tira »); « finira » is left to the parser."""
_FUTURE_ENDING = re.compile(r"r(?:ai|as|a|ons|ez|ont)$")
"""The parser takes some presents for futures (« tu me manques »)."""


def is_conditional(s: Sentence, i: int) -> bool:
    """Whether the verb form at ``i`` is a conditional."""
    form = s.forms[i]
    if _CONDITIONAL.search(form) is not None:
        return True
    return s.morph(i, "Mood") == "Cnd" and form.endswith(("rais", "rait", "rions", "riez", "raient")) and not _IMPERFECT.search(form)


def is_future(s: Sentence, i: int) -> bool:
    """Whether the verb form at ``i`` is a future."""
    if is_one(s, i, "futures") or (s.morph(i, "Tense") == "Fut" and _FUTURE_ENDING.search(s.forms[i]) is not None):
        return True
    return _FUTURE.search(s.forms[i]) is not None and s.pos(i) in ("VERB", "AUX")  # the parser takes some for infinitives
