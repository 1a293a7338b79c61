"""A counterexample in a space, as lines of text that a reader can check by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from verify.kernel.reals.terms import names_in
from verify.spaces.models.functions import Explicit
from verify.spaces.models.model import Model, Vector
from verify.spaces.problems.problem import Problem

_NAME = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Witness:
    """A model in which the hypotheses hold and a goal is false or undefined.

    Only ``accepted`` in ``verify.spaces.models.acceptance`` makes one. ``functions``: by name the explicit function, or
    the theorem by which one exists; ``operators`` are those that need not be gradients; ``places`` the point of each
    gradient, by outcome. ``lhs`` and ``rhs`` are the exact values of the two sides, with decimals where they are no
    whole numbers; for an undefined goal ``rhs`` says why.
    """

    problem: Problem
    model: Model
    kind: Literal["violates", "undefined"]
    goal: int
    outcome: int
    lhs: str
    rhs: str
    functions: Mapping[str, Explicit | str]
    operators: frozenset[str] = frozenset()
    places: Mapping[str, tuple[Vector, ...]] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """The values as reports print them, by what a user wrote for the names; by outcome for random ones."""
        out = {}
        for name, row in self.model.values.items():
            texts = [value(v) for v in row]
            one = texts[0] if len(set(texts)) == 1 else " or ".join(texts)
            out[self.problem.shown.get(name, name)] = one
        return out

    def __str__(self) -> str:
        return "\n".join(lines(self))


def lines(witness: Witness, *, of_goal: bool = False) -> list[str]:
    """The space, the parameters, the functions, the vectors, the outcomes with their weights, and both sides.

    ``of_goal``: only the names that the goal speaks of, not those that only hypotheses do.
    """
    model, problem = witness.model, witness.problem
    label = {n: problem.shown.get(n, n) for n in problem.names}
    kept = spoken_of(problem, witness.goal) if of_goal else {*model.values, *witness.functions}
    values = {n: row for n, row in model.values.items() if n in kept}
    constant = {n: row[0] for n, row in values.items() if len(set(map(repr, row))) == 1}
    numbers = [n for n in constant if problem.names[n].kind in ("real", "integer") and label[n] == n]
    out = []
    if numbers:
        out.append(", ".join(f"{n} = {value(constant[n])}" for n in numbers))
    if any(n in kept and problem.names[n].kind in ("vector", "vectors", "operator") for n in problem.names) or (
        kept & witness.functions.keys()
    ):
        out.append(f"in R^{model.dimension}:")
    for name, f in witness.functions.items():
        if name not in kept:
            continue
        if isinstance(f, str):
            out.append(f"  a function {name} with these values exists: {f}")
        else:
            out.append(f"  {f.shown(name, operator=name in witness.operators)}")
    for n in constant:
        if n not in numbers:
            out.append(f"  {label[n]} = {value(constant[n])}")
    random = [n for n in values if n not in constant]
    for w, p in enumerate(model.chances.weights if random else ()):
        drawn = ", ".join(f"{label[n]} = {value(model.values[n][w])}" for n in random)
        out.append(f"  with probability {p}: {drawn}")
    if witness.kind == "undefined":
        out.append(f"undefined: {witness.rhs}")
    else:
        where = f" at outcome {witness.outcome + 1}" if random and differs(witness) else ""
        out.append(f"left side {witness.lhs}, right side {witness.rhs}{where}")
    return out


def spoken_of(problem: Problem, goal: int) -> set[str]:
    """The names in a goal, and those in what was written for them, such as f and x for f(x)."""
    found = names_in(problem.goals[goal])
    for name in tuple(found):
        found.update(_NAME.findall(problem.shown.get(name, "")))
    return found


def value(v: Any) -> str:
    """A value of a name."""
    if isinstance(v, Fraction):
        return str(v)
    if isinstance(v, Mapping):
        return ", ".join(f"[{i}]: {value(x)}" for i, x in v.items()) or "0 everywhere"
    if v and isinstance(v[0], tuple):
        return "[" + ", ".join(f"[{', '.join(map(str, row))}]" for row in v) + "]"
    return str(v[0]) if len(v) == 1 else shown(v)


def differs(witness: Witness) -> bool:
    """Whether the goal speaks of outcomes: some name in it is random outside of an expectation."""
    return any(outside(part, witness) for part in witness.problem.goals[witness.goal][1:])


def outside(t: Any, witness: Witness) -> bool:
    if isinstance(t, str):
        sort = witness.problem.names.get(t)
        return sort is not None and sort.level > 0
    if not isinstance(t, tuple) or (t[0] == "E" and t[1] == 0):
        return False
    return any(outside(a, witness) for a in t[1:])


def shown(v: Any) -> str:
    """A number exactly, with decimals beside a fraction; a vector by its coordinates; an enclosure as decimals."""
    if isinstance(v, tuple):
        return f"({', '.join(str(c) if isinstance(c, Fraction) else c.str(8, radius=False) for c in v)})"
    if isinstance(v, Fraction):
        return str(v) if v.denominator == 1 else f"{v} = {float(v):.6g}"
    return f"{v.str(10, radius=False)}..."


def vectors(witness: Witness) -> dict[str, tuple[Vector, ...]]:
    """The vectors of a witness by name, one for each outcome, one alone where all are equal."""
    out: dict[str, tuple[Vector, ...]] = {}
    for name, sort in witness.problem.names.items():
        if sort.kind == "vector":
            row = witness.model.values[name]
            out[name] = (row[0],) if len(set(map(repr, row))) == 1 else row  # type: ignore[assignment]
    return out


def table(witness: Witness) -> dict[str, Any]:
    """The witness as data: dimension, weights of the outcomes, the values of names (a list where they are random)."""
    rows = {
        witness.problem.shown.get(n, n): value(row[0]) if len(set(map(repr, row))) == 1 else [value(v) for v in row]
        for n, row in witness.model.values.items()
    }
    return {
        "dimension": witness.model.dimension,
        "weights": [str(p) for p in witness.model.chances.weights],
        "values": rows,
        "left": witness.lhs,
        "right": witness.rhs,
    }
