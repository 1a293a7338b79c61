"""Certificates of words for tests: short ways to write them, to fill in what the rules give, to value both sides."""

from __future__ import annotations

import copy
import random
from fractions import Fraction
from typing import Any

from verify.claims.matrix_statement import statement
from verify.counterexamples.matrix_values import NoValue, TooHard, Values, multiplied, turned
from verify.kernel import check
from verify.kernel.matrices.certificate import RULES
from verify.kernel.matrices.expressions import MatrixChecker
from verify.kernel.matrices.words import Word, WordPolynomial

Json = Any
ONE: Json = [["1", {}]]
LETTERS: dict[str, Json] = {
    "X": ["n", "d", False], "Z": ["d", "d", False], "v": ["d", "1", False], "u": ["d", "1", False],
    "W": ["d", "d", True], "A": ["d", "d", True], "S": ["d", "d", True], "s": ["d", "1", False],
    "k": ["1", "1", False], "R": ["d", "d", True], "B": ["d", "d", False],
}  # fmt: skip


def words(rows: str, cols: str, *terms: Json) -> Json:
    """A polynomial from terms ``word``, ``(coefficient, word)`` or ``(coefficient, traces, word)``; a word is text."""
    out = []
    for term in terms:
        parts = (ONE, [], term) if isinstance(term, str) else (term[0], [], term[1]) if len(term) == 2 else term
        out.append([parts[0], [t.split() for t in parts[1]], parts[2].split()])
    return {"rows": rows, "cols": cols, "terms": out}


def square(*terms: Json) -> Json:
    return words("d", "d", *terms)


def column(*terms: Json) -> Json:
    return words("d", "1", *terms)


def number(*loops: str) -> Json:
    return words("1", "1", *((ONE, [loop], "") for loop in loops))


def step(rule: str, **params: Json) -> Json:
    return {"rule": rule, "params": params, "after": words("1", "1")}


def law(row: str = "", col: str = "", scale: Json = ONE, gaussian: bool = True) -> Json:
    return {"row": row.split(), "col": col.split(), "scale": scale, "gaussian": gaussian}


def certificate(start: Json, *steps: Json, lhs: Json = None, inverses: Json = None, letters: Json = None) -> Json:
    """A certificate with one derivation, in which what the rules give is still to be filled in."""
    return {
        "schema": 1,
        "kind": "words",
        "claim": "a test",
        "letters": copy.deepcopy(letters or LETTERS),
        "inverses": {name: {"poly": p} for name, p in (inverses or {}).items()},
        "derivations": [{"title": "one", "start": {"poly": start}, "steps": copy.deepcopy(list(steps))}],
        "lhs": lhs or {"result": 0},
        "rhs": words("1", "1"),
    }


def filled(data: Json) -> Json:
    """The certificate with what each rule gives, and the right side that the left one is; raises as the checker."""
    data = copy.deepcopy(data)
    run = MatrixChecker(data["letters"])
    run.declare(data["inverses"])
    for derivation in data["derivations"]:
        at = run.expression(derivation["start"])
        for s in derivation["steps"]:
            function, wanted, optional = RULES[s["rule"]]
            at = function(run, at, *(s["params"][key] for key in (*wanted, *optional) if key in s["params"]))
            s["after"] = written(at)
        run.results.append(at)
    data["rhs"] = written(run.expression(data["lhs"]))
    return data


def written(p: WordPolynomial) -> Json:
    def word(w: Word) -> list[str]:
        return [name + "'" * transposed for name, transposed in w]

    terms = [
        [[[str(c), dict(m)] for m, c in k.items()], [word(t) for t in traces], word(w)]
        for (traces, w), k in p.terms.items()
    ]
    return {"rows": p.shape[0], "cols": p.shape[1], "terms": terms}


def checked(data: Json) -> str:
    """What the checker says of a certificate that is filled in first."""
    return check(filled(data))


# ---------------------------------------------------------------- the two sides, by exact moments


def symbols(data: Json) -> set[str]:
    """The symbols of all coefficients."""
    if isinstance(data, dict):
        return set().union(*(symbols(x) for x in data.values()))
    if not isinstance(data, list):
        return set()
    own = set(data[1]) if len(data) == 2 and isinstance(data[0], str) and isinstance(data[1], dict) else set()
    return own.union(*(symbols(x) for x in data))


def holds(data: Json, size: int, seed: int) -> bool | None:
    """Whether both sides are equal where all dimensions are ``size``; None where they have no value."""
    rng = random.Random(seed)
    stated = statement(data)
    dims = {side for row in data["letters"].values() for side in row[:2]} - {"1"}
    sizes = dict.fromkeys(sorted(dims), size)
    numbers = {s: Fraction(rng.randint(1, 4), rng.randint(1, 3)) for s in sorted(symbols(data) - dims)}
    matrices = {}
    for name, (rows, cols, symmetric) in sorted(data["letters"].items()):
        shape = [1 if side == "1" else size for side in (rows, cols)]
        m = [[Fraction(rng.choice((-2, -1, 1, 2))) for _ in range(shape[1])] for _ in range(shape[0])]
        if symmetric:
            m = multiplied(m, turned(m))
            m = [[x + (i == j) for j, x in enumerate(row)] for i, row in enumerate(m)]
        matrices[name] = m
    try:
        left, right = Values(stated, sizes, numbers, matrices).sides()
    except (NoValue, TooHard):
        return None
    return left == right
