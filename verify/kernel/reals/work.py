"""How much a certificate may ask for. All work is counted, by one counter for a certificate: nodes of terms and
formulas, products of coefficients, the bits of large numbers, copied facts. What takes more than ``LIMIT`` is refused,
and so is what is nested too deeply. So a few kilobytes can't cost hours, and no clock has a say in a verdict.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ..reading import need
from .terms import Expression, Number

Spend: TypeAlias = Callable[[int], None]

LIMIT = 2_000_000  # units of work for one certificate; the largest of the theory takes a third
WORK = 30_000_000  # products of coefficients where only these are counted, as in the prover
DEPTH = 180  # levels of a term or formula in a certificate
NESTED = 250  # levels of a term or formula that a rule makes
EXPONENT = 400  # of a power that is multiplied out
ROOT = 100  # the largest degree of a root that is not rational
RESIDUES = 100_000  # at which an equation is tried
POINTS = 2000  # at which a polynomial is tried for integer values
STEPS = 20_000  # of one proof


def uncounted(units: int) -> None:
    """What a function spends its work with where nobody counts."""


def bits(x: Number) -> int:
    """The length of a number."""
    return x.bit_length() if isinstance(x, int) else x.numerator.bit_length() + x.denominator.bit_length()


def measure(x: Expression, at: Mapping[str, tuple[int, int]] | None = None) -> tuple[int, int]:
    """The number of nodes of a term or formula and its levels; ``at``: those of what is put for a name.

    Refused where there are too many of either. Parts that are shared in memory count as often as they occur.
    """
    size = depth = extra = 0
    level = [x]
    while level:
        depth += 1
        below: list[Expression] = []
        for y in level:
            if isinstance(y, tuple):
                below.extend(y[1:])
            elif at is not None and isinstance(y, str) and y in at:
                size += at[y][0]
                extra = max(extra, depth - 1 + at[y][1])
        size += len(level)
        need(size < LIMIT, "a term is too large")
        need(max(depth, extra) <= 2 * NESTED, "a term is nested too deeply")
        level = below
    return size, max(depth, extra)
