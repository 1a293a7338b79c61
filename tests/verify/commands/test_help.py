"""Help: the commands by what they are for, examples that work, and nothing loaded that it does not need."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from verify.cli import ORDER, cli
from verify.commands.program import examples_of

PAPER = "% verify: derive\n\\[ (a + b)^2 = a^2 + 2ab + b^2 \\]\n"
# What takes long, never ends, needs Coq or LaTeX, or a lock or figures that are not there.
LONG = (
    "verify check", "verify watch", "verify mutate", "verify hypotheses", "verify kernel", "verify export",
    "verify lock", "verify simulate packing", "verify simulate --all", "verify site",
    "verify latex --sheet", "verify paper paper.tex --watch",
    "verify list claims.py", "verify show claims.py", "verify init my-theorems", "verify graph",
)  # fmt: skip


def commands(group: click.Group = cli, before: str = "") -> dict[str, click.Command]:
    found = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[before + name] = command
    return found


EXAMPLES = [line for command in commands().values() for line in examples_of(command)]


def test_every_command_has_examples_of_itself() -> None:
    for name, command in commands().items():
        found = examples_of(command)
        assert 1 <= len(found) <= 4, name
        for line in found:
            assert line.startswith(f"verify {name}"), line
            assert len(line) <= 100
        assert command.short_help and len(command.short_help) <= 62, name


def test_the_help_of_the_program_names_every_command_with_an_example(verify) -> None:
    code, out, _ = verify("--help")
    assert code == 0
    assert [name for names in ORDER.values() for name in names] == [
        words[0] for words in map(str.split, out.splitlines()) if len(words) > 1 and words[0] in cli.commands
    ]
    assert set(cli.commands) == {name for names in ORDER.values() for name in names}
    assert all(f"{purpose}:" in out for purpose in ORDER)
    assert out.count("$ verify ") == len(cli.commands)
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("name", commands())
def test_the_help_of_a_command_ends_with_its_examples(name: str, verify) -> None:
    code, out, _ = verify(*name.split(), "--help")
    shown = out.partition("Examples:\n")[2]
    assert code == 0
    assert [line.strip() for line in shown.splitlines()] == examples_of(commands()[name])


CHEAP = [line for line in EXAMPLES if not line.startswith(LONG)]


@pytest.mark.parametrize("line", CHEAP)
def test_cheap_examples_work(line: str, verify) -> None:
    Path("paper.tex").write_text(PAPER, encoding="utf-8")
    Path("statements.txt").write_text("x^2 >= 0\n", encoding="utf-8")
    Path("draft.tex").write_text(PAPER.replace("% verify: derive", ""), encoding="utf-8")
    code, out, err = verify(*shlex.split(line)[1:])
    assert code == 0 and out, err


def test_most_commands_have_a_cheap_example() -> None:
    assert len(CHEAP) > 10


def test_help_loads_nothing_that_it_does_not_need() -> None:
    heavy = (
        "rich",
        "sympy",
        "scipy",
        "numpy",
        "sqlite3",
        "multiprocessing",
        "concurrent",
        "subprocess",
        "importlib.metadata",
    )
    code = (
        "import sys; from verify import cli; "
        "sys.argv = ['verify', '--help']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]" and "verify prove" in done.stdout
