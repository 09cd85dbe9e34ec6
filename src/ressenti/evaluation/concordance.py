"""How well two series of numbers agree: concordance correlation, Pearson's correlation, root mean square error.

Sources: L. I. Lin, "A concordance correlation coefficient to evaluate reproducibility", Biometrics 45 (1989), with 1/n as there;
T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1982).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Moments:
    """What is to be known of pairs of numbers; of two sets of pairs it is the sum of both.

    Attributes:
        n: How many pairs.
        x: Mean of the first numbers.
        y: Mean of the second numbers.
        xx: Sum of the squared distances of the first numbers from their mean.
        yy: The same of the second numbers.
        xy: Sum of the products of both distances.
    """

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    @classmethod
    def of(cls, xs: Sequence[float], ys: Sequence[float]) -> Moments:
        """The moments of pairs.

        Raises:
            ValueError: There are more numbers on one side.
        """
        n = len(xs)
        if n != len(ys):
            raise ValueError(f"{n} numbers against {len(ys)}; each needs its partner")
        if not n:
            return cls()
        x, y = sum(xs) / n, sum(ys) / n
        return cls(
            n, x, y, sum((a - x) ** 2 for a in xs), sum((b - y) ** 2 for b in ys),
            sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)),
        )  # fmt: skip

    def __add__(self, other: Moments) -> Moments:
        n = self.n + other.n
        if not self.n or not other.n:
            return self if self.n else other
        dx, dy, share = other.x - self.x, other.y - self.y, self.n * other.n / n
        return Moments(
            n, self.x + dx * other.n / n, self.y + dy * other.n / n, self.xx + other.xx + dx * dx * share,
            self.yy + other.yy + dy * dy * share, self.xy + other.xy + dx * dy * share,
        )  # fmt: skip

    @property
    def ccc(self) -> float | None:
        """Concordance correlation coefficient, from -1 to 1; None where both sides are one and the same constant, or nothing."""
        below = self.xx + self.yy + self.n * (self.x - self.y) ** 2
        return 2 * self.xy / below if below else None

    @property
    def pearson(self) -> float | None:
        """Pearson's correlation; None where a side does not vary."""
        below = sqrt(self.xx) * sqrt(self.yy)
        return max(-1.0, min(1.0, self.xy / below)) if below else None

    @property
    def rmse(self) -> float | None:
        """Root mean square error, in the unit of the numbers; None of nothing."""
        if not self.n:
            return None
        return sqrt(max(0.0, self.xx + self.yy - 2 * self.xy) / self.n + (self.x - self.y) ** 2)


def total(several: Iterable[Moments]) -> Moments:
    """The moments of all pairs together."""
    return sum(several, Moments())
