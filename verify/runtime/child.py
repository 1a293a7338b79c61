"""One forked process that works for this one and sends it messages, one after another.

What ``multiprocessing`` has for this takes as long to load as many a proof takes; a pool of workers
(``verify.runtime.processes``) is made with it all the same.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Iterator
from math import ceil, inf

Send = Callable[[object], None]
_HEAD = 8  # bytes that say how long a message is


class Child:
    """A process that runs ``work``, which is given a function that sends; it inherits all that is in memory."""

    def __init__(self, work: Callable[[Send], None]) -> None:
        self._end, end = os.pipe()
        self.exit_code: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _run(work, end)
        os.close(end)
        self._poll = select.poll()
        self._poll.register(self._end, select.POLLIN)
        self._buffer = b""

    def messages(self, timeout: float = inf) -> Iterator[object]:
        """What is sent, until the process ends, and has an exit code then, or until ``timeout`` seconds are over."""
        end = time.monotonic() + timeout
        while True:
            length = int.from_bytes(self._buffer[:_HEAD], "big") if len(self._buffer) >= _HEAD else inf
            if len(self._buffer) >= _HEAD + length:
                sent = self._buffer[_HEAD : _HEAD + int(length)]
                self._buffer = self._buffer[_HEAD + int(length) :]
                yield pickle.loads(sent)
                continue
            wait = None if end == inf else ceil(1000 * max(0.0, end - time.monotonic()))
            if not self._poll.poll(wait):
                return
            received = os.read(self._end, 1 << 20)
            if not received:
                self._reap()
                return
            self._buffer += received

    def finish(self) -> None:
        """End the process, if it has not ended, and forget it."""
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._reap()
        os.close(self._end)

    def _reap(self) -> None:
        _, status = os.waitpid(self.pid, 0)
        self.exit_code = os.waitstatus_to_exitcode(status)


def _run(work: Callable[[Send], None], end: int) -> None:
    """What the process does; it never returns to what its parent was doing."""

    def send(message: object) -> None:
        data = pickle.dumps(message)
        view = memoryview(len(data).to_bytes(_HEAD, "big") + data)
        while view:
            view = view[os.write(end, view) :]

    code = 1
    try:
        work(send)
        code = 0
    finally:
        os._exit(code)
