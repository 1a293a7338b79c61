"""What -q, -v and --color change, before and after the name of a command; and what the environment says of colours."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import click
import pytest

from tests.pages import environment
from tests.terminals import shown
from verify.cli import cli
from verify.runtime import manner

UNUSED = ["eval", "kappa", "rho_E=2", "rho_H=1", "p=1/2", "nu=3"]
CLAIMS = """
import sympy as sp

from verify import Claim, Domain, Inequality, positive

x = sp.Symbol("x", real=True)


def claims():
    yield Claim("my.sum", "A sum", Inequality(2, "<=", x + 1 / x), Domain((positive(x),)))
"""


def test_quiet_leaves_out_notes_and_keeps_answers_and_errors(verify) -> None:
    code, out, err = verify(*UNUSED)
    assert code == 0 and "does not depend on nu" in err
    for words in (["-q", *UNUSED], [*UNUSED, "--quiet"], [UNUSED[0], "-q", *UNUSED[1:]]):
        assert verify(*words) == (0, out, "")
    assert verify("-q", "eval", "nothing")[2].startswith("error: ")
    assert verify(*UNUSED) == (code, out, err)  # it was meant for one run


def test_verbose_says_more_of_a_check(verify) -> None:
    Path("claims.py").write_text(CLAIMS, encoding="utf-8")
    code, out, err = verify("check", "claims.py")
    assert code == 0 and err == "" and "\ncache: " in out
    _, more, err = verify("check", "-v", "claims.py")
    assert "my.sum: proved\n  proof: proved: certificate accepted" in more and "my.sum" in err
    _, less, err = verify("check", "claims.py", "-q")
    assert "cache: " not in less and err == "" and "1 claim: 1 proved" in less
    assert "certificate accepted" not in out
    assert "certificate accepted" not in verify("check", "-v", "claims.py", "-q")[1]  # the last one of the two counts


def test_every_command_takes_them_once() -> None:
    def commands(group: click.Group) -> list[click.Command]:
        below = [c for one in group.commands.values() if isinstance(one, click.Group) for c in commands(one)]
        return below + [c for c in group.commands.values() if not isinstance(c, click.Group)]

    found = commands(cli)
    assert len(found) > 15
    for command in [cli, *found]:
        names = [name for param in command.params for name in param.opts]
        assert [names.count(name) for name in ("-q", "--quiet", "-v", "--verbose", "--color")] == [1] * 5, command.name


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "asked, variables, terminal, pipe",
    [
        ("auto", {}, True, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": "", "FORCE_COLOR": ""}, True, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("always", {"NO_COLOR": "1"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colours(
    asked: manner.Colour, variables: dict[str, str], terminal: bool, pipe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with manner.using(manner.Manner(colour=asked)):
        assert (manner.coloured(Terminal()), manner.coloured(io.StringIO())) == (terminal, pipe)


def test_colours_of_a_command(tmp_path: Path) -> None:
    surroundings = environment(tmp_path / "programs")

    def piped(*words: str, **more: str) -> str:
        command = ["verify", "list", "T1", *words]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, env={**surroundings, **more}, check=True
        ).stdout

    without = piped()
    assert "\x1b" not in without and "T1" in without
    for coloured in (piped("--color", "always"), piped(FORCE_COLOR="1"), piped("--color=always", NO_COLOR="1")):
        assert "\x1b[1m" in coloured
        assert len(coloured) > len(without)
    assert piped("--color", "never", FORCE_COLOR="1") == without
    on = shown(["verify", "list", "T1"], 200, tmp_path, surroundings)[0]
    assert "\x1b[1m" in on
    assert "\x1b" not in shown(["verify", "list", "T1", "--color", "never"], 200, tmp_path, surroundings)[0]
    assert "\x1b" not in shown(["verify", "list", "T1"], 200, tmp_path, {**surroundings, "NO_COLOR": "1"})[0]
