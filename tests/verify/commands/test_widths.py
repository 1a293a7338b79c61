"""Terminals of several widths: no word of any command is broken or lost, and every line fits."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.pages import environment
from tests.terminals import on_screen, plain, shown, words

CLAIMS = """
import sympy as sp

from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))
LONG = "A title that is as long as titles of claims are when somebody says in them all that there is to be said"


def claims():
    yield Claim("my.means.of.squares", LONG, Inequality(4 * x * y, "<=", (x + y) ** 2), DOMAIN)
    yield Claim("my.wrong.way.round", LONG, Inequality((x + y) ** 2 + x + y, "<=", 4 * x * y + x + y), DOMAIN)
    yield Claim("my.slip", LONG, Inequality((x + y) ** 2, "<=", 4 * x * y), DOMAIN, expected=False)
"""
PAPER = r"""
% verify: assume a > 0, b > 0
% verify: derive
\[ \frac{a}{b} + \frac{b}{a} + \frac{a + b}{a} + \frac{a + b}{b} \ge 2 + \frac{(a + b)^2}{ab} + \frac{(a - b)^2}{ab} \]
% verify: derive
\[ (a + b)^2 \le a^2 + 2 a b + b^2 - \frac{a^2 + 2 a b + b^2}{1000} \]
"""
SQUARES = "||x - y||^2 + ||x + y||^2 <= ||x||^2 + ||y||^2 + 2*<x, y>"
COMMANDS = {
    "show": ["show", "T1"],
    "show of matrices": ["show", "H0"],
    "list": ["list"],
    "list of expressions": ["list", "--expressions"],
    "list of experiments": ["simulate", "--list"],
    "parameters": ["simulate", "threshold", "--list"],
    "check": ["check", "claims.py"],
    "check with reasons": ["check", "-v", "claims.py"],
    "why": ["why", "T1"],
    "impact": ["impact", "P.s_H"],
    "prove": ["prove", "x*y + y*z + z*x >= x^2 + y^2 + z^2 + x + y + z", "--assume", "x > 0, y > 0, z > 0"],
    "prove of vectors": ["prove", SQUARES, "--assume", "x, y vectors"],
    "eval": ["eval", "samples_for_gain", "rho_E=2", "rho_H=1/3", "alpha=1/2", "d=3", "p=1/4", "Delta=1", "V_H=1/100",
             "V_E=1", "g=1/10"],
    "mutate": ["mutate", "-v", "claims.py::my.means.of.squares"],
    "hypotheses": ["hypotheses", "claims.py::my.means.of.squares"],
    "kernel": ["kernel", "claims.py"],
    "paper": ["paper", "paper.tex"],
    "lock": ["lock", "claims.py", "--accept"],
    "help": ["--help"],
    "help of a command": ["prove", "--help"],
}  # fmt: skip
IN_ORDER = (
    "show",
    "show of matrices",
    "parameters",
    "why",
    "impact",
    "prove",
    "prove of vectors",
    "eval",
    "kernel",
    "paper",
)
ONE_WIDTH = ("help", "help of a command", "kernel")  # click wraps at 80 columns, and nowhere else; Coq takes long


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "claims.py").write_text(CLAIMS, encoding="utf-8")
    (folder / "paper.tex").write_text(PAPER, encoding="utf-8")
    return folder


def piped(name: str, place: Path) -> tuple[str, int]:
    surroundings = environment(place / "programs")
    command = ["verify", *COMMANDS[name]]
    done = subprocess.run(command, capture_output=True, text=True, cwd=place, env=surroundings, check=False)
    return done.stdout, done.returncode


@pytest.mark.parametrize("name", COMMANDS)
def test_no_word_is_broken(name: str, place: Path) -> None:
    for _ in range(2):  # what is kept from now on is kept in every run, and what is sealed is sealed
        piped(name, place)
    wide, code = piped(name, place)
    assert wide and code in (0, 1, 3)
    for width in (80,) if name in ONE_WIDTH else (40, 80, 200):
        text, same = shown(["verify", *COMMANDS[name]], width, place, environment(place / "programs"))
        text = plain(text)
        assert same == code
        found, wanted = words(on_screen(text, width)), words(wide)
        if name in IN_ORDER:
            assert found == wanted, text
        else:  # cells of a table stand below each other
            assert Counter(found) == Counter(wanted), text


def test_a_broken_word_would_be_noticed(place: Path) -> None:
    wide, _ = piped("show", place)
    for width in (40, 80):
        assert words(on_screen(wide, width)) != words(wide)
        assert Counter(words(on_screen(wide, width))) != Counter(words(wide))
    assert words(on_screen(wide, 10_000)) == words(wide)


def test_what_goes_on_below_is_indented_as_far_as_it_began(place: Path) -> None:
    text, _ = shown(["verify", "show", "T1"], 60, place, environment(place / "programs"))
    lines = plain(text).split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("      2. "))
    assert lines[start + 1].startswith(" " * 9) and lines[start + 1][9] != " "
    wide, _ = piped("show", place)
    assert max(map(len, wide.split("\n"))) > 300  # tools read lines as they are


def test_errors_fit_too(place: Path) -> None:
    surroundings = environment(place / "programs")
    command = ["verify", "show", "nosuchclaim" * 3, "--theory", "maml-erm"]
    text, code = shown(command, 40, place, surroundings, errors=True)
    done = subprocess.run(command, capture_output=True, text=True, cwd=place, env=surroundings, check=False)
    assert code == done.returncode == 2
    assert words(plain(text)) == words(done.stderr)
    assert max(len(line) for line in done.stderr.split("\n")) > 40
    text, _ = shown(["verify", "prove", "x +* y + z + u + v + w >= 0"], 40, place, surroundings, errors=True)
    lines = plain(text).split("\n")
    caret = next(line for line in lines if line.strip() == "^")
    assert lines[lines.index(caret) - 1][caret.index("^")] == "*"
