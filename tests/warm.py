"""The program ``verify`` without its start: a process that has loaded it and derived the claims forks for every call.

Starting costs seconds, the same every time, and pages and scripts start it dozens of times; what they are tested for
comes after that. A fork has the folder, environment, arguments and files of its caller, and ends as the program does:
its end is told to the caller, which ends alike. What is not the same as in a program that is started: modules are
loaded and claims derived already, and hashes are seeded once for all. Tests of the start itself start it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 300  # for what takes seconds on an idle machine
# The calling side. Python without its `site` starts in a hundredth of a second.
CALLER = """
import array, json, os, signal, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
    message = json.dumps([os.getcwd(), dict(os.environ), sys.argv[2:]]).encode()
    files = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))]
    line.sendmsg([len(message).to_bytes(8, "big")], files)
    line.sendall(message)
    code = int(line.makefile().read())
if code < 0:
    if -code != signal.SIGKILL:  # whose handling can't be set
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


def program(path: Path, python: str) -> None:
    """Write a program that does what ``python -m verify`` does in the environment of that Python."""
    path.write_text(f'#!/bin/sh\nexec "{python}" -IS "{_caller()}" "{_server(python)}" "$@"\n', encoding="utf-8")
    path.chmod(0o755)


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="warm-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def _caller() -> Path:
    path = _folder() / "caller.py"
    path.write_text(CALLER, encoding="utf-8")
    return path


@cache
def _server(python: str) -> Path:
    """The socket of a process of that Python, which ends with this one."""
    path = _folder() / f"socket-{len(list(_folder().iterdir()))}"
    kept = {k: v for k, v in os.environ.items() if k in ("HOME", "TMPDIR", "LANG", "PATH") or k.startswith("LC_")}
    command = [python, "-c", "import sys; from tests import warm; warm.serve(sys.argv[1])", str(path)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
    )  # fmt: skip

    def end() -> None:
        process.terminate()
        process.wait()

    atexit.register(end)
    limit = time.monotonic() + SECONDS
    while not path.exists():
        assert process.poll() is None and time.monotonic() < limit, "the warm process does not start"
        time.sleep(0.02)
    return path


def serve(path: str) -> None:
    """Fork for every call; returns, or raises ``SystemExit``, in the fork, so that it ends as every program does."""
    _load()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(_reaped()))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{path}.new")
    listener.listen(16)
    os.rename(f"{path}.new", path)  # it is there once it listens
    while True:
        if sys.stdin in select.select([listener, sys.stdin], [], [])[0]:
            os._exit(_reaped())  # the process that started it is gone
        line, _ = listener.accept()
        _reaped()
        if os.fork() == 0:
            break
        line.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    listener.close()
    size, files, _, _ = socket.recv_fds(line, 8, 3)
    reader = line.makefile("rb")
    folder, environment, arguments = json.loads(reader.read(int.from_bytes(size, "big")))
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(OSError):
            line.sendall(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    reader.close()
    line.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = folder
    sys.argv = ["verify", *arguments]
    runpy.run_module("verify", run_name="__main__", alter_sys=True)


def _load() -> None:
    """What most calls need: the claims of the installed theory, and the modules of all routes of evidence."""
    from importlib import import_module

    from verify import cli  # noqa: F401
    from verify.claims.theories import named
    from verify.evidence.route_table import routes_of

    theory = named("maml-erm")
    assert theory.catalogue
    for route in routes_of(theory).values():
        import_module(route.module)


def _reaped() -> int:
    """Forget the forks that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return 0
