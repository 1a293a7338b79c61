"""The cubature route: every claim with a number in it is supported, and a formula that is slightly wrong is noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import m_star, s_H
from theory.maml_erm.measurements import measured_expressions
from theory.maml_erm.measurements.balls import compile_term
from theory.maml_erm.measurements.route_cubature import cubature
from theory.maml_erm.measurements.tightest_points import tightest
from verify.claims.claim import Claim
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, Limit, MatrixIdentity, Minimiser
from verify.derivations.relations import Connective, Formula, Relation
from verify.derivations.trace_polynomials import Term, TracePolynomial
from verify.evidence.results import Evidence
from verify.language.verdict import Verdict

# About parameters only: no quantity of the definition occurs in them.
WITHOUT = {"T2.domain", "A1.isotropic"}
# Of these, cubature of the two-class mixture has no quantity: the tests named here run the definition for them.
ELSEWHERE = {
    "test_optimisation.py": ("OPT.condition.*", "OPT.step", "OPT.rate*", "OPT.descent*", "OPT.sgd.*", "OPT.noise.*"),
    "test_finite_data.py": ("C1.gradient",),
    "test_omega.py": (
        "A3.mixture.*", "HELP", "N1.deff*", "N1.general*", "N1.isotropic*", "N1.sandwiched", "T4.general",
    ),
    "properties/test_geometry.py": (
        "A2.order", "A2.order.rises", "N4*", "N5*", "S0.objective", "S0.solution.everywhere",
    ),
    "properties/test_choice.py": (
        "GS.*", "H0.*", "H2.residual", "H3.*", "ORD.imaml", "ORD.imaml.strong", "ORD.imaml.weak",
        "ORD.reptile", "ORD.reptile.many",
    ),
    "properties/test_inputs.py": ("H4.*", "KURT.*"),
    "properties/test_same_batch.py": ("SB.*",),
    "properties/test_representation.py": ("R1*", "R2*", "R5*"),
    "oracle/test_two_layers.py": ("H1", "H1.step"),
}  # fmt: skip
TOO_CLOSE = {"H3.maml", "ORD.fomaml.between"}  # at too many points the two sides are too close to tell
# What cubature does measure in these families.
MEASURED = {
    "H0.steps",
    "OPT.sgd.bounds",
    "OPT.sgd.harder",
    "SB.threshold",
}
RUN_ELSEWHERE = {
    name
    for patterns in ELSEWHERE.values()
    for name in THEORY.stated
    if name not in MEASURED | TOO_CLOSE and any(fnmatchcase(name, pattern) for pattern in patterns)
}
WITHOUT |= RUN_ELSEWHERE
# A slip inside one of two compared risks matters next to the boundary only; C1.difference notices each of them.
COMPARED = {"C1.cross", "C1.cross.below"}
# Implications and orders whose two sides are close, or far apart, at all points measured: a slip leaves most of
# them true there. `verify mutate` judges these slips exactly.
JUDGED_EXACTLY = {
    "A2.order.pair", "A2.order.top", "ALPHA.best", "ALPHA.inverse", "ALPHA.ratio", "ALPHA.root", "D.sandwich.factor",
    "D.sandwich.lower", "D.sandwich.upper", "ORD.imaml.between", "SB.threshold", "T3.headline",
}  # fmt: skip
SKIPPED = {"G1"}  # the derived side of an identity of matrices whose right-hand side is the letters' own definition


@cache
def found(name: str) -> Evidence | None:
    """What cubature finds of a claim as it stands, which two tests look at."""
    return cubature(THEORY.stated[name])


@pytest.mark.parametrize("name", [name for name in THEORY.stated if name not in WITHOUT | TOO_CLOSE])
def test_every_claim_with_a_number_in_it_is_supported(name: str) -> None:
    evidence = found(name)
    assert evidence is not None
    assert evidence.verdict is Verdict.SUPPORTED, evidence.summary
    assert evidence.details["largest_relative_deviation"] < 1e-10
    assert evidence.details["relative_error"] <= 2e-10
    assert evidence.route == "cubature"


def test_what_is_run_elsewhere_is() -> None:
    """The files exist, and every pattern stands for a claim."""
    folder = Path(__file__).parent.parent
    for name, patterns in ELSEWHERE.items():
        assert (folder / name).is_file()
        assert all(any(fnmatchcase(one, pattern) for one in RUN_ELSEWHERE) for pattern in patterns), patterns


def test_what_has_no_measured_quantity_is_left_alone() -> None:
    assert [name for name in THEORY.stated if found(name) is None] == [n for n in THEORY.stated if n in WITHOUT]
    assert all(cubature(c) is None for c in THEORY.refutable.values())


def test_a_limit_of_a_users_own_is_not_taken_for_the_gains() -> None:
    w, other = sp.Symbol("w", real=True), replace(THEORY.stated["L1"], id="own")
    assert cubature(replace(other, statement=Limit(1 / w, w, sp.oo, 0))) is None
    assert cubature(replace(other, statement=Limit(w, w, 0, 0))) is None
    assert cubature(other) is not None


def test_effective_dimension_at_a_million() -> None:
    """d + 1 -> d at d = 10^6 and above is noticed in a threshold, in a weight and in a gain."""
    for name in ("T1", "X2", "U1.order", "T5.odds", "N1"):
        for symbol in (s_H, m_star):
            if symbol in {e.symbol for e in THEORY.stated[name].used_atoms}:
                wrong = measured_expressions.definitions()[symbol].xreplace({sy.d + 1: sy.d})
                evidence = cubature(THEORY.stated[name], stated={symbol: wrong})
                assert evidence is not None and evidence.verdict is Verdict.INCONCLUSIVE
                assert "disagrees" in evidence.summary


# ---------------------------------------------------------------- mutants


def differs(a: sp.Expr, b: sp.Expr) -> bool:
    """Whether two expressions are different functions, by their values at one point without a special place."""
    symbols = sorted(a.free_symbols | b.free_symbols, key=str)
    values = {x: sp.Rational(3 + 2 * i, 7 + i * i) for i, x in enumerate(symbols)}
    return bool(abs(sp.N((a - b).subs(values), 30)) > 1e-20)


def mutants(e: sp.Expr, spared: Collection[sp.Expr] = ()) -> Iterator[tuple[str, sp.Expr]]:
    """Every expression that differs from e by one slip, none inside of a subexpression that is ``spared``."""
    if e in spared:
        return
    if isinstance(e, sp.Add) and sy.d in e.args and sp.Integer(1) in e.args:
        yield "d+1 -> d", e - 1
    if (isinstance(e, sp.Integer) and e == 2) or e == sp.Rational(1, 2):
        yield "factor 2", sp.Integer(1)
    if isinstance(e, sp.Pow) and e.exp == 2:
        yield "square", e.base
    for one, other in ((sy.rho_H, sy.rho_E), (sy.rho_E, sy.rho_H), (sy.V_H, sy.V_E), (sy.V_E, sy.V_H)):
        if e == one:
            yield "swapped", other
    if e.args:
        for i, a in enumerate(e.args):
            if isinstance(e, sp.Pow) and i == 1:
                continue
            for kind, b in mutants(a, spared):
                whole = e.func(*e.args[:i], b, *e.args[i + 1 :])
                if not whole.has(sp.zoo, sp.nan):
                    yield kind, whole


def formula_mutants(f: Formula) -> Iterator[tuple[str, Formula]]:
    if isinstance(f, Connective):
        for i, a in enumerate(f.args):
            for kind, b in formula_mutants(a):
                yield kind, Connective(f.op, (*f.args[:i], b, *f.args[i + 1 :]))
        return
    for side in ("lhs", "rhs"):
        for kind, b in mutants(getattr(f, side), measured_expressions.definition_side()):
            yield kind, replace(f, **{side: b})


def trace_mutants(p: TracePolynomial) -> Iterator[tuple[str, TracePolynomial]]:
    """tr(Sigma) for tr(Sigma^2), and every slip in a coefficient."""
    for term, k in p.terms.items():
        others = {t: x for t, x in p.terms.items() if t is not term}

        def built(new: Term, x: sp.Expr, others: dict[Term, sp.Expr] = others) -> TracePolynomial:
            return TracePolynomial(p.rows, p.cols, {**others, new: others.get(new, 0) + x})

        for i, loop in enumerate(term.traces):
            if len(loop) == 2 and loop[0] == loop[1]:
                yield "trace", built(Term((*term.traces[:i], loop[:1], *term.traces[i + 1 :]), term.word), k)
        for kind, x in mutants(k):
            if differs(x, k):
                yield kind, built(term, x)


def claim_mutants(claim: Claim) -> Iterator[tuple[str, Claim]]:
    s = claim.statement
    if isinstance(s, Identity):
        for kind, x in mutants(s.rhs):
            if differs(x, s.rhs):
                yield kind, replace(claim, statement=replace(s, rhs=x))
    elif isinstance(s, Minimiser):
        for part in ("argmin", "value"):
            if getattr(s, part) is not None:
                for kind, x in mutants(getattr(s, part)):
                    yield kind, replace(claim, statement=replace(s, **{part: x}))
    elif isinstance(s, Limit):
        for kind, x in mutants(s.value):
            yield kind, replace(claim, statement=replace(s, value=x))
    elif isinstance(s, MatrixIdentity):
        for kind, x in trace_mutants(s.rhs):
            yield kind, replace(claim, statement=replace(s, rhs=x))
    elif isinstance(s, Inequality | Equivalence | Holds):
        for kind, f in formula_mutants(s.formula()):
            yield kind, replace(claim, statement=Holds(f))


EQUALITIES = (Identity, Minimiser, Limit, MatrixIdentity)


def noticed(claim: Claim, **more: object) -> bool:
    evidence = cubature(claim, **more)  # type: ignore[arg-type]
    return evidence is not None and evidence.verdict is not Verdict.SUPPORTED


def test_every_slip_in_an_equality_or_a_threshold_is_noticed() -> None:
    missed = [
        f"{name}: {kind}: {mutant.statement}"
        for name, claim in THEORY.stated.items()
        if isinstance(claim.statement, (*EQUALITIES, Equivalence))
        and name not in WITHOUT | SKIPPED | COMPARED | JUDGED_EXACTLY
        for kind, mutant in claim_mutants(claim)
        if not noticed(mutant)
    ]
    assert not missed


def test_every_slip_in_the_definition_of_a_named_quantity_is_noticed() -> None:
    missed = []
    for symbol, wrong_of in measured_expressions.definitions().items():
        claim = next(
            c for c in THEORY.stated.values() if c.formula is not None and symbol in {e.symbol for e in c.used_atoms}
        )
        for kind, wrong in mutants(wrong_of):
            if differs(wrong, wrong_of) and not noticed(claim, stated={symbol: wrong}):
                missed.append(f"{atoms()[symbol].name} in {claim.id}: {kind}: {wrong}")
    assert not missed


# Slips in an inequality after which it still holds: no measurement can disagree with them.
STILL_TRUE = Counter(
    {
        "P.gain: square": 1,  # Delta sigma + ...: a sum of terms that are not negative, and not all zero
        "N2.packing: square": 1,  # 1 - a for (1 - a)^2: a larger bound
        "N2: square": 1,  # kappa for kappa^2: kappa/(1 + kappa)^2 < 1 as well
        "B1.atoms: factor 2": 1,  # V_E for 2 V_E asks for less, and to first order in sigma that is enough
        "B1.samples: factor 2": 1,
        "T1.product: swapped": 2,  # another positive factor in the product that is claimed to be positive
        "T2.domain: factor 2": 3,  # one side smaller than the smaller one, or the other greater
        "T2.domain: swapped": 2,
    }
)


def test_every_slip_in_an_inequality_is_noticed_unless_what_it_says_is_true() -> None:
    missed = Counter(
        f"{name}: {kind}"
        for name, claim in THEORY.stated.items()
        if isinstance(claim.statement, Inequality | Holds) and name not in RUN_ELSEWHERE | TOO_CLOSE | JUDGED_EXACTLY
        for kind, mutant in claim_mutants(claim)
        if not noticed(mutant)
    )
    assert missed == STILL_TRUE


def test_an_inequality_is_asked_where_it_is_tightest() -> None:
    """The search goes to the edge of the domain: to m just above the bound on it, and to a gain just above its own."""
    claim = THEORY.stated["B1.samples"]
    probes = list(tightest(claim, measured_expressions.definitions()))
    assert len({p.table["d"] for p in probes}) >= 3 and max(p.table["d"] for p in probes) > 100
    premise, conclusion = claim.formula.args  # type: ignore[union-attr]
    for point in probes:
        bound = [
            compile_term(x, {**measured_expressions.parameters(), **measured_expressions.ATOMS})(point)
            for x in (premise.lhs, premise.rhs)
        ]
        reached = [
            compile_term(x, {**measured_expressions.definition_side(), **measured_expressions.parameters()})(point)
            for x in _sides(conclusion)
        ]
        assert 1 <= float((bound[0] / bound[1]).mid()) < 1.2
        assert 1 <= float((reached[0] / reached[1]).mid()) < 1.2


def _sides(f: Formula) -> tuple[sp.Expr, sp.Expr]:
    assert isinstance(f, Relation)
    return f.lhs, f.rhs


def test_a_statement_without_a_value_disagrees() -> None:
    """V_E for V_H in a denominator: in the domain V_E may be 0, and then the statement says nothing."""
    claim = THEORY.stated["N2.below"]
    assert isinstance(claim.statement, Inequality)
    swapped = claim.statement.formula().rhs.xreplace({sy.V_E: sy.V_H})  # type: ignore[union-attr]
    evidence = cubature(replace(claim, statement=replace(claim.statement, rhs=swapped)))
    assert evidence is not None and "disagrees" in evidence.summary
