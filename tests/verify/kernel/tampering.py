"""Certificates that the theory and the prover give, changed in one place each, for both kinds of the kernel."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from theory.maml_erm import THEORY
from verify.claims.matrix_certificates import word_certificate
from verify.claims.statement import MatrixIdentity
from verify.evidence.routes.proof import certificate_of
from verify.kernel import Refused, check
from verify.language.parser import parse_problem
from verify.prover import prove
from verify.runtime.budget import SECOND

Json = Any
Judged = tuple[str, str, str]  # a certificate as a text, accepted or refused, what was said

STATEMENTS = [
    ("x/(1+x) < y/(1+y)", ["0 < x", "x < y"]),
    ("x^2 + y^2 >= 2*x*y", []),
    ("x^3 - 3*x - 1 > 0", ["x > 2"]),
    ("abs(x) >= x", []),
    ("n >= 1", ["n integer", "n > 0"]),
    ("x + y <= 3", ["2*x + 3*y <= 6", "x >= 0", "y >= 0"]),
    ("x^4 == 1", ["x^2 == 1"]),
    ("(1-p)*g/(p*h) > 0", ["0 < h", "h < g", "0 < p", "p < 1"]),
    ("sqrt(2) < 3/2", []),
    ("min(x, y, z) <= y", []),
    ("log(x) <= x - 1", ["x > 0"]),
    ("6^n == 2^n*3^n", ["n integer"]),
    ("exp(x) >= 1 + x + x^2/2", ["x >= 0"]),
    ("2^n >= n + 1", ["n integer", "n >= 0"]),
    ("x^5 - x + 1 > 0", ["x >= 0"]),
    ("x^2 >= 1", ["x <= -1 or x >= 1"]),
    ("x^2 + y^2 != 4*k + 3", ["x, y, k integer"]),
    ("2*n^2 != m^2", ["n, m integer", "n >= 1"]),
]
INSIDE = (
    "goal",
    "self",
    "state",
    "kinds",
    "facts",
    "formulas",
    "new",
    "then",
    "rule",
    "spend",
    "limit",
    "exp",
    "theta",
)
MOST_PLACES = 120  # of one certificate
CLAIMS = ("P.kappa", "L2", "L2.not_attained", "L0")
MATRIX_CLAIMS = ("M1", "M2", "S0.imaml", "S1", "G1")
# What a matrix certificate says: the rules and what they give. Its starts and parameters are part of what is stated.
RESULTS = {"after", "rhs", "rule"}


@cache
def certificates() -> list[dict[str, Any]]:
    out = []
    for goal, hypotheses in STATEMENTS:
        outcome = prove(parse_problem(goal, hypotheses), work=5 * SECOND)
        assert outcome.certificate is not None, goal
        out.append(outcome.certificate)
    return out + [certificate_of(THEORY.stated[name]) for name in CLAIMS]


def matrix_certificate(name: str) -> dict[str, Any]:
    claim = THEORY.stated[name]
    assert isinstance(claim.statement, MatrixIdentity)
    out: dict[str, Any] = json.loads(json.dumps(word_certificate(claim)))
    return out


def judged(certificates: Iterable[Json]) -> Iterator[Judged]:
    for certificate in certificates:
        try:
            yield json.dumps(certificate), "accepted", check(certificate)
        except Refused as reason:
            yield json.dumps(certificate), "refused", str(reason)


@cache
def judged_reals() -> tuple[Judged, ...]:
    """Every certificate of ``certificates()`` with one place changed, for some places."""
    return tuple(judged(other for c in certificates() for path in some_places(c) for other in tampered(c, path)))


def some_places(certificate: Json) -> list[tuple[Any, ...]]:
    found = places(certificate)
    return found[:: 1 + len(found) // MOST_PLACES]


def places(x: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    out = [path]
    for key in x if isinstance(x, dict) else range(len(x)) if isinstance(x, list) else ():
        out += places(x[key], (*path, key))
    return out


def variants(x: Any) -> list[Any]:
    """Other values for one place of a certificate."""
    if isinstance(x, str):
        out: list[Any] = [x + "x", "", None]
        if x.isidentifier():  # names that the checker uses inside
            out += [INSIDE[len(x) % len(INSIDE)], INSIDE[ord(x[0]) % len(INSIDE)]]
        if re.fullmatch(r"-?\d+(/\d+)?", x):
            out += [str(Fraction(x) + 1), str(-Fraction(x)), str(Fraction(x) / 2)]
        swaps = {
            "<": "<=",
            "<=": "<",
            ">": ">=",
            ">=": ">",
            "==": "!=",
            "!=": "==",
            "real": "integer",
            "integer": "real",
        }
        swaps |= {"oo": "0+", "0+": "oo", "+": "*", "*": "+", "and": "or", "or": "and", "yes": "no", "x": "y", "y": "x"}
        return [*out, *([swaps[x]] if x in swaps else [])]
    if isinstance(x, list):
        return [[], x[:-1], x[::-1], [*x, *x[-1:]], None]
    if isinstance(x, dict):
        return [
            {},
            {**x, "extra": "1"},
            {**x, "self": "1", "goal": ["and"]},
            *[{k: v for k, v in x.items() if k != name} for name in x],
        ]
    return [0, 1, "1", [], True] if x is not True else [False]


def tampered(certificate: dict[str, Any], path: tuple[Any, ...]) -> list[Any]:
    spot: Any = certificate
    for key in path:
        spot = spot[key]
    out = []
    for value in variants(spot):
        if value == spot:
            continue
        out.append(changed(certificate, path, value))
    return out


def changed(certificate: Json, path: tuple[Any, ...], value: Any) -> Json:
    """The certificate with another value in one place."""
    if not path:
        return value
    out = copy.deepcopy(certificate)
    spot: Any = out
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    return out


def renamed(x: Any, names: dict[str, str]) -> Any:
    """A certificate with other names for its variables; operators and rules stand where no name can."""
    if isinstance(x, dict):
        return {k: v if k in ("rule", "id", "name", "theorem") else renamed(v, names) for k, v in x.items()}
    if isinstance(x, list):
        head = x[:1] if x and isinstance(x[0], str) and x[0] not in names else [renamed(y, names) for y in x[:1]]
        return [*head, *(renamed(y, names) for y in x[1:])]
    return names.get(x, x) if isinstance(x, str) else x


# ---------------------------------------------------------------- matrix certificates


@cache
def judged_matrices(name: str) -> tuple[tuple[tuple[Any, ...], Judged], ...]:
    """The certificate of a claim, with what it says changed in one place: where, and what the kernel says of it."""
    return tuple((path, one) for path, mutant in tampered_matrix(name) for one in judged([mutant]))


def tampered_matrix(name: str) -> Iterator[tuple[tuple[Any, ...], Json]]:
    honest = matrix_certificate(name)
    for path in places(honest):
        if RESULTS & set(path):
            at: Any = honest
            for key in path:
                at = at[key]
            for value in matrix_variants(at, sorted(honest["letters"])[:3]):
                yield path, changed(honest, path, value)


def matrix_variants(x: Any, letters: list[str]) -> Iterator[Any]:
    if isinstance(x, bool):
        yield not x
    elif isinstance(x, int):
        yield from (x + 1, -x - 1, None)
    elif isinstance(x, str):
        if x.lstrip("-")[:1].isdigit():
            yield from (str(Fraction(x) + 1), str(-Fraction(x)) if x != "0" else "7")
        else:
            yield from (name for name in letters if name != x.removesuffix("'"))
            yield x + "x"
    elif isinstance(x, list):
        yield from ([*x[1:]] if x else [0], [*x, *x] if x else None, None)
    elif isinstance(x, dict):
        yield from ({}, None)
