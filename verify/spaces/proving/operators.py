"""Facts that hold for every vector, taken at the vectors to which an operator is applied."""

from __future__ import annotations

from itertools import combinations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Term
from verify.spaces.problems.script import Script

MOST = 4  # vectors whose differences are looked at too


def add_operator_facts(line: Script) -> None:
    """Instances of what holds for every vector."""
    general = [f for f in line.state.facts if f[0] == "every"]
    if not general:
        return
    found: dict[Term, None] = {}
    for f in (line.state.goal, *line.state.facts):
        if f[0] not in ("every", "all"):
            for side in f[1:]:
                arguments(line, side, found)
    bases = list(found)
    sums: list[Term] = [("+", u, ("-", v)) for u, v in combinations(bases[:MOST], 2)]
    for v in (*bases, *sums):
        for f in general:
            try:
                line.instance(f, v)
            except Refused:
                continue


def arguments(line: Script, t: Term, found: dict[Term, None]) -> None:
    """The vectors without operators in the inner products of a term."""
    try:
        form = line.run.forms.scalar(t)
    except Refused:
        return
    todo = [form]
    for x in todo:
        if isinstance(x, tuple) and x[0] == "inner":
            for v in x[1:]:
                while isinstance(v, tuple) and v[0] == "apply":
                    v = v[2]
                found.setdefault(v)
        elif isinstance(x, tuple):
            todo.extend(x[1:])
