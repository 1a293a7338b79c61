"""What comparisons of a statement with measured values come to: how many hold, how well, and what would be noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from theory.maml_erm.measurements.balls import Ball, DividedByZero, Unmeasurable, middle, radius, sign
from theory.maml_erm.measurements.quantities import Point


@dataclass
class Tally:
    """What the comparisons of one claim came to, so far.

    ``noticed`` and ``noticed_in_atoms``: the smallest relative change of the statement's own formulas, and of those
    that define its atoms, that would have been seen at some point. ``tie``: what two sides that agree up to a small
    error count as: 0 equal, 1 the left one greater, -1 the right one; ``tied``: whether that was asked.
    """

    points: int = 0
    too_close: int = 0
    deviation: float = 0.0
    error: float = 0.0
    noticed: float = 1.0
    noticed_in_atoms: float = 1.0
    wrong: list[str] = field(default_factory=list)
    largest_d: int = 0
    tie: int = 0
    tied: bool = False

    def relation(self, lhs: Ball, op: str, rhs: Ball, *, located: bool = False, atom: bool = False) -> bool | None:
        """Whether lhs op rhs, None where the error is too large to tell.

        located: lhs is only known to lie between two integers, rhs has to lie there too.
        """
        difference, scale = lhs - rhs, max(abs(lhs), abs(rhs), key=middle)
        size, wide = abs(middle(scale)) or 1.0, radius(difference)
        if located:
            self._notice(2 * wide / size, atom)
            return bool(difference.contains(0))
        s = sign(difference, scale)
        if s is None:
            return None
        if s == 0 and wide:
            self.tied, s = True, self.tie
            self.error = max(self.error, wide / size)
            self.deviation = max(self.deviation, abs(middle(difference)) / size)
            self._notice(2 * wide / size, atom)
        elif wide:
            self._notice((abs(middle(difference)) + wide) / size, atom)
        return {"==": s == 0, "!=": s != 0, "<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0}[op]

    def _notice(self, change: float, atom: bool) -> None:
        if atom:
            self.noticed_in_atoms = min(self.noticed_in_atoms, change)
        else:
            self.noticed = min(self.noticed, change)

    def judge(
        self, where: Point | str, d: int, checks: Iterable[Callable[[], bool | None]], *, optional: bool = False
    ) -> None:
        """Count a point: it holds, it disagrees beyond the error, or it is too close to tell.

        A statement holds if it does when sides that agree within a small error are equal. It disagrees only if it
        fails whichever of the sides is the greater one. optional: a point that is too close is as if not asked.
        """
        self.points += 1
        outcome: bool | None = True
        for check in checks:
            result = self._one(check)
            if result is False:
                self.wrong.append(str(where))
                return
            outcome = None if result is None else outcome
        if outcome is None and optional:
            self.points -= 1
        elif outcome is None:
            self.too_close += 1
        else:
            self.largest_d = max(self.largest_d, d)

    def _one(self, check: Callable[[], bool | None]) -> bool | None:
        self.tie, self.tied = 0, False
        try:
            result = check()
            if result is False and self.tied:
                for self.tie in (1, -1):
                    if check() is not False:
                        return None
            return result
        except DividedByZero:
            return False
        except Unmeasurable:
            return None
        finally:
            self.tie = 0
