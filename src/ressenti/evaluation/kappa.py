"""Cohen's kappa: agreement of two annotators, corrected for what each of them would agree by his own habits.

Source: J. Cohen, “A coefficient of agreement for nominal scales”, *Educational and Psychological Measurement* 20 (1960), pages 37 to 46.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """``(p_o - p_e) / (1 - p_e)``: p_o the share on which both agree, p_e that of two who say the same values as often, but at random.

    Unlike Krippendorff's alpha it takes each annotator's own frequencies, so that a bias of the one against the other lowers it less.

    Args:
        pairs: What the one and what the other says of each unit.

    Returns:
        1 for perfect agreement, 0 for that of chance, less for worse; None where it is not defined: nothing to compare, or both always
        say the same one value.
    """
    n = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    agreed, expected = n * sum(a == b for a, b in pairs), sum(times * other[value] for value, times in one.items())
    return None if expected == n * n else (agreed - expected) / (n * n - expected)
