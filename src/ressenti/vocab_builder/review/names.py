"""What people write: decisions in French or English, emotions by key, French or English label, or path."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import without_accents

ARROW = " › "
"""Between the labels of a path in the tree."""

_WORDS: Mapping[str, str] = {
    "correct": "correct correcte juste exact ok oui yes c",
    "broader": "broader | plus large | large | plus general | plus generale | b",
    "narrower": "narrower | plus precis | plus precise | precis | plus etroit | plus specifique | n",
    "other": "other | other emotion | autre | autre emotion | o",
    "not-emotional": "not emotional | no emotion | pas emotionnel | pas emotionnelle | non emotionnel | non emotionnelle | "
    "pas d emotion | aucune emotion | aucune | non | no | x",
    "unsure": "unsure | incertain | incertaine | pas sur | pas sure | je ne sais pas | ?",
}
DECISION_WORDS = {word.strip(): key for key, words in _WORDS.items() for word in (words.split("|") if "|" in words else words.split())}
"""What may be written for a decision, without case and accents, to the decision."""


def plain(text: str) -> str:
    """A text without case, accents, hyphens, apostrophes and further blanks, to compare what people write."""
    bare = without_accents(text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join(re.sub(r"[-_'’‐‑]", " ", bare).split())


def decision_of(text: str) -> str:
    """The decision that somebody wrote.

    Raises:
        ValueError: It is none.
    """
    found = DECISION_WORDS.get(plain(text))
    if found is None:
        raise ValueError(f"unknown decision {text!r}{_meant(plain(text), DECISION_WORDS)}; write correct, plus large (broader), "
                         "plus précis (narrower), autre (other), pas émotionnel (not emotional) or incertain (unsure)")  # fmt: skip
    return found


class Names:
    """Finds emotions by what people call them.

    Args:
        emotions: The emotions.
    """

    def __init__(self, emotions: Emotions) -> None:
        self._keys: dict[str, list[str]] = defaultdict(list)
        # « hâte » is eagerness; only « hate » is hate
        self._exact = {name.casefold(): key for key, emotion in emotions.items() for name in emotion.labels.values()}
        self._exact |= {key: key for key in emotions}
        for key, emotion in emotions.items():
            for name in dict.fromkeys(map(plain, (key, *emotion.labels.values()))):
                self._keys[name].append(key)

    def __call__(self, text: str) -> str:
        """The key of the emotion that a key, a label or a path ends with.

        Raises:
            ValueError: There is none, or there are several.
        """
        last = re.split("[›>/]", text)[-1].strip()
        if key := self._exact.get(unicodedata.normalize("NFC", last.casefold().replace("'", "’"))):
            return key
        name = plain(last)
        found = self._keys.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"{text!r} may be {' or '.join(found)}; write the key")
        raise ValueError(f"unknown emotion {text!r}{_meant(name, self._keys)}; write a key or a French label, such as fear or peur")

    def search(self, text: str) -> list[str]:
        """Keys of the emotions whose key or label begins with a text, then of those that hold it, then of those alike."""
        name = plain(text)
        if not name:
            return []
        starts = [key for known, keys in self._keys.items() if known.startswith(name) for key in keys]
        holds = [key for known, keys in self._keys.items() if name in known for key in keys]
        alike = [] if starts or holds else [k for known in difflib.get_close_matches(name, self._keys, 5, 0.7) for k in self._keys[known]]
        return list(dict.fromkeys((*starts, *holds, *alike)))

    def begins(self, key: str, text: str) -> bool:
        """Whether a name of an emotion begins with a text."""
        return any(known.startswith(plain(text)) for known, keys in self._keys.items() if key in keys)


def path_of(key: str, emotions: Emotions) -> str:
    """The French labels from the primary down to an emotion: « peur › horreur › panique »."""
    return ARROW.join(emotions[above].labels["fr"] for above in emotions.lineage(key))


def relation(proposed: str, emotion: str, emotions: Emotions) -> str:
    """The decision that takes one emotion where another was proposed.

    Args:
        proposed: Key of the emotion proposed, empty where it was left open.
        emotion: Key of the emotion taken.
        emotions: The emotions.
    """
    if proposed == emotion:
        return "correct"
    if proposed and emotion in emotions.lineage(proposed):
        return "broader"
    return "narrower" if proposed in emotions.lineage(emotion) else "other"


def _meant(name: str, known: Mapping[str, object]) -> str:
    found = difflib.get_close_matches(name, known, 1, 0.75)
    return f" (is {found[0]!r} meant?)" if found else ""
