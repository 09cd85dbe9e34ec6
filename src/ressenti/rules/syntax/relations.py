"""Relations of Universal Dependencies by their names, for who wants what the parser itself says.

A name stands for its subtypes and for the variants under which French corpora and parsers give the same thing: ``nsubj`` finds
``nsubj:pass`` and ``expl:subj`` (« il » of « il m'a énervé »), ``obl`` finds ``obl:arg``, ``obl:agent`` and ``obl:mod``. A name with a
subtype (``obl:agent``) stands for itself alone.
"""

from __future__ import annotations

from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.functions import function

RELATIONS = frozenset(
    """acl acl:relcl advcl advcl:cleft advmod amod appos aux aux:caus aux:pass aux:tense case cc ccomp clf compound conj cop csubj
    csubj:pass dep det discourse dislocated expl expl:comp expl:pass expl:pv expl:subj fixed flat flat:foreign flat:name goeswith
    iobj iobj:agent list mark nmod nsubj nsubj:caus nsubj:outer nsubj:pass nummod obj obj:agent obj:lvc obl obl:agent obl:arg
    obl:mod orphan parataxis parataxis:insert punct reparandum root vocative xcomp""".split()
)
RELATIONAL = frozenset({"dependent", "head"})
"""Functions that are narrowed by relations instead of forms."""
_VARIANTS = {
    "nsubj": {"expl:subj"},
    "expl": {"expl:subj", "expl:comp", "expl:pass", "expl:pv"},
    "obj": {"expl:comp"},
    "iobj": {"expl:comp"},
    "obl": {"iobj:agent"},
    "flat": {"flat:name", "flat:foreign"},
}


def expand(name: str) -> frozenset[str]:
    """All labels that a relation's name stands for, lower case.

    Raises:
        KeyError: It is no relation of Universal Dependencies.
    """
    if name not in RELATIONS:
        raise KeyError(name)
    if ":" in name:
        return frozenset({name})
    return frozenset({name, *(r for r in RELATIONS if r.startswith(name + ":"))} | _VARIANTS.get(name, set()))


def relation(s: Sentence, i: int) -> str:
    """Label of the relation of token ``i`` to its head, with its subtype, lower case."""
    return s.tokens[i].dep_.lower()


@function("dependent")
def dependent(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Dependents of the token by one of these relations, or all of them, the nearest first."""
    return sorted((c for c in s.children(i) if not wanted or relation(s, c) in wanted), key=lambda c: abs(c - i))


@function("head")
def head(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The word on which the token depends, by one of these relations when they are given."""
    over = s.head(i)
    return [over] if over != i and (not wanted or relation(s, i) in wanted) else []
