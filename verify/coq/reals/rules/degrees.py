"""Limits of rational functions of x, by the degrees (orders) of polynomials in x.

The proof has two parts. Outside, where x is not yet there: of every divisor the numerator is a number times a product
of polynomials; the extreme coefficient of each is not zero, since that of the divisor is not, as the kernel asks for.
So all of these polynomials are eventually not zero (``nz_oo``, ``nz_0``). Inside, at such an x: no divisor is zero, so
that the difference of the function and the value is one quotient, and ``rat_oo`` or ``rat_0`` says that it tends to 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from verify.coq.reals import tidy
from verify.coq.reals.arithmetic import Arithmetic, sides
from verify.coq.reals.notation import term
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.polynomials import Factor, Poly, simplest
from verify.kernel.reals.rules.limits import coefficient, order
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Term, minus, names_in


@dataclass
class Limit:
    """One limit as it is proved: what tends where, and the polynomials that are not zero there."""

    work: Work
    scope: Scope
    state: State  # with what the rule leaves to be shown as facts
    leads: dict[Factor, str] = field(default_factory=dict)  # that the extreme coefficient is not zero

    def __post_init__(self) -> None:
        _, self.t, self.x, self.point, self.value = self.state.goal
        self.at_infinity = self.point == "oo"
        self.eventually, self.suffix = ("ev_oo", "oo") if self.at_infinity else ("ev_0", "0")
        self.algebra = self.work.run.algebra
        self.name = self.work.script.fresh("x")
        self.inner = {**self.scope.names, self.x: self.name}
        self.small = f"(/ {self.name})" if self.at_infinity else self.name  # what tends to 0

    # -- polynomials in x

    def degrees(self, p: Poly) -> list[int]:
        return [dict(self.algebra.exponents(m)).get(self.x, 0) for m in p]

    def extreme(self, p: Poly) -> int:
        return max(self.degrees(p)) if self.at_infinity else min(self.degrees(p))

    def coefficient(self, p: Poly, k: int) -> Term:
        """The coefficient of x^k, without x."""
        parts: list[Term] = []
        for m, c in p.items():
            powers = dict(self.algebra.exponents(m))
            if powers.pop(self.x, 0) == k:
                parts.append(("*", c, *[tidy.power_term(a, e) for a, e in powers.items()]) if powers else c)
        return tidy.sum_term(parts)

    def lead(self, p: Poly) -> Term:
        return self.coefficient(p, self.extreme(p))

    def series(self, p: Poly, start: int) -> list[Term]:
        """The coefficients from x^start on, downwards at infinity, upwards at 0."""
        ks = range(start, -1, -1) if self.at_infinity else range(start, max([start - 1, *self.degrees(p)]) + 1)
        return [self.coefficient(p, k) for k in ks]

    def listed(self, terms: list[Term]) -> str:
        return "(" + " :: ".join([*(term(t, self.scope.names) for t in terms), "nil"]) + ")"

    def factors(self, b: Term) -> tuple[Term, dict[Factor, int]]:
        """A number and the powers of polynomials whose product is the numerator of a divisor."""
        keys = self.algebra.inverse(b)[1]
        numerator, product = self.algebra.quotient(b)[0], self.algebra.powers(keys.items())
        top = max(product)
        return simplest(Fraction(numerator[top]) / Fraction(product[top])), keys

    # -- outside

    def prepare(self, divisors: tuple[Term, ...]) -> None:
        """That the extreme coefficients of all factors of divisors are not zero, inner divisors first."""
        script, outside = self.work.script, Arithmetic(self.work.run, self.work.script, self.scope, self.state)
        for b in divisors:
            if not isinstance(b, (str, tuple)):
                continue
            number, keys = self.factors(b)
            numerator, below, _ = self.algebra.quotient(b)
            if self.x in names_in(b):
                lead = coefficient(self.algebra, numerator, self.x, order(self.algebra, numerator, self.x, self.point))
                proof = outside.must(("!=", lead, 0))
            else:
                proof = outside.nonzero(b)
                if below:
                    proof = outside.numerator(b, proof)
            product = term(("*", number, *[("^", self.lead(dict(k)), e) for k, e in keys.items()]), self.scope.names)
            for key in keys:
                if key not in self.leads:
                    text = term(self.lead(dict(key)), self.scope.names)
                    ways = "first [ring | field]"
                    both = f"[{ways} | rewrite Z; {ways}]"
                    why = f"let Z := fresh in intro Z; apply {proof}; transitivity {product}; {both}"
                    self.leads[key] = script.stated(f"{text} <> 0", why, "N")

    def product_lead(self, keys: dict[Factor, int]) -> str:
        """A proof that a product of powers of extreme coefficients is not zero."""
        return nonzero_product([(self.leads[key], e) for key, e in keys.items()])

    def eventual(self) -> tuple[str, list[Factor]]:
        """That x is positive and the polynomials with x are not zero, eventually; the polynomials, in order."""
        script = self.work.script
        name, names = self.name, self.inner
        found = script.stated(f"{self.eventually} (fun {name} => 0 < {name})", f"exact {self.eventually}_pos", "E")
        keys = []
        for key, proof in self.leads.items():
            p = dict(key)
            text = tidy.polynomial_term(self.algebra, p)
            if self.x not in names_in(text):
                continue
            series, positive = self.series(p, self.extreme(p)), script.fresh()
            lemma = (
                f"nz_{self.suffix} _ {self.extreme(p)} {term(series[0], self.scope.names)} {self.listed(series[1:])}"
            )
            why = f"apply ({lemma} {proof}); intros {name} {positive}; cbn [pe]; field; conjs; apply Rgt_not_eq"
            statement = f"{self.eventually} (fun {name} => {term(text, names)} <> 0)"
            one = script.stated(statement, f"{why}; exact {positive}", "E")
            both = script.fresh("E")
            script.line(f"pose proof ({self.eventually}_and _ _ {found} {one}) as {both}. cbv beta in {both}.")
            found = both
            keys.append(key)
        return found, keys


def nonzero_product(proofs: list[tuple[str, int]]) -> str:
    """A proof that a product of powers is not zero; of the empty product it is 1."""
    found = ""
    for proof, e in proofs:
        one = proof if e == 1 else f"(pow_nonzero _ {e} {proof})"
        found = f"(nz_mul _ _ {found} {one})" if found else one
    return found or "R1_neq_R0"


def by_degrees(this: Limit) -> None:
    """The goal, multiplied out."""
    scope, script = this.scope, this.work.script
    numerator, denominator, divisors = this.algebra.quotient(minus(this.t, this.value))
    this.prepare(divisors)
    found, keys = this.eventual()
    below = this.algebra.powers(denominator.items())
    degree = this.extreme(below)
    bottom = this.series(below, degree)
    top = this.series(numerator, degree - 1 if this.at_infinity else degree + 1)
    leads = tidy.product_term(
        ("^", this.lead(dict(k)), e) if e > 1 else this.lead(dict(k)) for k, e in denominator.items()
    )
    same = f"refine (nz_same _ {term(leads, scope.names)} {this.product_lead(denominator)} _); first [ring | field]"
    away = script.stated(f"{term(bottom[0], scope.names)} <> 0", same, "N")
    quotient = f"{this.listed(top)} {term(bottom[0], scope.names)} {this.listed(bottom[1:])} {away}"
    at = script.fresh()
    script.line(f"refine (rat_{this.suffix} _ _ {quotient} _).")
    script.line(f"refine ({this.eventually}_mono _ _ {found} _). intros {this.name} {at}. cbn [pe].")
    inside = _inside(this, keys, at)
    _difference(this, inside, numerator, denominator, divisors, top, bottom, degree)


def _inside(this: Limit, keys: list[Factor], at: str) -> Arithmetic:
    """What is known at a large (small) x: it is positive, and the polynomials with x are not zero."""
    script, scope = this.work.script, this.scope.copy()
    scope.names = this.inner
    facts = []
    for key in reversed(keys):
        f = ("!=", tidy.polynomial_term(this.algebra, dict(key)), 0)
        name = script.fresh()
        script.line(f"pose proof (proj2 {at}) as {name}. apply proj1 in {at}.")
        scope.facts[f] = name
        facts.append(f)
    scope.facts["<", 0, this.x] = at
    for key, proof in this.leads.items():
        t = tidy.polynomial_term(this.algebra, dict(key))
        if this.x not in names_in(t):  # its extreme coefficient is all of it
            f = ("!=", t, 0)
            if f not in scope.facts:
                scope.facts[f] = script.stated(f"{term(t, scope.names)} <> 0", f"refine (nz_same _ _ {proof} _); ring")
            facts.append(f)
    kinds = {**this.state.kinds, this.x: "real"}
    state = State(kinds, {**this.state.facts, ("<", 0, this.x): None, **dict.fromkeys(facts)}, this.state.goal)
    return Arithmetic(this.work.run, script, scope, state)


def _difference(
    this: Limit,
    inside: Arithmetic,
    numerator: Poly,
    denominator: dict[Factor, int],
    divisors: tuple[Term, ...],
    top: list[Term],
    bottom: list[Term],
    degree: int,
) -> None:
    """The goal: the difference is the small variable times a polynomial in it over a polynomial that is not zero."""
    script = this.work.script
    for b in divisors:
        if isinstance(b, (str, tuple)) and this.x in names_in(b):
            _divisor(this, inside, b)
    x = inside.nonzero(this.x)
    above = tidy.polynomial_term(this.algebra, numerator)
    below = tidy.factors_term(this.algebra, denominator.items())
    equation = inside.equal(minus(this.t, this.value), ("/", above, below))
    nonzero = [(inside.nonzero(tidy.polynomial_term(this.algebra, dict(k))), e) for k, e in denominator.items()]
    away = script.stated(f"{inside.text(below)} <> 0", f"exact {nonzero_product(nonzero)}", "N")
    upper, lower = (f"(pe {this.listed(terms)} {this.small})" for terms in (top, bottom))
    power = f"{this.name} ^ {degree}"
    as_series = f"cbn [pe]; field; {sides([x])}"
    first = script.stated(f"{inside.text(below)} = {power} * {lower}", as_series)
    second = script.stated(f"{inside.text(above)} = {power} * ({this.small} * {upper})", as_series)
    zero = f"let Z := fresh in intro Z; apply {away}; rewrite {first}, Z; ring"
    series = script.stated(f"{lower} <> 0", zero, "N")
    script.line(f"refine (eq_trans {equation} (eq_trans (f_equal2 Rdiv {second} {first}) _)).")
    u, v = script.fresh("g"), script.fresh("g")
    script.line(
        f"change ({power} * ({this.small} * {upper}) / ({power} * {lower}) = {this.small} * {upper} / {lower})."
    )
    script.line(f"clear {second} {first} {equation} {away}. revert {series}.")
    script.line(f"generalize {lower}. intros {v} {series}. generalize {upper}. intro {u}.")
    script.line(f"field; {sides([series, x])}.")


def _divisor(this: Limit, inside: Arithmetic, b: Term) -> None:
    """That a divisor is not zero, as a number times a product of polynomials that are not, over others."""
    number, keys = this.factors(b)
    below = this.algebra.quotient(b)[1]
    script = this.work.script
    fraction = script.stated(f"{inside.text(number)} <> 0", "clear; nzc", "N")

    def product(factors: dict[Factor, int]) -> list[tuple[str, int]]:
        return [(inside.nonzero(tidy.polynomial_term(this.algebra, dict(k))), e) for k, e in factors.items()]

    def text(first: Term, factors: dict[Factor, int]) -> Term:
        powers = [tidy.power_term(tidy.polynomial_term(this.algebra, dict(k)), e) for k, e in factors.items()]
        return tidy.product_term([first, *powers])

    proof = nonzero_product([(fraction, 1), *product(keys)])
    whole = text(number, keys)
    if below:
        proof = f"(nz_div _ _ {proof} {nonzero_product(product(below))})"
        whole = ("/", whole, tidy.factors_term(this.algebra, below.items()))
    equation = inside.equal(b, whole)
    name = script.stated(f"{inside.text(b)} <> 0", f"exact (nz_same _ _ {proof} {equation})", "N")
    inside.scope.facts["!=", b, 0] = name
    inside.state = inside.state.assume(("!=", b, 0))
