"""Between which numbers of samples a sign changes, by doubling and bisection."""

from __future__ import annotations

from collections.abc import Callable


def bracket(sign: Callable[[int], int], tolerance: float) -> tuple[int, int]:
    """The largest m with sign -1 and the smallest with sign 1 that were asked about, 0 and 1 where m = 1 has 1.

    sign: -1, 0 (not decided) or 1 for m >= 1. The search stops where both are within ``tolerance`` of each other,
    relative, or where it meets a 0 between them.
    """
    low, high = 0, 1
    while (answer := sign(high)) <= 0:
        low, high = (high if answer else low), 2 * high
    while high - low > max(1, tolerance * high):
        middle = (low + high) // 2
        answer = sign(middle)
        if not answer:
            break
        low, high = (middle, high) if answer < 0 else (low, middle)
    return low, high
