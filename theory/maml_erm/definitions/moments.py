"""Exact Gaussian moments from the definition: expand in independent normals, then E g^(2k) = (2k-1)!!.

Nothing here knows a Wishart moment, a Wick pairing or a weight map. A polynomial in the independent entries
g[a, i] of the design (and the label noises z[a]) is expanded index by index, and its expectation is the sum
over monomials of products of one-dimensional moments. It is slow and small by design: the independent route
that the closed forms have to agree with, to the last digit.

Inputs are x = L g with L rational and g[i] independent of mean 0 and variance ``variances[i]`` (1 by default),
so every rational covariance L D L^T is reached without a square root.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from math import lcm

from verify.runtime.errors import BadInput
from verify.statistics import checks

Matrix = list[list[Fraction]]
Factor = object  # "S", ("S",), ("tr", [factors]) or a square matrix of rationals
Polynomial = dict[int, Fraction | int]  # packed exponents -> coefficient

_BITS = 6  # exponents up to 63 in each variable, packed into one int so that multiplying monomials is an addition
_MASK = (1 << _BITS) - 1


def gaussian_moment(order: int) -> int:
    """E g^order of a standard normal: (order - 1)!! for even orders, else 0.

    >>> [gaussian_moment(k) for k in range(7)]
    [1, 0, 1, 0, 3, 0, 15]
    """
    result = 1
    for k in range(order - 1, 1, -2):
        result *= k
    return 0 if order % 2 else result


def rademacher_moment(order: int) -> int:
    """E g^order of a fair sign: 1 for even orders, else 0 (a law that is not Gaussian, for controls)."""
    return 1 - order % 2


def _times(p: Polynomial, q: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for m1, c1 in p.items():
        for m2, c2 in q.items():
            m = m1 + m2
            result[m] = result.get(m, 0) + c1 * c2
    return result


def _add(into: Polynomial, p: Polynomial, scale: Fraction | int = 1) -> None:
    for m, c in p.items():
        into[m] = into.get(m, 0) + scale * c


def _variable(k: int) -> Polynomial:
    return {1 << (_BITS * k): 1}


class _Expectation:
    """E of a polynomial in independent variables, from the moments of each."""

    def __init__(self, variances: Sequence[Fraction], law: Callable[[int], int], gaussian: int = 0) -> None:
        # The last ``gaussian`` variables are label noise, normal whatever the law of the inputs is.
        self.variances = variances
        self.first_noise = len(variances) - gaussian
        self.law = law

    def monomial(self, packed: int) -> Fraction | int:
        value: Fraction | int = 1
        k = 0
        while packed:
            e = packed & _MASK
            if e % 2:
                return 0
            if e:
                moment = self.law(e) if k < self.first_noise else gaussian_moment(e)
                value *= moment if self.variances[k] == 1 else moment * self.variances[k] ** (e // 2)
            packed >>= _BITS
            k += 1
        return value

    def __call__(self, p: Polynomial) -> Fraction:
        return Fraction(sum(c * self.monomial(m) for m, c in p.items()))


def _prepare(L: object, n: object, variances: Sequence[Fraction] | None) -> tuple[Matrix, int, list[Fraction]]:
    matrix = checks.rationals("L", L)
    size = checks.count("n", n)
    given = [Fraction(1)] * len(matrix) if variances is None else [checks.rational("variances", v) for v in variances]
    if len(given) != len(matrix) or min(given) < 0:
        raise BadInput(f"variances = {given} has to hold {len(matrix)} numbers that are not negative.")
    return matrix, size, given


def covariance_of(L: Matrix, variances: Sequence[Fraction] | None = None) -> Matrix:
    """The covariance L diag(variances) L^T of x = L g, in Fractions [X^2]."""
    matrix, _, v = _prepare(L, 1, variances)
    d = len(matrix)
    terms = [[[matrix[i][k] * v[k] * matrix[j][k] for k in range(d)] for j in range(d)] for i in range(d)]
    return [[sum(t, Fraction(0)) for t in row] for row in terms]


def factorise(covariance: Matrix) -> tuple[Matrix, list[Fraction]]:
    """Factor a rational PSD matrix as L diag(variances) L^T with L unit lower triangular; BadInput if it is not PSD.

    >>> factorise([[Fraction(4), Fraction(2)], [Fraction(2), Fraction(3)]])[1]
    [Fraction(4, 1), Fraction(2, 1)]
    """
    a = checks.rationals("covariance", covariance)
    d = len(a)
    if any(a[i][j] != a[j][i] for i in range(d) for j in range(i)):
        raise BadInput("covariance is not symmetric.")
    L = [[Fraction(int(i == j)) for j in range(d)] for i in range(d)]
    variances = []
    for k in range(d):
        pivot = a[k][k]
        if pivot < 0 or (pivot == 0 and any(a[i][k] for i in range(k + 1, d))):
            raise BadInput(f"covariance is not positive semidefinite: pivot {k} is {pivot}.")
        variances.append(pivot)
        for i in range(k + 1, d):
            L[i][k] = a[i][k] / pivot if pivot else Fraction(0)
        for i, j in product(range(k + 1, d), repeat=2):
            a[i][j] -= L[i][k] * pivot * L[j][k]
    return L, variances


def _design(L: Matrix, n: int, first: int = 0) -> list[list[Polynomial]]:
    """The n x d design: row a is x_a = L g_a, and g[a, j] is variable number first + a d + j."""
    d = len(L)
    return [
        [{1 << (_BITS * (first + a * d + j)): L[i][j] for j in range(d) if L[i][j]} for i in range(d)] for a in range(n)
    ]


def exact_word_moment(
    factors: Sequence[Factor],
    L: Matrix,
    n: int,
    *,
    variances: Sequence[Fraction] | None = None,
    law: Callable[[int], int] = gaussian_moment,
) -> Matrix:
    """E of a product of factors "S" = X^T X/n, rational matrices and ("tr", [factors]), as a matrix of Fractions.

    X has n independent rows L g, so S has mean L diag(variances) L^T [X^2]. The cost grows like the number of
    monomials of degree 2 #S in n d variables. Raises BadInput on a factor that is none of these, or a float.

    >>> exact_word_moment(["S", "S"], [[Fraction(1)]], 2)
    [[Fraction(2, 1)]]
    """
    matrix, n, v = _prepare(L, n, variances)
    d = len(matrix)
    # Integers are ten times as fast as Fractions: clear the denominators once and divide at the end.
    scale = lcm(*(x.denominator for row in matrix for x in row))
    rows = _design([[x * scale for x in row] for row in matrix], n)
    rows = [[{m: int(c) for m, c in p.items()} for p in row] for row in rows]
    gram: list[list[Polynomial]] = [[{} for _ in range(d)] for _ in range(d)]
    for i, j in product(range(d), repeat=2):
        for row in rows:
            _add(gram[i][j], _times(row[i], row[j]))
    denominator = 1

    def word(parts: Sequence[Factor]) -> list[list[Polynomial]]:
        nonlocal denominator
        result: list[list[Polynomial]] = [[{0: 1} if i == j else {} for j in range(d)] for i in range(d)]
        for part in parts:
            if part == "S" or part == ("S",):
                denominator *= n * scale * scale
                factor = gram
            elif isinstance(part, tuple) and len(part) == 2 and part[0] == "tr":
                inside = word(part[1])
                trace: Polynomial = {}
                for i in range(d):
                    _add(trace, inside[i][i])
                factor = [[trace if i == j else {} for j in range(d)] for i in range(d)]
            else:
                fixed = checks.rationals("a factor of the word", part, d)
                common = lcm(*(x.denominator for row in fixed for x in row))
                denominator *= common
                factor = [[{0: int(x * common)} if x else {} for x in row] for row in fixed]
            next_: list[list[Polynomial]] = [[{} for _ in range(d)] for _ in range(d)]
            for i, j, k in product(range(d), repeat=3):
                if result[i][k] and factor[k][j]:
                    _add(next_[i][j], _times(result[i][k], factor[k][j]))
            result = next_
        return result

    expand = word(factors)
    mean = _Expectation(v * n, law)
    return [[mean(p) / denominator for p in row] for row in expand]


def exact_step_second_moment(
    L: Matrix,
    alpha: Fraction,
    n: int,
    *,
    inside: Matrix | None = None,
    variances: Sequence[Fraction] | None = None,
    law: Callable[[int], int] = gaussian_moment,
) -> Matrix:
    """E[(I - alpha S) A (I - alpha S)] with A = ``inside``, by default the covariance itself, in Fractions."""
    matrix, n, v = _prepare(L, n, variances)
    alpha = checks.rational("alpha", alpha)
    A = covariance_of(matrix, v) if inside is None else checks.rationals("inside", inside, len(matrix))
    terms: list[tuple[Fraction, list[Factor]]] = [
        (Fraction(1), [A]),
        (-alpha, ["S", A]),
        (-alpha, [A, "S"]),
        (alpha**2, ["S", A, "S"]),
    ]
    parts = [(c, exact_word_moment(word, matrix, n, variances=v, law=law)) for c, word in terms]
    d = len(matrix)
    return [[sum((c * p[i][j] for c, p in parts), Fraction(0)) for j in range(d)] for i in range(d)]


def _adapted_error(
    L: Matrix, gap: Sequence[Fraction], alpha: Fraction, n: int, steps: int, fresh: bool, noises: int
) -> list[Polynomial]:
    """w' - w* after the inner steps; variables: designs of all batches first, then their label noises."""
    d = len(L)
    error: list[Polynomial] = [{0: x} if x else {} for x in gap]
    for k in range(steps):
        batch = k if fresh else 0
        rows = _design(L, n, first=batch * n * d)
        gradient: list[Polynomial] = [{} for _ in range(d)]
        for a, row in enumerate(rows):
            residual: Polynomial = {}
            for i in range(d):
                _add(residual, _times(row[i], error[i]))
            _add(residual, _variable(noises + batch * n + a), -1)
            for i in range(d):
                _add(gradient[i], _times(row[i], residual), Fraction(1, n))
        for i in range(d):
            _add(error[i], gradient[i], -alpha)
    return error


def exact_excess_risk(
    L: Matrix,
    gap: Sequence[Fraction],
    alpha: Fraction,
    n: int,
    nu2: Fraction,
    *,
    steps: int = 1,
    fresh: bool = True,
    order: int = 1,
    variances: Sequence[Fraction] | None = None,
    law: Callable[[int], int] = gaussian_moment,
) -> Fraction:
    """E f(w') - f(w*) after ``steps`` inner steps from w = w* + gap, floor included, as a Fraction [Y^2].

    Everything is expanded: the support sets (X, z), and for ``order`` 1 the test point (x, z) on which the loss
    1/2 (<w', x> - y)^2 is measured. ``order`` k > 1 returns E[(1/2 (w' - w*)^T Sigma (w' - w*))^k] instead, the
    k-th moment of the task's excess risk over the support set. ``nu2`` is the variance of the label noise [Y^2],
    alpha [1/X^2], gap [Y/X]. Raises BadInput on floats, n < 1, alpha <= 0 or nu2 < 0.

    >>> exact_excess_risk([[Fraction(1)]], [Fraction(1)], Fraction(1), 2, Fraction(0))
    Fraction(1, 2)
    """
    matrix, n, v = _prepare(L, n, variances)
    d = len(matrix)
    steps, order = checks.count("steps", steps), checks.count("order", order)
    start = [checks.rational("gap", x) for x in gap]
    alpha, nu2 = checks.rational("alpha", alpha), checks.rational("nu2", nu2)
    if len(start) != d or alpha <= 0 or nu2 < 0:
        raise BadInput(f"a gap of {d} entries, alpha > 0 and nu2 >= 0 are needed; got {start}, {alpha}, {nu2}.")
    batches = steps if fresh else 1
    designs = batches * n * d
    test_point = d if order == 1 else 0
    noises = designs + test_point
    error = _adapted_error(matrix, start, alpha, n, steps, fresh, noises)
    total = batches * n + (1 if order == 1 else 0)
    mean = _Expectation(v * (batches * n + (1 if order == 1 else 0)) + [nu2] * total, law, gaussian=total)
    if order == 1:
        (x,) = _design(matrix, 1, first=designs)
        test_noise = _variable(noises + batches * n)
        prediction_error: Polynomial = {}
        for i in range(d):
            _add(prediction_error, _times(x[i], error[i]))
        _add(prediction_error, test_noise, -1)
        loss = mean(_times(prediction_error, prediction_error)) / 2
        return loss - mean(_times(test_noise, test_noise)) / 2
    sigma = covariance_of(matrix, v)
    risk: Polynomial = {}
    for i, j in product(range(d), repeat=2):
        _add(risk, _times(error[i], error[j]), sigma[i][j] / 2)
    power = risk
    for _ in range(order - 1):
        power = _times(power, risk)
    return mean(power)
