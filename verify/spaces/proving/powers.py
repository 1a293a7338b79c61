"""Powers with symbolic exponents: a^(n + 1) = a a^n, and their signs, as facts, so that they may count as variables."""

from __future__ import annotations

from functools import cache
from typing import Any

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Term
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover.api import attempt
from verify.runtime.budget import SECOND, Budget
from verify.spaces.problems.script import Script

MOST_STEPS = 4  # by which two exponents may differ
LAWS = {
    "next": ("a^(n+1) == a*a^n", "n integer, n >= 0"),
    "positive": ("a^n > 0", "a > 0, n integer"),
    "nonnegative": ("a^n >= 0", "a >= 0, n integer, n >= 0"),
    "at most one": ("a^n <= 1", "0 <= a, a <= 1, n integer, n >= 0"),
}


@cache
def law(name: str) -> dict[str, Any]:
    """A law of powers with whole exponents as a theorem about numbers."""
    statement, assumption = LAWS[name]
    outcome = attempt(parse_problem(statement, [assumption]), Budget(10 * SECOND), found=True)
    if outcome.verdict is not Verdict.PROVED or outcome.certificate is None:
        raise AssertionError(f"no proof of {statement}")
    theorem: dict[str, Any] = outcome.certificate["theorems"][0]
    return theorem


def add_power_facts(line: Script) -> bool:
    """What the laws say of the powers in goal and facts; whether there are any."""
    found: dict[tuple[Term, Term], None] = {}
    for f in (line.state.goal, *line.state.facts):
        if f[0] in ("==", "!=", "<", "<="):
            for side in f[1:]:
                try:
                    collect(line.run.forms.scalar(side), found)
                except Refused:
                    continue
    for base, exponent in list(found):
        low, steps = apart(line, exponent)
        for k in range(steps):
            apply(line, "next", base, low if k == 0 else line.run.forms.tidy(("+", low, k)))
        for name in ("positive", "nonnegative", "at most one"):
            apply(line, name, base, low)
    return bool(found)


def apart(line: Script, exponent: Term) -> tuple[Term, int]:
    """An exponent without a small constant part, and that part."""
    rows, _, _ = line.run.forms.monomials(exponent)
    constant = next((number for number, factors in rows if not factors), 0)
    if not isinstance(constant, int) or not 0 < constant <= MOST_STEPS:
        return exponent, 0
    return line.run.forms.tidy(("+", exponent, -constant)), constant


def apply(line: Script, name: str, base: Term, exponent: Term) -> None:
    """An instance of a law, where its conditions are known."""
    theorem = law(name)
    terms = {"a": base, "n": exponent}
    try:
        line.lemma(line.statement.theorems.add(theorem), [terms[x] for x, _ in theorem["variables"]])
    except Refused:
        return


def collect(t: Term, found: dict[tuple[Term, Term], None]) -> None:
    """Powers whose exponent is no number, outside of expectations and sums."""
    if isinstance(t, tuple):
        if t[0] == "^" and isinstance(t[2], (str, tuple)):
            found.setdefault((t[1], t[2]))
        if t[0] not in ("E", "upto", "inner", "norm"):
            for a in t[1:]:
                collect(a, found)
