"""Cubature: the claim's relation evaluated on quantities that are measured by running the definitions.

Every named quantity of the theory in a claim (a weight, an odds, a risk, a gain, a sign change) is replaced by its
measured value; what only the claim states (a bound, a threshold, the other side of an identity) is computed from its
formula in ball arithmetic. The formulas that define the claim's atoms are compared with the measured values too. The
points are fixed, exact in binary and reach d = 10^7 (2^37 for thresholds). Agreement is floating point: SUPPORTED at
best, and a disagreement is reported as one, never as a refutation.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import flint
import sympy as sp

from theory import symbols as sy
from theory.claim import Claim, second
from theory.claims import claims as all_claims
from theory.claims.limits import many_samples
from theory.mixture import hardness, m_star, samples_for_gain, sigma_g, sigma_inf
from theory.statement import (
    Connective,
    Formula,
    Identity,
    Limit,
    MatrixIdentity,
    Minimiser,
    Monotone,
    Relation,
    Statement,
    replace_symbols,
    symbols_of,
)
from verify.evidence import Evidence
from verify.measured import matrices, names, points
from verify.measured import quantities as by
from verify.measured.balls import (
    PRECISION,
    Ball,
    Source,
    Unmeasurable,
    compile_term,
    exact,
    middle,
    radius,
    sign,
)
from verify.measured.quantities import Point
from verify.verdict import Verdict

FEWEST = 3
ENOUGH = 3  # disagreements after which no further point is tried
Definitions = Mapping[sp.Symbol, sp.Expr]
Check = Callable[[Point, "Tally"], bool | None]


@dataclass
class Tally:
    """What the comparisons of one claim came to, so far.

    ``noticed`` and ``noticed_in_atoms``: the smallest relative change of the statement's own formulas, and of those
    that define its atoms, that would have been seen at some point. ``tie``: what two sides that agree up to a small
    error count as: 0 equal, 1 the left one greater, -1 the right one; ``tied``: whether that was asked.
    """

    points: int = 0
    too_close: int = 0
    deviation: float = 0.0
    error: float = 0.0
    noticed: float = 1.0
    noticed_in_atoms: float = 1.0
    wrong: list[str] = field(default_factory=list)
    largest_d: int = 0
    tie: int = 0
    tied: bool = False

    def relation(self, lhs: Ball, op: str, rhs: Ball, *, located: bool = False, atom: bool = False) -> bool | None:
        """Whether lhs op rhs, None where the error is too large to tell.

        located: lhs is only known to lie between two integers, rhs has to lie there too.
        """
        difference, scale = lhs - rhs, max(abs(lhs), abs(rhs), key=middle)
        size, wide = abs(middle(scale)) or 1.0, radius(difference)
        if located:
            self._notice(2 * wide / size, atom)
            return bool(difference.contains(0))
        s = sign(difference, scale)
        if s is None:
            return None
        if s == 0 and wide:
            self.tied, s = True, self.tie
            self.error = max(self.error, wide / size)
            self.deviation = max(self.deviation, abs(middle(difference)) / size)
            self._notice(2 * wide / size, atom)
        elif wide:
            self._notice((abs(middle(difference)) + wide) / size, atom)
        return {"==": s == 0, "!=": s != 0, "<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0}[op]

    def _notice(self, change: float, atom: bool) -> None:
        if atom:
            self.noticed_in_atoms = min(self.noticed_in_atoms, change)
        else:
            self.noticed = min(self.noticed, change)

    def judge(self, where: Point | str, d: int, checks: Iterable[Callable[[], bool | None]]) -> None:
        """Count a point: it holds, it disagrees beyond the error, or it is too close to tell.

        A statement holds if it does when sides that agree within a small error are equal. It disagrees only if it
        fails whichever of the sides is the greater one.
        """
        self.points += 1
        outcome: bool | None = True
        for check in checks:
            result = self._one(check)
            if result is False:
                self.wrong.append(str(where))
                return
            outcome = None if result is None else outcome
        if outcome is None:
            self.too_close += 1
        else:
            self.largest_d = max(self.largest_d, d)

    def _one(self, check: Callable[[], bool | None]) -> bool | None:
        self.tie, self.tied = 0, False
        try:
            result = check()
            if result is False and self.tied:
                for self.tie in (1, -1):
                    if check() is not False:
                        return None
            return result
        except Unmeasurable:
            return None
        finally:
            self.tie = 0


# ---------------------------------------------------------------- formulas


def compile_formula(f: Formula, left: Mapping[sp.Expr, Source], right: Mapping[sp.Expr, Source] | None = None) -> Check:
    """A formula as a check; ``right`` is the table for right-hand sides where it differs."""
    if isinstance(f, Relation):
        lhs, rhs, op = compile_term(f.lhs, left), compile_term(f.rhs, left if right is None else right), f.op
        located = (
            op == "=="
            and f.lhs in _LOCATED
            and left.get(f.lhs) is names.definition_side().get(f.lhs, _LOCATED.get(f.lhs))
        )
        return lambda point, tally: tally.relation(lhs(point), op, rhs(point), located=located)
    parts = [compile_formula(a, left, right) for a in f.args]
    op = f.op

    def check(point: Point, tally: Tally) -> bool | None:
        if op == "implies":
            premise = parts[0](point, tally)
            return True if premise is False else None if premise is None else parts[1](point, tally)
        values = [part(point, tally) for part in parts]
        if op == "not":
            return None if values[0] is None else not values[0]
        if op == "iff":
            return None if None in values else values[0] == values[1]
        stop = op == "or"
        return stop if stop in values else None if None in values else not stop

    return check


def _threshold_of_shape(index: int) -> Source:
    def source(point: Point) -> Ball:
        if point.spectra is None:
            raise Unmeasurable("no spectrum")
        return by.between(by.direction_crossing(point.spectra, point.spectra.directions[index], point.table["alpha"]))

    return source


def _gradient_steps(point: Point) -> Ball:
    v = point.table
    return by.steps_needed(v["rho"], v["alpha"], v["eps"])


def _located() -> dict[sp.Expr, Source]:
    """Quantities that the definition gives up to an integer: sign changes and counts of steps."""
    shape = all_claims()["A2.shape"].statement
    assert isinstance(shape, Identity)
    return {
        m_star: by.threshold,
        shape.lhs: _threshold_of_shape(0),
        shape.rhs.xreplace({sy.s: sy.s_1}): _threshold_of_shape(1),
        hardness().scalar: _gradient_steps,
    }


_LOCATED = _located()


def _definition_side() -> dict[sp.Expr, Source]:
    objective = all_claims()["S0.solution"].statement
    assert isinstance(objective, Minimiser)
    return {
        **names.parameters(),
        **names.definition_side(),
        **_LOCATED,
        objective.objective: lambda p: by.risk(p, "c"),
    }


# ---------------------------------------------------------------- one check per kind of statement


def _twin(point: Point, s: Monotone) -> Point:
    if s.variable == sy.x:
        return Point(point.values, odds=point.odds[1:])
    return point.at(**{s.variable.name: point.table[s.second.name]})


def _monotone(s: Monotone, left: Mapping[sp.Expr, Source]) -> Check:
    value = compile_term(s.expression, left)
    op = s.formula().op  # type: ignore[union-attr]

    def check(point: Point, tally: Tally) -> bool | None:
        other = _twin(point, s)
        return tally.relation(value(point), op, value(other))

    return check


def _minimiser(s: Minimiser, left: Mapping[sp.Expr, Source], right: Mapping[sp.Expr, Source]) -> Check:
    """The minimiser and the minimum of the measured objective, from three of its values; a fourth checks the shape."""
    objective, argmin = compile_term(s.objective, left), compile_term(s.argmin, right)
    least = s.objective.xreplace({s.variable: s.argmin}) if s.value is None else s.value
    minimum = compile_term(least, right)
    name = s.variable.name

    def check(point: Point, tally: Tally) -> bool | None:
        unit = 1 / point.table["rho"] if name == "alpha" else Fraction(1)
        at = [unit * Fraction(x, 2) for x in (1, 2, 3, 5)]
        values = [objective(point.at(**{name: x})) for x in at]
        slope, bend = (values[2] - values[0]) / 2, values[2] - 2 * values[1] + values[0]
        # f(1 + z) = f_1 + 2 slope z + 2 bend z^2 in units of ``unit``.
        fourth = values[1] + 3 * slope + exact(Fraction(9, 2)) * bend
        if not (bend > 0 and fourth.overlaps(values[3])):
            return False
        z = -slope / (2 * bend)
        found = exact(unit) * (1 + z)
        results = [
            tally.relation(found, "==", argmin(point)),
            tally.relation(values[1] - slope**2 / (2 * bend), "==", minimum(point)),
        ]
        return None if None in results else all(results)

    return check


def _limit(s: Limit, right: Mapping[sp.Expr, Source]) -> Check:
    """The gain at ever more samples (or ever harder tasks): its distance to the limit shrinks to rounding."""
    stated = compile_term(s.value, right)

    def values(point: Point) -> Iterator[Ball]:
        if s.variable == sy.m:
            for k in (20, 35, 50, 90):
                yield by.gain(point, 2**k * (int(point.table["d"]) + 1))
        else:
            for k in (10, 20, 30, 45):
                easy = point.table["rho_E"]
                yield by.gain(point.at(rho_H=easy / 2**k), 2**120)

    def check(point: Point, tally: Tally) -> bool | None:
        if "rho_H" not in point.table:
            raise Unmeasurable("no mixture")
        goal = stated(point)
        *before, last = values(point)
        distances = [abs(x - goal) for x in (*before, last)]
        shrinks = all(far / 4 > near or radius(near) * 2 >= middle(near) for far, near in itertools.pairwise(distances))
        return tally.relation(last, "==", goal) if shrinks else False

    return check


M_X = sp.Symbol("m_x", real=True)  # the number of samples that realises the odds x


def _samples_stated() -> sp.Expr:
    return samples_for_gain().scalar.xreplace({sigma_g: sy.x})


def _own_checks(claim: Claim, stated: Definitions) -> Iterator[Check]:
    """The formula of every atom that the claim uses against its measured value."""
    formulas = names.parameters()
    with_atoms = {**formulas, **names.ATOMS}
    for entry in claim.used_atoms:
        symbol = entry.symbol
        assert symbol is not None
        value = stated[symbol].xreplace(claim.fixed)
        if symbol == sigma_g:
            rhs = compile_term(value, with_atoms)
            yield lambda p, t, rhs=rhs: t.relation(_sigma_g(p), "==", rhs(p), atom=True)
            continue
        # A limit of odds may be zero: then its distance to 1 is what can be compared.
        shift = 1 if symbol == sigma_inf else 0
        lhs, rhs = names.ATOMS[symbol], compile_term(value, formulas)
        yield lambda p, t, lhs=lhs, rhs=rhs, x=shift, at=symbol == m_star: t.relation(
            lhs(p) + x, "==", rhs(p) + x, located=at, atom=True
        )
    if claim.id in ("T3.samples", "T3.enough"):
        rhs = compile_term(stated.get(M_X, _samples_stated()), with_atoms)
        yield lambda p, t, rhs=rhs: t.relation(flint.arb(p.odds[0][1]), "==", rhs(p))
    if claim.id == "H0":
        rhs = compile_term(claim.statement.expression, formulas)  # type: ignore[union-attr]
        yield lambda p, t, rhs=rhs: t.relation(_gradient_steps(p), "==", rhs(p), located=True)


def _sigma_g(point: Point) -> Ball:
    return by.odds(by.weight_maml(point, point.gain_at))


def checks_of(claim: Claim, stated: Definitions) -> list[Check]:
    """Everything that is compared at each point of a claim."""
    left = _definition_side()
    right: dict[sp.Expr, Source] = {**names.parameters(), **names.ATOMS}
    for symbol in (m_star, sigma_g):
        if symbol in stated:
            right[symbol] = compile_term(stated[symbol].xreplace(claim.fixed), {**names.parameters(), **names.ATOMS})
    s: Statement = claim.statement
    found = list(_own_checks(claim, stated))
    if isinstance(s, Monotone):
        found.append(_monotone(s, left))
    elif isinstance(s, Minimiser):
        found.append(_minimiser(s, left, right))
    elif isinstance(s, Limit):
        found.append(_limit(Limit(s.expression, s.variable, s.to, s.value.xreplace(claim.fixed)), right))
    elif isinstance(s, Identity):
        f = replace_symbols(s.formula(), claim.fixed)
        if s.lhs == sy.rho:  # the weight of ERM
            left = {**left, sy.rho: lambda p: by.method_weight(p, "erm")}
        found.append(compile_formula(f, left, right))
    else:
        assert claim.formula is not None
        goal = {**left, **{k: right[k] for k in (m_star, sigma_g) if k in right}}
        found.append(compile_formula(claim.formula, goal))
    return found


# ---------------------------------------------------------------- points


def points_of(claim: Claim) -> Iterator[Point]:
    """The points of a claim's family that can be in its domain; the hypotheses are checked with measured values."""
    symbols = _symbols(claim)
    if {sy.l_H, sy.l_E} & symbols:
        yield from points.pairs_of_spectra()
    elif sy.t_S in symbols:
        yield from points.shapes()
    elif {sy.l, sy.L} & symbols:
        yield from points.spectra()
    elif isinstance(claim.statement, Monotone) and claim.statement.variable == sy.rho:
        yield from points.curvatures()
    elif sy.rho in symbols:
        yield from points.one_task()
    elif sy.W in symbols:
        yield from (p.at(rho_E=p.table["rho_H"]) for p in points.mixtures() if p.table["d"] < 2**30)
    else:
        yield from _mixture_points(claim, symbols)


def _symbols(claim: Claim) -> set[sp.Symbol]:
    s = claim.statement
    found = set(claim.relevant_domain.symbols) | (symbols_of(claim.formula) if claim.formula is not None else set())
    return found | ({s.second} if isinstance(s, Monotone) else set())


def _mixture_points(claim: Claim, symbols: set[sp.Symbol]) -> Iterator[Point]:
    found: Iterable[Point] = points.mixtures()
    if sy.alpha in claim.fixed or many_samples() in _parts(claim):
        found = points.at_inverse(found)
    s = claim.statement
    if sy.n in symbols:
        found = points.with_other_batches(found)
    if isinstance(s, Monotone) and s.variable == sy.m:
        found = points.with_more_samples(found)
    elif isinstance(s, Monotone) and s.variable == sy.nu:
        found = (p.at(nu=x, nu_2=y) for p in found for x, y in ((0, Fraction(1, 2)), (Fraction(1, 2), 3)))
    elif second(sy.m) in symbols:
        found = (p.at(d_2=k * (p.table["d"] + 1) - 1, m_2=k * p.table["m"]) for p in found for k in (2, 5))
    if sy.x in symbols:
        found = points.with_odds(found, second=isinstance(s, Monotone))
    elif sigma_g in symbols:
        found = points.with_gain_reached(found)
    elif sy.g in symbols:
        found = points.with_gain_asked(found)
    return iter(found)


def _parts(claim: Claim) -> set[sp.Expr]:
    s = claim.statement
    return {many_samples()} if claim.id.startswith("L2") or (isinstance(s, Limit) and s.variable == sy.r) else set()


def _hypotheses(claim: Claim) -> list[Check]:
    table = {**names.parameters(), **names.ATOMS, sigma_g: _sigma_g}
    own = claim.relevant_domain.hypotheses()
    out = [compile_formula(f, table) for f in own]
    s = claim.statement
    if isinstance(s, Monotone):
        variable = compile_term(s.variable, table)
        out += [(lambda p, t, check=check: check(_twin(p, s), t)) for check in out if s.variable != sy.x]
        out.append(lambda p, t: bool(variable(p) < variable(_twin(p, s))))
    return out


# ---------------------------------------------------------------- the route


def cubature(claim: Claim, *, stated: Definitions | None = None) -> Evidence | None:
    """Evidence from cubature of the definition; None for a claim in which nothing can be measured.

    ``stated``: other formulas for the atoms than the theory's, for tests that a wrong one is noticed.
    """
    if not claim.expected:
        return None
    with flint.ctx.workprec(PRECISION):
        tally = Tally()
        if isinstance(claim.statement, MatrixIdentity):
            if not matrices.compare(claim, tally):
                return None
        else:
            if not _measurable(claim):
                return None
            _compare(claim, {**names.definitions(), **(stated or {})}, tally)
    return _evidence(tally)


def _measurable(claim: Claim) -> bool:
    """Whether a quantity of the definition occurs in the statement."""
    if claim.used_atoms or isinstance(claim.statement, Limit) or claim.id == "S0.erm.isotropic":
        return True
    table = set(_definition_side()) - set(names.parameters())
    s = claim.statement
    whole = s.expression if isinstance(s, Monotone) else s.objective if isinstance(s, Minimiser) else None
    if whole is not None:
        return whole in table
    return claim.formula is not None and any(e in table for e in _subexpressions(claim.formula))


def _subexpressions(f: Formula) -> Iterator[sp.Expr]:
    if isinstance(f, Connective):
        for a in f.args:
            yield from _subexpressions(a)
    else:
        yield from sp.preorder_traversal(f.lhs)
        yield from sp.preorder_traversal(f.rhs)


def _compare(claim: Claim, stated: Definitions, tally: Tally) -> None:
    checks, hypotheses = checks_of(claim, stated), _hypotheses(claim)
    seen = set()
    for point in points_of(claim):
        if len(tally.wrong) >= ENOUGH:
            return
        ignored = Tally()
        try:
            inside = all(h(point, ignored) is True for h in hypotheses)
        except Unmeasurable:
            continue
        if inside and point not in seen:
            seen.add(point)
            d = int(point.table["d"])
            tally.judge(point, d, ((lambda check=check, p=point: check(p, tally)) for check in checks))


def _evidence(tally: Tally) -> Evidence:
    clear = tally.points - tally.too_close
    details: dict[str, object] = {
        "points": clear,
        "too_close": tally.too_close,
        "largest_d": tally.largest_d,
        "largest_relative_deviation": _short(tally.deviation),
        "relative_error": _short(tally.error),
        "noticed": _short(tally.noticed),
        "noticed_in_atoms": _short(tally.noticed_in_atoms),
    }
    if tally.wrong:
        details["disagreement"] = tally.wrong[0]
        places = f"{len(tally.wrong)} of {tally.points} points tried"
        said = f"disagrees with the definition at {places}, first at {tally.wrong[0]}"
        return Evidence("cubature", Verdict.INCONCLUSIVE, said, details=details)
    if clear < max(FEWEST, tally.points / 3):
        said = f"{tally.points} points lie in the domain, and {tally.too_close} of them are too close to tell"
        return Evidence("cubature", Verdict.INCONCLUSIVE, said, details=details)
    close = f" ({tally.too_close} more are too close to tell)" if tally.too_close else ""
    said = (
        f"holds on the definition, evaluated by cubature, at {clear} points with d up to {tally.largest_d:,}{close}: "
        f"relative deviation at most {tally.deviation:.1e}, error {tally.error:.1e}; "
        f"a relative change of {min(tally.noticed, tally.noticed_in_atoms):.1e} would have been noticed"
    )
    return Evidence("cubature", Verdict.SUPPORTED, said, details=details)


def _short(x: float) -> float:
    return float(f"{x:.2g}")
