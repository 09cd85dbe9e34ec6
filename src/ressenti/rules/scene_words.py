"""What kind of scene an act belongs to: danger, loss, victory, rescue … by the words beside it and by the situations that are told.

The scenes and their words are in ``fr/scenes.yaml``; which act takes which emotion from which scene is said in ``fr/acts.yaml``
(``scenes``), and when it is asked for in :mod:`ressenti.rules.context`.
"""

from __future__ import annotations

from ressenti.rules.account import Account
from ressenti.rules.acts import load_scenes
from ressenti.rules.found import Found

_LASTING = frozenset({"danger", "loss"})  # a goal is over when the next thing is told, a fire or a funeral is not
_OPENING = frozenset({"«", "“", '"', ":"})
_CLOSING = frozenset({"»", "”", '"'})
_REACH = 10
"""Words between a verb of shouting and the quotation that it introduces."""
_REPORTED = frozenset({":", "«", "“", '"'})


def scenes_beside(account: Account, n: int, f: Found) -> list[frozenset[str]]:
    """Names of the scenes that the sentences by an act tell of, the nearest sentence first.

    Args:
        account: The account, with its mentions.
        n: Index of the act's sentence.
        f: The act.

    Returns:
        One set for the act's own sentence, one for what is shouted or said in a quotation after it, one for the sentence before, and one
        for what lasts from the sentence before that; possibly empty ones.
    """
    s = account.sentences[n]
    order = [n]
    if n + 1 < len(account.sentences) and (s.forms[-1] in _REPORTED or account.sentences[n + 1].forms[0] in _REPORTED):
        order.append(n + 1)
    if n:
        order.append(n - 1)
    beside = [_scenes_of(account, k, f) for k in order]
    if n > 1:
        beside.append(_scenes_of(account, n - 2, f) & _LASTING)
    return beside


def _scenes_of(account: Account, n: int, f: Found) -> frozenset[str]:
    s = account.sentences[n]
    own = set(f.hit.all) if any(other is f for other in account.found[n]) else set()
    forms = {form for i, form in enumerate(s.forms) if i not in own}
    suggested = {other.emotion for other in account.found[n] if other.mode == "suggested" and other.status == "affirmed"}
    return frozenset(
        name for name, scene in load_scenes().items() if not scene.forms.isdisjoint(forms) or not scene.suggests.isdisjoint(suggested)
    )


def quoted_beside(account: Account, n: int, f: Found) -> frozenset[str]:
    """Folded forms of what stands in quotation marks right after an act, or before it in its sentence (« … », cria-t-elle).

    A quotation may be cut into several sentences; it is read up to its closing mark, four sentences at most.
    """
    s, at = account.sentences[n], max(f.hit.all)
    following = list(s.forms[at + 1 :])
    for k in range(n + 1, min(n + 4, len(account.sentences))):
        following += account.sentences[k].forms
    opening = next((k for k, form in enumerate(following[:_REACH]) if form in _OPENING), None)
    between = following[: opening or 0]
    if opening is not None and not {".", "!", "?", "…"} & set(between):
        opening += following[opening] == ":" and following[opening + 1 : opening + 2] != [] and following[opening + 1] in _OPENING
        closing = next((k for k in range(opening + 1, len(following)) if following[k] in _CLOSING), opening + 15)
        return frozenset(following[opening + 1 : closing])
    before = s.forms[: min(f.hit.all)]
    first = next((k for k in range(len(before) - 1, -1, -1) if before[k] in ("«", "“")), None)
    if first is not None and {"»", "”"} & set(before[first:]):
        return frozenset(before[first + 1 :])
    if n and "»" in account.sentences[n].forms[:2]:
        return frozenset(account.sentences[n - 1].forms)
    return frozenset()
