"""A program in a terminal of some width, and what a person sees of it."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def open_terminal(width: int) -> tuple[int, int]:
    """Both ends of a terminal of so many columns."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    return ours, theirs


def shown(
    command: Sequence[str], width: int, folder: Path, surroundings: Mapping[str, str], *, errors: bool = False
) -> tuple[str, int]:
    """What a command writes to a terminal, and its exit code; standard error goes there too, or nowhere."""
    ours, theirs = open_terminal(width)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs if errors else subprocess.DEVNULL,
        cwd=folder,
        env={**surroundings, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n"), process.wait()


def plain(text: str) -> str:
    """Text without colours and movements."""
    return _ESCAPE.sub("", text)


def on_screen(text: str, width: int) -> str:
    """The text as a terminal shows it: a line that is longer than it goes on below, in the middle of a word or not."""
    return "\n".join(
        line[i : i + width] for line in text.split("\n") for i in range(0, max(len(line.rstrip()), 1), width)
    )


def words(text: str) -> list[str]:
    """Names, numbers and signs, in order; times, which differ from run to run, are alike."""
    found = re.findall(r"[\w.\\]+|[^\w\s]", text)
    return ["0.0" if re.fullmatch(r"\d+\.\d+", word) else word for word in found]
