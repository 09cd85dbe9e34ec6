"""The emotion of a whole narrative from what was found in its answers: mentions, appraisals and the fallback model add their weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ressenti.evaluation.experiments.appraisals import load_appraisals
from ressenti.evaluation.experiments.guided import Answer, Guided
from ressenti.schema import Mention, Role

Array = npt.NDArray[np.float64]

MENTION, APPRAISAL = 0.5, 0.25
"""What a mention and an appraisal of weight 1 count beside a sentence of which the fallback model is sure."""
MODES = {"labelled": 2.0, "behavioural": 1.0, "displayed": 1.0, "suggested": 0.8}
STATUSES = {"affirmed": 1.0, "negated": -0.3, "hypothetical": 0.3}
"""An emotion denied speaks a little against it, one only supposed a little for it."""
COMPONENTS = {"behavior": 0.5, "feeling": 1.3, "thinking": 1.0, "territory": 1.0}
"""The answer on what was felt counts more, the scene, in which others feel too, less."""
OTHERS = 0.4
"""Share that counts of an emotion that somebody else than the narrator feels."""
KINDRED = {"love": ("joy", 0.5)}
"""Where a primary is none of the emotions told apart, the one it speaks for and the share that counts."""
NARRATOR = "NARRATOR"


def mentions_say(answer: Answer, classes: Sequence[str]) -> Array:
    """Sum of the weights of an answer's mentions for each class, shape (classes,)."""
    found = np.zeros(len(classes))
    roles = answer.read.roles_by_mention()
    for mention in answer.read.mentions:
        primary, share = mention.primary, 1.0
        if primary not in classes:
            primary, share = KINDRED.get(primary, (primary, 0.0))
        if primary in classes:
            found[classes.index(primary)] += share * COMPONENTS[answer.component] * _weight(mention, roles.get(mention.id, ()))
    return found


def _weight(mention: Mention, roles: Iterable[Role]) -> float:
    who = {role.entity for role in roles if role.role == "experiencer"}
    return mention.confidence * MODES[mention.mode] * STATUSES[mention.status] * (OTHERS if who and NARRATOR not in who else 1.0)


def appraisals_say(answer: Answer, classes: Sequence[str]) -> Array:
    """Sum of the weights of an answer's appraisals for each class, shape (classes,)."""
    found = np.zeros(len(classes))
    for appraisal, weight in load_appraisals().in_answer(answer.text, answer.component):
        if appraisal.emotion in classes:
            found[classes.index(appraisal.emotion)] += weight
    return found


def model_says(answer: Answer, classes: Sequence[str]) -> Array:
    """How many of an answer's sentences show each class, as the fallback model judges, shape (classes,)."""
    return np.array([answer.judged.get(name, 0.0) for name in classes])


def probabilities(sums: Array) -> Array:
    """Softmax of the sums, shape (classes,)."""
    raised = np.exp(sums - sums.max())
    return np.asarray(raised / raised.sum())


def untrained(narrative: Guided, components: Sequence[str], classes: Sequence[str], *, mentions_alone: bool = False) -> Array:
    """Probability of each class from some answers of a narrative, shape (classes,); all alike where nothing was found.

    Args:
        narrative: With its answers read.
        components: The answers that count.
        classes: The emotions to tell apart, primaries.
        mentions_alone: Whether neither appraisals nor the model count.
    """
    answers = [narrative.answers[name] for name in components]
    sums = sum((MENTION * mentions_say(answer, classes) for answer in answers), np.zeros(len(classes)))
    if not mentions_alone:
        sums = sum((APPRAISAL * appraisals_say(answer, classes) + model_says(answer, classes) for answer in answers), sums)
    return probabilities(sums)
