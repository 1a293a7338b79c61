"""Standard output, which may be closed, full, or a pipe that nobody reads any more."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import Any

FAILED = 74  # EX_IOERR of sysexits.h
UNREAD = 141  # what a shell reports of a program that SIGPIPE ended


class Lost(BaseException):
    """Standard output took no more. Libraries that turn an ``OSError`` into their own exit code do not see this one."""

    def __init__(self, error: OSError, delivered: int) -> None:
        super().__init__(error)
        self.error, self.delivered = error, delivered

    @property
    def code(self) -> int:
        return UNREAD if self.error.errno == errno.EPIPE else FAILED

    @property
    def said(self) -> str:
        """What to tell; nothing where a reader has had enough, as ``head`` has."""
        if self.error.errno == errno.EPIPE:
            return "" if self.delivered else "error: nobody reads standard output"
        return f"error: cannot write to standard output: {self.error.strerror or self.error}"


class _Watched(io.RawIOBase):
    """The bytes of standard output: the first failure raises ``Lost``, and what comes after it goes nowhere."""

    name = "<stdout>"

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.delivered = 0
        self.failed = False

    def write(self, data: Any) -> int:
        if self.failed:
            return len(data)
        try:
            count = self.inner.write(data)
        except OSError as error:
            self.failed = True
            raise Lost(error, self.delivered) from None
        self.delivered += count or 0
        return int(count or 0)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self.inner.fileno())

    def isatty(self) -> bool:
        return bool(self.inner.isatty())


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Within the block a failure of standard output raises ``Lost``, also the one of what is written last.

    Output that is captured is left alone.
    """
    own = sys.__stdout__
    if own is None or sys.stdout is not own:
        yield
        return
    own.flush()
    bottom: Any = own.buffer
    raw = _Watched(getattr(bottom, "raw", bottom))
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(raw), own.encoding, own.errors, line_buffering=own.line_buffering or raw.isatty()
    )
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    finally:
        watching, sys.stdout = sys.stdout, own
        watching.detach()  # or its end would close the file


def secure() -> bool:
    """Whether standard output is open. Those of the three standard files that are closed are opened on nothing.

    A file that is opened later must not take the number of one of the three and receive what was meant for it.
    """
    is_open = _is_open(1)
    for number, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        if not _is_open(number):
            handle = os.open(os.devnull, flags)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
    return is_open


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def tell(text: str) -> None:
    """One line on standard error, if that takes it."""
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr is not None:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()


def leave(code: int) -> None:
    """End the process now, without waiting for threads; what was written is delivered if that is possible."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)
