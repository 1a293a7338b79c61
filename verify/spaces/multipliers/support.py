"""Which hypotheses are needed: as few as do at every point tried, inside the conditions and on their boundary.

An interior-point solver spreads its weights over all hypotheses that could help; what it gives is no closed form until
the choice is unique.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.sdp import Programs

TRIED = 14  # inner points; with fewer, a support was chosen that fails elsewhere
FEWEST = 3  # points that have to be solved, where there are so many
NEGLIGIBLE = 1e-6  # of the largest multiplier


class Support:
    """``places`` of the hypotheses that are used, and the ``points`` at which they do; empty points where none do."""

    def __init__(self, programs: Programs, inside: Sequence[Values], edges: Sequence[Values]) -> None:
        self.programs = programs
        every = list(programs.system.useful)
        first = [(p, programs.solve(p, every)) for p in inside[:TRIED]]
        solved = [(p, x) for p, x in first if x is not None]
        self.places: list[int] = []
        self.points: list[Values] = []
        if len(first) - len(solved) > len(first) // 3:
            return  # the goal does not follow there, or the solver is lost
        self.points = [p for p, _ in solved] + [p for p in edges if programs.solve(p, every) is not None]
        size = {k: max((abs(x[k]) for _, x in solved), default=0.0) for k in every}
        largest = max(size.values(), default=0.0)
        order = sorted(every, key=lambda k: (size[k], k))
        idle = [k for k in order if size[k] < NEGLIGIBLE * largest]
        self.places = every
        if idle and self._enough([k for k in every if k not in idle]):
            order = [k for k in order if k not in idle]
        for k in order:
            self._enough([j for j in self.places if j != k])

    def _enough(self, places: list[int]) -> bool:
        """Whether these hypotheses do at every point; if so they become the choice."""
        for i, point in enumerate(self.points):
            if self.programs.solve(point, places) is None:
                self.points.insert(0, self.points.pop(i))  # where one choice fails others are likely to
                return False
        self.places = places
        return True
