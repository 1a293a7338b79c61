"""What a claim has to be before anything is concluded from it; every field is looked at where the claim is made.

A field that means nothing (a direction that is misspelt, a limit at a point that the language lacks) must not be read
as the nearest thing that does, and a symbol must not tell SymPy more than the claim says: ``sqrt(x**2)`` with a
positive x has become x before the claim sees it, so x has to be positive in the domain too.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from verify.claims.assumptions import check_assumptions
from verify.claims.domain import Bound, Domain
from verify.claims.fields import Fields
from verify.claims.hint_validity import check_hint
from verify.claims.spatial_validity import check_spatial
from verify.claims.statement import (
    DIRECTIONS,
    Equivalence,
    Holds,
    Identity,
    Inequality,
    Limit,
    LoewnerOrder,
    MatrixIdentity,
    Minimiser,
    Monotone,
    Spatial,
)
from verify.derivations.derivation import Derivation
from verify.derivations.exact import MAX_DEPTH, check_expression, check_symbol
from verify.derivations.relations import CONNECTIVES, RELATIONS, Connective, Relation, symbols_of
from verify.derivations.trace_polynomials import TracePolynomial
from verify.runtime.errors import Malformed

KINDS = "Identity, Inequality, Equivalence, Holds, Minimiser, Monotone, Limit, MatrixIdentity, LoewnerOrder, Spatial"


def check(claim: Fields) -> None:
    """``Malformed`` with the claim's id, the field and what to write instead, unless every field has a meaning."""
    try:
        for name in ("id", "title", "source", "note"):
            _text(getattr(claim, name), name)
        if not claim.id:
            raise Malformed("id", "the id is empty", "write a name, as in my.mean")
        if not isinstance(claim.expected, bool):
            raise Malformed("expected", f"{claim.expected!r} is neither True nor False", "")
        for name in ("states_with", "rests_on"):
            _names(getattr(claim, name), name)
        _domain(claim.domain)
        _statement(claim.statement)
        _fixed(claim.at)
        check_hint(claim.proof, "proof", _formula)
        for d in _tuple(claim.derivations, "derivations"):
            if not isinstance(d, Derivation):
                raise Malformed("derivations", f"{d!r:.60} is not a Derivation", "")
        _variables(claim)
        _substituted(claim)
        if isinstance(claim.statement, Spatial):
            check_spatial(claim)
        check_assumptions(claim)
    except Malformed as error:
        error.claim = claim.id if isinstance(claim.id, str) else repr(claim.id)
        raise


# ---------------------------------------------------------------- plain fields


def _text(value: Any, field: str) -> None:
    if not isinstance(value, str):
        raise Malformed(field, f"{value!r:.60} is not text", "write it in quotes")
    if not value.isprintable():
        raise Malformed(field, f"{value!r:.60} has characters that can't be printed on one line", "")


def _tuple(value: Any, field: str) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        raise Malformed(field, f"{value!r:.60} is not a tuple", "write (a, b), or (a,) for one")
    return value


def _names(value: Any, field: str) -> None:
    for name in _tuple(value, field):
        if not isinstance(name, str):
            raise Malformed(field, f"{name!r:.60} is not the id of a claim", "write it in quotes")


# ---------------------------------------------------------------- domain


def _domain(domain: Any) -> None:
    if not isinstance(domain, Domain):
        raise Malformed("domain", f"{domain!r:.60} is not a Domain", "write Domain((positive(x), positive(y)))")
    seen: set[sp.Symbol] = set()
    later = set()
    for b in _tuple(domain.bounds, "domain"):
        if not isinstance(b, Bound):
            raise Malformed("domain", f"{b!r:.60} is not a Bound", "write positive(x), between(x, 0, 1), Bound(x), ...")
        check_symbol(b.symbol, "domain")
        later.add(b.symbol)
    for b in domain.bounds:
        field = f"domain, {b.symbol}"
        if b.symbol in seen:
            raise Malformed(field, f"{b.symbol} has two bounds", "write one, as in Bound(x, 0, False, 1, True)")
        _ends(b, field, later - seen)
        seen.add(b.symbol)
    for f in _tuple(domain.extra, "domain"):
        _formula(f, "domain")


def _ends(b: Bound, field: str, later: set[sp.Symbol]) -> None:
    """Both ends are expressions in the symbols before, and a number lies between them."""
    if not (isinstance(b.lower_closed, bool) and isinstance(b.upper_closed, bool)):
        raise Malformed(field, "lower_closed and upper_closed have to be True or False", "")
    for end in (b.lower, b.upper):
        if end is not None:
            if end in (sp.oo, -sp.oo):
                raise Malformed(
                    field, f"{end} is not a number", "leave the end out, or write None, where there is none"
                )
            check_expression(end, field)
            if end.free_symbols & later:
                name = min(s.name for s in end.free_symbols & later)
                raise Malformed(field, f"the end {end} uses {name}, which is not bounded before", "change the order")
    low, high = b.lower, b.upper
    if low is None or high is None or not (low.is_Rational and high.is_Rational):
        return
    if low > high or (low == high and not (b.lower_closed and b.upper_closed)):
        raise Malformed(field, f"no number lies between {low} and {high}", "")


# ---------------------------------------------------------------- statements


def _formula(f: Any, field: str, depth: int = 0) -> None:
    """A formula of ``verify.derivations.relations``, which keeps what is written; SymPy decides what it can before."""
    if isinstance(f, Boolean | bool) and not isinstance(f, sp.Expr):  # to SymPy a symbol is a truth value too
        hint = "write eq, ne, lt, le, gt or ge of verify.derivations.relations, which evaluate nothing"
        kind = f"SymPy or Python decided it: {f}" if f in (True, False) else f"{f} is a relation of SymPy"
        raise Malformed(field, kind, hint)
    if isinstance(f, Relation):
        if not (isinstance(f.op, str) and f.op in RELATIONS):
            raise Malformed(field, f"it has the relation {f.op!r:.60}", f"use {' '.join(RELATIONS)}")
        check_expression(f.lhs, field)
        check_expression(f.rhs, field)
    elif isinstance(f, Connective):
        arity = CONNECTIVES.get(f.op, ()) if isinstance(f.op, str) else ()
        if not arity:
            raise Malformed(field, f"it has the connective {f.op!r:.60}", f"use {', '.join(CONNECTIVES)}")
        if len(_tuple(f.args, field)) not in arity:
            many = f"{f.op} does not join {len(f.args)} formulas"
            raise Malformed(field, many, "an empty statement says nothing" if not f.args else "")
        if depth > MAX_DEPTH:
            raise Malformed(field, f"the nesting is deeper than {MAX_DEPTH}", "split the statement")
        for a in f.args:
            _formula(a, field, depth + 1)
    else:
        hint = "write it with eq, ne, lt, le, gt, ge, all_of, any_of, implies, iff of verify.claims.statement"
        raise Malformed(field, f"{f!r:.60} ({type(f).__name__}) is not a formula", hint)


def _statement(s: Any) -> None:
    match s:
        case Identity():
            _expressions(s, "lhs", "rhs")
        case Inequality():
            _formula(Relation(s.lhs, s.op, s.rhs), "statement")
        case Equivalence():
            _formula(s.left, "statement.left")
            _formula(s.right, "statement.right")
        case Holds():
            _formula(s.body, "statement")
        case Minimiser():
            _expressions(s, "objective", "argmin", *(["value"] if s.value is not None else []))
            _own_variable(s.variable, s.argmin, *([s.value] if s.value is not None else []))
            if s.unique_if is not None:
                _formula(s.unique_if, "statement.unique_if")
        case Monotone():
            _monotone(s)
        case Limit():
            _limit(s)
        case MatrixIdentity():
            _text(s.name, "statement.name")
            _polynomials(s)
        case LoewnerOrder():
            _polynomials(s)
            _formula(s.at_eigenvalue, "statement.at_eigenvalue")
            for name in ("eigenvalue", "norm", "trace_square"):
                check_symbol(getattr(s, name), f"statement.{name}")
            if not isinstance(s.averaged, bool):
                raise Malformed("statement.averaged", f"{s.averaged!r:.60} is neither True nor False", "")
        case Spatial():
            _text(s.statement, "statement.statement")
            for text in _tuple(s.assumptions, "statement.assumptions"):
                _text(text, "statement.assumptions")
        case Relation() | Connective():
            raise Malformed("statement", "a formula is not a statement yet", "write Holds(...) around it")
        case sp.Expr():
            raise Malformed("statement", f"the expression {s!r:.60} is not a statement", "compare it with something")
        case Boolean() | bool():
            _formula(s, "statement")
        case _:
            raise Malformed("statement", f"{s!r:.60} is not a statement", f"the kinds are {KINDS}")


def _expressions(s: Any, *names: str) -> None:
    for name in names:
        check_expression(getattr(s, name), f"statement.{name}")


def _own_variable(variable: Any, *others: sp.Expr) -> None:
    """The variable of a minimiser or of a limit is its own: the point and the value do not depend on it."""
    check_symbol(variable, "statement.variable")
    if any(variable in e.free_symbols for e in others):
        raise Malformed("statement", f"the variable {variable} stands in the point or the value", "")


def _monotone(s: Monotone) -> None:
    _expressions(s, "expression")
    check_symbol(s.variable, "statement.variable")
    check_symbol(s.second, "statement.second")
    if s.direction not in DIRECTIONS:
        raise Malformed(
            "statement.direction", f"{s.direction!r:.60} is no direction", f"write {' or '.join(DIRECTIONS)}"
        )
    if not isinstance(s.strict, bool):
        raise Malformed("statement.strict", f"{s.strict!r:.60} is neither True nor False", "")
    if s.second.name == s.variable.name or s.second in s.expression.free_symbols:
        hint = "second is a new symbol, for the larger of two values of the variable"
        raise Malformed("statement.second", f"{s.second} stands for something else already", hint)
    if bool(s.second.is_integer) != bool(s.variable.is_integer):
        hint = "give both the same assumptions: real=True, or integer=True"
        raise Malformed("statement.second", f"of {s.variable} and {s.second} only one is an integer", hint)


def _limit(s: Limit) -> None:
    _expressions(s, "expression", "value")
    _own_variable(s.variable, s.value)
    if not (isinstance(s.to, sp.Expr) and s.to in (sp.oo, sp.Integer(0))):
        hint = "write sp.oo, or 0 for the limit from above; substitute for a limit anywhere else, as in x = 1 + h"
        raise Malformed("statement.to", f"a limit as {s.variable} tends to {s.to} is not known here", hint)
    if s.to == 0 and s.variable.is_integer:
        raise Malformed("statement.to", f"the integer {s.variable} does not tend to 0 from above", "")


def _polynomials(s: MatrixIdentity | LoewnerOrder) -> None:
    for name in ("lhs", "rhs"):
        side, field = getattr(s, name), f"statement.{name}"
        if not isinstance(side, TracePolynomial):
            raise Malformed(
                field, f"{side!r:.60} is not a TracePolynomial", "scalar statements are Identity or Inequality"
            )
        for coefficient in side.terms.values():
            check_expression(coefficient, field)
    if (s.lhs.rows, s.lhs.cols) != (s.rhs.rows, s.rhs.cols):
        shapes = " and ".join(f"{x.rows} x {x.cols}" for x in (s.lhs, s.rhs))
        raise Malformed("statement", f"the sides have the shapes {shapes}", "")


# ---------------------------------------------------------------- fields that have to fit each other


def _fixed(at: Any) -> None:
    seen = set()
    for pair in _tuple(at, "at"):
        if not (isinstance(pair, tuple) and len(pair) == 2):
            raise Malformed("at", f"{pair!r:.60} is not a symbol and its value", "write ((alpha, 1/rho_E),)")
        check_symbol(pair[0], "at")
        check_expression(pair[1], "at")
        seen.add(pair[0])
    if len(seen) < len(at):
        raise Malformed("at", "a symbol is set twice", "")
    for symbol, value in at:
        if symbol.is_integer and not value.is_integer:
            raise Malformed("at", f"{symbol} is an integer, {value} need not be one", "")
    if any(value.free_symbols & seen for _, value in at):
        raise Malformed("at", "a value uses a symbol that is set itself", "")


def _variables(claim: Fields) -> None:
    """The variable of a limit, a minimiser or a monotone claim against the domain and what is fixed."""
    s, domain = claim.statement, claim.domain
    if not isinstance(s, Minimiser | Monotone | Limit):
        return
    if s.variable in claim.fixed:
        raise Malformed("at", f"the variable {s.variable} of the statement is fixed", "")
    own = next((b for b in domain.bounds if b.symbol == s.variable), None)
    if isinstance(s, Minimiser):
        _over_all(s, claim, own)
    if isinstance(s, Monotone) and (s.second in domain.symbols or s.second in claim.fixed):
        raise Malformed("statement.second", f"{s.second} has a place in the domain already", "it shares the variable's")
    if isinstance(s, Limit):
        _approaches(s, domain, own)


def _over_all(s: Minimiser, claim: Fields, own: Bound | None) -> None:
    """Nothing may leave the variable of a minimiser less than all real numbers, or move other symbols with it."""
    hint = f"write Bound({s.variable}); a minimum over a part is stated with Holds"
    if s.variable.is_integer:
        what = f"a Minimiser is one over all real {s.variable}, which is an integer here"
        raise Malformed("statement.variable", what, "a minimum over integers is stated with Holds")
    if own is not None and not (own.lower is None and own.upper is None):
        raise Malformed("domain", f"a Minimiser is one over all real {s.variable}, which has bounds here", hint)
    others = [x for b in claim.domain.bounds if b.symbol != s.variable for x in b.relations()]
    if any(s.variable in symbols_of(f) for f in (*others, *claim.domain.extra)):
        what = f"a Minimiser is one over all real {s.variable}, on which other hypotheses depend here"
        raise Malformed("domain", what, hint)
    if any(s.variable in value.free_symbols for _, value in claim.at):
        raise Malformed("at", f"what is fixed depends on the variable {s.variable} of the minimiser", "")


def _substituted(claim: Fields) -> None:
    """What is left once fixed values, a minimising point or a second value are put in: no 1/0, nothing too large."""
    for f in claim.domain.at(claim.fixed).hypotheses():
        _formula(f, "domain, with what is fixed")
    if claim.formula is not None:
        _formula(claim.formula, "statement")
    elif isinstance(claim.statement, Limit):
        for e in (claim.statement.expression, claim.statement.value):
            check_expression(e.xreplace(claim.fixed), "statement")


def _approaches(s: Limit, domain: Domain, own: Bound | None) -> None:
    """The domain must let the variable come near to where it tends, and say nothing else of it."""
    if own is not None and s.to == sp.oo and own.upper is not None:
        raise Malformed("domain", f"{s.variable} tends to oo, but is at most {own.upper}", "")
    if own is not None and s.to == 0:
        low, high = own.lower, own.upper
        if not (
            (low is None or (low.is_number and low <= 0)) and (high is None or high.is_number is False or high > 0)
        ):
            raise Malformed("domain", f"{s.variable} tends to 0 from above, but 0 is no end of its domain", "")
    others = [x for b in domain.bounds if b.symbol != s.variable for x in b.relations()]
    if any(s.variable in symbols_of(f) for f in (*others, *domain.extra)):
        hint = "a limit is one for fixed values of the other symbols"
        raise Malformed("domain", f"other bounds depend on the variable {s.variable} of the limit", hint)
