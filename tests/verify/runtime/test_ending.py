"""However a run ends, it ends in at most one line, with a code that is no answer, and without orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from verify import cli
from verify.evidence.run import check
from verify.runtime import output, processes

ROOT = Path(__file__).resolve().parents[3]
EVAL = "eval threshold rho_E=2 rho_H=1/3 alpha=1/3 d=3"
SECONDS = 300  # for what takes seconds on an idle machine


def shell(command: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = command.replace("verify", f"{sys.executable} -m verify.cli", 1)
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **env}, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip


@pytest.mark.parametrize(
    "end, code, said",
    [
        (">&-", 74, "error: standard output is closed, so there is nowhere to write the answer to\n"),
        ("> /dev/full", 74, "error: cannot write to standard output: No space left on device\n"),
        ("| true", 141, "error: nobody reads standard output\n"),
        ("2>&-", 0, ""),
        ("<&-", 0, ""),
        ("> out", 0, ""),
    ],
)
def test_standard_output_that_takes_nothing(tmp_path, end, code, said):
    done = shell(f"verify {EVAL} {end}", tmp_path, PYTHONUNBUFFERED="")
    assert (done.returncode, done.stderr) == (code, said)


@pytest.mark.parametrize("command", ["list", "--help", "prove 'x^2 >= 0' --json"])
def test_every_command_says_that_the_disk_is_full(tmp_path, command):
    done = shell(f"verify {command} > /dev/full", tmp_path, PYTHONUNBUFFERED="1")
    assert (done.returncode, done.stderr) == (74, "error: cannot write to standard output: No space left on device\n")


@pytest.mark.parametrize(
    "error, code, said",
    [(EOFError, 70, "this is a defect of verify"), (KeyboardInterrupt, 130, "interrupted; nothing")],
)
def test_the_end_of_a_file_of_code_is_no_interrupt(monkeypatch, capsys, error, code, said):
    """A file of bytecode that ends too soon raises the error that click takes for a Control-D at a question."""

    def fails():
        raise error("marshal data too short")

    monkeypatch.setattr(cli, "cli", click.Command("fails", callback=fails))
    monkeypatch.setattr(sys, "argv", ["verify"])
    assert cli._run() == code
    assert said in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_error(tmp_path):
    """The first bytes are read; what follows is more than a pipe holds."""
    code = "import sys; sys.argv = ['verify', 'many']\n"
    code += "import click; from verify import cli\n"
    code += "many = click.Command('many', callback=lambda: [click.echo('x' * 1000) for _ in range(1000)])\n"
    code += "cli.cli.add_command(many); cli.main()"
    command = f'{sys.executable} -c "$CODE" | head -c 1000 > /dev/null'
    done = shell(command, tmp_path, CODE=code)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_defect_is_no_answer(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["verify", "list"])
    monkeypatch.setattr(cli.cli, "main", lambda **_: 1 / 0)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == cli.DEFECT == 70
    assert "this is a defect of verify" in capsys.readouterr().err


# ---------------------------------------------------------------- signals

# A run whose workers say that they are at work, and then wait for ever; the first of its claims is done at once.
DRIVER = """
import os, signal, sys
from verify import cli
from verify.evidence import run as runner
from verify.regression import run as trials
from verify.cache.session import Session

SAY = int(os.environ["SAY"])
gather, keep = runner._gathered, Session.keep


def waiting(*args):
    if args[1] == "T2.domain":
        return gather(*args)
    os.write(SAY, b"w")
    signal.pause()


def told(self, found, *more):
    keep(self, found, *more)
    if found:
        os.write(SAY, b"k")


runner._gathered = waiting
trials._part = waiting
Session.keep = told
cli.main()
"""


def run_until(at_work: bytes, *args: str, folder: Path) -> tuple[subprocess.Popen[str], int]:
    """A run that has come so far that these bytes were said, in any order; and what its processes hold open."""
    hear, say = os.pipe()
    os.set_inheritable(say, True)
    run = subprocess.Popen(
        [sys.executable, "-c", DRIVER, *args],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "SAY": str(say)}, close_fds=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    os.close(say)
    heard = b""
    while sorted(heard) != sorted(at_work):
        more = os.read(hear, 1)
        assert more, run.communicate()
        heard += more
    return run, hear


@pytest.mark.parametrize(
    "command, number",
    [
        ("check", signal.SIGTERM), ("check", signal.SIGINT), ("check", signal.SIGKILL), ("mutate", signal.SIGTERM),
    ],
)  # fmt: skip
def test_a_signal_ends_the_workers_too(tmp_path, command, number):
    names = ("T2.domain", "M1", "A1.isotropic")
    said = b"kww" if command == "check" else b"www"
    run, hear = run_until(said, command, *names[command == "mutate" :], "--workers", "3", folder=tmp_path)
    run.send_signal(number)
    _, err = run.communicate(timeout=SECONDS)
    # Every process of the run holds the other end of the pipe, so its end is the end of the last of them.
    assert os.read(hear, 1) == b""
    os.close(hear)
    if number is signal.SIGKILL:
        assert run.returncode == -signal.SIGKILL
    else:
        assert run.returncode == 128 + number
        assert err.count("\n") == 1
        assert err.endswith("nothing that was finished is lost\n")
    if command == "check":
        done = shell("verify check T2.domain --workers 1", tmp_path)
        assert "cache: 1 of 1 claims unchanged" in done.stdout


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_pool_that_is_left_early_leaves_no_process(method):
    with pytest.raises(ZeroDivisionError), processes.pool(2, method) as pool:
        pool.submit(signal.pause)
        pool.submit(signal.pause)
        at_work = list(pool._processes)
        assert len(at_work) == 2
        raise ZeroDivisionError
    for process in at_work:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_pool_does_its_work(method):
    with processes.pool(2, method) as pool:
        assert list(pool.map(abs, [-1, 2, -3])) == [1, 2, 3]


def test_signals_are_as_they_were_after_a_run():
    before = [signal.getsignal(n) for n in processes.SIGNALS]
    with pytest.raises(processes.Interrupted) as caught, processes.signals_raise():
        signal.raise_signal(signal.SIGTERM)
    assert caught.value.code == 143
    assert [signal.getsignal(n) for n in processes.SIGNALS] == before


def test_a_signal_that_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with processes.signals_raise():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_captured_output_is_left_alone(capsys):
    stream = sys.stdout
    with output.watched():
        assert sys.stdout is stream
        print("x")
    assert capsys.readouterr().out == "x\n"


def test_a_worker_that_is_killed_costs_one_claim_and_gives_no_answer(monkeypatch):
    from verify.evidence import run

    gathered = run._gathered
    monkeypatch.setattr(run, "_gathered", lambda *args: _die() if args[1] == "A1.isotropic" else gathered(*args))
    found = {r.id: r.verdict.key for r in check(["M1", "A1.isotropic"], workers=2)}
    assert found == {"M1": "proved", "A1.isotropic": "inconclusive"}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
