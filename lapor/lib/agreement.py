"""How far two readers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def weighted_kappa(pairs: Sequence[tuple[int, int]], *, levels: int) -> float | None:
    """Cohen's kappa with linear weights (J. Cohen, Psychol. Bull. 70, 1968): 1 for full agreement, 0 for what chance
    would give. None where chance alone agrees always (all in one level) or there are no pairs.
    """
    n = len(pairs)
    if n == 0:
        return None
    span = levels - 1
    firsts, seconds = Counter(one for one, _other in pairs), Counter(other for _one, other in pairs)
    observed = sum(abs(one - other) / span for one, other in pairs) / n
    expected = sum(
        firsts[one] * seconds[other] * abs(one - other) / span for one in range(levels) for other in range(levels)
    ) / (n * n)
    return None if expected == 0 else 1 - observed / expected
