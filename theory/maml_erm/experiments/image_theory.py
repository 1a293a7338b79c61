"""What the theory says of image tasks, from measured moments: the claims H4.Q, M2, H4.floor and N4, at numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from theory.maml_erm.claims import geometry, inputs, moments
from theory.maml_erm.experiments import curves
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.inputs import FOURTH
from theory.maml_erm.images.population import Moments
from verify.claims.statement import Holds, MatrixIdentity
from verify.derivations.expectation import SIGMA
from verify.derivations.relations import Connective, Relation, sides_of
from verify.derivations.trace_polynomials import TracePolynomial
from verify.runtime.errors import ensured
from verify.statistics.experiment import Array, evaluated

# The claim that states the weight of MAML: for inputs of any law, and for Gaussian ones of the same covariance.
LAWS = {"general": "H4.Q", "gaussian": "M2"}
_FAMILIES = (moments, inputs, geometry)


@dataclass(frozen=True, eq=False)
class Stated:
    """The theory's excess risk of every task after adaptation, 1/2 ||w - w*||^2_weight + floor.

    weight: (tasks, k, k); optimum: (tasks, k); floor: (tasks,).
    """

    weight: Array
    optimum: Array
    floor: Array

    def risks(self, w: Array) -> Array:
        """The excess risk (tasks,) at w (k,), over the loss at each task's own optimum."""
        gap = w - self.optimum
        found: Array = np.einsum("ti,tij,tj->t", gap, self.weight, gap) / 2 + self.floor
        return found


def stated(measured: Moments, law: str, *, alpha: float, m: int) -> Stated:
    """The theory's risk after one step on m images, with the weight of one of ``LAWS``."""
    letters = {SIGMA.name: measured.covariance, FOURTH.name: measured.fourth}
    numbers = {sy.alpha: alpha, sy.n: m, sy.nu: np.sqrt(np.maximum(measured.noise, 0))}
    weight, floor = (on_stacks(_right_hand_side(claim), letters, numbers) for claim in (LAWS[law], "H4.floor"))
    return Stated(weight, measured.optimum, floor)


def solution(weights: Array, optima: Array, probability: Array) -> Array:
    """The minimiser (k,) of the mean over tasks of ||w - w*||^2 in the norm of each task's weight."""
    mean = np.einsum("t,tij->ij", probability, weights)
    pull = np.einsum("t,tij,tj->i", probability, weights, optima)
    return np.asarray(np.linalg.solve(mean, pull), dtype=float)


def most_gain(here: Stated, trained: Array, probability: Array, hard: Array) -> float:
    """What N4 allows the gain to be, for hard and easy tasks as its classes and the floor as a part of the spread.

    trained: the weights (2, k) of ERM and of MAML, wherever they ended. hard: (tasks,), 1 for hard and 0 for easy.
    """
    parts = [_class(here, trained, probability * chosen) for chosen in (hard, 1 - hard)]
    numbers = dict(zip((sy.e_1, sy.f_1, sy.v_1, sy.e_2, sy.f_2, sy.v_2), (x for p in parts for x in p), strict=True))
    allowed = [1.0]
    for case in ensured(ensured(curves.stated("N4", *_FAMILIES), Holds).body, Connective).args:
        improved, bounded = ensured(case, Connective).args
        less, more = (float(side.xreplace(numbers)) for side in sides_of(improved))
        if less < more:
            allowed.append(float(ensured(bounded, Relation).rhs.xreplace(numbers)))
    return max(allowed)


def distance(here: Stated, hard: Array, easy: Array) -> float:
    """The distance of the centres of hard and easy optima in the norm of the mean weight, classes in equal shares [Y].

    hard, easy: probabilities (tasks,) inside each class. A centre is what minimises the risk of its class.
    """
    gap = solution(here.weight, here.optimum, hard) - solution(here.weight, here.optimum, easy)
    return float(np.sqrt(gap @ np.einsum("t,tij->ij", (hard + easy) / 2, here.weight) @ gap))


def _class(here: Stated, trained: Array, probability: Array) -> tuple[float, float, float]:
    """What a class adds to both risks: 1/2 ||w - mu||^2 at both solutions, and what no w changes."""
    weight = np.einsum("t,tij->ij", probability, here.weight)
    centre = solution(here.weight, here.optimum, probability)
    off_erm, off_maml = (float((w - centre) @ weight @ (w - centre)) / 2 for w in trained)
    return off_erm, off_maml, float(probability @ here.risks(centre))


def on_stacks(p: TracePolynomial, letters: Mapping[str, Array], numbers: Mapping[sp.Symbol, Any]) -> Array:
    """A trace polynomial at stacks of square matrices (tasks, k, k): (tasks, k, k), or (tasks,) where it is a number.

    numbers: for each symbol a number, or one for each task. All letters are symmetric.
    """
    shape = next(iter(letters.values())).shape
    eye, scalar = np.broadcast_to(np.eye(shape[-1]), shape), p.rows == 1
    total = np.zeros(shape[:1] if scalar else shape)

    def product(word: Any) -> Array:
        found = eye
        for letter in word:
            found = letters[letter.name] if found is eye else found @ letters[letter.name]
        return found

    for term, coefficient in p.terms.items():
        value = np.broadcast_to(_at(coefficient, numbers), shape[:1])
        for trace in term.traces:
            value = value * np.einsum("tii->t", product(trace))
        total = total + (value if scalar else value[:, None, None] * product(term.word))
    return total


def _at(coefficient: sp.Expr, numbers: Mapping[sp.Symbol, Any]) -> Array:
    used = sorted(coefficient.free_symbols, key=str)
    return evaluated(coefficient, {s.name: s for s in used}, **{s.name: numbers[s] for s in used})


@cache
def _right_hand_side(claim: str) -> TracePolynomial:
    return ensured(curves.stated(claim, *_FAMILIES), MatrixIdentity).rhs
