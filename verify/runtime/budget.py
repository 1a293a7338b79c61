"""Work that is counted instead of timed, so that a verdict depends on its inputs and not on the load of a machine.

A unit is about a microsecond of one processor. Code that works in proportion to what it is given says so by
``spend(units)``, which charges the budget in force (``Budget.running``) and does nothing where there is none. A clock
is read only as a brake, for the case that something costs far more than it counts; a verdict found after it struck
says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from math import inf, isinf

SECOND = 1_000_000  # units that a typical processor does in a second
LOOK = 20_000  # units between two looks at the clock
_running: ContextVar[Budget | None] = ContextVar("budget", default=None)


class Stopped(Exception):
    """The work was ended from outside; no tactic may take this for a failure of its own."""


class Spent(Stopped):
    """The budget, or the share of it that was given to this part of the work, is used up."""


class Braked(Stopped):
    """The brake struck: the clock ended the work, so that the outcome may differ on another machine."""


class Budget:
    """So many units of work, and a brake in seconds of this thread's processor time.

    >>> budget = Budget(100)
    >>> with budget.share(0.5):
    ...     budget.spend(60)
    >>> budget.left
    50
    """

    def __init__(self, limit: float = inf, *, brake: float = inf) -> None:
        self.limit = limit
        self.used = 0
        self.stop = inf  # where the work in hand ends although its share has more
        self.brake = brake
        self.cut = 0  # how many shares were used up
        self.braked = False
        self.end = time.thread_time() + brake
        self._look = 0

    @property
    def left(self) -> float:
        return max(0, self.limit - self.used)

    def spend(self, units: int = 1) -> None:
        """Count some work, best before it is done; raises ``Spent``, or ``Braked``.

        What is refused is not done, so that it costs what was left and no more, however large it would have been.
        """
        used = self.used + units
        if used > self.limit or used > self.stop:
            self.used = max(self.used, int(min(self.limit, self.stop)))
            raise Spent
        self.used = used
        if used >= self._look:
            self._look = used + LOOK
            if time.thread_time() > self.end:
                self.braked, self._look = True, 0
                raise Braked(braked(self.brake))

    @contextmanager
    def share(self, fraction: float) -> Iterator[None]:
        """Part of what is left; using it up only gives up what stands inside."""
        outer = self.limit
        if not isinf(outer):
            self.limit = min(outer, self.used + int(fraction * self.left))
        try:
            yield
        except Spent:
            self.cut += 1
            if self.used >= outer or self.used >= self.stop:
                raise
        finally:
            self.limit = outer

    @contextmanager
    def glance(self, fraction: float) -> Iterator[None]:
        """The beginning of work that would get all that is left: it ends after part of that, and only it.

        Other than with a share, whatever divides what is ``left`` does the same as in all of the work.
        """
        outer = self.stop
        if not isinf(self.limit):
            self.stop = min(outer, self.used + int(fraction * self.left))
        try:
            yield
        except Spent:
            if self.used >= self.limit or self.used >= outer:
                raise
        finally:
            self.stop = outer

    @contextmanager
    def running(self) -> Iterator[Budget]:
        """Make this the budget that ``spend`` charges."""
        token = _running.set(self)
        try:
            yield self
        finally:
            _running.reset(token)


def spend(units: int = 1) -> None:
    """Charge the budget in force, if there is one."""
    budget = _running.get()
    if budget is not None:
        budget.spend(units)


@contextmanager
def share(fraction: float) -> Iterator[None]:
    """Part of what the budget in force has left, if there is one; using it up only gives up what stands inside."""
    budget = _running.get()
    with nullcontext() if budget is None else budget.share(fraction):
        yield


def left() -> float:
    """What the budget in force has left; no end where there is none."""
    budget = _running.get()
    return inf if budget is None else budget.left


def until_brake() -> float:
    """Seconds until the brake of the budget in force strikes; no end where there is none."""
    budget = _running.get()
    return inf if budget is None else max(0.0, budget.end - time.thread_time())


def braked(seconds: float) -> str:
    """What is said where a brake struck."""
    return f"stopped by the brake of {seconds:g} s; the verdict may differ on another machine"
