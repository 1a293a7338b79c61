"""The search for counterexamples in exact rationals: each is judged in the original statement, then made small."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import flint

from verify.counterexamples.candidates import candidates, targets
from verify.counterexamples.points import Values, sampled
from verify.counterexamples.witness import Witness, counterexample_at
from verify.language import logic
from verify.language.evaluation import Point
from verify.language.logic import Sequent
from verify.runtime.errors import ensured

SMALL = [Fraction(v) for v in ("0", "1", "-1", "2", "-2", "3", "-3", "4", "5", "1/2", "-1/2", "1/3", "2/3", "1/4")]
"""What a value of a witness is replaced by, the simplest first."""

PRECISION = 160  # bits of the balls in which irrational sides are compared
ROUNDS = 4  # of replacing values one by one
MOST_PAIRS = 12  # of variables whose values are replaced together
EASY = (1, 9, Fraction(0))  # the complexity up to which a value is left alone: whole, with one digit


def find_point(variables: tuple[tuple[str, logic.Kind], ...], hypotheses: Sequence[logic.Formula]) -> Point | None:
    """An exact point at which all hypotheses are defined and true: a counterexample to "they imply what is false"."""
    domain = Sequent(variables, tuple(hypotheses), logic.FALSE)
    samples = (p for simple in (True, False) for p in sampled(domain, [], 240, simple=simple))
    for values in itertools.chain(samples, candidates(domain, 2)):
        if counterexample_at(domain, values) is not None:
            return Point(values, domain.integers)
    return None


def refute(
    sequent: Sequent, *, effort: int = 2, after: int | None = None, doubts: list[str] | None = None
) -> Witness | None:
    """A small counterexample, or None if none was found; effort 0 is a glance, 1 is quick, 2 is thorough.

    The number of points tried is fixed; what they cost is charged to the budget in force. ``doubts`` collects why
    points that looked like counterexamples do not count. ``after``: a smaller effort that found none, which is not
    repeated.

    >>> x = logic.Var("x")
    >>> print(refute(Sequent((("x", "real"),), (), logic.Rel(">", x, logic.ZERO))))
    x = 0: left side 0, right side 0
    """
    with flint.ctx.workprec(PRECISION):
        for values in candidates(sequent, effort, after):
            witness = counterexample_at(sequent, values, doubts)
            if witness is not None:
                return smallest(sequent, witness)
    return None


def smallest(sequent: Sequent, first: Witness) -> Witness:
    """The simplest of a few counterexamples after each was simplified."""
    best = shrink(sequent, first)
    if size(best) <= 2 * len(best.values) + 4:
        return best
    for extra in targets(sequent)[:2]:
        for values in sampled(sequent, [extra], 60, simple=True):
            found = counterexample_at(sequent, values)
            if found is not None and found.kind == best.kind:
                best = min(best, shrink(sequent, found), key=size)
    return best


def size(witness: Witness) -> int:
    """The characters needed to write the values down."""
    return sum(len(str(v)) for v in witness.values.values())


def complexity(v: Fraction) -> tuple[int, int, Fraction]:
    """An order of rationals: whole ones first, small ones first, positive ones first."""
    return (v.denominator, abs(v.numerator), -v)


def shrink(sequent: Sequent, witness: Witness) -> Witness:
    """Replace values by simpler ones, one variable or two at a time, as long as the statement stays violated."""
    best = witness
    for _ in range(ROUNDS):
        changed = False
        values = _rational(best)
        for name in sorted(values, key=lambda n: complexity(values[n]), reverse=True):
            for value in simpler(_rational(best)[name]):
                found = counterexample_at(sequent, {**best.values, name: value})
                if found is not None and found.kind == best.kind:
                    best, changed = found, True
                    break
        if not changed:
            break
    hard = {n for n, v in _rational(best).items() if complexity(v) > EASY}
    for pair in itertools.islice(itertools.combinations(best.values, 2), MOST_PAIRS if hard else 0):
        if not hard.intersection(pair):
            continue
        for numbers in itertools.product(SMALL, repeat=2):
            trial = {**best.values, **dict(zip(pair, numbers, strict=True))}
            if sum(len(str(v)) for v in trial.values()) >= size(best):
                continue
            found = counterexample_at(sequent, trial)
            if found is not None and found.kind == best.kind:
                best = found
                break
    return best


def _rational(witness: Witness) -> Values:
    """The values of a witness of this search, which are rational."""
    return {name: ensured(v, Fraction) for name, v in witness.values.items()}


def simpler(v: Fraction) -> Iterator[Fraction]:
    """Simpler rationals, the simplest first, ending with close approximations."""
    close = [Fraction(round(v)), *(v.limit_denominator(10**k) for k in (0, 1, 2, 3))]
    powers = [Fraction(10) ** k * s for k in (1, 2, 3, -1, -2, -3) for s in (1, -1)]
    for w in sorted({*SMALL, *close, *powers}, key=complexity):
        if complexity(w) < complexity(v):
            yield w
