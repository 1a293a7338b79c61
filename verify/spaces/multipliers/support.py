"""Which hypotheses are needed: as few as do at every point tried, inside the conditions and on their boundary.

An interior-point solver spreads its weights over all hypotheses that could help; what it gives is no closed form until
the choice is unique.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.sdp import Programs

TRIED = 14  # inner points; with fewer, a support was chosen that fails elsewhere
FEWEST = 3  # points at which it is tried what others imply
NEGLIGIBLE = 1e-6  # of the largest multiplier


class Support:
    """Choices of hypotheses by their places, the first to be tried first, and the ``points`` at which each does.

    First without those that others imply, as strong convexity by interpolation: what a class says weakly can stand in
    for what it says strongly inside the conditions, with multipliers that are no closed form. Empty where nothing does.
    """

    def __init__(self, programs: Programs, inside: Sequence[Values], edges: Sequence[Values]) -> None:
        self.programs = programs
        every = list(programs.system.useful)
        first = [(p, programs.solve(p, every)) for p in inside[:TRIED]]
        solved = [(p, x) for p, x in first if x is not None]
        self.choices: list[list[int]] = []
        self.points: list[Values] = []
        if len(first) - len(solved) > len(first) // 3:
            return  # the goal does not follow there, or the solver is lost
        self.points = [p for p, _ in solved] + [p for p in edges if programs.solve(p, every) is not None]
        strong = self._strong(every)
        if len(strong) < len(every) and self._enough(strong):
            again = [x for p in self.points[:TRIED] if (x := programs.solve(p, strong)) is not None]
            self.choices.append(self._few(strong, again))
        few = self._few(every, [x for _, x in solved])
        if few not in self.choices:
            self.choices.append(few)

    def _strong(self, places: list[int]) -> list[int]:
        """The hypotheses that the others don't imply, at a few points; of two equal ones the first."""
        left = list(places)
        for k in reversed(places):
            others = [j for j in left if j != k]
            if self.programs.system.weak[k] and all(
                self.programs.solve(p, others, of=k) is not None for p in self.points[:FEWEST]
            ):
                left = others
        return left

    def _few(self, places: list[int], solved: Sequence[Mapping[int, float]]) -> list[int]:
        """As few as do, those with small multipliers dropped first."""
        size = {k: max((abs(x[k]) for x in solved), default=0.0) for k in places}
        largest = max(size.values(), default=0.0)
        order = sorted(places, key=lambda k: (size[k], k))
        idle = [k for k in order if size[k] < NEGLIGIBLE * largest]
        if idle and self._enough([k for k in places if k not in idle]):
            order = [k for k in order if k not in idle]
            places = [k for k in places if k not in idle]
        for k in order:
            fewer = [j for j in places if j != k]
            if self._enough(fewer):
                places = fewer
        return places

    def _enough(self, places: list[int]) -> bool:
        """Whether these hypotheses do at every point."""
        for i, point in enumerate(self.points):
            if self.programs.solve(point, places) is None:
                self.points.insert(0, self.points.pop(i))  # where one choice fails others are likely to
                return False
        return True
