"""The rules of derivation: every step of every derivation is one of these functions.

A rule takes the expression before and gives the expression after. Rules about matrices work on trace polynomials,
rules about numbers on SymPy expressions; none of them knows anything about MAML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from verify.derivations import normal_forms
from verify.derivations.signs import starts_negative, tidy
from verify.derivations.trace_polynomials import Letter, Term, TracePolynomial, Word, cyclic
from verify.derivations.wick import MatrixLaw, expectation


def substitute_letters(before: TracePolynomial, **letters: TracePolynomial) -> TracePolynomial:
    """Replace matrix letters by polynomials of the same shape."""
    return before.substitute(letters)


def expect(before: TracePolynomial, laws: Mapping[str, MatrixLaw]) -> TracePolynomial:
    """Take the expectation over independent random letters (Wick's theorem)."""
    return expectation(before, laws)


def gradient(before: TracePolynomial, letter: Letter) -> TracePolynomial:
    """The gradient of a number with respect to a vector letter, by the product rule."""
    total = TracePolynomial(letter.rows, letter.cols, {})
    for term, k in before.terms.items():
        for i, loop in enumerate(term.traces):
            others = term.traces[:i] + term.traces[i + 1 :]
            for j, a in enumerate(loop):
                if a.name != letter.name:
                    continue
                rest: Word = loop[j + 1 :] + loop[:j]
                word = rest if a.transposed else tuple(b.T for b in reversed(rest))
                total = total + TracePolynomial.monomial(k, others, word, letter.rows, letter.cols)
    return total


def coefficient_of_vector(before: TracePolynomial, letter: Letter) -> TracePolynomial:
    """The matrix W of a field W v that is linear in the vector letter v."""
    out = TracePolynomial(before.rows, letter.rows, {})
    for term, k in before.terms.items():
        if not term.word or term.word[-1] != letter or letter.name in {a.name for a in term.word[:-1]}:
            raise ValueError(f"{before} is not a matrix times {letter}")
        out = out + TracePolynomial(before.rows, letter.rows, {Term(term.traces, term.word[:-1]): k})
    return out


def solve_with_inverse(before: TracePolynomial, unknown: Letter, inverse: Letter) -> TracePolynomial:
    """The solution e = R b of the equation 0 = M e - b, where the letter R stands for M^-1.

    M is the coefficient of the unknown; the caller records that it is invertible.
    """
    matrix_in_front(before, unknown)
    return TracePolynomial.letter(inverse) * -_without(before, unknown)


def matrix_in_front(before: TracePolynomial, unknown: Letter) -> TracePolynomial:
    """The matrix M of a field M e - b that is affine in the unknown vector e."""
    return coefficient_of_vector(before - _without(before, unknown), unknown)


def _without(before: TracePolynomial, unknown: Letter) -> TracePolynomial:
    terms = {t: k for t, k in before.terms.items() if unknown not in t.word}
    return TracePolynomial(before.rows, before.cols, terms)


def solve_multiple_of_identity(before: TracePolynomial, unknown: Letter) -> TracePolynomial:
    """The solution e = b/k of the equation 0 = k e - b, where k is a number; the caller records that it is not 0.

    Refuses a field in which the unknown has another matrix than a multiple of the identity in front.
    """
    factor = multiple_of_identity(matrix_in_front(before, unknown))
    return (-_without(before, unknown)).scale(1 / factor)


def average_over_classes(
    before: TracePolynomial, classes: tuple[tuple[sp.Expr, Mapping[str, TracePolynomial]], ...]
) -> TracePolynomial:
    """The mean over a finite mixture: each class has its probability, and what the letters of one task are in it."""
    parts = (before.substitute(letters).scale(probability) for probability, letters in classes)
    return TracePolynomial.sum(before.rows, before.cols, parts)


def name_trace(before: TracePolynomial, word: Word, value: sp.Expr) -> TracePolynomial:
    """Write ``value`` for the trace of a word, for instance V for tr(C) or Delta^2 for delta^T delta."""
    named = cyclic(word)
    parts = []
    for term, k in before.terms.items():
        hits = [loop for loop in term.traces if loop == named]
        rest = Term(tuple(loop for loop in term.traces if loop != named), term.word)
        parts.append(TracePolynomial(before.rows, before.cols, {rest: k * value ** len(hits)}))
    return TracePolynomial.sum(before.rows, before.cols, parts)


def average_over_tasks(
    before: TracePolynomial, matrix: Letter, vector: Letter, mean: Letter, solution: Letter
) -> TracePolynomial:
    """Average over tasks: E[W_i] = A and E[W_i w_i*] = A wbar, by linearity of the expectation over tasks.

    ``matrix`` and ``vector`` are the letters of one task (W_i, w_i*), ``mean`` and ``solution`` stand for A and wbar;
    the second rule is the definition of wbar = A^-1 E[W_i w_i*]. The constant E[w_i*^T W_i w_i*] is kept as
    the letters of one task. Refuses a polynomial with a term that is not linear in W_i.
    """

    def image(word: Word, *, closed: bool) -> Word:
        if closed and len(word) == 3 and sum(a.name == vector.name for a in word) == 2:
            return word
        out = [mean if a.name == matrix.name else a for a in word]
        for i, a in enumerate(word):
            if a.name == vector.name:
                k = i + 1 if a.transposed else i - 1  # only a trace goes on around its end
                k = k % len(word) if closed else k
                if not (0 <= k < len(word) and word[k].name == matrix.name):
                    raise ValueError(f"{a} does not stand next to {matrix} in {before}")
                out[i] = solution.T if a.transposed else solution
        return tuple(out)

    out = TracePolynomial(before.rows, before.cols, {})
    for term, k in before.terms.items():
        letters = [a.name for w in (*term.traces, term.word) for a in w]
        if letters.count(matrix.name) > 1 or (vector.name in letters and matrix.name not in letters):
            raise ValueError(f"{before} is not linear in {matrix}")
        loops, word = [image(w, closed=True) for w in term.traces], image(term.word, closed=False)
        out = out + TracePolynomial.monomial(k, loops, word, before.rows, before.cols)
    return out


def multiple_of_identity(before: TracePolynomial) -> sp.Expr:
    """The number that a letter-free polynomial multiplies the identity with."""
    return before.as_scalar()


def spectral_value(before: TracePolynomial, letter: Letter, at: sp.Expr, traces: Mapping[int, sp.Expr]) -> sp.Expr:
    """The eigenvalue of a polynomial in one symmetric letter on an eigenvector with eigenvalue ``at``.

    ``traces[k]`` is written for tr(letter^k).
    """
    total = sp.Integer(0)
    for term, k in before.terms.items():
        if any(a != letter for w in (term.word, *term.traces) for a in w):
            raise ValueError(f"{before} is not a polynomial in {letter} alone")
        total += k * at ** len(term.word) * sp.prod([traces[len(w)] for w in term.traces])
    return total


def substitute_scalars(before: sp.Expr, values: Mapping[sp.Symbol, sp.Expr]) -> sp.Expr:
    """Replace scalar symbols, simultaneously."""
    return before.xreplace(dict(values))


def name_factor(before: sp.Expr, name: sp.Symbol, value: sp.Expr) -> sp.Expr:
    """Write a name for its value, which is a factor of the expression: before = value * rest gives name * rest."""
    rest = tidy(normal_forms.factor(before / value))
    if not normal_forms.vanishes(before - value * rest):
        raise ValueError(f"{value} is no factor of {before}")
    return name * rest


def rewrite(before: sp.Expr, after: sp.Expr) -> sp.Expr:
    """Write an expression in another form, after checking that the difference vanishes identically."""
    if not normal_forms.vanishes(before - after):
        raise ValueError(f"{before} and {after} are different functions")
    return after


def factor(before: sp.Expr) -> sp.Expr:
    """Factor numerator and denominator over the rationals."""
    return tidy(normal_forms.factor(before))


def collect(before: sp.Expr, variable: sp.Symbol, common: sp.Expr) -> sp.Expr:
    """Take out ``common`` and group by powers of ``variable``, each coefficient factored."""
    groups = sp.collect(sp.expand(normal_forms.cancel(before / common)), variable, evaluate=False)
    return common * sp.Add(*(tidy(normal_forms.factor(k)) * power for power, k in groups.items()))


def group(before: sp.Expr, variables: tuple[sp.Symbol, ...]) -> sp.Expr:
    """Factor, then write every factor as a sum over powers of ``variables`` with factored coefficients."""

    def grouped(expression: sp.Expr) -> sp.Expr:
        out = []
        for part in sp.Mul.make_args(expression):
            base, exponent = part.as_base_exp()
            if isinstance(base, sp.Add) and base.free_symbols & set(variables):
                if exponent.is_Integer and starts_negative(base):
                    base = -base
                    out.append(sp.Integer(-1) ** (exponent % 2))
                terms = sp.collect(sp.expand(base), variables, evaluate=False)
                base = sp.Add(*(_times(tidy(normal_forms.factor(k)), power) for power, k in terms.items()))
            out.append(base**exponent)
        return sp.Mul(*out)

    top, bottom = sp.fraction(normal_forms.factor(before))
    out = tidy(grouped(normal_forms.factor(top)) / grouped(normal_forms.factor(bottom)))
    top, bottom = sp.fraction(out)
    if top.as_coeff_Mul()[0] < 0 and isinstance(bottom, sp.Add):
        # A minus sign in front and a difference below: turn the difference round.
        return -top / sp.Add(*(-term for term in bottom.args))
    return out


def _times(coefficient: sp.Expr, power: sp.Expr) -> sp.Expr:
    """The product, keeping a minus sign in front of a sum instead of inside it."""
    if isinstance(coefficient, sp.Add) and starts_negative(coefficient):
        return sp.Mul(-1, -coefficient, power)
    return coefficient * power


def solve_linear(before: sp.Expr, unknown: sp.Symbol) -> sp.Expr:
    """The root of an expression that is linear in ``unknown``."""
    poly = sp.Poly(sp.expand(before), unknown)
    if poly.degree() != 1:
        raise ValueError(f"{before} is not linear in {unknown}")
    slope, constant = poly.all_coeffs()
    return tidy(normal_forms.factor(-constant / slope))


def iterate(before: sp.Expr, unknown: sp.Symbol, start: sp.Expr, times: sp.Symbol) -> sp.Expr:
    """x_times of the recursion x_0 = start, x_{j+1} = before(x_j), where before(x) = ratio * x (induction on times)."""
    ratio = before / unknown
    if ratio.has(unknown):
        ratio = normal_forms.factor(ratio)
    if ratio.has(unknown):
        raise ValueError(f"{before} is not a multiple of {unknown}")
    return start * tidy(ratio) ** times


def numerator(before: sp.Expr) -> sp.Expr:
    """The numerator of an expression that is to vanish; its denominator is recorded as a condition."""
    return sp.expand(sp.fraction(normal_forms.cancel(before))[0])


def smaller_quadratic_root(before: sp.Expr, unknown: sp.Symbol, by: tuple[sp.Symbol, ...] = ()) -> sp.Expr:
    """Of A x^2 + B x + C with B < 0 < C, the positive root nearest 0, in a form that is valid for A = 0 too.

    The three coefficients are written as sums over powers of ``by``.
    """
    quadratic, linear, constant = (group(sp.Poly(before, unknown).coeff_monomial(unknown**k), by) for k in (2, 1, 0))
    minus = group(-linear, by)
    root = sp.sqrt(minus**2 - 4 * quadratic * constant)
    return 2 * constant / (minus + root)


def limit_at_infinity(before: sp.Expr, variable: sp.Symbol) -> sp.Expr:
    """The limit of a rational function whose numerator and denominator have the same degree in ``variable``."""
    top, bottom = (sp.Poly(part, variable) for part in sp.fraction(normal_forms.cancel(before)))
    if top.degree() > bottom.degree():
        raise ValueError(f"{before} is unbounded as {variable} grows")
    return tidy(normal_forms.factor(top.coeff_monomial(variable ** bottom.degree()) / bottom.LC()))


def solve_exponent(before: sp.Expr, base: sp.Expr, unknown: sp.Symbol) -> sp.Expr:
    """The exponent k at which base^k equals the target of base^k - target, for base and target in (0, 1)."""
    target = base**unknown - before
    if target.has(unknown):
        raise ValueError(f"{before} is not {base}**{unknown} minus a constant")
    return sp.log(1 / target) / sp.log(1 / base)


RULES: dict[str, Callable[..., TracePolynomial | sp.Expr]] = {
    rule.__name__: rule
    for rule in (
        substitute_letters,
        expect,
        gradient,
        coefficient_of_vector,
        solve_with_inverse,
        solve_multiple_of_identity,
        name_trace,
        average_over_tasks,
        average_over_classes,
        multiple_of_identity,
        spectral_value,
        substitute_scalars,
        name_factor,
        rewrite,
        factor,
        collect,
        group,
        solve_linear,
        iterate,
        numerator,
        smaller_quadratic_root,
        limit_at_infinity,
        solve_exponent,
    )
}
