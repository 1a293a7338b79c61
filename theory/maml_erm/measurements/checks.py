"""A claim as checks at a point: measured quantities on one side, what only the claim states on the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import flint
import sympy as sp

from theory.maml_erm.claims import by_id
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.choice import alpha_star
from theory.maml_erm.formulas.mixture import G, hardness, m_star, samples_for_gain, sigma, sigma_g, sigma_inf
from theory.maml_erm.measurements import measured_expressions
from theory.maml_erm.measurements import quantities as by
from theory.maml_erm.measurements.balls import Ball, Source, Unmeasurable, compile_term, exact, middle, radius
from theory.maml_erm.measurements.comparison import Tally
from theory.maml_erm.measurements.quantities import Point
from verify.claims.claim import Claim
from verify.claims.statement import Identity, Limit, Minimiser, Monotone, Statement
from verify.derivations.relations import Connective, Formula, Relation, replace_symbols
from verify.runtime.errors import Impossible, ensured, present

Definitions = Mapping[sp.Symbol, sp.Expr]
Check = Callable[[Point, Tally], bool | None]


def compile_formula(f: Formula, left: Mapping[sp.Expr, Source], right: Mapping[sp.Expr, Source] | None = None) -> Check:
    """A formula as a check; ``right`` is the table for right-hand sides where it differs."""
    if isinstance(f, Relation):
        lhs, rhs, sign = compile_term(f.lhs, left), compile_term(f.rhs, left if right is None else right), f.op
        located = (
            sign == "=="
            and f.lhs in _LOCATED
            and left.get(f.lhs) is measured_expressions.definition_side().get(f.lhs, _LOCATED.get(f.lhs))
        )
        return lambda point, tally: tally.relation(lhs(point), sign, rhs(point), located=located)
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


def _error_left(point: Point) -> Ball:
    v = point.table
    return by.error_left(v["rho"], v["alpha"], v["eps"])


def _located() -> dict[sp.Expr, Source]:
    """Quantities that the definition gives up to an integer: sign changes and counts of steps."""
    shape = by_id()["A2.shape"].statement
    shape = ensured(shape, Identity)
    after = ensured(by_id()["H0.steps"].statement, Identity)
    return {
        m_star: by.threshold,
        shape.lhs: _threshold_of_shape(0),
        shape.rhs.xreplace({sy.s: sy.s_1}): _threshold_of_shape(1),
        hardness().scalar: _gradient_steps,
        after.lhs: _error_left,
    }


_LOCATED = _located()


def definition_side() -> dict[sp.Expr, Source]:
    objective = by_id()["S0.solution"].statement
    objective = ensured(objective, Minimiser)
    return {
        **measured_expressions.parameters(),
        **measured_expressions.definition_side(),
        **_LOCATED,
        objective.objective: lambda p: by.risk(p, "c"),
    }


# ---------------------------------------------------------------- one check per kind of statement


def twin(point: Point, s: Monotone) -> Point:
    if s.variable == sy.x:
        return Point(point.values, odds=point.odds[1:])
    if s.second.name not in point.table:
        raise Unmeasurable(f"{s.second} has no value")
    return point.at(**{s.variable.name: point.table[s.second.name]})


def _monotone(s: Monotone, left: Mapping[sp.Expr, Source]) -> Check:
    value = compile_term(s.expression, left)
    op = s.formula().op

    def check(point: Point, tally: Tally) -> bool | None:
        other = twin(point, s)
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
    """The gain or sigma at ever more samples, the gain at ever harder tasks: the distance to the limit shrinks."""
    stated = compile_term(1 / (1 + s.value) if s.expression == sigma else s.value, right)

    def values(point: Point) -> Iterator[Ball]:
        if s.variable == sy.m:
            for k in (20, 35, 50, 90):
                many = 2**k * (int(point.table["d"]) + 1)
                # A limit of odds may be zero, so that of the weight on mu_H is compared instead.
                yield by.weight_maml(point, many) if s.expression == sigma else by.gain(point, many)
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


def measured_limits() -> tuple[tuple[sp.Expr, sp.Symbol, sp.Expr], ...]:
    """What ``_limit`` measures: the gain and sigma with many samples, and the gain with ever harder tasks too."""
    harder = ensured(by_id()["L2"].statement, Limit)
    many = ((e, sy.m, sp.oo) for e in (G, sigma))
    return *many, (harder.expression, harder.variable, harder.to)


def measured_limit(s: Limit) -> bool:
    return (s.expression, s.variable, s.to) in measured_limits()


M_X = sp.Symbol("m_x", real=True)  # the number of samples that realises the odds x


def samples_stated() -> sp.Expr:
    return samples_for_gain().scalar.xreplace({sigma_g: sy.x})


def _equation(
    lhs: Source, rhs: Source, *, shift: int | None = None, located: bool = False, atom: bool = False
) -> Check:
    """That two values are equal, both moved by ``shift`` where it is given."""

    def check(point: Point, tally: Tally) -> bool | None:
        a, b = lhs(point), rhs(point)
        if shift is not None:
            a, b = a + shift, b + shift
        return tally.relation(a, "==", b, located=located, atom=atom)

    return check


def _own_checks(claim: Claim, stated: Definitions) -> Iterator[Check]:
    """The formula of every atom that the claim uses against its measured value."""
    formulas = measured_expressions.parameters()
    with_atoms = {**formulas, **measured_expressions.ATOMS}
    for entry in claim.used_atoms:
        symbol = present(entry.symbol)
        value = stated[symbol].xreplace(claim.fixed)
        if symbol == sigma_g:
            rhs = compile_term(value, with_atoms)
            yield _equation(sigma_g_reached, rhs, atom=True)
            continue
        # A limit of odds may be zero: then its distance to 1 is what can be compared.
        shift = 1 if symbol == sigma_inf else 0
        lhs, rhs = measured_expressions.ATOMS[symbol], compile_term(value, formulas)
        yield _equation(lhs, rhs, shift=shift, located=symbol in (m_star, alpha_star), atom=True)
    if claim.id in ("T3.samples", "T3.enough"):
        rhs = compile_term(stated.get(M_X, samples_stated()), with_atoms)
        yield _equation(lambda p: flint.arb(p.odds[0][1]), rhs)
    if claim.id == "H0":
        yield _equation(
            _gradient_steps, compile_term(ensured(claim.statement, Monotone).expression, formulas), located=True
        )


def sigma_g_reached(point: Point) -> Ball:
    return by.odds(by.weight_maml(point, point.gain_at))


def checks_of(claim: Claim, stated: Definitions) -> list[Check]:
    """Everything that is compared at each point of a claim."""
    left = definition_side()
    right: dict[sp.Expr, Source] = {**measured_expressions.parameters(), **measured_expressions.ATOMS}
    for symbol in (m_star, sigma_g, alpha_star):
        if symbol in stated:
            right[symbol] = compile_term(
                stated[symbol].xreplace(claim.fixed),
                {**measured_expressions.parameters(), **measured_expressions.ATOMS},
            )
    s: Statement = claim.statement
    found = list(_own_checks(claim, stated))
    if isinstance(s, Monotone):
        found.append(_monotone(s, left))
    elif isinstance(s, Minimiser):
        found.append(_minimiser(s, left, right))
    elif isinstance(s, Limit):
        if not measured_limit(s):
            raise KeyError("a limit of something that is not measured")
        found.append(_limit(Limit(s.expression, s.variable, s.to, s.value.xreplace(claim.fixed)), right))
    elif isinstance(s, Identity):
        f = replace_symbols(s.formula(), claim.fixed)
        if s.lhs == sy.rho:  # the weight of ERM
            left = {**left, sy.rho: lambda p: by.method_weight(p, "erm")}
        found.append(compile_formula(f, left, right))
    else:
        goal = {**left, **{k: right[k] for k in (m_star, sigma_g, alpha_star) if k in right}}
        if claim.formula is None:
            raise Impossible(f"{claim.id} has no formula to measure")
        # The parts of a conjunction are judged one by one: each may be tied in its own way where sides are close.
        parts = claim.formula.args if isinstance(claim.formula, Connective) and claim.formula.op == "and" else None
        found += [compile_formula(part, goal) for part in parts or (claim.formula,)]
    return found


def measurable(claim: Claim) -> bool:
    """Whether a quantity of the definition occurs in the statement."""
    if (
        claim.used_atoms
        or (isinstance(claim.statement, Limit) and measured_limit(claim.statement))
        or claim.id == "S0.erm.isotropic"
    ):
        return True
    table = set(definition_side()) - set(measured_expressions.parameters())
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
