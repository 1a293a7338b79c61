"""From a Loewner order to numbers: two polynomials in one PSD matrix are ordered when their spectral values are."""

from __future__ import annotations

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.domain import Bound
from verify.claims.sequents import term
from verify.claims.statement import LoewnerOrder
from verify.derivations.relations import Connective, Formula, Relation, symbols_of
from verify.derivations.trace_polynomials import TracePolynomial
from verify.language.rational_functions import identical


class NotSpectral(Exception):
    """The scalar statement is not the one that the order of matrices reduces to."""


def reduction(claim: Claim) -> str:
    """Checks that the claim's scalar statement implies the order of matrices, and says why; raises ``NotSpectral``.

    With Sigma = U diag(l_1, ..., l_d) U^T, a polynomial f(Sigma) whose coefficients contain no trace but tr(Sigma^2) is
    U diag(f(l_1), ..., f(l_d)) U^T, so f(Sigma) <= g(Sigma) exactly when f(l_i) <= g(l_i) for every i. The l_i of a PSD
    matrix of norm L > 0 lie in [0, L], and t = tr(Sigma^2) >= L^2: the domain of the scalar statement must have room
    for all of these. Further hypotheses may speak of L, t and other symbols, not of one eigenvalue among several.

    The mean of PSD matrices is PSD, so if the order holds for each matrix of any number of them, it holds for their
    means. The scalar statement is proved for every (L, t) of the domain with the other symbols as they are, hence for
    the (L, t) of each matrix; what the two sides share, their coefficients, must then not depend on L or t.
    """
    statement = claim.statement
    if not isinstance(statement, LoewnerOrder):
        raise NotSpectral("not a Loewner order")
    l, L, t = statement.eigenvalue, statement.norm, statement.trace_square
    if len({l, L, t}) != 3 or any(s.is_integer for s in (l, L, t)):
        raise NotSpectral("eigenvalue, norm and trace of the square have to be three symbols for real numbers")
    if {l, L, t} & set(claim.setting.atoms):
        raise NotSpectral(f"one of {l}, {L}, {t} is a quantity that the theory defines")
    expand = claim.setting.expand
    order = _first(statement.at_eigenvalue)
    if order.op != "<=":
        raise NotSpectral(f"the scalar statement begins with {order}, not with an inequality <=")
    for polynomial in (statement.lhs, statement.rhs):
        if any(l in expand(coefficient).free_symbols for coefficient in polynomial.terms.values()):
            raise NotSpectral(f"a coefficient depends on the eigenvalue {l}, of which a matrix has several")
    for side, polynomial in ((order.lhs, statement.lhs), (order.rhs, statement.rhs)):
        if not identical(term(side), term(spectral_value(polynomial, l, t))):
            raise NotSpectral(f"{side} is not the eigenvalue of {polynomial} where Sigma has the eigenvalue {l}")
    bounds = {b.symbol: b for b in claim.domain.bounds}
    wide = {l: Bound(l, sp.Integer(0), True, L, True), t: Bound(t, L**2, True), L: Bound(L, sp.Integer(0))}
    for symbol, bound in wide.items():
        if bounds.get(symbol) != bound:
            raise NotSpectral(f"the domain of {symbol} is not that of a PSD matrix with norm {L}")
    others = [r for b in claim.domain.bounds if b.symbol != l for r in b.relations()]
    if any(l in expand(s).free_symbols for f in (*others, *claim.domain.extra) for s in symbols_of(f)):
        raise NotSpectral(f"a hypothesis depends on the eigenvalue {l}, of which a matrix has several")
    if any(l == s or l in expand(value).free_symbols for s, value in claim.at):
        raise NotSpectral(f"what is fixed depends on the eigenvalue {l}, of which a matrix has several")
    if len({a for side in (statement.lhs, statement.rhs) for a in side.letters.values()}) != 1:
        raise NotSpectral("the two sides are not about the same matrix")
    if statement.averaged:
        _shared(claim, statement)
    f, g = spectral_value(statement.lhs, l, t), spectral_value(statement.rhs, l, t)
    if statement.averaged:
        return (
            f"E f(Sigma_i) <= E g(Sigma_i) for any number of PSD Sigma_i, each with its own norm L and t = "
            f"tr(Sigma_i^2) >= L^2 in the domain, because a mean of PSD matrices is PSD and f(l) <= g(l) at each "
            f"eigenvalue l in [0, L] of each of them; f(l) = {f}, g(l) = {g}"
        )
    return (
        f"f(Sigma) <= g(Sigma) for every PSD Sigma of norm L exactly when f(l) <= g(l) at each eigenvalue l in [0, L]; "
        f"f(l) = {f}, g(l) = {g}, t = tr(Sigma^2) >= L^2"
    )


def _shared(claim: Claim, statement: LoewnerOrder) -> None:
    """Refuses an average whose coefficients, or what is fixed, are not the same for all matrices."""
    own, expand = {statement.norm, statement.trace_square}, claim.setting.expand
    coefficients = (k for side in (statement.lhs, statement.rhs) for k in side.terms.values())
    if any(own & expand(k).free_symbols for k in coefficients):
        raise NotSpectral("a coefficient depends on the norm or the trace, which each matrix of an average has its own")
    if any(s in own or own & expand(value).free_symbols for s, value in claim.at):
        raise NotSpectral("what is fixed depends on the norm or the trace, which each matrix of an average has its own")


def spectral_value(polynomial: TracePolynomial, l: sp.Symbol, t: sp.Symbol) -> sp.Expr:
    """The eigenvalue at l of a polynomial in one symmetric letter whose only trace is that of the square, t."""
    if polynomial.rows != polynomial.cols:
        raise NotSpectral(f"{polynomial} is not square")
    letters = list(polynomial.letters.values())
    if len(letters) != 1 or not letters[0].symmetric:
        raise NotSpectral(f"{polynomial} is not a polynomial in one symmetric matrix")
    total = sp.Integer(0)
    for monomial, coefficient in polynomial.terms.items():
        if l in coefficient.free_symbols:
            raise NotSpectral(f"a coefficient depends on the eigenvalue {l}, of which a matrix has several")
        if any(len(loop) != 2 for loop in monomial.traces):
            raise NotSpectral(f"{polynomial} contains a trace other than that of the square")
        total += coefficient * t ** len(monomial.traces) * l ** len(monomial.word)
    return total


def _first(f: Formula) -> Relation:
    while isinstance(f, Connective):
        if f.op != "and":
            raise NotSpectral(f"{f} is not an inequality")
        f = f.args[0]
    return f
