"""The proof checker: reads a certificate, trusts nothing in it, and imports nothing but the standard library.

``python -I -m verify.kernel.checker FILE`` prints ``accepted`` (exit code 0), ``refused`` with a reason (1), or what
kept it
from reading the file (2). A certificate is JSON,
``{"schema": 1, "theorems": [{"id", "variables", "hypotheses", "definitions", "goal", "proof"}, ...]}``; a theorem may
cite those before it and the last one is the result. The statement proved is: for all real (integer where declared)
values of the variables, if every hypothesis is defined and true and every definition ``name == term`` holds, then the
definitions' terms and the goal are defined and the goal is true. A goal ``["limit", t, x, "oo" or "0+", value]`` says
that t is defined for all large (small positive) x and tends to the value, which is defined; definitions are put in, so
those that a limit does not use do not matter.

What is defined is read off the form of the statement, once, by ``defined``; from there on all functions are total.
Their values where the statement would be undefined (``1/0``, ``log(-1)``) are arbitrary but fixed functions of the
values of their arguments, so equal arguments give equal values, and a rule clears a denominator only where the facts
show that it is not zero. One function P stands for ``x^y`` whatever the exponent looks like: P(x, y) is the whole power
where y is an integer and x != 0 or 0 <= y, the real power where 0 < x, 0 where x = 0 < y, and arbitrary elsewhere;
where two of these apply they agree. So replacing y by 2 in ``x^y`` replaces equals by equals, also for a negative x,
while the statement ``x^y`` with a real variable y is defined for positive x alone.

A proof is a tree of nodes; each rule turns one state (facts, goal) into the states that remain. It is sound if, at any
values of the variables at which all facts of a state are true, its goal is true whenever the remaining states hold at
all values of theirs. Formulas are kept in negation normal form with the relations ``==  !=  <  <=`` only. Terms are
names, numbers and tuples ``(operator, argument, ...)``.

All work is counted, by one counter for a certificate: nodes of terms and formulas, products of coefficients, the bits
of large numbers, copied facts. What takes more than ``LIMIT`` is refused, and so is what is nested too deeply.
"""

import sys

if __name__ == "__main__":  # as a program: a json.py in the current folder, or beside this file, must not be imported
    sys.path[:] = [
        p for p in sys.path[not sys.flags.safe_path :] if p.startswith((sys.base_prefix, sys.base_exec_prefix))
    ]

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import gcd, prod
from typing import Any

Term = Any
Formula = tuple[Any, ...]
Poly = dict[int, Any]  # packed exponents -> coefficient
Quotient = tuple[Poly, dict[tuple, int], tuple]  # numerator, denominator factors, terms that must not vanish
Spend = Callable[[int], None]

ARITY = {"+": (2, 999), "*": (2, 999), "-": (1, 1), "/": (2, 2), "^": (2, 2), "sqrt": (1, 1), "exp": (1, 1),
         "log": (1, 1), "abs": (1, 1), "min": (1, 999), "max": (1, 999)}  # fmt: skip
RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
CONNECTIVES = {"and": (0, 9999), "or": (0, 9999), "not": (1, 1), "implies": (2, 2), "iff": (2, 2)}
THEOREM = ("id", "variables", "hypotheses", "definitions", "goal", "proof")
LIMIT_RULES = ("limit", "compose", "have", "axiom", "cite")
TRUE: Formula = ("and",)
FALSE: Formula = ("or",)
DEPTH, WORK, EXPONENT, RESIDUES = 180, 30_000_000, 400, 100_000
LIMIT = 2_000_000  # units of work for one certificate; the largest of the theory takes a third
NESTED = 250  # levels of a term or formula that a rule makes
BYTES = 4_000_000  # of a file
POINTS = 2000  # at which a polynomial is tried for integer values
FIELD, GUARD = 20, 19  # bits for one exponent in a packed monomial; the top bit must stay clear
ANY = frozenset((-1, 0, 1))
EXCLUDES = {-1: lambda t: ("<=", 0, t), 1: lambda t: ("<=", t, 0), 0: lambda t: ("!=", t, 0)}

# name: (letters to instantiate, conditions, conclusion); the letters m and n stand for integer-valued terms.
AXIOMS: dict[str, tuple[str, tuple[Formula, ...], Formula]] = {
    # Order: between integers m < n there is at least one step; two numbers with a <= b <= a are equal.
    "gap": ("mn", (("<", "m", "n"),), ("<=", ("+", "m", 1), "n")),
    "equal": ("ab", (("<=", "a", "b"), ("<=", "b", "a")), ("==", "a", "b")),
    # Definitions of abs, min and max, by cases.
    "abs right": ("a", (("<=", 0, "a"),), ("==", ("abs", "a"), "a")),
    "abs left": ("a", (("<=", "a", 0),), ("==", ("abs", "a"), ("-", "a"))),
    "min left": ("ab", (("<=", "a", "b"),), ("==", ("min", "a", "b"), "a")),
    "min right": ("ab", (("<=", "b", "a"),), ("==", ("min", "a", "b"), "b")),
    "max left": ("ab", (("<=", "b", "a"),), ("==", ("max", "a", "b"), "a")),
    "max right": ("ab", (("<=", "a", "b"),), ("==", ("max", "a", "b"), "b")),
    # Roots: sqrt(a) is the number >= 0 with square a, where 0 <= a.
    "sqrt sign": ("a", (("<=", 0, "a"),), ("<=", 0, ("sqrt", "a"))),
    "sqrt positive": ("a", (("<", 0, "a"),), ("<", 0, ("sqrt", "a"))),
    "sqrt square": ("a", (("<=", 0, "a"),), ("==", ("^", ("sqrt", "a"), 2), "a")),
    "sqrt square factor": ("ab", (("<=", 0, "a"), ("<=", 0, "b")),
                           ("==", ("sqrt", ("*", ("^", "a", 2), "b")), ("*", "a", ("sqrt", "b")))),
    # exp is positive, lies on or above its tangent at 0, turns sums into products, and grows; log undoes it.
    "exp positive": ("a", (), ("<", 0, ("exp", "a"))),
    "exp tangent": ("a", (), ("<=", ("+", 1, "a"), ("exp", "a"))),
    "exp strict tangent": ("a", (("!=", "a", 0),), ("<", ("+", 1, "a"), ("exp", "a"))),
    "exp zero": ("", (), ("==", ("exp", 0), 1)),
    "exp sum": ("ab", (), ("==", ("exp", ("+", "a", "b")), ("*", ("exp", "a"), ("exp", "b")))),
    "exp log": ("a", (("<", 0, "a"),), ("==", ("exp", ("log", "a")), "a")),
    "exp less": ("ab", (("<", "a", "b"),), ("<", ("exp", "a"), ("exp", "b"))),
    "exp at most": ("ab", (("<=", "a", "b"),), ("<=", ("exp", "a"), ("exp", "b"))),
    # log is defined for positive numbers, undoes exp, lies on or below its tangent at 1, and grows.
    "log one": ("", (), ("==", ("log", 1), 0)),
    "log exp": ("a", (), ("==", ("log", ("exp", "a")), "a")),
    "log tangent": ("a", (("<", 0, "a"),), ("<=", ("log", "a"), ("+", "a", -1))),
    "log strict tangent": ("a", (("<", 0, "a"), ("!=", "a", 1)), ("<", ("log", "a"), ("+", "a", -1))),
    "log product": ("ab", (("<", 0, "a"), ("<", 0, "b")),
                    ("==", ("log", ("*", "a", "b")), ("+", ("log", "a"), ("log", "b")))),
    "log quotient": ("ab", (("<", 0, "a"), ("<", 0, "b")),
                     ("==", ("log", ("/", "a", "b")), ("+", ("log", "a"), ("-", ("log", "b"))))),
    "log power": ("ab", (("<", 0, "a"),), ("==", ("log", ("^", "a", "b")), ("*", "b", ("log", "a")))),
    "log less": ("ab", (("<", 0, "a"), ("<", "a", "b")), ("<", ("log", "a"), ("log", "b"))),
    "log at most": ("ab", (("<", 0, "a"), ("<=", "a", "b")), ("<=", ("log", "a"), ("log", "b"))),
    # Powers, one function of two numbers (see above). A base that may be zero or negative wants integers m, n, and
    # 0 <= n where it may be zero; a positive base allows any exponent: a^b = exp(b log a).
    "power zero": ("b", (("<", 0, "b"),), ("==", ("^", 0, "b"), 0)),
    "power natural sum": ("amn", (("<=", 0, "m"), ("<=", 0, "n")),
                          ("==", ("^", "a", ("+", "m", "n")), ("*", ("^", "a", "m"), ("^", "a", "n")))),
    "power positive": ("ab", (("<", 0, "a"),), ("<", 0, ("^", "a", "b"))),
    "power nonzero": ("an", (("!=", "a", 0),), ("!=", ("^", "a", "n"), 0)),
    "power sum": ("abc", (("<", 0, "a"),),
                  ("==", ("^", "a", ("+", "b", "c")), ("*", ("^", "a", "b"), ("^", "a", "c")))),
    "power integer sum": ("amn", (("!=", "a", 0),),
                          ("==", ("^", "a", ("+", "m", "n")), ("*", ("^", "a", "m"), ("^", "a", "n")))),
    "power product": ("abc", (("<", 0, "a"), ("<", 0, "b")),
                      ("==", ("^", ("*", "a", "b"), "c"), ("*", ("^", "a", "c"), ("^", "b", "c")))),
    "power integer product": ("abn", (("!=", "a", 0), ("!=", "b", 0)),
                              ("==", ("^", ("*", "a", "b"), "n"), ("*", ("^", "a", "n"), ("^", "b", "n")))),
    "power quotient": ("abc", (("<", 0, "a"), ("<", 0, "b")),
                       ("==", ("^", ("/", "a", "b"), "c"), ("/", ("^", "a", "c"), ("^", "b", "c")))),
    "power power": ("abc", (("<", 0, "a"),), ("==", ("^", ("^", "a", "b"), "c"), ("^", "a", ("*", "b", "c")))),
    "power negative": ("ab", (("<", 0, "a"),), ("==", ("*", ("^", "a", ("-", "b")), ("^", "a", "b")), 1)),
    "power exp": ("ab", (("<", 0, "a"),), ("==", ("^", "a", "b"), ("exp", ("*", "b", ("log", "a"))))),
    "power base less": ("abc", (("<", 0, "a"), ("<", "a", "b"), ("<", 0, "c")),
                        ("<", ("^", "a", "c"), ("^", "b", "c"))),
    "power base at most": ("abc", (("<", 0, "a"), ("<=", "a", "b"), ("<=", 0, "c")),
                           ("<=", ("^", "a", "c"), ("^", "b", "c"))),
    "power grows": ("abc", (("<", 1, "a"), ("<", "b", "c")), ("<", ("^", "a", "b"), ("^", "a", "c"))),
    "power shrinks": ("abc", (("<", 0, "a"), ("<", "a", 1), ("<", "b", "c")), ("<", ("^", "a", "c"), ("^", "a", "b"))),
    "power grows at most": ("abc", (("<=", 1, "a"), ("<=", "b", "c")), ("<=", ("^", "a", "b"), ("^", "a", "c"))),
    "power shrinks at most": ("abc", (("<", 0, "a"), ("<=", "a", 1), ("<=", "b", "c")),
                              ("<=", ("^", "a", "c"), ("^", "a", "b"))),
    "power one": ("a", (), ("==", ("^", 1, "a"), 1)),
    "power even": ("n", (), ("==", ("^", -1, ("*", 2, "n")), 1)),
    "power integer negative": ("an", (("!=", "a", 0),), ("==", ("*", ("^", "a", ("-", "n")), ("^", "a", "n")), 1)),
    "power natural product": ("abn", (("<=", 0, "n"),),
                              ("==", ("^", ("*", "a", "b"), "n"), ("*", ("^", "a", "n"), ("^", "b", "n")))),
    "power integer quotient": ("abn", (("!=", "a", 0), ("!=", "b", 0)),
                               ("==", ("^", ("/", "a", "b"), "n"), ("/", ("^", "a", "n"), ("^", "b", "n")))),
    "power natural quotient": ("abn", (("!=", "b", 0), ("<=", 0, "n")),
                               ("==", ("^", ("/", "a", "b"), "n"), ("/", ("^", "a", "n"), ("^", "b", "n")))),
    "power integer power": ("amn", (("!=", "a", 0),), ("==", ("^", ("^", "a", "m"), "n"), ("^", "a", ("*", "m", "n")))),
    "power natural power": ("amn", (("<=", 0, "m"), ("<=", 0, "n")),
                            ("==", ("^", ("^", "a", "m"), "n"), ("^", "a", ("*", "m", "n")))),
    "power natural sign": ("an", (("<=", 0, "a"), ("<=", 0, "n")), ("<=", 0, ("^", "a", "n"))),
    "power natural base less": ("abn", (("<=", 0, "a"), ("<", "a", "b"), ("<", 0, "n")),
                                ("<", ("^", "a", "n"), ("^", "b", "n"))),
    "power natural base at most": ("abn", (("<=", 0, "a"), ("<=", "a", "b"), ("<=", 0, "n")),
                                   ("<=", ("^", "a", "n"), ("^", "b", "n"))),
    "power natural tangent": ("an", (("<=", 0, "a"), ("<=", 0, "n")),  # Bernoulli's inequality
                              ("<=", ("+", 1, ("*", "n", ("+", "a", -1))), ("^", "a", "n"))),
    "power natural abs": ("an", (("<=", 0, "n"),), ("==", ("abs", ("^", "a", "n")), ("^", ("abs", "a"), "n"))),
}  # fmt: skip


def whole(x: Fraction) -> Any:
    """An integer where the number is one: integers are faster."""
    return x.numerator if x.denominator == 1 else x


class Refused(Exception):
    """The certificate does not prove its statement; the message says where it fails."""


def need(condition: bool, reason: str) -> None:
    if not condition:
        raise Refused(reason)


def shown(x: Any, most: int = 200) -> str:
    """Text from outside on one line of printable ASCII, so that it can't pass for a line of this program."""
    text = "".join(c if " " <= c <= "~" else c.encode("unicode_escape").decode() for c in str(x)[: most + 1])
    return text if len(text) <= most else text[:most] + "..."


def free(units: int) -> None:
    """What a function spends its work with where nobody counts."""


def bits(x: Any) -> int:
    return x.bit_length() if isinstance(x, int) else x.numerator.bit_length() + x.denominator.bit_length()


def measure(x: Any, at: Mapping[str, tuple[int, int]] | None = None) -> tuple[int, int]:
    """The number of nodes of a term or formula and its levels; ``at``: those of what is put for a name.

    Refused where there are too many of either. Parts that are shared in memory count as often as they occur.
    """
    size = depth = extra = 0
    level = [x]
    while level:
        depth += 1
        below: list[Any] = []
        for y in level:
            if isinstance(y, tuple):
                below.extend(y[1:])
            elif at is not None and isinstance(y, str) and y in at:
                size += at[y][0]
                extra = max(extra, depth - 1 + at[y][1])
        size += len(level)
        need(size < LIMIT, "a term is too large")
        need(max(depth, extra) <= 2 * NESTED, "a term is nested too deeply")
        level = below
    return size, max(depth, extra)


# ---------------------------------------------------------------- reading


def read_number(x: Any) -> Any:
    need(isinstance(x, str) and re.fullmatch(r"-?[0-9]{1,2000}(/[0-9]{1,2000})?", x) is not None, "not a number")
    need("/" not in x or int(x.split("/")[1]) != 0, "zero denominator in a number")
    value = Fraction(x)
    need(str(value) == x, f"the number {shown(x)} is not in lowest terms")
    return value.numerator if value.denominator == 1 else value


def read_term(x: Any, depth: int = 0) -> Term:
    need(depth < DEPTH, "a term is nested too deeply")
    if isinstance(x, str):
        return read_atom(x)
    need(isinstance(x, list) and bool(x) and isinstance(x[0], str) and x[0] in ARITY, "not a term")
    low, high = ARITY[x[0]]
    need(low <= len(x) - 1 <= high, f"wrong number of arguments of {x[0]}")
    return (x[0], *[read_term(a, depth + 1) for a in x[1:]])


@lru_cache(maxsize=20_000)
def read_atom(x: str) -> Term:
    return read_number(x) if x[:1].isdigit() or x[:1] == "-" else read_name(x)


def read_name(x: Any) -> str:
    need(isinstance(x, str) and x.isidentifier() and len(x) <= 200, "not a name")
    return x


def read_formula(x: Any, depth: int = 0) -> Formula:
    need(depth < DEPTH and isinstance(x, list) and bool(x) and isinstance(x[0], str), "not a formula")
    if x[0] in RELATIONS:
        need(len(x) == 3, "a relation has two sides")
        return (x[0], read_term(x[1]), read_term(x[2]))
    need(x[0] in CONNECTIVES, "not a formula")
    low, high = CONNECTIVES[x[0]]
    need(low <= len(x) - 1 <= high, f"wrong number of arguments of {x[0]}")
    return (x[0], *[read_formula(a, depth + 1) for a in x[1:]])


def fields(x: Any, *names: str) -> list[Any]:
    need(isinstance(x, dict) and set(x) == set(names), f"expected exactly the fields {', '.join(names)}")
    return [x[name] for name in names]


def items(x: Any) -> list[Any]:
    need(isinstance(x, list), "expected a list")
    return x


# ---------------------------------------------------------------- terms and formulas


def names_in(x: Any) -> set[str]:
    """The variables of a term or formula."""
    found, todo = set(), [x]
    for y in todo:
        if isinstance(y, tuple):
            todo.extend(y[1:])
        elif isinstance(y, str):
            found.add(y)
    return found


def substitute(x: Any, theta: dict[str, Term]) -> Any:
    """Simultaneous substitution of terms for variables, in a term or a formula, neither of which binds a name."""
    if isinstance(x, tuple):  # most parts of a term are names and numbers: they are done here, for speed
        return (x[0], *[substitute(a, theta) if isinstance(a, tuple) else theta.get(a, a) for a in x[1:]])
    return theta.get(x, x)


def rewrite(x: Any, old: Term, new: Term) -> Any:
    """Replace every occurrence of a term; formulas and terms are never equal."""
    if x == old:
        return new
    if not isinstance(x, tuple):
        return x
    return (x[0], *[rewrite(a, old, new) if isinstance(a, tuple) else new if a == old else a for a in x[1:]])


def minus(a: Term, b: Term) -> Term:
    return ("+", a, ("-", b))


def rational(t: Term) -> bool:
    """Whether the outermost operation of a term is one of a rational function."""
    return t[0] in ("+", "*", "-", "/") or (t[0] == "^" and isinstance(t[2], int))


def is_difference(t: Term) -> bool:
    return isinstance(t, tuple) and t[0] == "+" and len(t) == 3 and isinstance(t[2], tuple) and t[2][0] == "-"


def negate(f: Formula, spend: Spend = free) -> Formula:
    """The negation, pushed down to relations: not a < b is b <= a, and so on (De Morgan)."""
    spend(4 * len(f))
    op, *args = f
    if op in RELATIONS:
        return ({"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op], *args)
    if op == "not":
        return args[0]
    if op == "implies":
        return ("and", args[0], negate(args[1], spend))
    if op == "iff":
        return ("or", ("and", args[0], negate(args[1], spend)), ("and", args[1], negate(args[0], spend)))
    return ("or" if op == "and" else "and", *[negate(a, spend) for a in args])


def normal(f: Formula, spend: Spend = free) -> Formula:
    """Negation normal form: relations == != < <= under flattened ``and`` and ``or``."""
    spend(6 * len(f))
    op, *args = f
    if op in RELATIONS:
        return ({">": "<", ">=": "<="}[op], args[1], args[0]) if op in (">", ">=") else f
    if op == "not":
        return normal(negate(args[0], spend), spend)
    if op == "implies":
        return normal(("or", negate(args[0], spend), args[1]), spend)
    if op == "iff":
        return normal(("and", ("implies", *args), ("implies", args[1], args[0])), spend)
    flat = [p for a in [normal(a, spend) for a in args] for p in (a[1:] if a[0] == op else (a,))]
    spend(len(flat))
    return flat[0] if len(flat) == 1 else (op, *flat)


def whole_when(t: Term, kinds: dict[str, str], spend: Spend = free) -> list[Formula] | None:
    """Conditions under which ``t`` is an integer, read off its form; None if its form does not show one.

    Integers, and ``+ * - abs min max`` of whole terms; ``a^b`` of whole terms where 0 <= b; a polynomial with rational
    coefficients in integer variables, such as n(n + 1)/2, whose values at all integers are integers.
    """
    spend(1)
    if not isinstance(t, tuple):
        return [] if (kinds.get(t) == "integer" if isinstance(t, str) else isinstance(t, int)) else None
    if t[0] in ("+", "*", "-", "abs", "min", "max", "^"):
        parts = [whole_when(a, kinds, spend) for a in t[1:]]
        if None not in parts:
            found = dict.fromkeys(c for part in parts if part is not None for c in part)
            spend(sum(measure(c)[0] for c in found))
            if t[0] == "^" and not isinstance(t[2], int):
                found[("<=", 0, t[2])] = None
            return None if t[0] == "^" and isinstance(t[2], int) and t[2] < 0 else list(found)
    return [] if whole_polynomial(t, kinds, spend) else None


def whole_polynomial(t: Term, kinds: dict[str, str], spend: Spend) -> bool:
    """Whether ``t`` is a polynomial in integer variables, with rational coefficients and integer values.

    If D t has integer coefficients, then D t(n) modulo D depends on n modulo D alone, so D^k points decide. At most
    ``POINTS`` are looked at.
    """
    nodes = measure(t)[0]
    spend(3 * nodes)
    names = sorted(names_in(t))
    scale = scaled(t, dict.fromkeys(names, 0), 1)[0] if all(kinds.get(x) == "integer" for x in names) else 0
    if scale == 0 or scale ** len(names) > POINTS:
        return False
    for values in itertools.product(range(scale), repeat=len(names)):
        spend(5 * nodes)
        if scaled(t, dict(zip(names, values, strict=True)), scale)[1] != 0:
            return False
    return True


def scaled(t: Term, at: dict[str, int], modulus: int) -> tuple[int, int]:
    """A number D such that D t has integer coefficients, and D t at a point modulo ``modulus``.

    D is 0 where ``t`` is no polynomial, or where D would be above ``POINTS``.
    """
    if isinstance(t, str):
        return 1, at[t] % modulus
    if not isinstance(t, tuple):
        number = Fraction(t)
        return (number.denominator, number.numerator % modulus) if number.denominator <= POINTS else (0, 0)
    scale, value = scaled(t[1], at, modulus)
    if scale == 0 or t[0] == "-":
        return scale, -value % modulus
    if t[0] == "^" and isinstance(t[2], int) and 0 <= t[2] < (2**64 if scale == 1 else POINTS.bit_length()):
        scale, value = scale ** t[2], pow(value, t[2], modulus)
    elif t[0] == "/" and not isinstance(t[2], (str, tuple)) and 0 < abs(Fraction(t[2]).numerator) <= POINTS:
        by = Fraction(t[2])
        scale, value = scale * abs(by.numerator), value * by.denominator * (1 if by > 0 else -1) % modulus
    elif t[0] in ("+", "*"):
        for a in t[2:]:
            other, more = scaled(a, at, modulus)
            if t[0] == "*":
                scale, value = scale * other, value * more % modulus
            else:
                common = scale * other // (gcd(scale, other) or 1)
                value = (value * (common // scale) + more * (common // other)) % modulus if common else 0
                scale = common
            if not 0 < scale <= POINTS:
                return 0, 0
    else:
        return 0, 0
    return (scale, value) if scale <= POINTS else (0, 0)


def integer_valued(t: Term, kinds: dict[str, str]) -> bool:
    """Whether ``t`` is an integer by its form, for all values of its variables."""
    return whole_when(t, kinds) == []


def term_conditions(t: Term, kinds: dict[str, str], spend: Spend = free) -> list[Formula]:
    """What must hold for ``t`` to denote a real number, innermost conditions first.

    ``x^0`` is 1 for every x, a positive rational literal exponent wants 0 <= x, another real exponent 0 < x. One that
    is whole, by its form and under the conditions of ``whole_when``, wants x != 0 or 0 <= exponent.
    """
    if not isinstance(t, tuple):
        return []
    spend(2 * len(t))
    out = [c for a in t[1:] if isinstance(a, tuple) for c in term_conditions(a, kinds, spend)]
    before = len(out)
    op, first, last = t[0], t[1], t[-1]
    number = None if isinstance(first, (str, tuple)) else first
    if op == "/" and (isinstance(last, (str, tuple)) or last == 0):
        out.append(("!=", last, 0))
    elif op == "log" and not (number is not None and number > 0):
        out.append(("<", 0, first))
    elif op == "sqrt" and not (number is not None and number >= 0):
        out.append(("<=", 0, first))
    elif op == "^" and not isinstance(last, int):
        whole = whole_when(last, kinds, spend)
        if whole is None and not isinstance(last, (str, tuple)) and last > 0:  # x^(1/3) is 0 at 0
            if number is None or number < 0:
                out.append(("<=", 0, first))
        elif whole is None:
            if number is None or number <= 0:
                out.append(("<", 0, first))
        else:
            inner = () if number is not None and number != 0 else (("or", ("!=", first, 0), ("<=", 0, last)),)
            if whole and (number is None or number <= 0):
                out.append(("or", ("<", 0, first), ("and", *whole, *inner)))
            elif not whole:
                out.extend(inner)
    elif op == "^" and last < 0 and (number is None or number == 0):
        out.append(("!=", first, 0))
    spend(len(out) + sum(measure(c)[0] for c in out[before:]))
    return out


def defined(f: Formula, kinds: dict[str, str], spend: Spend = free) -> Formula:
    """When ``f`` has a truth value; connectives are read from left to right."""
    op, *args = f
    if op in RELATIONS:
        conditions = [c for a in args for c in term_conditions(a, kinds, spend)]
        return ("and", *dict.fromkeys(conditions))
    if op in ("not", "iff"):
        return ("and", *[defined(a, kinds, spend) for a in args])
    out: list[Formula] = []
    before: list[Formula] = []
    for a in args:
        spend(len(before) + 1)
        out.append(("implies", ("and", *before), defined(a, kinds, spend)))
        before.append(negate(a, spend) if op == "or" else a)
    return ("and", *out)


def derivative(t: Term, x: str, spend: Spend = free) -> Term:
    """The derivative in ``x``, valid in the inside of an interval on which ``t`` and the result are defined.

    Sound because on such an interval every base of a power with a real exponent is positive, or not negative with an
    exponent above 1 (where it vanishes inside, so does its slope); ``abs``, ``min`` and ``max`` of x are refused.
    """
    spend(4 * measure(t)[0])
    if x not in names_in(t):
        return 0
    if isinstance(t, str):
        return 1
    op, a, b = t[0], t[1], t[-1]
    if op in ("+", "-"):
        parts = [d for d in (derivative(s, x, spend) for s in t[1:]) if d != 0]
        return ("-", parts[0]) if op == "-" else parts[0] if len(parts) == 1 else ("+", *parts)
    if op == "*":
        parts = [
            ("*", derivative(s, x, spend), *t[1:i], *t[i + 1 :]) for i, s in enumerate(t) if i and x in names_in(s)
        ]
        return parts[0] if len(parts) == 1 else ("+", *parts)
    da = derivative(a, x, spend)
    if op == "/":
        return (
            ("/", minus(("*", da, b), ("*", a, derivative(b, x, spend))), ("^", b, 2))
            if x in names_in(b)
            else ("/", da, b)
        )
    if op == "^" and x not in names_in(b):
        return ("*", b, ("^", a, b - 1 if not isinstance(b, (str, tuple)) else ("+", b, -1)), da)
    if op == "^":
        return ("*", t, ("+", ("*", derivative(b, x, spend), ("log", a)), ("*", b, ("/", da, a))))
    need(op in ("exp", "log", "sqrt"), f"{op} is not differentiated")
    return ("*", t, da) if op == "exp" else ("/", da, a if op == "log" else ("*", 2, t))


# ---------------------------------------------------------------- polynomials


class Algebra:
    """Quotients of polynomials in atoms: variables, function values and symbolic powers.

    ``quotient(t)`` gives n, d and r such that t = n/d at all values at which no term of r is zero; r has every divisor
    in t, so no factor of d is zero there either. Without a ``limit`` only products of coefficients are counted, up to
    ``WORK``: so the prover runs, which has a budget of its own.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.atoms: list[Term] = []
        self.index: dict[Term, int] = {}
        self.sizes: list[int] = []
        self.memo: dict[Term, Quotient] = {}
        self.limited, self.most = limit is not None, WORK if limit is None else limit
        self.work = self.guard = 0

    def spend(self, units: int) -> None:
        if self.limited:
            self.work += units
            need(self.work < self.most, "the proof takes too much work")

    def arithmetic(self, *numbers: Any) -> None:
        """Counts operations on large numbers: divisors of n bits are found in some n^2 steps."""
        self.spend(sum(1 + (bits(x) ** 2 >> 16) for x in numbers))

    def atom(self, t: Term) -> Poly:
        if t not in self.index:
            self.index[t] = len(self.atoms)
            self.guard |= 1 << (FIELD * len(self.atoms) + GUARD)
            self.atoms.append(t)
            self.sizes.append(measure(t)[0])
        self.spend(1 + len(self.atoms) // 16)
        return {1 << (FIELD * self.index[t]): 1}

    def product(self, a: Poly, b: Poly) -> Poly:
        self.spend(1)
        if a == {0: 1} or b == {0: 1}:
            return b if a == {0: 1} else a
        self.work += len(a) * len(b)
        need(self.work < self.most, "the polynomials are too large")
        self.spend(
            len(a) * len(b) * (len(self.atoms) // 32) + (sum(map(bits, a.values())) * sum(map(bits, b.values())) >> 16)
        )
        out: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                k = m + n
                if k & self.guard:
                    raise Refused("an exponent is too large")
                v = out.get(k, 0) + c * d
                if not isinstance(v, int):
                    self.arithmetic(v)
                out[k] = v
        kept, size = {}, 0
        for k, c in out.items():
            if c:
                kept[k] = c
                size += c.numerator.bit_length() + c.denominator.bit_length()
        self.work += size // 64
        need(self.work < self.most and size < 50_000_000, "the numbers are too large")
        self.spend(len(kept) * (2 + len(self.atoms) // 16))
        return kept

    def total(self, a: Poly, b: Poly) -> Poly:
        self.spend((len(a) + len(b)) * (2 + len(self.atoms) // 16))
        out = dict(a)
        for m, c in b.items():
            v = out.get(m, 0) + c
            if not isinstance(v, int):
                self.arithmetic(v, c)
            out[m] = v
        return {m: c for m, c in out.items() if c}

    def hashed(self, factors: dict[tuple, int]) -> int:
        """What it costs to look up some factors: monomials are as long as there are atoms."""
        return sum(map(len, factors)) * (1 + len(self.atoms) // 32)

    def powers(self, factors: Iterable[tuple[tuple, int]]) -> Poly:
        out: Poly = {0: 1}
        for key, n in factors:
            self.spend(n + len(key) * (1 + len(self.atoms) // 32))
            for _ in range(n):
                out = self.product(out, dict(key))
        return out

    def exponents(self, m: int) -> Iterator[tuple[Term, int]]:
        for i, e in self.fields(m):
            yield self.atoms[i], e

    def fields(self, m: int) -> Iterator[tuple[int, int]]:
        """The numbers of the atoms in a monomial, with their exponents."""
        while m:
            self.spend(1 + len(self.atoms) // 32)
            i = ((m & -m).bit_length() - 1) // FIELD  # the lowest field that is not zero
            e = (m >> (FIELD * i)) & ((1 << FIELD) - 1)
            yield i, e
            m ^= e << (FIELD * i)

    def quotient(self, t: Term) -> Quotient:
        """Numerator, factors of the denominator, and the terms whose vanishing would make this invalid."""
        if self.limited:
            size, depth = measure(t)
            self.spend(size * (1 + depth // 16))  # a term is hashed once at every level
        return self.read(t)

    def read(self, t: Term) -> Quotient:
        if t not in self.memo:
            self.memo[t] = self._quotient(t)
        return self.memo[t]

    def _quotient(self, t: Term) -> Quotient:
        if isinstance(t, str):
            return self.atom(t), {}, ()
        if not isinstance(t, tuple):
            return ({0: t} if t else {}), {}, ()
        op, args = t[0], t[1:]
        if op == "-":
            n, d, r = self.read(args[0])
            self.spend(2 * len(n))
            return {m: -c for m, c in n.items()}, d, r
        if op == "+":
            n, d, r = self.read(args[0])
            for a in args[1:]:
                n2, d2, r2 = self.read(a)
                self.spend(self.hashed(d) + self.hashed(d2) + len(r) + len(r2))
                lcm = {k: max(d.get(k, 0), d2.get(k, 0)) for k in {**d, **d2}}
                left = self.powers((k, e - d.get(k, 0)) for k, e in lcm.items())
                right = self.powers((k, e - d2.get(k, 0)) for k, e in lcm.items())
                n, d = self.total(self.product(n, left), self.product(n2, right)), lcm
                r = self.joined(r, r2)
            return n, d, r
        if op == "*":
            return self.times([self.read(a) for a in args])
        if op == "/":
            return self.times([self.read(args[0]), self.inverse(args[1])])
        if op == "^" and isinstance(args[1], int):
            need(abs(args[1]) <= EXPONENT, "an exponent is too large")
            return self.times([self.read(args[0]) if args[1] > 0 else self.inverse(args[0])] * abs(args[1]))
        return self.atom(t), {}, ()

    def joined(self, r: tuple, r2: tuple) -> tuple:
        """All terms of both, each once."""
        if not r2 or r is r2:
            return r
        if self.limited:
            self.spend(sum(measure(t)[0] for t in (*r, *r2)))
        return tuple(dict.fromkeys(r + r2))

    def times(self, parts: list[Quotient]) -> Quotient:
        n: Poly = {0: 1}
        d: dict[tuple, int] = {}
        r: tuple = ()
        for n2, d2, r2 in parts:
            n = self.product(n, n2)
            self.spend(1 + self.hashed(d) + self.hashed(d2))
            d = {k: d.get(k, 0) + d2.get(k, 0) for k in {**d, **d2}}
            r = self.joined(r, r2)
        return n, d, r

    def inverse(self, t: Term) -> Quotient:
        """1/t where t is not zero: for a product or a whole power, the product of the factors' inverses."""
        n, d, r = self._inverse(t)
        return n, d, (*r, t)

    def _inverse(self, t: Term) -> Quotient:
        if isinstance(t, tuple) and t[0] == "*":
            return self.times([self._inverse(a) for a in t[1:]])
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and 0 < t[2] <= EXPONENT:
            return self.times([self._inverse(t[1])] * t[2])
        n, d, r = self.read(t)
        need(bool(n), "division by a term that is identically zero")
        lead = n[max(n)]
        below = self.powers(d.items())
        self.spend(2 * len(n) + sum(bits(lead) * bits(c) >> 12 for p in (n, below) for c in p.values()))
        key = tuple(sorted((m, whole(Fraction(c) / lead)) for m, c in n.items()))
        top = {m: whole(Fraction(c) / lead) for m, c in below.items()}
        return top, ({} if set(n) == {0} else {key: 1}), r


# ---------------------------------------------------------------- states


@dataclass(frozen=True)
class State:
    """What is to be shown: ``goal`` under ``facts`` (an ordered set) for all values of the variables."""

    kinds: dict[str, str]
    facts: dict[Formula, None]
    goal: Formula
    spend: Spend = field(default=free, compare=False, repr=False)

    def assume(self, *formulas: Formula, goal: Formula | None = None, new: Mapping[str, str] | None = None) -> "State":
        """The state with more facts, perhaps another goal, and ``new`` variables (name: kind)."""
        facts = self.copied()
        for f in formulas:
            g = normal(f, self.spend)
            self.count(g)
            facts.update(dict.fromkeys(g[1:] if g[0] == "and" else (g,)))
        kinds = {**self.kinds, **new} if new else self.kinds
        return State(kinds, facts, self.goal if goal is None else normal(goal, self.spend), self.spend)

    def copied(self) -> dict[Formula, None]:
        self.spend(2 * len(self.facts) + 2 * len(self.kinds) + 1)
        return dict(self.facts)

    def count(self, *parts: Any) -> None:
        """Counts the nodes of terms and formulas that are walked through."""
        if self.spend is not free:
            self.spend(sum(measure(x)[0] for x in parts))

    def put(self, x: Any, theta: dict[str, Term]) -> Any:
        """``substitute``, counted by the size of what comes out."""
        if self.spend is not free:
            self.count(x)
            used = {name: measure(theta[name]) for name in names_in(x) if name in theta}
            self.spend(sum(size for size, _ in used.values()))
            size, depth = measure(x, used)
            need(depth <= NESTED, "a term is nested too deeply")
            self.spend(2 * size)
        return substitute(x, theta)

    def exchange(self, x: Any, old: Term, new: Term) -> Any:
        """``rewrite``, counted by what is compared, at every level, and by the size of what comes out."""
        if self.spend is not free:
            size, depth = measure(x)
            self.spend(size * (1 + depth // 16))
        out = rewrite(x, old, new)
        if self.spend is not free:
            size, depth = measure(out)
            need(depth <= NESTED, "a term is nested too deeply")
            self.spend(2 * size)
        return out

    def replace(self, x: str, t: Term, new: Mapping[str, str]) -> "State":
        """The state with a term for a variable, which is gone then."""
        kinds = {**{k: v for k, v in self.kinds.items() if k != x}, **new}
        self.spend(2 * len(kinds))
        facts = {self.put(f, {x: t}): None for f in self.facts}
        return State(kinds, facts, self.put(self.goal, {x: t}), self.spend)

    def term(self, x: Any) -> Term:
        return self.scoped(read_term(x))

    def formula(self, x: Any) -> Formula:
        return self.scoped(normal(read_formula(x), self.spend))

    def scoped(self, x: Any) -> Any:
        self.count(x)
        need(all(name in self.kinds for name in names_in(x)), "a variable is not declared here")
        return x

    def fresh(self, x: Any) -> str:
        need(read_name(x) not in self.kinds, f"the name {shown(x)} is already used")
        return x

    def whole(self, t: Term) -> bool:
        """Whether ``t`` is an integer: by its form, under conditions that are known."""
        conditions = whole_when(t, self.kinds, self.spend)
        return conditions is not None and all(self.knows(normal(c, self.spend)) for c in conditions)

    def knows(self, f: Formula) -> bool:
        """Whether ``f`` (in normal form) is a fact, or weaker than one about the same terms, or numerically true."""
        if self.spend is not free:
            size, depth = measure(f)
            self.spend(size * (1 + depth // 16))
        return self.known(f)

    def known(self, f: Formula) -> bool:
        """``knows`` for a formula that was counted."""
        facts = self.facts
        if f in facts or FALSE in facts:
            return True
        op = f[0]
        if op in ("and", "or"):
            return (all if op == "and" else any)(self.known(a) for a in f[1:])
        a, b = f[1], f[2]
        if not isinstance(a, (str, tuple)) and not isinstance(b, (str, tuple)):
            return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b}[op]
        if a == b:
            return op in ("==", "<=")
        if op == "<=":
            return any(g in facts for g in (("<", a, b), ("==", a, b), ("==", b, a)))
        if op == "!=":
            return any(g in facts for g in (("!=", b, a), ("<", a, b), ("<", b, a)))
        return op == "==" and ("==", b, a) in facts


class Checker:
    """One run over one certificate: the polynomial algebra, which counts the work, and the theorems accepted so far.

    Every rule says which state it is applied to, which remain, and why the first follows from them.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.algebra = Algebra(limit)
        self.theorems: dict[str, tuple[dict[str, str], list[Formula]]] = {}
        self.spend: Spend = free if limit is None else self.algebra.spend

    # -- algebra under facts

    def vanishes(self, state: State, t: Term) -> bool:
        """Whether ``t`` is identically zero, all its denominators being non-zero under the facts."""
        numerator, _, nonzero = self.algebra.quotient(t)
        return not numerator and all(self.nonzero(state, d) for d in nonzero)

    def nonzero(self, state: State, t: Term) -> bool:
        """Whether the facts show that ``t`` is not zero: by its factors, or by its sign."""
        if isinstance(t, tuple) and t[0] in ("*", "-", "/") and all(self.nonzero(state, a) for a in t[1:]):
            return True
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and self.nonzero(state, t[1]):
            return True
        return 0 not in self.sign(state, t)

    def fact_sign(self, state: State, t: Term, size: int | None = None) -> frozenset[int]:
        """The signs of ``t`` that no fact about it excludes."""
        if not isinstance(t, (str, tuple)):
            return frozenset(((t > 0) - (t < 0),))
        if state.spend is not free:
            state.spend(5 * (measure(t)[0] if size is None else size))
        a, b = (t[2][1], t[1]) if is_difference(t) else (0, t)
        compared = {-1: ("<=", a, b), 1: ("<=", b, a), 0: ("!=", b, a)}
        return frozenset(s for s in ANY if not state.known(EXCLUDES[s](t)) and not state.known(compared[s]))

    def sign(self, state: State, t: Term) -> frozenset[int]:
        """The signs ``t`` can have, from a fact about it or from the signs of its monomials."""
        known = self.fact_sign(state, t)
        if len(known) == 1 or not isinstance(t, tuple):
            return known
        numerator, denominator, nonzero = self.algebra.quotient(t)
        if not all(self.nonzero(state, d) for d in nonzero):
            return known
        signs = self.poly_sign(state, numerator)
        for key, e in denominator.items():
            signs = frozenset(u * v**e for u in signs for v in self.poly_sign(state, dict(key)))
        return known & signs

    def poly_sign(self, state: State, p: Poly) -> frozenset[int]:
        """The signs of a sum of monomials: positive if none is negative and one is positive, and so on."""
        total = frozenset((0,))
        for m, c in p.items():
            s = {1 if c > 0 else -1}
            for i, e in self.algebra.fields(m):
                found = self.fact_sign(state, self.algebra.atoms[i], self.algebra.sizes[i])
                s = {u * v for u in s for v in (w**e for w in found)}
            total = total | s if 0 in total and 0 in s else frozenset((total | s) - {0})
            if {1, -1} <= total:
                return ANY
        return total

    def meets(self, state: State, signs: frozenset[int]) -> None:
        """The goal ``a REL b`` follows when ``b - a`` has one of ``signs``."""
        allowed = {"<": {1}, "<=": {0, 1}, "!=": {-1, 1}, "==": {0}}
        need(state.goal[0] in allowed and signs <= allowed[state.goal[0]], "the signs do not give the goal")

    def cofactors(self, state: State, data: Any) -> list[Term]:
        """The terms ``c (a - b)`` of known equations a == b: each is zero."""
        out: list[Term] = []
        for pair in items(data):
            need(len(items(pair)) == 2, "expected an equation and its cofactor")
            f = state.formula(pair[0])
            need(f[0] == "==" and state.knows(f), "a cofactor belongs to no known equation")
            out.append(("*", state.term(pair[1]), minus(f[1], f[2])))
        return out

    # -- rules of logic: each returns the states that remain, with their proofs

    def rule_known(self, state: State) -> list:
        """The goal is a fact, or weaker than one: nothing remains.

        Sound: a < b gives a <= b and a != b, a == b gives a <= b, equations and != may be turned round; a false fact
        gives everything. Checked: ``State.knows``.
        """
        need(state.knows(state.goal), "the goal is not among the facts")
        return []

    def rule_split(self, state: State, proofs: Any) -> list:
        """P1 and ... and Pn: show each Pi, with P1 ... P(i-1) as facts. P1 or ... or Pn: show Pn if no other holds.

        Sound: by induction on i all Pi hold; if none of the first n - 1 holds, the last does. The empty conjunction is
        true and leaves nothing. Checked: as many proofs as parts; the empty disjunction, which is false, is refused.
        """
        op, *parts = state.goal
        need(op in ("and", "or"), "only a conjunction or a disjunction is split")
        if op == "or":
            need(bool(parts) and len(items(proofs)) == 1, "a disjunction leaves one proof")
            return [(state.assume(*[negate(p, self.spend) for p in parts[:-1]], goal=parts[-1]), proofs[0])]
        need(len(items(proofs)) == len(parts), "one proof for each part")
        return [(state.assume(*parts[:i], goal=p), q) for i, (p, q) in enumerate(zip(parts, proofs, strict=True))]

    def rule_have(self, state: State, formula: Any, proof: Any, then: Any) -> list:
        """From a proof of F, and one of the goal that may use F, the goal. Checked: F is about declared variables."""
        f = state.formula(formula)
        return [(state.assume(goal=f), proof), (state.assume(f), then)]

    def rule_cases(self, state: State, formula: Any, yes: Any, no: Any) -> list:
        """The goal if F holds, and the goal if it does not. Sound: all functions are total, so one of them is true."""
        f = state.formula(formula)
        return [(state.assume(f), yes), (state.assume(negate(f, self.spend)), no)]

    def rule_either(self, state: State, formula: Any, proofs: Any) -> list:
        """From the fact P1 or ... or Pn the goal, if each Pi gives it. Checked: it is a fact, with a proof per part."""
        f = state.formula(formula)
        need(f[0] == "or" and f in state.facts and len(items(proofs)) == len(f) - 1, "not a known disjunction")
        return [(state.assume(p), q) for p, q in zip(f[1:], proofs, strict=True)]

    def rule_axiom(self, state: State, name: Any, terms: Any, then: Any) -> list:
        """An instance of one of ``AXIOMS`` becomes a fact.

        Sound: every axiom holds for all real values of its letters, for integers where they are called m and n, in the
        total functions. Checked: one term for each letter, integers where they are wanted, every condition known.
        """
        need(isinstance(name, str) and name in AXIOMS, "no such axiom")
        letters, conditions, conclusion = AXIOMS[name]
        need(len(items(terms)) == len(letters), "wrong number of terms for the axiom")
        theta = {letter: state.term(t) for letter, t in zip(letters, terms, strict=True)}
        for letter, t in theta.items():
            need(letter not in "mn" or state.whole(t), "the axiom is about integers")
        for c in conditions:
            need(state.knows(normal(state.put(c, theta))), f"a condition of the axiom '{name}' is not known")
        return [(state.assume(state.put(conclusion, theta)), then)]

    def rule_cite(self, state: State, theorem: Any, terms: Any, then: Any) -> list:
        """An instance of an earlier theorem becomes a fact: hypotheses H and conclusion C at the given terms.

        Sound: the theorem holds in the total functions for all values of its variables, so at those of the terms.
        Checked: see ``instance``; a limit can't be cited.
        """
        need(isinstance(theorem, str) and theorem in self.theorems, "an earlier theorem of that name does not exist")
        return [self.instance(state, *self.theorems[theorem], terms, then)]

    def instance(self, state: State, kinds: dict[str, str], parts: list[Formula], terms: Any, then: Any) -> tuple:
        """Checked: a term for each variable, integers for integer variables, all hypotheses and definitions known."""
        need(len(items(terms)) == len(kinds), "one term for each variable of the theorem")
        theta = {x: state.term(t) for x, t in zip(kinds, terms, strict=True)}
        for x, kind in kinds.items():
            need(kind == "real" or state.whole(theta[x]), "an integer variable needs an integer term")
        for h in parts[:-1]:
            need(state.knows(state.put(h, theta)), "a hypothesis of the cited theorem is not known")
        return state.assume(state.put(parts[-1], theta)), then

    # -- rules about equality and names

    def rule_extreme(self, state: State, term: Any, index: Any, then: Any) -> list:
        """min(a1, ..., an) == ai where ai <= aj for all j; the same for max and >=. Checked: every ai <= aj known."""
        t, i = state.term(term), read_number(index)
        need(isinstance(t, tuple) and t[0] in ("min", "max") and isinstance(i, int), "not a minimum or maximum")
        need(1 <= i < len(t), "no such argument")
        for a in t[1:]:
            need(state.knows(("<=", t[i], a) if t[0] == "min" else ("<=", a, t[i])), "the order is not known")
        return [(state.assume(("==", t, t[i])), then)]

    def rule_congruent(self, state: State, left: Any, right: Any, then: Any) -> list:
        """f(a1, ..., an) == f(b1, ..., bn) where ai == bi for all i.

        Sound: each operation is one total function of the values of its arguments, also outside its domain; ``^`` is
        one function of two numbers, whatever its exponent looks like. Checked: the same operation with as many
        arguments, every equation known or an identity whose divisors are not zero.
        """
        a, b = state.term(left), state.term(right)
        need(isinstance(a, tuple) and isinstance(b, tuple), "not a function")
        need(a[0] == b[0] and len(a) == len(b), "not the same function")
        for u, v in zip(a[1:], b[1:], strict=True):
            same = state.knows(("==", u, v)) or self.vanishes(state, minus(u, v))
            need(same, "the arguments are not known to be equal")
        return [(state.assume(("==", a, b)), then)]

    def rule_rewrite(self, state: State, left: Any, right: Any, then: Any) -> list:
        """Replace a term by an equal one everywhere, in facts and goal. Sound for total functions, as ``congruent``.

        Checked: the equation is known, and what is replaced is no number.
        """
        a, b = state.term(left), state.term(right)
        need(isinstance(a, (str, tuple)) and state.knows(("==", a, b)), "the two terms are not known to be equal")
        state.copied()
        facts = {state.exchange(f, a, b): None for f in state.facts}
        return [(State(state.kinds, facts, state.exchange(state.goal, a, b), state.spend), then)]

    def rule_define(self, state: State, new: Any, term: Any, then: Any) -> list:
        """A new name for a term: the fact name == t. Sound: t has a value, and facts and goal don't mention the name.

        Checked: the name is not in use. It is an integer if t is one by its form, under known conditions.
        """
        name, t = state.fresh(new), state.term(term)
        kind = "integer" if state.whole(t) else "real"
        return [(state.assume(("==", name, t), new={name: kind}), then)]

    def rule_bound(self, state: State, variable: Any, lower: Any, upper: Any, new: Any, then: Any) -> list:
        """Write x as lower + s, upper - s, or (lower + upper s)/(1 + s), with s > 0, or s >= 0 at a closed end.

        Sound: s = x - lower, upper - x, or (x - lower)/(upper - x) where x < upper (with the ends exchanged where only
        lower < x) satisfies it and gives x back. Checked: the bounds are known and free of x, an interval is open at
        one end at least, s is a new name; s is an integer only if x and its one bound are.
        """
        x, s = state.scoped(read_name(variable)), state.fresh(new)
        low, high = (None if b is None else state.term(b) for b in (lower, upper))
        ends = [b for b in (low, high) if b is not None]
        need(bool(ends) and all(x not in names_in(b) for b in ends), "a bound is missing or contains the variable")
        open_low = low is not None and state.knows(("<", low, x))
        open_high = high is not None and state.knows(("<", x, high))
        need(low is None or open_low or state.knows(("<=", low, x)), "the lower bound is not known")
        need(high is None or open_high or state.knows(("<=", x, high)), "the upper bound is not known")
        kind = "integer" if len(ends) == 1 and state.whole(("+", x, ends[0])) else "real"
        if high is None:
            shape, closed = ("+", low, s), not open_low
        elif low is None:
            shape, closed = minus(high, s), not open_high
        else:
            need(open_low or open_high, "an interval closed at both ends must be split first")
            start, end = (low, high) if open_high else (high, low)
            shape = ("/", ("+", start, ("*", end, s)), ("+", 1, s))
            closed = not (open_low and open_high)
        return [(state.replace(x, shape, {s: kind}).assume(("<=" if closed else "<", 0, s)), then)]

    # -- rules of arithmetic: nothing remains

    def rule_ring(self, state: State, cofactors: Any) -> list:
        """The goal a == b from known equations l == r: a - b - sum of c (l - r) is identically zero.

        Sound: each c (l - r) is zero. Checked: the equations are known, the identity holds as one of rational
        functions, and every divisor in it is not zero under the facts.
        """
        need(state.goal[0] == "==", "the goal is not an equation")
        rest = [("-", c) for c in self.cofactors(state, cofactors)]
        need(self.vanishes(state, ("+", minus(state.goal[1], state.goal[2]), *rest)), "the identity does not hold")
        return []

    def rule_psatz(self, state: State, terms: Any, cofactors: Any) -> list:
        """The facts contradict each other: a sum of non-negative terms, one of them positive, is identically zero.

        A term is q t^2 (b1 - a1) ... (bn - an) with q > 0 and known relations ai < bi or ai <= bi; for ai != bi the
        square of bi - ai stands there. It is positive if t is not zero and no relation is ``<=``. Checked: the numbers
        q, that the relations and the equations of the cofactors are known, that one term is positive, and the identity
        with all its divisors, as in ``ring``.
        """
        total, strict = self.cofactors(state, cofactors), False
        for entry in items(terms):
            need(len(items(entry)) == 3, "expected a coefficient, relations and a square")
            coefficient, square = read_number(entry[0]), state.term(entry[2])
            need(coefficient > 0, "a coefficient is not positive")
            factors, positive = [coefficient, ("^", square, 2)], self.nonzero(state, square)
            for f in map(state.formula, items(entry[1])):
                need(f[0] in ("<", "<=", "!=") and state.knows(f), "a relation of the sum is not known")
                gap = minus(f[2], f[1])
                factors.append(("^", gap, 2) if f[0] == "!=" else gap)
                positive = positive and f[0] != "<="
            strict = strict or positive
            total.append(("*", *factors))
        need(strict, "no term of the sum is positive")
        need(self.vanishes(state, ("+", 0, *total)), "the sum is not identically zero")
        return []

    def rule_sign(self, state: State, factors: Any) -> list:
        """The goal ``a REL b``, where b - a is a product of powers of factors whose signs are known.

        Checked: the exponents are whole and not zero, the signs give the relation, and the identity, as in ``ring``; a
        factor with a negative exponent is a divisor.
        """
        signs, parts = frozenset((1,)), []
        for pair in items(factors):
            need(len(items(pair)) == 2, "expected a factor and its exponent")
            t, e = state.term(pair[0]), read_number(pair[1])
            need(isinstance(e, int) and e != 0, "an exponent is a non-zero integer")
            part = self.sign(state, t)
            signs = frozenset(u * v ** abs(e) for u in signs for v in part)
            parts.append(("^", t, e))
        self.meets(state, signs)
        need(self.vanishes(state, minus(minus(state.goal[2], state.goal[1]), ("*", 1, *parts))), "not that product")
        return []

    def rule_residues(self, state: State, equation: Any, modulus: Any) -> list:
        """The facts contradict each other: an equation between integers has no solution modulo a whole number.

        Sound: a solution in integers is one modulo m. Checked: the equation is known, it is a polynomial one whose
        atoms are integers (a common denominator is cleared), m > 1, and no residues of the atoms solve it.
        """
        f, m = state.formula(equation), read_number(modulus)
        need(f[0] == "==" and state.knows(f), "the equation is not known")
        need(isinstance(m, int) and m > 1, "a modulus is a whole number above 1")
        numerator, denominator, divisors = self.algebra.quotient(minus(f[1], f[2]))
        need(not denominator and all(self.nonzero(state, d) for d in divisors), "not a polynomial")
        # Atoms by their numbers: one may be large, and would be hashed at every residue.
        parts = [(c, list(self.algebra.fields(k))) for k, c in numerator.items()]
        atoms = list(dict.fromkeys(x for _, powers in parts for x, _ in powers))
        need(all(state.whole(self.algebra.atoms[x]) for x in atoms), "not about integers")
        scale = 1
        for c, _ in parts:
            self.algebra.arithmetic(scale, c)
            scale *= Fraction(c).denominator // gcd(scale, Fraction(c).denominator)
        parts = [(int(c * scale), powers) for c, powers in parts if c * scale % m]
        atoms = list(dict.fromkeys(x for _, powers in parts for x, _ in powers))
        need(m ** len(atoms) <= RESIDUES, "too many residues")
        for values in itertools.product(range(m), repeat=len(atoms)):
            self.spend(sum(2 + len(powers) for _, powers in parts))
            at = dict(zip(atoms, values, strict=True))
            total = sum(c % m * prod(pow(at[x], e, m) for x, e in powers) for c, powers in parts)
            need(total % m != 0, "the equation has a solution modulo that number")
        return []

    def rule_induction(self, state: State, variable: Any, start: Any, base: Any, step: Any) -> list:
        """From the goal at k = first, and the goal at k + 1 from first <= k and the goal at k, the goal at k.

        Sound: facts that mention k are dropped, so both hold for all integers k >= first; what is left speaks of other
        variables, which stay fixed. Checked: k is an integer variable, ``first`` is an integer and free of k, and
        first <= k is known.
        """
        k, first = state.scoped(read_name(variable)), state.term(start)
        need(state.kinds[k] == "integer" and state.whole(first), "induction runs over integers")
        need(k not in names_in(first) and state.knows(("<=", first, k)), "the start of the induction is not known")
        state.count(*state.facts)
        facts = {f: None for f in state.facts if k not in names_in(f)}
        rest = State(state.kinds, facts, state.goal, state.spend)
        following = state.put(state.goal, {k: ("+", k, 1)})
        return [
            (rest.assume(goal=state.put(state.goal, {k: first})), base),
            (rest.assume(("<=", first, k), state.goal, goal=following), step),
        ]

    # -- rules of analysis

    def rule_numeric(self, state: State, term: Any, lower: Any, upper: Any, then: Any) -> list:
        """Rational bounds of exp, log, sqrt or a rational power at a rational number become facts.

        Checked: ``within``, in exact arithmetic; log, sqrt and powers of positive numbers only.
        """
        t, low, high = state.term(term), read_number(lower), read_number(upper)
        need(isinstance(t, tuple) and not any(isinstance(a, (str, tuple)) for a in t[1:]), "not a value at a number")
        need(within(t, Fraction(low), Fraction(high), self.spend), "the value is not seen to lie between the bounds")
        return [(state.assume(("<=", low, t), ("<=", t, high)), then)]

    def rule_sturm(self, state: State, variable: Any, lower: Any, upper: Any) -> list:
        """A polynomial in one variable without a root inside an interval has one sign there.

        Sound: Sturm's theorem and continuity. Checked: the goal ``a REL b`` has b - a equal to a polynomial in x alone,
        every divisor in it not being zero under the facts; x is known to lie between the ends, which are numbers, the
        lower one less; no root inside, and the signs inside and at closed ends give the goal.
        """
        x = state.scoped(read_name(variable))
        low, high = (None if b is None else read_number(b) for b in (lower, upper))
        open_low = low is None or state.knows(("<", low, x))
        open_high = high is None or state.knows(("<", x, high))
        need(open_low or state.knows(("<=", low, x)), "the lower bound is not known")
        need(open_high or state.knows(("<=", x, high)), "the upper bound is not known")
        need(low is None or high is None or low < high, "an interval needs two different ends")
        need(state.goal[0] in ("<", "<=", "!="), "the goal is not an inequality")
        numerator, denominator, nonzero = self.algebra.quotient(minus(state.goal[2], state.goal[1]))
        need(not denominator and bool(numerator), "not a polynomial")
        need(all(self.nonzero(state, d) for d in nonzero), "a divisor in the polynomial may be zero")
        coefficients: dict[int, Any] = {}
        for m, c in numerator.items():
            powers = dict(self.algebra.exponents(m))
            coefficients[powers.pop(x, 0)] = c
            need(not powers, "not a polynomial in that variable alone")
        self.meets(state, univariate_signs(coefficients, low, not open_low, high, not open_high, self.algebra))
        return []

    def rule_slope(self, state: State, variable: Any, point: Any, new: Any, base: Any, right: Any, left: Any) -> list:
        """Mean value theorem: f(x) is at least f(point) if f falls before the point and rises after it.

        For the goal 0 REL f(x), f = b - a: it holds at the point, f is defined for all real y from the point to x, and
        inside f' is defined and has the right sign; if x is not the point and the goal is strict, f' has it strictly
        and f(point) >= 0 is enough. Sound: f is continuous where it is defined, and differentiable inside with the
        derivative computed (see ``derivative``). An integer x is one of the real y. Checked: the variable y is new; the
        rest is left to be shown.
        """
        x, start, y = state.scoped(read_name(variable)), state.term(point), state.fresh(new)
        need(state.goal[0] in ("<", "<="), "the goal is not an inequality")
        f = minus(state.goal[2], state.goal[1])
        moved = state.goal[0] == "<" and state.knows(("!=", x, start))
        value = state.put(f, {x: y})
        kinds = {**state.kinds, y: "real"}
        slope, whole = derivative(value, y, self.spend), ("and", *term_conditions(value, kinds, self.spend))
        rises, falls = ("<" if moved else "<=", 0, slope), ("<" if moved else "<=", slope, 0)
        smooth = ("and", *term_conditions(slope, kinds, self.spend))
        after = ("and", whole, ("or", ("<=", y, start), ("<=", x, y), ("and", smooth, rises)))
        before = ("and", whole, ("or", ("<=", y, x), ("<=", start, y), ("and", smooth, falls)))
        at_start = ("<=" if moved else state.goal[0], 0, state.put(f, {x: start}))
        real = {y: "real"}
        return [
            (state.assume(goal=at_start), base),
            (state.assume(("<", start, x), ("<=", start, y), ("<=", y, x), goal=after, new=real), right),
            (state.assume(("<", x, start), ("<=", x, y), ("<=", y, start), goal=before, new=real), left),
        ]

    def rule_limit(self, state: State, proof: Any) -> list:
        """A rational function tends to the value: compare degrees at infinity, orders at 0.

        Sound: a polynomial in x whose coefficient at the extreme degree is not zero is eventually not zero, so t and
        all its parts are defined eventually, and t - value is a quotient whose numerator is of smaller order. Checked:
        facts and value are free of x; every part of t that mentions x is built by ``+ * - /`` and whole powers, also
        where it cancels; the degrees. Left to be shown: the parts free of x and the value are defined, and for every
        divisor with x, that coefficient is not zero.
        """
        need(state.goal[0] == "limit", "the goal is not a limit")
        _, t, x, point, value = state.goal
        state.count(*state.facts, t)
        need(not any(x in names_in(f) for f in (*state.facts, ("==", value, 0))), "the limit variable is not free")
        duties: list[Formula] = term_conditions(value, state.kinds, self.spend)
        divisors: list[Term] = []
        parts = [t]
        for part in parts:
            state.count(part)
            if x not in names_in(part):
                duties += term_conditions(part, state.kinds, self.spend)
            elif isinstance(part, tuple):
                need(rational(part), "not a rational function of the limit variable")
                parts.extend(part[1:])
                if part[0] == "/" or (part[0] == "^" and part[2] < 0):
                    divisors.append(part[2] if part[0] == "/" else part[1])
        for b in dict.fromkeys(divisors):
            p, _, _ = self.algebra.quotient(b)
            need(bool(p), "division by a term that is identically zero")
            duties.append(("!=", self.coefficient(p, x, self.order(p, x, point)), 0))
        numerator, denominator, _ = self.algebra.quotient(minus(t, value))
        sign = 1 if point == "oo" else -1
        bottom = sum(sign * e * self.order(dict(k), x, point) for k, e in denominator.items())
        need(not numerator or sign * self.order(numerator, x, point) < bottom, "the difference does not tend to 0")
        return [(state.assume(goal=("and", *dict.fromkeys(duties))), proof)]

    def rule_compose(self, state: State, new: Any, outer: Any, inner: Any, at: Any, limit: Any, then: Any) -> list:
        """f(u) tends to f(w) where u tends to w, f is a rational function of s and f(w) is defined.

        Sound: the divisors in f(w) are not zero, so those in f(u) are not near w, where f is continuous. Checked: s is
        new, f and w and the facts are free of x, f(u) and f(w) are the two sides of the goal, and every part of f that
        mentions s is built by ``+ * - /`` and whole powers. Left to be shown: the limit of u, and that f(w) is defined.
        """
        need(state.goal[0] == "limit", "the goal is not a limit")
        _, t, x, point, value = state.goal
        s, u, w = state.fresh(new), state.term(inner), state.term(at)
        f = State({**state.kinds, s: "real"}, {}, TRUE, state.spend).term(outer)
        state.count(*state.facts)
        need(x not in names_in(f) | names_in(w) | names_in(("and", *state.facts)), "the limit variable is not free")
        need(state.put(f, {s: u}) == t and state.put(f, {s: w}) == value, "not that function at those terms")
        parts = [f]
        for part in parts:
            state.count(part)
            if isinstance(part, tuple) and s in names_in(part):
                need(rational(part), "not a rational function")
                parts.extend(part[1:])
        duties = ("and", *term_conditions(value, state.kinds, self.spend))
        inside = State(state.kinds, state.facts, ("limit", u, x, point, w), state.spend)
        return [(inside, limit), (state.assume(goal=duties), then)]

    def order(self, p: Poly, x: str, point: str) -> int:
        """The degree in x at infinity, the lowest power of x at 0."""
        number = self.algebra.index.get(x)
        degrees = [dict(self.algebra.fields(m)).get(number, 0) for m in p]
        return max(degrees) if point == "oo" else min(degrees)

    def coefficient(self, p: Poly, x: str, degree: int) -> Term:
        """The coefficient of ``x^degree`` as a term, monomials in the algebra's order."""
        out: list[Term] = []
        atoms, number = self.algebra.atoms, self.algebra.index.get(x)
        for m in sorted(p):
            powers = dict(self.algebra.fields(m))
            if powers.get(number, 0) == degree:
                out.append(("*", p[m], 1, *[("^", atoms[i], e) for i, e in powers.items() if i != number]))
        return ("+", 0, *out)

    # -- theorems

    def theorem(self, data: Any) -> tuple[State, Any, dict[str, str], list[Formula]]:
        """The state to prove, its proof, the variables, and hypotheses followed by the conclusion.

        Checked: the variables are declared once; a definition names a real variable that no earlier definition uses
        and that it does not use itself, so that there are values for which all of them hold; everything in the
        statement is declared; a limit at 0+ is one over real numbers.
        """
        row = dict(zip(THEOREM, fields(data, *THEOREM), strict=True))
        kinds: dict[str, str] = {}
        for pair in items(row["variables"]):
            need(len(items(pair)) == 2 and pair[1] in ("real", "integer"), "a variable is a name and a kind")
            need(read_name(pair[0]) not in kinds, "a variable is declared twice")
            kinds[pair[0]] = pair[1]
        state = State({}, {}, TRUE, self.spend)
        definitions: dict[str, Term] = {}
        conditions: list[Formula] = []
        hypotheses = [read_formula(h) for h in items(row["hypotheses"])]
        used: set[str] = set()
        for pair in items(row["definitions"]):
            need(len(items(pair)) == 2, "a definition is a name and a term")
            name, t = read_name(pair[0]), read_term(pair[1])
            state.count(t)
            used |= names_in(t)
            need(
                kinds.get(name) == "real" and all(x in kinds for x in names_in(t)), "a definition names a real variable"
            )
            need(name not in definitions, "a name is defined twice")
            need(name not in used, "a definition uses itself or a later one")
            definitions[name] = t
            conditions += term_conditions(t, kinds, self.spend)
        premises = [normal(f, self.spend) for h in hypotheses for f in (defined(h, kinds, self.spend), h)]
        goal, is_limit = row["goal"], isinstance(row["goal"], list) and row["goal"][:1] == ["limit"]
        if is_limit:
            need(len(goal) == 5 and goal[3] in ("oo", "0+"), "a limit is at oo or at 0+")
            x = read_name(goal[2])
            need(x not in definitions, "the limit variable is defined")
            need(goal[3] == "oo" or kinds.get(x) == "real", "a limit at 0+ is one over real numbers")
            theta: dict[str, Term] = {}
            for name, t in definitions.items():  # one may use the limit variable, so all of them are replaced
                theta[name] = state.put(t, theta)
            sides = [state.put(read_term(side), theta) for side in (goal[1], goal[4])]
            conclusion: Formula = ("limit", sides[0], x, goal[3], sides[1])
            premises = [state.put(f, theta) for f in premises]
            mentioned = names_in(("", sides[0], x, sides[1]))
        else:
            raw = read_formula(goal)
            conclusion = normal(("and", *conditions, defined(raw, kinds, self.spend), raw), self.spend)
            premises += [("==", name, t) for name, t in definitions.items()]
            state.count(conclusion)
            mentioned = names_in(conclusion)
        state.count(*premises)
        need(mentioned | names_in(("and", *premises)) <= set(kinds), "a variable is not declared")
        state = State(kinds, state.assume(*premises).facts, conclusion, self.spend)
        return state, row["proof"], kinds, [*premises, conclusion]

    def prove(self, state: State, proof: Any) -> int:
        """Work through a proof; returns the number of steps."""
        open_states, steps = [(state, proof)], 0
        while open_states:
            current, node = open_states.pop()
            steps += 1
            need(steps < 20_000, "the proof is too long")
            open_states.extend(reversed(self.step(current, node)))
        return steps

    def step(self, state: State, node: Any) -> list[tuple[State, Any]]:
        """The states that remain after one node."""
        need(isinstance(node, dict) and isinstance(node.get("rule"), str), "a proof node names its rule")
        need(node["rule"] in RULES, f"no rule is called {shown(node['rule'])}")
        rule, names = RULES[node["rule"]]
        need(state.goal[0] != "limit" or node["rule"] in LIMIT_RULES, "not for limits")
        return rule(self, state, *fields(node, "rule", *names)[1:])


def _rules() -> dict[str, tuple[Callable[..., list], tuple[str, ...]]]:
    found = {name[5:]: f for name, f in vars(Checker).items() if name.startswith("rule_")}
    return {name: (f, f.__code__.co_varnames[2 : f.__code__.co_argcount]) for name, f in found.items()}


RULES = _rules()


# ---------------------------------------------------------------- numbers


def exp_bounds(q: Fraction, spend: Spend = free) -> tuple[Fraction, Fraction]:
    """Rationals below and above e^q: Taylor's formula at r = q/2^k, |r| <= 1/2, squared k times, rounded outwards."""
    need(abs(q) <= 10_000 and q.denominator.bit_length() <= 400, "the argument of exp is too large")
    spend(50 + 50 * ((50 * bits(q)) ** 2 >> 16))
    k = max(0, abs(q.numerator).bit_length() - q.denominator.bit_length() + 2)
    r, grid = q / 2**k, 1 << 320
    term, total = Fraction(1), Fraction(1)
    for i in range(1, 50):
        term = term * r / i
        total += term
    low, high = total - abs(term), total + abs(term)  # the rest is at most the last term kept
    for i in range(k + 1):
        low, high = Fraction(low * grid // 1, grid), Fraction(-(-high * grid // 1), grid)
        if i < k:
            low, high = low * low, high * high
    return low, high


def within(t: Term, low: Fraction, high: Fraction, spend: Spend = free) -> bool:
    """Whether ``low <= t <= high`` for a function of rational numbers, by series and powers."""
    op, q = t[0], Fraction(t[1])
    if op == "exp":
        below, above = exp_bounds(q, spend)
        return low <= below and above <= high
    if op == "log":
        return q > 0 and exp_bounds(low, spend)[1] <= q <= exp_bounds(high, spend)[0]
    # Without low <= high an even power would hide the sign of a negative upper bound.
    need(op in ("sqrt", "^") and q > 0 and 0 <= low <= high, "not a function with numeric bounds")
    power = Fraction(1, 2) if op == "sqrt" else Fraction(t[2])
    n, d = power.numerator, power.denominator
    need(abs(n) <= 200 and d <= 64, "the exponent is too large")
    spend(1 + ((abs(n) * bits(q)) ** 2 + (d * (bits(low) + bits(high))) ** 2 >> 20))
    return low**d <= q**n <= high**d


# ---------------------------------------------------------------- Sturm sequences


def univariate_signs(
    coefficients: dict[int, Any], low: Any, low_in: bool, high: Any, high_in: bool, algebra: Algebra
) -> frozenset[int]:
    """The signs of a polynomial on an interval without a root in its interior; refuses if there is one.

    p/gcd(p, p') has the roots of p, each once; those at the ends are divided out, and Sturm's theorem counts the rest.
    """
    need(max(coefficients) < 200, "the degree is too large")
    p = [Fraction(coefficients.get(i, 0)) for i in range(max(coefficients) + 1)]
    common = chain_of(p, algebra)[-1]
    q = divide(p, common, algebra)[0]
    for end in (low, high):
        if end is not None and evaluate(q, end, algebra) == 0:
            q = divide(q, [Fraction(-end), Fraction(1)], algebra)[0]
    chain = chain_of(q, algebra)
    none = variations(chain, low, -1, algebra) == variations(chain, high, 1, algebra)
    need(none, "the polynomial has a root inside the interval")
    inside = Fraction(0)
    if low is not None:
        inside = Fraction(low) + 1 if high is None else (Fraction(low) + high) / 2
    elif high is not None:
        inside = Fraction(high) - 1
    points = [inside, *([low] if low_in else []), *([high] if high_in else [])]
    return frozenset((v > 0) - (v < 0) for v in (evaluate(p, x, algebra) for x in points))


def divide(a: list[Fraction], b: list[Fraction], algebra: Algebra) -> tuple[list[Fraction], list[Fraction]]:
    """Quotient and remainder of polynomials, coefficients from the lowest."""
    quotient, rest = [Fraction(0)] * max(len(a) - len(b) + 1, 1), list(a)
    while len(rest) >= len(b) and any(rest):
        shift, c = len(rest) - len(b), rest[-1] / b[-1]
        quotient[shift] = c
        algebra.arithmetic(*(c for _ in b), *rest[shift:], *b)
        rest = [r - (c * b[i - shift] if i >= shift else 0) for i, r in enumerate(rest)][:-1]
        while rest and rest[-1] == 0:
            rest.pop()
    return quotient, rest


def chain_of(p: list[Fraction], algebra: Algebra) -> list[list[Fraction]]:
    """Sturm's chain p, p', minus the remainders; its last entry is gcd(p, p') up to a constant."""
    if len(p) == 1:
        return [p]
    out = [p, [i * c for i, c in enumerate(p)][1:]]
    while True:
        rest = divide(out[-2], out[-1], algebra)[1]
        if not any(rest):
            return out
        algebra.arithmetic(*rest, *(rest[-1] for _ in rest))
        out.append([-c / abs(rest[-1]) for c in rest])


def evaluate(p: list[Fraction], x: Any, algebra: Algebra) -> Fraction:
    value = Fraction(0)
    for c in reversed(p):
        algebra.arithmetic(value, x, c)
        value = value * x + c
    return value


def variations(chain: list[list[Fraction]], x: Any, side: int, algebra: Algebra) -> int:
    """Sign changes of the chain at ``x``; None stands for infinity on that side."""
    values = [q[-1] * side ** (len(q) - 1) if x is None else evaluate(q, x, algebra) for q in chain]
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in itertools.pairwise(signs))


# ---------------------------------------------------------------- certificates


def check(certificate: Any) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    try:
        schema, theorems = fields(certificate, "schema", "theorems")
        need(type(schema) is int and schema == 1, "unknown schema")
        need(bool(items(theorems)), "no theorem")
        checker, steps, names = Checker(LIMIT), 0, set()
        for data in theorems:
            state, proof, kinds, parts = checker.theorem(data)
            name = data["id"]
            need(isinstance(name, str) and bool(name) and name not in names, "a theorem needs its own id")
            names.add(name)
            steps += checker.prove(state, proof)
            if state.goal[0] != "limit":
                checker.theorems[name] = (kinds, parts)
        return f"{len(theorems)} theorem{'s' * (len(theorems) > 1)} in {steps} steps, all of them checked"
    except Refused:
        raise
    except (RecursionError, MemoryError):
        raise Refused("the certificate is nested too deeply or too large") from None
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def read_file(path: str) -> Any:
    """The certificate in a file; raises ValueError for what is no JSON, too large, or says one thing twice."""
    with open(path, "rb") as file:
        data = file.read(BYTES + 1)
    if len(data) > BYTES:
        raise ValueError(f"the file has more than {BYTES} bytes")
    return json.loads(data.decode(), object_pairs_hook=once, parse_float=no_number, parse_constant=no_number)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name occurs twice in one object")
    return found


def no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a whole number; numbers of a certificate are texts such as '1/2'")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -I -m verify.kernel.checker FILE")
        return 2
    try:
        certificate = read_file(arguments[0])
    except RecursionError:
        print("unreadable: nested too deeply")
        return 2
    except (OSError, ValueError) as error:
        print(f"unreadable: {shown(error)}")
        return 2
    try:
        print(f"accepted: {check(certificate)}")
    except Refused as reason:
        print(f"refused: {shown(reason)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
