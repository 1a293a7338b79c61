"""How far long work is, on standard error: a bar with the time that is left, or a line now and then where nobody looks.

The one place for it. Standard output has answers only. ``--quiet`` says nothing, ``--verbose`` every item that is done.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from verify.runtime import manner
from verify.runtime.output import tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EVERY = 10.0  # seconds between two lines
WARM = 1.0  # what is done by then was known before, and says nothing about the speed
Tick = Callable[[str], None]
Part = Callable[[str, int, int], None]


class Shown(Protocol):
    """Where progress is shown."""

    def update(self, part: str, done: int, total: int, item: str = "") -> None:
        """So much is done of a part of the work, the last of it an item."""


@contextmanager
def progress(doing: str, total: int, *, bar: bool = True) -> Iterator[Tick]:
    """Work on so many items; the function is called with the name of each that is done.

    Without a ``bar`` there are lines on a terminal too, as for a process that may be ended before it can remove one.
    """
    done = 0
    with _shown(bar) as shown:
        if total:
            shown.update(doing, 0, total)

        def tick(name: str) -> None:
            nonlocal done
            done += 1
            shown.update(doing, done, total, name)

        yield tick


@contextmanager
def parts(doing: str) -> Iterator[Part]:
    """Work in parts that are found on the way; the function is called with a part, how much of it is done, of what."""
    with _shown() as shown:
        yield lambda part, done, total: shown.update(f"{doing}: {part}" if part else doing, done, total)


@contextmanager
def waiting(doing: str, most: str) -> Iterator[None]:
    """Work that has no items; ``most`` says how long it may take."""
    if manner.current().quiet:
        yield
    elif manner.is_terminal(sys.stderr):
        with _bar(elapsed=True) as bar:
            bar.add_task(f"{doing}, {most}", total=None, item="")
            yield
    else:
        start = time.monotonic()
        with _every(EVERY, lambda: tell(f"{doing}: {time.monotonic() - start:.0f} s, {most}")):
            yield


def left(seconds: float) -> str:
    """A time that is left, as exact as it is known.

    >>> left(8), left(70), left(4000)
    ('about 10 s left', 'about 1 min left', 'about 1.1 h left')
    """
    if seconds < 55:
        return f"about {max(5, 5 * round(seconds / 5))} s left"
    return f"about {seconds / 60:.0f} min left" if seconds < 3570 else f"about {seconds / 3600:.1f} h left"


# ---------------------------------------------------------------- where it is shown


@contextmanager
def _every(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Do something again and again; by an alarm, since a process that is forked while a thread runs may hang.

    Outside the main thread, to which Python delivers signals, nothing is done.
    """

    def alarmed(number: int, frame: object) -> None:
        with suppress(RuntimeError):  # it came while a line was being written
            act()

    try:
        before = signal.signal(signal.SIGALRM, alarmed)
    except ValueError:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _shown(bar: bool = True) -> Iterator[Shown]:
    if manner.current().quiet:
        yield _Silence()
    elif not bar or not manner.is_terminal(sys.stderr):
        yield Lines()
    else:
        with _bar() as drawn:
            yield _Bars(drawn)


def _bar(*, elapsed: bool = False) -> Progress:
    """What is being done, how far it is, the time that is left or has passed, and what was done last."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.table import Column

    from verify.reports.tables import console

    doing = TextColumn("{task.description}", markup=False)
    columns: tuple[ProgressColumn, ...]
    if elapsed:
        columns = (doing, BarColumn(20), TimeElapsedColumn())
    else:
        last = TextColumn("{task.fields[item]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
        columns = (doing, BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(), last)
    return Progress(*columns, console=console(stderr=True), transient=True)


class _Silence:
    def update(self, part: str, done: int, total: int, item: str = "") -> None:
        pass


class Lines:
    """A line at most every ten seconds; with ``--verbose`` one for every item, too."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.said = clock()
        self.began: dict[str, tuple[float, int]] = {}  # of every part: from when on its speed is measured, from what on

    def update(self, part: str, done: int, total: int, item: str = "") -> None:
        now = self.clock()
        start, before = self.began.setdefault(part, (now, done))
        if now - start < WARM:
            before = done
            self.began[part] = start, done
        if manner.current().verbose and item:
            tell(f"{part}: {item}, {done} of {total}")
        elif now - self.said >= EVERY and done < total:
            self.said = now
            rest = (now - start) * (total - done) / (done - before) if done > before else None
            tell(f"{part}: {done} of {total}" + (f", {left(rest)}" if rest is not None else ""))


class _Bars:
    """A bar for every part, below what is said meanwhile."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.rows: dict[str, TaskID] = {}

    def update(self, part: str, done: int, total: int, item: str = "") -> None:
        if part not in self.rows:
            self.rows[part] = self.bar.add_task(part, total=total, item=item)
        self.bar.update(self.rows[part], completed=done, item=item)
        if manner.current().verbose and item:
            self.bar.console.print(f"{part}: {item}, {done} of {total}", markup=False, highlight=False)
