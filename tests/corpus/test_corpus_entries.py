"""The corpora themselves: every counterexample is checked exactly, every true entry is tried at many points.

The evaluator here shares nothing with the package but the syntax tree. Rational values are exact; where a root,
an exponential or a logarithm is irrational it computes with rigorous intervals and refuses what they cannot decide.
"""

import json
import random
from fractions import Fraction
from math import isqrt
from pathlib import Path

import pytest
from mpmath import iv

from verify.language.json_form import to_json
from verify.language.logic import App, Bool, Num, Rel, Var, relations, variables_of
from verify.language.parser import parse_problem, parse_rational, parse_statement

iv.dps = 60


def load(name):
    text = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


TRUE, FALSE, EMPTY = load("true"), load("false"), load("empty")


def cases(entries):
    return pytest.mark.parametrize("entry", [pytest.param(e, id=e["id"]) for e in entries])


# ---------------------------------------------------------------- evaluation


class Undefined(Exception):
    pass


class Undecided(Exception):
    pass


def interval(v):
    return iv.mpf(v.numerator) / iv.mpf(v.denominator) if isinstance(v, Fraction) else v


def sign(v):
    if isinstance(v, Fraction):
        return (v > 0) - (v < 0)
    if v.a > 0 or v.b < 0:
        return 1 if v.a > 0 else -1
    raise Undecided


def root(v):
    if sign(v) < 0:
        raise Undefined
    if isinstance(v, Fraction):
        p, q = isqrt(v.numerator), isqrt(v.denominator)
        if p * p == v.numerator and q * q == v.denominator:
            return Fraction(p, q)
    return iv.sqrt(interval(v))


def logarithm(v):
    if sign(v) <= 0:
        raise Undefined
    return Fraction(0) if v == 1 else iv.log(interval(v))


def exponential(v):
    return Fraction(1) if v == 0 else iv.exp(interval(v))


def combine(a, b, exact):
    return exact(a, b) if isinstance(a, Fraction) and isinstance(b, Fraction) else exact(interval(a), interval(b))


def divide(a, b):
    if sign(b) == 0:
        raise Undefined
    return combine(a, b, lambda x, y: x / y)


def integral(t, integers):
    """Whether a term is an integer for syntactic reasons; only then may the base of a power be negative."""
    if isinstance(t, Num):
        return t.value.denominator == 1
    if isinstance(t, Var):
        return t.name in integers
    return t.op in ("+", "-", "*", "abs", "min", "max") and all(integral(a, integers) for a in t.args)


def raise_to(t, point, integers):
    base, exponent = (value(a, point, integers) for a in t.args)
    literal = isinstance(t.args[1], Num) and exponent.denominator == 1
    if literal and exponent >= 0:
        return base**exponent.numerator if isinstance(base, Fraction) else base ** int(exponent)
    if sign(base) == 0 or (sign(base) < 0 and not integral(t.args[1], integers)):
        raise Undefined
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) < 1000:
        return base**exponent.numerator if isinstance(base, Fraction) else base ** int(exponent)
    if isinstance(exponent, Fraction) and exponent.denominator == 2 and isinstance(root(base), Fraction):
        return root(base) ** exponent.numerator
    if base == 1:
        return Fraction(1)
    return iv.exp(interval(exponent) * iv.log(interval(base)))


def value(t, point, integers):
    if isinstance(t, Num):
        return t.value
    if isinstance(t, Var):
        return point[t.name]
    if t.op == "^":
        return raise_to(t, point, integers)
    args = [value(a, point, integers) for a in t.args]
    first, rest = args[0], args[1:]
    if t.op in ("sqrt", "log", "exp"):
        return {"sqrt": root, "log": logarithm, "exp": exponential}[t.op](first)
    if t.op == "-":
        return -first
    if t.op == "abs":
        return -first if sign(first) < 0 else first
    for b in rest:
        if t.op == "/":
            first = divide(first, b)
        elif t.op == "+":
            first = combine(first, b, lambda x, y: x + y)
        elif t.op == "*":
            first = combine(first, b, lambda x, y: x * y)
        else:
            larger = sign(combine(first, b, lambda x, y: x - y)) >= 0
            first = first if larger == (t.op == "max") else b
    return first


def holds(f, point, integers):
    """The truth value, connectives from left to right; raises Undefined or Undecided."""
    if isinstance(f, Rel):
        lhs, rhs = value(f.lhs, point, integers), value(f.rhs, point, integers)
        s = sign(combine(lhs, rhs, lambda x, y: x - y))
        return {"==": s == 0, "!=": s != 0, "<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0}[f.op]
    if f.op == "and":
        return all(holds(a, point, integers) for a in f.args)
    if f.op == "or":
        return any(holds(a, point, integers) for a in f.args)
    if f.op == "not":
        return not holds(f.args[0], point, integers)
    if f.op == "implies":
        return not holds(f.args[0], point, integers) or holds(f.args[1], point, integers)
    return holds(f.args[0], point, integers) == holds(f.args[1], point, integers)


def admissible(sequent, point):
    """Whether the point lies in the declared domain and every hypothesis is defined and true there."""
    integers = {name for name, kind in sequent.variables if kind == "integer"}
    if any(point[name].denominator != 1 for name in integers):
        return False
    try:
        return all(holds(h, point, integers) for h in sequent.hypotheses)
    except Undefined:
        return False


def refutes(sequent, point):
    integers = {name for name, kind in sequent.variables if kind == "integer"}
    try:
        return not holds(sequent.goal, point, integers)
    except Undefined:
        return True


# ---------------------------------------------------------------- sampling

SMALL = [Fraction(p, q) for q in (1, 2, 3, 5, 10) for p in range(-3 * q, 3 * q + 1)]
LARGE = [Fraction(n) for n in (-1000, -40, -7, 4, 5, 6, 10, 25, 300)] + [Fraction(1, 100), Fraction(-1, 100)]


def draw(sequent, rng):
    style = rng.random()
    pool = [v for v in SMALL if v > 0] if style < 0.45 else SMALL if style < 0.85 else SMALL[:7] * 6 + LARGE
    point = {}
    for name, kind in sequent.variables:
        v = rng.choice(pool)
        point[name] = Fraction(round(v * rng.choice((1, 3)))) if kind == "integer" else v
    if len(point) > 1 and rng.random() < 0.15:
        point[rng.choice(list(point))] = rng.choice(list(point.values()))
    return point


def solve_equations(sequent, point, rng):
    """Moves the point onto the equations among the hypotheses, one variable at a time, where that is linear."""
    for h in sequent.hypotheses:
        if not (isinstance(h, Rel) and h.op == "=="):
            continue
        names = sorted(variables_of(h))
        rng.shuffle(names)
        if isinstance(h.lhs, Var):
            names = [h.lhs.name]
        for name in names:
            try:
                at = [
                    value(App("+", (h.lhs, App("-", (h.rhs,)))), point | {name: Fraction(k)}, set()) for k in (0, 1, 2)
                ]
            except (Undefined, Undecided):
                continue
            slope = at[1] - at[0]
            if all(isinstance(v, Fraction) for v in at) and at[2] - at[1] == slope != 0:
                point = point | {name: -at[0] / slope}
                break
    return point


def points(sequent, *, wanted=60, tries=12000):
    """Admissible points, reproducibly."""
    rng = random.Random(7)
    found = 0
    circle = [Fraction(k, 7) for k in range(-6, 7)]
    for _ in range(tries):
        point = solve_equations(sequent, draw(sequent, rng), rng)
        if {"x", "y"} == set(point) and rng.random() < 0.3:
            k = rng.choice(circle)
            point = {"x": (1 - k * k) / (1 + k * k), "y": 2 * k / (1 + k * k)}
        try:
            if not admissible(sequent, point):
                continue
        except Undecided:
            continue
        found += 1
        yield point
        if found == wanted:
            return


# ---------------------------------------------------------------- tests


def problem(entry):
    return parse_problem(entry["statement"], entry["assume"])


def test_the_corpora_are_large_and_their_entries_distinct():
    assert len(TRUE) >= 120 and len(FALSE) >= 120 and len(EMPTY) >= 10
    everything = TRUE + FALSE + EMPTY
    assert len({e["id"] for e in everything}) == len(everything)
    sequents = [json.dumps(to_json(problem(e)), sort_keys=True) for e in everything]
    repeated = {e["id"] for e, s in zip(everything, sequents, strict=True) if sequents.count(s) > 1}
    assert not repeated


@cases(TRUE + FALSE + EMPTY)
def test_entries_are_complete_and_read_back(entry):
    keys = {"id", "statement", "assume", "topic", "why"} | ({"witness"} if entry["id"].startswith("false") else set())
    assert set(entry) == keys and entry["why"]
    sequent = problem(entry)
    assert parse_statement(str(sequent.goal)) == sequent.goal
    for h in sequent.hypotheses:
        assert parse_statement(str(h)) == h


@cases([e for e in FALSE if e["witness"] is not None])
def test_false_entries_are_refuted_by_their_witness(entry):
    sequent = problem(entry)
    point = {name: parse_rational(text) for name, text in entry["witness"].items()}
    assert set(point) == {name for name, _ in sequent.variables}
    assert admissible(sequent, point), "the witness violates an assumption"
    assert refutes(sequent, point), "the statement holds at the witness"


@cases([e for e in FALSE if e["witness"] is None])
def test_false_entries_without_a_rational_witness(entry):
    assert entry["topic"] in ("irrational", "constraints")
    sequent = problem(entry)
    assert not any(refutes_or_undecided(sequent, p) for p in points(sequent, wanted=40))


def refutes_or_undecided(sequent, point):
    try:
        return refutes(sequent, point)
    except Undecided:
        return False


@cases(TRUE)
def test_true_entries_hold_at_many_points(entry):
    sequent = problem(entry)
    tried = 0
    for point in points(sequent):
        tried += 1
        assert not refutes_or_undecided(sequent, point), f"counterexample {point}"
    assert tried >= (1 if not sequent.variables or entry["statement"] == "x == 1" else 20), f"only {tried} points"


@cases(EMPTY)
def test_empty_domains_have_no_points(entry):
    assert not list(points(problem(entry), wanted=1, tries=500))


def test_the_evaluator_knows_the_language():
    def at(text, **point):
        point = {name: Fraction(v) for name, v in point.items()}
        return holds(parse_statement(text), point, {"n"})

    assert at("sqrt(x) == 3/2", x="9/4") and at("x^0 == 1", x=0) and at("x^n == -8", x=-2, n=3)
    assert at("exp(1) > 2.71828182845904523") and not at("log(2) == 0.69314718")
    assert at("max(x, y, 1) - min(x, y) == 3 and abs(x) == 2", x=-2, y=0)
    for text in ("1/x == 1", "log(x) == 1", "x^-1 == 1", "x^n == 0", "x^y == 0", "x == 1 or 1/x == 1"):
        with pytest.raises(Undefined):
            at(text, x=0, y=1, n=2)
    with pytest.raises(Undecided):
        at("exp(log(x)) == x", x=2)


def test_no_entry_uses_an_unknown_relation():
    assert {r.op for e in TRUE + FALSE + EMPTY for r in relations(problem(e).goal)} == {
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
    }
    assert all(isinstance(problem(e).goal, Rel | Bool) for e in TRUE)
