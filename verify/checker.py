"""The proof checker: reads a certificate, trusts nothing in it, and imports nothing but the standard library.

``python -m verify.checker FILE`` prints ``accepted`` or ``refused`` with a reason. A certificate is JSON,
``{"schema": 1, "theorems": [{"id", "variables", "hypotheses", "definitions", "goal", "proof"}, ...]}``; a theorem may
cite those before it and the last one is the result. The statement proved is: for all real (integer where declared)
values of the variables, if every hypothesis is defined and true and every definition ``name == term`` holds, then the
definitions' terms and the goal are defined and the goal is true.

Inside a proof all functions are total, their values outside their domain (``1/0``, ``log(-1)``) arbitrary but fixed,
so a rule clears a denominator only where the facts show it is not zero. A proof is a tree of nodes; each rule turns
one state (facts, goal) into the states that remain. Formulas are kept in negation normal form with the relations
``==  !=  <  <=`` only. Terms are names, numbers and tuples ``(operator, argument, ...)``.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm, prod
from typing import Any

Term = Any
Formula = tuple
Poly = dict[int, Any]  # packed exponents -> coefficient
Quotient = tuple[Poly, dict[tuple, int], tuple]  # numerator, denominator factors, terms that must not vanish

ARITY = {"+": (2, 999), "*": (2, 999), "-": (1, 1), "/": (2, 2), "^": (2, 2), "sqrt": (1, 1), "exp": (1, 1),
         "log": (1, 1), "abs": (1, 1), "min": (1, 999), "max": (1, 999)}  # fmt: skip
RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
CONNECTIVES = {"and": (0, 9999), "or": (0, 9999), "not": (1, 1), "implies": (2, 2), "iff": (2, 2)}
THEOREM = ("id", "variables", "hypotheses", "definitions", "goal", "proof")
LIMIT_RULES = ("limit", "compose", "have", "axiom", "cite")
TRUE: Formula = ("and",)
FALSE: Formula = ("or",)
DEPTH, WORK, EXPONENT, RESIDUES = 180, 30_000_000, 400, 100_000
POINTS = 2000  # at which a polynomial is tried for integer values
FIELD, GUARD = 20, 19  # bits for one exponent in a packed monomial; the top bit must stay clear
ANY = frozenset((-1, 0, 1))
EXCLUDES = {-1: lambda t: ("<=", 0, t), 1: lambda t: ("<=", t, 0), 0: lambda t: ("!=", t, 0)}

# name: (letters to instantiate, conditions, conclusion); the letters m and n stand for integer-valued terms.
AXIOMS: dict[str, tuple[str, tuple[Formula, ...], Formula]] = {
    "gap": ("mn", (("<", "m", "n"),), ("<=", ("+", "m", 1), "n")),
    "equal": ("ab", (("<=", "a", "b"), ("<=", "b", "a")), ("==", "a", "b")),
    "abs right": ("a", (("<=", 0, "a"),), ("==", ("abs", "a"), "a")),
    "abs left": ("a", (("<=", "a", 0),), ("==", ("abs", "a"), ("-", "a"))),
    "min left": ("ab", (("<=", "a", "b"),), ("==", ("min", "a", "b"), "a")),
    "min right": ("ab", (("<=", "b", "a"),), ("==", ("min", "a", "b"), "b")),
    "max left": ("ab", (("<=", "b", "a"),), ("==", ("max", "a", "b"), "a")),
    "max right": ("ab", (("<=", "a", "b"),), ("==", ("max", "a", "b"), "b")),
    "sqrt sign": ("a", (("<=", 0, "a"),), ("<=", 0, ("sqrt", "a"))),
    "sqrt positive": ("a", (("<", 0, "a"),), ("<", 0, ("sqrt", "a"))),
    "sqrt square": ("a", (("<=", 0, "a"),), ("==", ("^", ("sqrt", "a"), 2), "a")),
    "exp positive": ("a", (), ("<", 0, ("exp", "a"))),
    "exp tangent": ("a", (), ("<=", ("+", 1, "a"), ("exp", "a"))),
    "exp strict tangent": ("a", (("!=", "a", 0),), ("<", ("+", 1, "a"), ("exp", "a"))),
    "exp zero": ("", (), ("==", ("exp", 0), 1)),
    "exp sum": ("ab", (), ("==", ("exp", ("+", "a", "b")), ("*", ("exp", "a"), ("exp", "b")))),
    "exp log": ("a", (("<", 0, "a"),), ("==", ("exp", ("log", "a")), "a")),
    "exp less": ("ab", (("<", "a", "b"),), ("<", ("exp", "a"), ("exp", "b"))),
    "exp at most": ("ab", (("<=", "a", "b"),), ("<=", ("exp", "a"), ("exp", "b"))),
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
}  # fmt: skip


def whole(x: Fraction) -> Any:
    """An integer where the number is one: integers are faster."""
    return x.numerator if x.denominator == 1 else x


class Refused(Exception):
    """The certificate does not prove its statement; the message says where it fails."""


def need(condition: bool, reason: str) -> None:
    if not condition:
        raise Refused(reason)


# ---------------------------------------------------------------- reading


def read_number(x: Any) -> Any:
    need(isinstance(x, str) and re.fullmatch(r"-?[0-9]{1,2000}(/[0-9]{1,2000})?", x) is not None, "not a number")
    need("/" not in x or int(x.split("/")[1]) != 0, "zero denominator in a number")
    value = Fraction(x)
    need(str(value) == x, f"the number {x} is not in lowest terms")
    return value.numerator if value.denominator == 1 else value


def read_term(x: Any, depth: int = 0) -> Term:
    need(depth < DEPTH, "a term is nested too deeply")
    if isinstance(x, str):
        return read_atom(x)
    need(isinstance(x, list) and bool(x) and isinstance(x[0], str) and x[0] in ARITY, "not a term")
    low, high = ARITY[x[0]]
    need(low <= len(x) - 1 <= high, f"wrong number of arguments of {x[0]}")
    return (x[0], *[read_term(a, depth + 1) for a in x[1:]])


@cache
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
    """Simultaneous substitution of terms for variables, in a term or a formula."""
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


def subterms(t: Term) -> Iterator[Term]:
    yield t
    for a in t[1:] if isinstance(t, tuple) else ():
        yield from subterms(a)


def minus(a: Term, b: Term) -> Term:
    return ("+", a, ("-", b))


def is_difference(t: Term) -> bool:
    return isinstance(t, tuple) and t[0] == "+" and len(t) == 3 and isinstance(t[2], tuple) and t[2][0] == "-"


def negate(f: Formula) -> Formula:
    op, *args = f
    if op in RELATIONS:
        return ({"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op], *args)
    if op == "not":
        return args[0]
    if op == "implies":
        return ("and", args[0], negate(args[1]))
    if op == "iff":
        return ("or", ("and", args[0], negate(args[1])), ("and", args[1], negate(args[0])))
    return ("or" if op == "and" else "and", *[negate(a) for a in args])


def normal(f: Formula) -> Formula:
    """Negation normal form: relations == != < <= under flattened ``and`` and ``or``."""
    op, *args = f
    if op in RELATIONS:
        return ({">": "<", ">=": "<="}[op], args[1], args[0]) if op in (">", ">=") else f
    if op == "not":
        return normal(negate(args[0]))
    if op == "implies":
        return normal(("or", negate(args[0]), args[1]))
    if op == "iff":
        return normal(("and", ("implies", *args), ("implies", args[1], args[0])))
    flat = [p for a in map(normal, args) for p in (a[1:] if a[0] == op else (a,))]
    return flat[0] if len(flat) == 1 else (op, *flat)


def whole_when(t: Term, kinds: dict[str, str]) -> list[Formula] | None:
    """Conditions under which ``t`` is an integer, read off its form; None if its form does not show one.

    Integers, and ``+ * - abs min max`` of whole terms; ``a^b`` of whole terms where 0 <= b; a polynomial with rational
    coefficients in integer variables, such as n(n + 1)/2, whose values at all integers are integers.
    """
    if not isinstance(t, tuple):
        return [] if (kinds.get(t) == "integer" if isinstance(t, str) else isinstance(t, int)) else None
    if t[0] in ("+", "*", "-", "abs", "min", "max", "^"):
        parts = [whole_when(a, kinds) for a in t[1:]]
        if None not in parts:
            found = dict.fromkeys(c for part in parts if part is not None for c in part)
            if t[0] == "^" and not isinstance(t[2], int):
                found[("<=", 0, t[2])] = None
            return None if t[0] == "^" and isinstance(t[2], int) and t[2] < 0 else list(found)
    return [] if whole_polynomial(t, kinds) else None


def whole_polynomial(t: Term, kinds: dict[str, str]) -> bool:
    """Whether ``t`` is a polynomial in integer variables, with rational coefficients and integer values.

    If D t has integer coefficients, then D t(n) modulo D depends on n modulo D alone, so D^k points decide. At most
    ``POINTS`` are looked at.
    """
    names = sorted(names_in(t))
    scale = scaled(t, dict.fromkeys(names, 0), 1)[0] if all(kinds.get(x) == "integer" for x in names) else 0
    if scale == 0 or scale ** len(names) > POINTS:
        return False
    points = itertools.product(range(scale), repeat=len(names))
    return all(scaled(t, dict(zip(names, values, strict=True)), scale)[1] == 0 for values in points)


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
    if t[0] == "^" and isinstance(t[2], int) and t[2] >= 0 and (scale == 1 or t[2] < POINTS.bit_length()):
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
                common = lcm(scale, other)
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


def term_conditions(t: Term, kinds: dict[str, str]) -> list[Formula]:
    """What must hold for ``t`` to denote a real number, innermost conditions first."""
    if not isinstance(t, tuple):
        return []
    out = [c for a in t[1:] for c in term_conditions(a, kinds)]
    op, first, last = t[0], t[1], t[-1]
    number = None if isinstance(first, (str, tuple)) else first
    if op == "/" and (isinstance(last, (str, tuple)) or last == 0):
        out.append(("!=", last, 0))
    elif op == "log" and not (number is not None and number > 0):
        out.append(("<", 0, first))
    elif op == "sqrt" and not (number is not None and number >= 0):
        out.append(("<=", 0, first))
    elif op == "^" and not isinstance(last, int):
        whole = whole_when(last, kinds)
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
    return out


def defined(f: Formula, kinds: dict[str, str]) -> Formula:
    """When ``f`` has a truth value; connectives are read from left to right."""
    op, *args = f
    if op in RELATIONS:
        return ("and", *dict.fromkeys(term_conditions(args[0], kinds) + term_conditions(args[1], kinds)))
    if op in ("not", "iff"):
        return ("and", *[defined(a, kinds) for a in args])
    out: list[Formula] = []
    before: list[Formula] = []
    for a in args:
        out.append(("implies", ("and", *before), defined(a, kinds)))
        before.append(negate(a) if op == "or" else a)
    return ("and", *out)


def derivative(t: Term, x: str) -> Term:
    """The derivative in ``x``, valid where ``t`` and the result are defined."""
    if x not in names_in(t):
        return 0
    if isinstance(t, str):
        return 1
    op, a, b = t[0], t[1], t[-1]
    if op in ("+", "-"):
        parts = [d for d in (derivative(s, x) for s in t[1:]) if d != 0]
        return ("-", parts[0]) if op == "-" else parts[0] if len(parts) == 1 else ("+", *parts)
    if op == "*":
        parts = [("*", derivative(s, x), *t[1:i], *t[i + 1 :]) for i, s in enumerate(t) if i and x in names_in(s)]
        return parts[0] if len(parts) == 1 else ("+", *parts)
    da = derivative(a, x)
    if op == "/":
        return ("/", minus(("*", da, b), ("*", a, derivative(b, x))), ("^", b, 2)) if x in names_in(b) else ("/", da, b)
    if op == "^" and x not in names_in(b):
        return ("*", b, ("^", a, b - 1 if not isinstance(b, (str, tuple)) else ("+", b, -1)), da)
    if op == "^":
        return ("*", t, ("+", ("*", derivative(b, x), ("log", a)), ("*", b, ("/", da, a))))
    need(op in ("exp", "log", "sqrt"), f"{op} is not differentiated")
    return ("*", t, da) if op == "exp" else ("/", da, a if op == "log" else ("*", 2, t))


# ---------------------------------------------------------------- polynomials


class Algebra:
    """Quotients of polynomials in atoms: variables, function values and symbolic powers."""

    def __init__(self) -> None:
        self.atoms: list[Term] = []
        self.index: dict[Term, int] = {}
        self.memo: dict[Term, Quotient] = {}
        self.work = self.guard = 0

    def atom(self, t: Term) -> Poly:
        if t not in self.index:
            self.index[t] = len(self.atoms)
            self.guard |= 1 << (FIELD * len(self.atoms) + GUARD)
            self.atoms.append(t)
        return {1 << (FIELD * self.index[t]): 1}

    def product(self, a: Poly, b: Poly) -> Poly:
        if a == {0: 1} or b == {0: 1}:
            return b if a == {0: 1} else a
        self.work += len(a) * len(b)
        need(self.work < WORK, "the polynomials are too large")
        out: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                k = m + n
                if k & self.guard:
                    raise Refused("an exponent is too large")
                out[k] = out.get(k, 0) + c * d
        kept, size = {}, 0
        for k, c in out.items():
            if c:
                kept[k] = c
                size += c.numerator.bit_length() + c.denominator.bit_length()
        self.work += size // 64
        need(self.work < WORK and size < 50_000_000, "the numbers are too large")
        return kept

    def total(self, a: Poly, b: Poly) -> Poly:
        out = dict(a)
        for m, c in b.items():
            out[m] = out.get(m, 0) + c
        return {m: c for m, c in out.items() if c}

    def powers(self, factors: Iterable[tuple[tuple, int]]) -> Poly:
        out: Poly = {0: 1}
        for key, n in factors:
            for _ in range(n):
                out = self.product(out, dict(key))
        return out

    def exponents(self, m: int) -> Iterator[tuple[Term, int]]:
        while m:
            i = ((m & -m).bit_length() - 1) // FIELD  # the lowest field that is not zero
            e = (m >> (FIELD * i)) & ((1 << FIELD) - 1)
            yield self.atoms[i], e
            m ^= e << (FIELD * i)

    def quotient(self, t: Term) -> Quotient:
        """Numerator, factors of the denominator, and the terms whose vanishing would make this invalid."""
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
            n, d, r = self.quotient(args[0])
            return {m: -c for m, c in n.items()}, d, r
        if op == "+":
            n, d, r = self.quotient(args[0])
            for a in args[1:]:
                n2, d2, r2 = self.quotient(a)
                lcm = {k: max(d.get(k, 0), d2.get(k, 0)) for k in {**d, **d2}}
                left = self.powers((k, e - d.get(k, 0)) for k, e in lcm.items())
                right = self.powers((k, e - d2.get(k, 0)) for k, e in lcm.items())
                n, d = self.total(self.product(n, left), self.product(n2, right)), lcm
                r = tuple(dict.fromkeys(r + r2))
            return n, d, r
        if op == "*":
            return self.times([self.quotient(a) for a in args])
        if op == "/":
            return self.times([self.quotient(args[0]), self.inverse(args[1])])
        if op == "^" and isinstance(args[1], int):
            need(abs(args[1]) <= EXPONENT, "an exponent is too large")
            return self.times([self.quotient(args[0]) if args[1] > 0 else self.inverse(args[0])] * abs(args[1]))
        return self.atom(t), {}, ()

    def times(self, parts: list[Quotient]) -> Quotient:
        n: Poly = {0: 1}
        d: dict[tuple, int] = {}
        r: dict[Term, None] = {}
        for n2, d2, r2 in parts:
            n = self.product(n, n2)
            d = {k: d.get(k, 0) + d2.get(k, 0) for k in {**d, **d2}}
            r.update(dict.fromkeys(r2))
        return n, d, tuple(r)

    def inverse(self, t: Term) -> Quotient:
        n, d, r = self._inverse(t)
        return n, d, (*r, t)

    def _inverse(self, t: Term) -> Quotient:
        if isinstance(t, tuple) and t[0] == "*":
            return self.times([self._inverse(a) for a in t[1:]])
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and 0 < t[2] <= EXPONENT:
            return self.times([self._inverse(t[1])] * t[2])
        n, d, r = self.quotient(t)
        need(bool(n), "division by a term that is identically zero")
        lead = n[max(n)]
        key = tuple(sorted((m, whole(Fraction(c) / lead)) for m, c in n.items()))
        top = {m: whole(Fraction(c) / lead) for m, c in self.powers(d.items()).items()}
        return top, ({} if set(n) == {0} else {key: 1}), r


# ---------------------------------------------------------------- states


@dataclass(frozen=True)
class State:
    """What is to be shown: ``goal`` under ``facts`` (an ordered set) for all values of the variables."""

    kinds: dict[str, str]
    facts: dict[Formula, None]
    goal: Formula

    def assume(self, *formulas: Formula, goal: Formula | None = None, **new: str) -> State:
        facts = dict(self.facts)
        for f in map(normal, formulas):
            facts.update(dict.fromkeys(f[1:] if f[0] == "and" else (f,)))
        return State({**self.kinds, **new}, facts, self.goal if goal is None else normal(goal))

    def replace(self, x: str, t: Term, **new: str) -> State:
        kinds = {**{k: v for k, v in self.kinds.items() if k != x}, **new}
        return State(kinds, {substitute(f, {x: t}): None for f in self.facts}, substitute(self.goal, {x: t}))

    def term(self, x: Any) -> Term:
        return self.scoped(read_term(x))

    def formula(self, x: Any) -> Formula:
        return self.scoped(normal(read_formula(x)))

    def scoped(self, x: Any) -> Any:
        need(names_in(x) <= set(self.kinds), "a variable is not declared here")
        return x

    def fresh(self, x: Any) -> str:
        need(read_name(x) not in self.kinds, f"the name {x} is already used")
        return x

    def whole(self, t: Term) -> bool:
        """Whether ``t`` is an integer: by its form, under conditions that are known."""
        conditions = whole_when(t, self.kinds)
        return conditions is not None and all(map(self.knows, map(normal, conditions)))

    def knows(self, f: Formula) -> bool:
        """Whether ``f`` (in normal form) is a fact, or weaker than one about the same terms, or numerically true."""
        facts = self.facts
        if f in facts or FALSE in facts:
            return True
        op = f[0]
        if op in ("and", "or"):
            return (all if op == "and" else any)(self.knows(a) for a in f[1:])
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
    """One run over one certificate: the polynomial algebra and the theorems accepted so far."""

    def __init__(self) -> None:
        self.algebra = Algebra()
        self.theorems: dict[str, tuple[dict[str, str], list[Formula]]] = {}

    # -- algebra under facts

    def vanishes(self, state: State, t: Term) -> bool:
        """Whether ``t`` is identically zero, all its denominators being non-zero under the facts."""
        numerator, _, nonzero = self.algebra.quotient(t)
        return not numerator and all(self.nonzero(state, d) for d in nonzero)

    def nonzero(self, state: State, t: Term) -> bool:
        if isinstance(t, tuple) and t[0] in ("*", "-", "/") and all(self.nonzero(state, a) for a in t[1:]):
            return True
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and self.nonzero(state, t[1]):
            return True
        return 0 not in self.sign(state, t)

    def fact_sign(self, state: State, t: Term) -> frozenset[int]:
        if not isinstance(t, (str, tuple)):
            return frozenset(((t > 0) - (t < 0),))
        a, b = (t[2][1], t[1]) if is_difference(t) else (0, t)
        compared = {-1: ("<=", a, b), 1: ("<=", b, a), 0: ("!=", b, a)}
        return frozenset(s for s in ANY if not state.knows(EXCLUDES[s](t)) and not state.knows(compared[s]))

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
        total = frozenset((0,))
        for m, c in p.items():
            s = {1 if c > 0 else -1}
            for atom, e in self.algebra.exponents(m):
                s = {u * v for u in s for v in (w**e for w in self.fact_sign(state, atom))}
            total = total | s if 0 in total and 0 in s else frozenset((total | s) - {0})
            if {1, -1} <= total:
                return ANY
        return total

    def meets(self, state: State, signs: frozenset[int]) -> None:
        """The goal ``a REL b`` follows when ``b - a`` has one of ``signs``."""
        allowed = {"<": {1}, "<=": {0, 1}, "!=": {-1, 1}, "==": {0}}
        need(state.goal[0] in allowed and signs <= allowed[state.goal[0]], "the signs do not give the goal")

    def cofactors(self, state: State, data: Any) -> list[Term]:
        out: list[Term] = []
        for pair in items(data):
            need(len(items(pair)) == 2, "expected an equation and its cofactor")
            f = state.formula(pair[0])
            need(f[0] == "==" and state.knows(f), "a cofactor belongs to no known equation")
            out.append(("*", state.term(pair[1]), minus(f[1], f[2])))
        return out

    # -- rules: each returns the states that remain, with their proofs

    def rule_known(self, state: State) -> list:
        need(state.knows(state.goal), "the goal is not among the facts")
        return []

    def rule_split(self, state: State, proofs: Any) -> list:
        op, *parts = state.goal
        need(op in ("and", "or"), "only a conjunction or a disjunction is split")
        if op == "or":
            need(bool(parts) and len(items(proofs)) == 1, "a disjunction leaves one proof")
            return [(state.assume(*[negate(p) for p in parts[:-1]], goal=parts[-1]), proofs[0])]
        need(len(items(proofs)) == len(parts), "one proof for each part")
        return [(state.assume(*parts[:i], goal=p), q) for i, (p, q) in enumerate(zip(parts, proofs, strict=True))]

    def rule_have(self, state: State, formula: Any, proof: Any, then: Any) -> list:
        f = state.formula(formula)
        return [(state.assume(goal=f), proof), (state.assume(f), then)]

    def rule_cases(self, state: State, formula: Any, yes: Any, no: Any) -> list:
        f = state.formula(formula)
        return [(state.assume(f), yes), (state.assume(negate(f)), no)]

    def rule_either(self, state: State, formula: Any, proofs: Any) -> list:
        f = state.formula(formula)
        need(f[0] == "or" and f in state.facts and len(items(proofs)) == len(f) - 1, "not a known disjunction")
        return [(state.assume(p), q) for p, q in zip(f[1:], proofs, strict=True)]

    def rule_axiom(self, state: State, name: Any, terms: Any, then: Any) -> list:
        need(isinstance(name, str) and name in AXIOMS, "no such axiom")
        letters, conditions, conclusion = AXIOMS[name]
        need(len(items(terms)) == len(letters), "wrong number of terms for the axiom")
        theta = {letter: state.term(t) for letter, t in zip(letters, terms, strict=True)}
        for letter, t in theta.items():
            need(letter not in "mn" or state.whole(t), "the axiom is about integers")
        for c in conditions:
            need(state.knows(normal(substitute(c, theta))), f"a condition of the axiom '{name}' is not known")
        return [(state.assume(substitute(conclusion, theta)), then)]

    def rule_extreme(self, state: State, term: Any, index: Any, then: Any) -> list:
        """The minimum or maximum of several terms is the one known to lie below or above all others."""
        t, i = state.term(term), read_number(index)
        need(isinstance(t, tuple) and t[0] in ("min", "max") and isinstance(i, int), "not a minimum or maximum")
        need(1 <= i < len(t), "no such argument")
        for a in t[1:]:
            need(state.knows(("<=", t[i], a) if t[0] == "min" else ("<=", a, t[i])), "the order is not known")
        return [(state.assume(("==", t, t[i])), then)]

    def rule_congruent(self, state: State, left: Any, right: Any, then: Any) -> list:
        a, b = state.term(left), state.term(right)
        need(isinstance(a, tuple) and isinstance(b, tuple), "not a function")
        need(a[0] == b[0] and len(a) == len(b), "not the same function")
        for u, v in zip(a[1:], b[1:], strict=True):
            same = state.knows(("==", u, v)) or self.vanishes(state, minus(u, v))
            need(same, "the arguments are not known to be equal")
        return [(state.assume(("==", a, b)), then)]

    def rule_rewrite(self, state: State, left: Any, right: Any, then: Any) -> list:
        """Replace one term by an equal one everywhere."""
        a, b = state.term(left), state.term(right)
        need(isinstance(a, (str, tuple)) and state.knows(("==", a, b)), "the two terms are not known to be equal")
        facts = {rewrite(f, a, b): None for f in state.facts}
        return [(State(state.kinds, facts, rewrite(state.goal, a, b)), then)]

    def rule_define(self, state: State, new: Any, term: Any, then: Any) -> list:
        name, t = state.fresh(new), state.term(term)
        kind = "integer" if state.whole(t) else "real"
        return [(state.assume(("==", name, t), **{name: kind}), then)]

    def rule_bound(self, state: State, variable: Any, lower: Any, upper: Any, new: Any, then: Any) -> list:
        """Write x as lower + s, upper - s, or (lower + upper s)/(1 + s), with s > 0, or s >= 0 at a closed end."""
        x, s = state.scoped(read_name(variable)), state.fresh(new)
        low, high = (None if b is None else state.term(b) for b in (lower, upper))
        ends = [b for b in (low, high) if b is not None]
        need(bool(ends) and all(x not in names_in(b) for b in ends), "a bound is missing or contains the variable")
        open_low, open_high = state.knows(("<", low, x)), state.knows(("<", x, high))
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
        return [(state.replace(x, shape, **{s: kind}).assume(("<=" if closed else "<", 0, s)), then)]

    def rule_ring(self, state: State, cofactors: Any) -> list:
        need(state.goal[0] == "==", "the goal is not an equation")
        rest = [("-", c) for c in self.cofactors(state, cofactors)]
        need(self.vanishes(state, ("+", minus(state.goal[1], state.goal[2]), *rest)), "the identity does not hold")
        return []

    def rule_psatz(self, state: State, terms: Any, cofactors: Any) -> list:
        """The facts contradict each other: a sum of non-negative terms, one of them positive, is identically zero."""
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
        """Goal ``a REL b`` with b - a a product of powers of factors whose signs are known."""
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

    def rule_numeric(self, state: State, term: Any, lower: Any, upper: Any, then: Any) -> list:
        """Rational bounds of exp, log, sqrt or a rational power at a rational number."""
        t, low, high = state.term(term), read_number(lower), read_number(upper)
        need(isinstance(t, tuple) and not any(isinstance(a, (str, tuple)) for a in t[1:]), "not a value at a number")
        need(within(t, Fraction(low), Fraction(high)), "the value is not seen to lie between the bounds")
        return [(state.assume(("<=", low, t), ("<=", t, high)), then)]

    def rule_sturm(self, state: State, variable: Any, lower: Any, upper: Any) -> list:
        """A polynomial in one variable without a root inside an interval has one sign there."""
        x = state.scoped(read_name(variable))
        low, high = (None if b is None else read_number(b) for b in (lower, upper))
        open_low = low is None or state.knows(("<", low, x))
        open_high = high is None or state.knows(("<", x, high))
        need(open_low or state.knows(("<=", low, x)), "the lower bound is not known")
        need(open_high or state.knows(("<=", x, high)), "the upper bound is not known")
        need(low is None or high is None or low < high, "an interval needs two different ends")
        need(state.goal[0] in ("<", "<=", "!="), "the goal is not an inequality")
        numerator, denominator, _ = self.algebra.quotient(minus(state.goal[2], state.goal[1]))
        need(not denominator and bool(numerator), "not a polynomial")
        coefficients: dict[int, Any] = {}
        for m, c in numerator.items():
            powers = dict(self.algebra.exponents(m))
            coefficients[powers.pop(x, 0)] = c
            need(not powers, "not a polynomial in that variable alone")
        self.meets(state, univariate_signs(coefficients, low, not open_low, high, not open_high))
        return []

    def rule_slope(self, state: State, variable: Any, point: Any, new: Any, base: Any, right: Any, left: Any) -> list:
        """Mean value theorem: f(x) is at least f(point) if f falls before the point and rises after it."""
        x, start, y = state.scoped(read_name(variable)), state.term(point), state.fresh(new)
        need(state.goal[0] in ("<", "<="), "the goal is not an inequality")
        f = minus(state.goal[2], state.goal[1])
        moved = state.goal[0] == "<" and state.knows(("!=", x, start))
        value = substitute(f, {x: y})
        kinds = {**state.kinds, y: "real"}
        slope, whole = derivative(value, y), ("and", *term_conditions(value, kinds))
        rises, falls = ("<" if moved else "<=", 0, slope), ("<" if moved else "<=", slope, 0)
        smooth = ("and", *term_conditions(slope, kinds))
        after = ("and", whole, ("or", ("<=", y, start), ("<=", x, y), ("and", smooth, rises)))
        before = ("and", whole, ("or", ("<=", y, x), ("<=", start, y), ("and", smooth, falls)))
        at_start = ("<=" if moved else state.goal[0], 0, substitute(f, {x: start}))
        return [
            (state.assume(goal=at_start), base),
            (state.assume(("<", start, x), ("<=", start, y), ("<=", y, x), goal=after, **{y: "real"}), right),
            (state.assume(("<", x, start), ("<=", x, y), ("<=", y, start), goal=before, **{y: "real"}), left),
        ]

    def rule_induction(self, state: State, variable: Any, start: Any, base: Any, step: Any) -> list:
        k, first = state.scoped(read_name(variable)), state.term(start)
        need(state.kinds[k] == "integer" and state.whole(first), "induction runs over integers")
        need(k not in names_in(first) and state.knows(("<=", first, k)), "the start of the induction is not known")
        rest = State(state.kinds, {f: None for f in state.facts if k not in names_in(f)}, state.goal)
        following = substitute(state.goal, {k: ("+", k, 1)})
        return [
            (rest.assume(goal=substitute(state.goal, {k: first})), base),
            (rest.assume(("<=", first, k), state.goal, goal=following), step),
        ]

    def rule_residues(self, state: State, equation: Any, modulus: Any) -> list:
        """The facts contradict each other: an equation between integers has no solution modulo a whole number."""
        f, m = state.formula(equation), read_number(modulus)
        need(f[0] == "==" and state.knows(f), "the equation is not known")
        need(isinstance(m, int) and m > 1, "a modulus is a whole number above 1")
        numerator, denominator, divisors = self.algebra.quotient(minus(f[1], f[2]))
        need(not denominator and all(self.nonzero(state, d) for d in divisors), "not a polynomial")
        parts = [(c, list(self.algebra.exponents(k))) for k, c in numerator.items()]
        need(all(state.whole(x) for _, powers in parts for x, _ in powers), "not about integers")
        scale = lcm(*(Fraction(c).denominator for c, _ in parts))
        parts = [(int(c * scale), powers) for c, powers in parts if c * scale % m]
        atoms = list(dict.fromkeys(x for _, powers in parts for x, _ in powers))
        need(m ** len(atoms) <= RESIDUES, "too many residues")
        for values in itertools.product(range(m), repeat=len(atoms)):
            at = dict(zip(atoms, values, strict=True))
            total = sum(c * prod(pow(at[x], e, m) for x, e in powers) for c, powers in parts)
            need(total % m != 0, "the equation has a solution modulo that number")
        return []

    def rule_cite(self, state: State, theorem: Any, terms: Any, then: Any) -> list:
        need(isinstance(theorem, str) and theorem in self.theorems, "an earlier theorem of that name does not exist")
        return [self.instance(state, *self.theorems[theorem], terms, then)]

    def instance(self, state: State, kinds: dict[str, str], parts: list[Formula], terms: Any, then: Any) -> tuple:
        need(len(items(terms)) == len(kinds), "one term for each variable of the theorem")
        theta = {x: state.term(t) for x, t in zip(kinds, terms, strict=True)}
        for x, kind in kinds.items():
            need(kind == "real" or state.whole(theta[x]), "an integer variable needs an integer term")
        for h in parts[:-1]:
            need(state.knows(substitute(h, theta)), "a hypothesis of the cited theorem is not known")
        return state.assume(substitute(parts[-1], theta)), then

    def rule_limit(self, state: State, proof: Any) -> list:
        """A rational function tends to the value: compare degrees at infinity, orders at 0."""
        need(state.goal[0] == "limit", "the goal is not a limit")
        _, t, x, point, value = state.goal
        need(not any(x in names_in(f) for f in (*state.facts, ("==", value, 0))), "the limit variable is not free")
        _, _, nonzero = self.algebra.quotient(t)
        numerator, denominator, _ = self.algebra.quotient(minus(t, value))
        duties: list[Formula] = term_conditions(value, state.kinds)
        for p in [numerator, *[self.algebra.quotient(b)[0] for b in nonzero]]:
            for atom in dict.fromkeys(a for m in p for a, _ in self.algebra.exponents(m)):
                need(atom == x or x not in names_in(atom), "not a rational function of the limit variable")
                duties += term_conditions(atom, state.kinds)
        for b in nonzero:
            p, _, _ = self.algebra.quotient(b)
            extreme = self.order(p, x, point)
            duties.append(("!=", self.coefficient(p, x, extreme), 0))
        sign = 1 if point == "oo" else -1
        bottom = sum(sign * e * self.order(dict(k), x, point) for k, e in denominator.items())
        need(not numerator or sign * self.order(numerator, x, point) < bottom, "the difference does not tend to 0")
        return [(state.assume(goal=("and", *duties)), proof)]

    def rule_compose(self, state: State, new: Any, outer: Any, inner: Any, at: Any, limit: Any, then: Any) -> list:
        """A rational function of something that tends to ``at`` tends to its value there, if that is defined."""
        need(state.goal[0] == "limit", "the goal is not a limit")
        _, t, x, point, value = state.goal
        s, u, w = state.fresh(new), state.term(inner), state.term(at)
        f = State({**state.kinds, s: "real"}, {}, TRUE).term(outer)
        need(x not in names_in(f) | names_in(w) | names_in(("and", *state.facts)), "the limit variable is not free")
        need(substitute(f, {s: u}) == t and substitute(f, {s: w}) == value, "not that function at those terms")
        for part in subterms(f):
            rational = (
                not isinstance(part, tuple)
                or part[0] in ("+", "*", "-", "/")
                or (part[0] == "^" and isinstance(part[2], int))
            )
            need(s not in names_in(part) or rational, "not a rational function")
        duties = ("and", *term_conditions(value, state.kinds))
        return [(State(state.kinds, state.facts, ("limit", u, x, point, w)), limit), (state.assume(goal=duties), then)]

    def order(self, p: Poly, x: str, point: str) -> int:
        degrees = [dict(self.algebra.exponents(m)).get(x, 0) for m in p]
        return max(degrees) if point == "oo" else min(degrees)

    def coefficient(self, p: Poly, x: str, degree: int) -> Term:
        """The coefficient of ``x^degree`` as a term, monomials in the algebra's order."""
        out: list[Term] = []
        for m in sorted(p):
            powers = list(self.algebra.exponents(m))
            if dict(powers).get(x, 0) == degree:
                out.append(("*", p[m], 1, *[("^", a, e) for a, e in powers if a != x]))
        return ("+", 0, *out)

    # -- theorems

    def theorem(self, data: Any) -> tuple[State, Any, dict[str, str], list[Formula]]:
        """The state to prove, its proof, the variables, and hypotheses followed by the conclusion."""
        row = dict(zip(THEOREM, fields(data, *THEOREM), strict=True))
        kinds: dict[str, str] = {}
        for pair in items(row["variables"]):
            need(len(items(pair)) == 2 and pair[1] in ("real", "integer"), "a variable is a name and a kind")
            need(read_name(pair[0]) not in kinds, "a variable is declared twice")
            kinds[pair[0]] = pair[1]
        state, definitions, conditions = State({}, {}, TRUE), [], []
        hypotheses = [read_formula(h) for h in items(row["hypotheses"])]
        for pair in items(row["definitions"]):
            need(len(items(pair)) == 2, "a definition is a name and a term")
            name, t = read_name(pair[0]), read_term(pair[1])
            need(kinds.get(name) == "real" and names_in(t) <= set(kinds), "a definition names a real variable")
            later = [p[0] for p in items(row["definitions"])][len(definitions) :]
            need(not names_in(t) & set(map(str, later)), "a definition uses itself or a later one")
            need(name not in [d[1] for d in definitions], "a name is defined twice")
            definitions.append(("==", name, t))
            conditions += term_conditions(t, kinds)
        premises = [normal(f) for h in hypotheses for f in (defined(h, kinds), h)] + definitions
        goal, is_limit = row["goal"], isinstance(row["goal"], list) and row["goal"][:1] == ["limit"]
        if is_limit:
            need(len(goal) == 5 and goal[3] in ("oo", "0+"), "a limit is at oo or at 0+")
            need(goal[2] not in [d[1] for d in definitions], "the limit variable is defined")
            theta: dict[str, Term] = {}
            for _, name, t in definitions:  # a definition may use the limit variable, so all of them are replaced
                theta[name] = substitute(t, theta)
            sides = [substitute(read_term(side), theta) for side in (goal[1], goal[4])]
            conclusion: Formula = ("limit", sides[0], read_name(goal[2]), goal[3], sides[1])
            premises = [substitute(f, theta) for f in premises[: len(premises) - len(definitions)]]
            used = names_in(("", *conclusion[1:3], conclusion[4]))
        else:
            raw = read_formula(goal)
            conclusion = normal(("and", *conditions, defined(raw, kinds), raw))
            used = names_in(conclusion)
        need(used | names_in(("and", *premises)) <= set(kinds), "a variable is not declared")
        state = State(kinds, state.assume(*premises).facts, conclusion)
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
        need(node["rule"] in RULES, f"no rule is called {node['rule']}")
        rule, names = RULES[node["rule"]]
        need(state.goal[0] != "limit" or node["rule"] in LIMIT_RULES, "not for limits")
        return rule(self, state, *fields(node, "rule", *names)[1:])


def _rules() -> dict[str, tuple[Callable[..., list], tuple[str, ...]]]:
    found = {name[5:]: f for name, f in vars(Checker).items() if name.startswith("rule_")}
    return {name: (f, f.__code__.co_varnames[2 : f.__code__.co_argcount]) for name, f in found.items()}


RULES = _rules()


# ---------------------------------------------------------------- numbers


def exp_bounds(q: Fraction) -> tuple[Fraction, Fraction]:
    """Rationals below and above e^q: Taylor's formula at r = q/2^k, |r| <= 1/2, squared k times, rounded outwards."""
    need(abs(q) <= 10_000 and q.denominator.bit_length() <= 400, "the argument of exp is too large")
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


def within(t: Term, low: Fraction, high: Fraction) -> bool:
    """Whether ``low <= t <= high`` for a function of rational numbers, by series and powers."""
    op, q = t[0], Fraction(t[1])
    if op == "exp":
        below, above = exp_bounds(q)
        return low <= below and above <= high
    if op == "log":
        return q > 0 and exp_bounds(low)[1] <= q <= exp_bounds(high)[0]
    # Without low <= high an even power would hide the sign of a negative upper bound.
    need(op in ("sqrt", "^") and q > 0 and 0 <= low <= high, "not a function with numeric bounds")
    power = Fraction(1, 2) if op == "sqrt" else Fraction(t[2])
    n, d = power.numerator, power.denominator
    need(abs(n) <= 200 and d <= 64, "the exponent is too large")
    return low**d <= q**n <= high**d


# ---------------------------------------------------------------- Sturm sequences


def univariate_signs(coefficients: dict[int, Any], low: Any, low_in: bool, high: Any, high_in: bool) -> frozenset[int]:
    """The signs of a polynomial on an interval without a root in its interior; refuses if there is one."""
    p = [Fraction(coefficients.get(i, 0)) for i in range(max(coefficients) + 1)]
    need(len(p) <= 200, "the degree is too large")
    common = chain_of(p, [i * c for i, c in enumerate(p)][1:])[-1] if len(p) > 1 else [Fraction(1)]
    q = divide(p, common)[0]
    for end in (low, high):
        if end is not None and evaluate(q, end) == 0:
            q = divide(q, [Fraction(-end), Fraction(1)])[0]
    chain = chain_of(q, [i * c for i, c in enumerate(q)][1:]) if len(q) > 1 else [q]
    need(variations(chain, low, -1) == variations(chain, high, 1), "the polynomial has a root inside the interval")
    inside = Fraction(0)
    if low is not None:
        inside = Fraction(low) + 1 if high is None else (Fraction(low) + high) / 2
    elif high is not None:
        inside = Fraction(high) - 1
    points = [inside, *([low] if low_in else []), *([high] if high_in else [])]
    return frozenset((v > 0) - (v < 0) for v in (evaluate(p, x) for x in points))


def divide(a: list[Fraction], b: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    quotient, rest = [Fraction(0)] * max(len(a) - len(b) + 1, 1), list(a)
    while len(rest) >= len(b) and any(rest):
        shift, c = len(rest) - len(b), rest[-1] / b[-1]
        quotient[shift] = c
        rest = [r - (c * b[i - shift] if i >= shift else 0) for i, r in enumerate(rest)][:-1]
        while rest and rest[-1] == 0:
            rest.pop()
    return quotient, rest


def chain_of(p: list[Fraction], d: list[Fraction]) -> list[list[Fraction]]:
    """Sturm's chain p, p', minus the remainders; its last entry is gcd(p, p') up to a constant."""
    out = [p, d]
    while True:
        rest = divide(out[-2], out[-1])[1]
        if not any(rest):
            return out
        out.append([-c / abs(rest[-1]) for c in rest])


def evaluate(p: list[Fraction], x: Any) -> Fraction:
    value = Fraction(0)
    for c in reversed(p):
        value = value * x + c
    return value


def variations(chain: list[list[Fraction]], x: Any, side: int) -> int:
    """Sign changes of the chain at ``x``; None stands for infinity on that side."""
    values = [q[-1] * side ** (len(q) - 1) if x is None else evaluate(q, x) for q in chain]
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in itertools.pairwise(signs))


# ---------------------------------------------------------------- certificates


def check(certificate: Any) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    try:
        schema, theorems = fields(certificate, "schema", "theorems")
        need(type(schema) is int and schema == 1, "unknown schema")
        need(bool(items(theorems)), "no theorem")
        checker, steps = Checker(), 0
        for data in theorems:
            state, proof, kinds, parts = checker.theorem(data)
            name = data["id"]
            need(isinstance(name, str) and bool(name) and name not in checker.theorems, "a theorem needs its own id")
            steps += checker.prove(state, proof)
            if state.goal[0] != "limit":
                checker.theorems[name] = (kinds, parts)
        return f"{len(theorems)} theorem{'s' * (len(theorems) > 1)} in {steps} steps, all of them checked"
    except Refused:
        raise
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m verify.checker FILE")
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            certificate = json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        print(f"unreadable: {error}")
        return 2
    try:
        print(f"accepted: {check(certificate)}")
    except Refused as reason:
        print(f"refused: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
