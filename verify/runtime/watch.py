"""Waits for files to be saved, by looking at them again and again.

Polling, and no library that is told by the system: a look at a handful of files costs some microseconds, needs nothing
to be installed, and works on network folders and in containers, where such messages get lost.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

EVERY = 0.25  # seconds between two looks: shorter than it takes to look from the editor to the report
Stamp = tuple[int, int, int]


def saved(
    files: Sequence[str] | Callable[[], Sequence[str]], sleep: Callable[[float], object] = time.sleep
) -> Iterator[list[str]]:
    """Again and again, the files that were saved since the last time; it ends when ``sleep`` raises.

    Where a function says which files are meant, it is asked at every look, and a file that it adds counts from then on.

    A file counts when two looks in a row find the same, so that it is not read while an editor writes it; one that is
    gone, as it is for a moment when an editor replaces it, counts when it is back.
    """
    meant = files if callable(files) else lambda: files
    told = {file: stamp(file) for file in meant()}
    last = dict(told)
    while True:
        sleep(EVERY)
        now = {file: stamp(file) for file in meant()}
        told = {file: told.get(file, mark) for file, mark in now.items()}
        last = {file: last.get(file, mark) for file, mark in now.items()}
        found = [f for f in told if now[f] is not None and now[f] == last[f] and now[f] != told[f]]
        last = now
        if found:
            told |= {file: now[file] for file in found}
            yield found


def stamp(file: str) -> Stamp | None:
    """What changes when a file is saved; None where there is none."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
