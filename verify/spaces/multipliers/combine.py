"""From multipliers to a proof: the rest is a sum of squares, and every sign is shown, for all parameter values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verify.spaces.multipliers.gram import ONE, Combination, SignProof, Square
from verify.spaces.multipliers.ldl import Decomposition, Pivot, semidefinite_at
from verify.spaces.multipliers.ratios import Ratio
from verify.spaces.multipliers.system import Column, System

MOST_CHECKED = 20  # points at which semidefiniteness is looked at before it is proved


def combination(system: System, multipliers: Mapping[int, Ratio]) -> Combination | None:
    """The proof that these multipliers give; None where a function value is left or a sign was not shown."""
    signs = system.signs
    multipliers = {k: signs.under.reduced(m) for k, m in sorted(multipliers.items())}
    multipliers = {k: m for k, m in multipliers.items() if m}
    left = system.residual(multipliers)
    if any(a[0] == "value" for a in left):
        return None
    matrix, rest = system.matrix(left), left.get(ONE, system.home.zero)
    points = [*signs.points[:MOST_CHECKED], *signs.edges]
    if not semidefinite_at(matrix, points):
        return None
    wanted = [(">=", m) for k, m in multipliers.items() if system.weak[k]]
    wanted += [(">=", rest), *_defined(multipliers.values())]
    if not all(signs.holds(relation, form) for relation, form in wanted):
        return None
    pivots = Decomposition(signs).of(matrix, range(len(matrix)))
    if pivots is None:
        return None
    for p in pivots:
        wanted.append((">=", p.size))
        wanted += _defined([p.size, *p.weights.values()])
    return _stated(system, multipliers, pivots, rest, wanted)


def _stated(
    system: System, multipliers: dict[int, Ratio], pivots: list[Pivot], rest: Ratio, wanted: list[tuple[str, Ratio]]
) -> Combination | None:
    """The combination with a theorem for every sign, after one more look whether it is an identity."""
    left = system.residual(multipliers, written=True)
    _subtract(left, squares(system, pivots))
    _subtract(left, {ONE: rest})
    equations = cofactors(system, left)
    orthogonal: dict[int, dict[str, Ratio]] = {}
    for i, zero in enumerate(system.zeros):
        left, orthogonal[i] = zero.put(left)
    if any(left.values()):
        return None
    for column in [*equations.values(), *({ONE: c} for w in orthogonal.values() for c in w.values())]:
        wanted += _defined(column.values())
    theorems: dict[tuple[str, Ratio], SignProof] = {}
    for relation, form in wanted:
        if (relation, form) in theorems or form.constant:
            continue
        proof = system.signs.proof(relation, form)
        if proof is None:
            return None
        theorems[relation, form] = proof
    names = system.vectors
    return Combination(
        multipliers={k: m.expression() for k, m in multipliers.items()},
        squares=tuple(
            Square(p.size.expression(), {names[j]: w.expression() for j, w in p.weights.items()}) for p in pivots
        ),
        rest=rest.expression(),
        signs=tuple(theorems.values()),
        equations={i: system.expressions(column) for i, column in equations.items()},
        orthogonal={i: {v: c.expression() for v, c in w.items()} for i, w in orthogonal.items() if w},
    )


def _defined(forms: Iterable[Ratio]) -> list[tuple[str, Ratio]]:
    """That no factor of a denominator is zero: each by itself, for multiplied out others stand together."""
    return [("!=", p) for form in forms for p, k in form.factors()[1] if k < 0]


def squares(system: System, pivots: list[Pivot]) -> Column:
    """The sum of the squares, multiplied out."""
    total: Column = {}
    for p in pivots:
        for i, a in p.weights.items():
            for j, b in p.weights.items():
                u, v = sorted((system.vectors[i], system.vectors[j]))
                total["inner", u, v] = total.get(("inner", u, v), system.home.zero) + p.size * a * b
    return total


def cofactors(system: System, left: Column) -> dict[int, Column]:
    """What equations between parameters are to be multiplied by, to take them out of what remains; changes ``left``.

    An equation g == 0 was used for x == v, or for x^2 == v. Putting v in a coefficient c changes it by a multiple of g.
    """
    rules = {rule.index: rule for rule in system.signs.under.rules}
    out: dict[int, Column] = {}
    done: list[tuple[int, Ratio]] = []  # equations before, by which later ones were changed
    for place, rule in rules.items():
        gap, part, changes = system.home.gap(system.signs.under.written[place]), {}, []
        for index, earlier in done:
            put = rules[index].put(gap)
            changes.append((index, (gap - put) / earlier))
            gap = put
        for a, c in list(left.items()):
            put = rule.put(c)
            if c != put:
                part[a] = (c - put) / gap
            left[a] = put
        out[place] = part
        for index, share in changes:
            for a, c in part.items():
                out[index][a] = out[index].get(a, system.home.zero) - share * c
        done.append((place, gap))
    return {i: {a: c for a, c in column.items() if c} for i, column in out.items() if any(column.values())}


def _subtract(total: Column, other: Column) -> None:
    for a, c in other.items():
        total[a] = total.get(a, c.home.zero) - c
