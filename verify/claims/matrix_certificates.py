"""Certificates of matrix identities: a claim's derivation, and those that it builds on, in the form of the checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.matrix_results import MatrixResults
from verify.claims.matrix_statement import statement
from verify.claims.statement import MatrixIdentity
from verify.derivations.combination import AtZero, Given, Substituted, Sum, Times, value_of
from verify.derivations.derivation import Derivation, Step
from verify.derivations.rules import matrix_in_front
from verify.derivations.trace_polynomials import Letter, TracePolynomial, Word, cyclic
from verify.derivations.wick import MatrixLaw
from verify.runtime.errors import ensured

Json = Any


RULES = frozenset(
    {
        "substitute_letters", "expect", "gradient", "coefficient_of_vector", "solve_with_inverse",
        "average_over_tasks",
    }
)  # fmt: skip


class NotWords(Exception):
    """The claim has no certificate as an identity of words."""


def word_certificate(claim: Claim) -> dict[str, Json]:
    """The certificate of a matrix identity; raises ``NotWords``."""
    if not isinstance(claim.statement, MatrixIdentity) or not claim.derivations:
        raise NotWords("not a matrix identity with a derivation")
    return _Writer(claim.setting.results()).certificate(claim, claim.statement)


@dataclass(frozen=True)
class Written:
    """A claim's statement as data, the name there of each letter, and the symbols by their names."""

    statement: dict[str, Json]
    name: Callable[[Letter], str]
    symbols: Mapping[str, sp.Symbol]


def written(claim: Claim) -> Written:
    """The statement of a matrix identity, with what is needed to compare its letters with the claim's.

    Without a derivation the left side is what is written there. A coefficient may be ``{"ratio": [above, below]}``.
    Raises ``NotWords``.
    """
    if not isinstance(claim.statement, MatrixIdentity):
        raise NotWords("not a matrix identity")
    writer = _Writer(claim.setting.results(), ratios=True)
    data = writer.certificate(claim, claim.statement) if claim.derivations else writer.plain(claim.statement)
    return Written(statement(data), writer.letter, writer.symbols)


def states(claim: Claim, certificate: Mapping[str, Json]) -> bool:
    """Whether a certificate is about exactly this claim: its letters, inverses, starts, laws and both sides.

    All of them are written anew from the claim and compared; the right side and the start, where it is written out,
    are read back besides, so that what is compared is the claim's and not only what the writer makes of it.
    """
    if not isinstance(claim.statement, MatrixIdentity) or not claim.derivations:
        return False
    writer = _Writer(claim.setting.results())
    try:
        own = writer.certificate(claim, claim.statement)
    except NotWords:
        return False
    if statement(own) != statement(certificate):
        return False
    parts = [(own["rhs"], claim.statement.rhs)]
    start, first = claim.derivations[-1].given, own["derivations"][-1]["start"]
    if isinstance(start, TracePolynomial):
        parts.append((first["poly"], start))
    return all(polynomial(data, own["letters"], writer.symbols) == writer.bare(p) for data, p in parts)


def polynomial(
    data: Mapping[str, Json], letters: Mapping[str, Json], symbols: Mapping[str, sp.Symbol]
) -> TracePolynomial:
    """The polynomial that a certificate of a matrix identity speaks of, read back from it."""

    def size(name: str) -> sp.Expr:
        return sp.Integer(1) if name == "1" else symbols[name]

    def word(tokens: list[str]) -> Word:
        out = []
        for token in tokens:
            name = token.removesuffix("'")
            rows, cols, symmetric = letters[name]
            one = Letter(name, size(rows), size(cols), symmetric)
            out.append(one.T if token.endswith("'") else one)
        return tuple(out)

    rows, cols = size(data["rows"]), size(data["cols"])
    total = TracePolynomial(rows, cols, {})
    for coefficient, traces, tokens in data["terms"]:
        number = sp.Add(*(sp.Rational(c) * sp.Mul(*(symbols[s] ** k for s, k in p.items())) for c, p in coefficient))
        total = total + TracePolynomial.monomial(number, [word(t) for t in traces], word(tokens), rows, cols)
    return total


def is_derived(claim: Claim, derivation: Derivation) -> bool:
    """Whether the left side of a matrix identity is the result of a derivation, or that minus its value at wbar."""
    lhs = ensured(claim.statement, MatrixIdentity).lhs
    return isinstance(derivation.result, TracePolynomial) and (lhs == derivation.result or bool(_gap(lhs, derivation)))


def _gap(lhs: TracePolynomial, derivation: Derivation) -> tuple[Letter, Letter] | None:
    """The letters w and wbar, if lhs is a polynomial in w minus its value at w = wbar, the solution it was given.

    The polynomial has w: without it the difference is 0 whatever the polynomial is.
    """
    whole = derivation.matrix
    for step in derivation.steps:
        if step.rule == "average_over_tasks":
            solution: Letter = dict(step.params)["solution"]
            there = TracePolynomial.letter(solution)
            for w in whole.letters.values():
                alike = w != solution and (w.rows, w.cols) == (solution.rows, solution.cols)
                if alike and lhs == whole - whole.substitute({w.name: there}):
                    return w, solution
    return None


class _Writer:
    """Collects letters and derivations while one certificate is written."""

    def __init__(self, results: MatrixResults, ratios: bool = False) -> None:
        self.results = results
        self.ratios = ratios  # whether quotients of polynomials are written too, which no certificate has
        self.letters: dict[str, Letter] = {}
        self.derivations: list[Derivation] = []
        self.written: list[Json] = []
        self.inverses: dict[str, Json] = {}
        self.symbols: dict[str, sp.Symbol] = {}
        self.squares: dict[Word, Letter] = {}  # in the derivation being written, v' W v of a task: its mean

    def certificate(self, claim: Claim, statement: MatrixIdentity) -> dict[str, Json]:
        main = claim.derivations[-1]
        if not isinstance(main.result, TracePolynomial):
            raise NotWords("the claim's derivation does not end in a polynomial in matrices")
        lhs = self.left_side(main, statement.lhs)
        rhs = self.poly(statement.rhs)
        return {
            "schema": 1,
            "kind": "words",
            "claim": f"{claim.id}: {statement.name}",
            **self.whole(lhs, rhs),
        }

    def plain(self, statement: MatrixIdentity) -> dict[str, Json]:
        """Two sides that are written out."""
        return self.whole({"poly": self.poly(statement.lhs)}, self.poly(statement.rhs))

    def whole(self, lhs: Json, rhs: Json) -> dict[str, Json]:
        for letter, matrix in self.results.inverses:
            if self.letters.get(letter.name) == letter:
                self.inverse(letter, matrix)
        return {
            "letters": {
                k: [self.dimension(a.rows), self.dimension(a.cols), a.symmetric]
                for k, a in sorted(self.letters.items())
            },
            "inverses": self.inverses,
            "derivations": self.written,
            "lhs": lhs,
            "rhs": rhs,
        }

    def left_side(self, main: Derivation, lhs: TracePolynomial) -> Json:
        """The left side as the result of the derivation, or as its difference from its value at the solution."""
        result = self.result(main)
        if lhs == main.matrix:
            return result
        gap = _gap(lhs, main)
        if gap is not None:
            w, solution = gap
            there = {"substitute": [result, {self.letter(w): self.expression(TracePolynomial.letter(solution))}]}
            return {"sum": [result, {"times": [self.coefficient(sp.Integer(-1)), there]}]}
        raise NotWords("the left side is not the result of the claim's derivation")

    def result(self, derivation: Derivation) -> Json:
        """A reference to the result of a derivation, written down the first time."""
        if derivation not in self.derivations:
            outer, self.squares = self.squares, {}
            start = self.expression(derivation.given)
            steps = [self.step(s) for s in derivation.steps]
            self.squares = outer
            self.derivations.append(derivation)
            self.written.append({"title": derivation.title, "start": start, "steps": steps})
        return {"result": self.derivations.index(derivation)}

    def step(self, step: Step) -> Json:
        if not isinstance(step.before, TracePolynomial) or not isinstance(step.after, TracePolynomial):
            raise NotWords(f"the rule {step.rule} leaves the polynomials in matrices")
        if step.rule not in RULES:
            raise NotWords(f"certificates have no rule {step.rule}")
        params, letters = dict(step.params), step.before.letters
        if step.rule == "substitute_letters":
            values = {self.letter(letters[k]): p for k, p in sorted(params.items()) if k in letters}
            written: dict[str, Json] = {"letters": {k: self.expression(p) for k, p in values.items()}}
        elif step.rule == "expect":
            laws = {self.letter(letters[k]): law for k, law in sorted(params["laws"].items()) if k in letters}
            written = {"laws": {k: self.law(law) for k, law in laws.items()}}
        elif step.rule == "average_over_tasks":
            written = {k: self.letter(a) for k, a in sorted(params.items())} | self.square(step.before, **params)
        else:
            written = {k: self.letter(a) for k, a in sorted(params.items())}
        if step.rule == "solve_with_inverse":
            self.inverse(params["inverse"], matrix_in_front(step.before, params["unknown"]))
        return {"rule": step.rule, "params": written, "after": self.poly(step.after)}

    def inverse(self, letter: Letter, matrix: TracePolynomial) -> None:
        """Say that a letter stands for the inverse of a matrix."""
        name, written = self.letter(letter), self.expression(matrix)
        if self.inverses.setdefault(name, written) != written:
            raise NotWords(f"{name} stands for two inverses")

    def expression(self, given: Given) -> Json:
        """A polynomial, or what it is made of, in the form of the checker."""
        match given:
            case Derivation():
                return self.result(given)
            case Sum(parts):
                return {"sum": [self.expression(part) for part in parts]}
            case Times(factor, part):
                return {"times": [self.coefficient(factor), self.expression(part)]}
            case Substituted(part, letter, value):
                names = [self.letter(a) for a in value_of(part).letters.values() if a.name == letter]
                return {"substitute": [self.expression(part), {name: self.expression(value) for name in names}]}
            case AtZero(part, symbol):
                return {"zero": [self.expression(part), self.symbol(symbol)]}
            case TracePolynomial():
                return {"poly": self.poly(given)}
        raise NotWords(f"{given} is not a polynomial in matrices")

    def square(self, before: TracePolynomial, matrix: Letter, vector: Letter, **_: Letter) -> dict[str, str]:
        """The letter for E[v' W v], which the derivation goes on writing in the letters of one task."""
        form = cyclic((vector.T, matrix, vector))
        if not any(form in term.traces for term in before.terms):
            return {}
        self.squares[form] = Letter(f"{vector.name}_{matrix.name}_{vector.name}", sp.Integer(1), sp.Integer(1))
        return {"square": self.letter(self.squares[form])}

    # -- data

    def law(self, law: MatrixLaw) -> Json:
        ends = {"row": self.word(law.row), "col": self.word(law.col)}
        return {**ends, "scale": self.coefficient(law.scale), "gaussian": law.gaussian}

    def letter(self, a: Letter) -> str:
        """The name of a letter; two letters of one name and different shapes (y in a batch, and at a point) get two."""
        plain, name = (a.T if a.transposed else a), a.name
        while self.letters.setdefault(name, plain) != plain:
            name += "_"
        return name + "'" * a.transposed

    def bare(self, p: TracePolynomial) -> TracePolynomial:
        """The same polynomial in letters that are called as in the certificate and carry no LaTeX."""

        def word(w: Word) -> Word:
            return tuple(replace(a, name=self.letter(a).removesuffix("'"), latex="") for a in w)

        out = TracePolynomial(p.rows, p.cols, {})
        for term, k in p.terms.items():
            out = out + TracePolynomial.monomial(k, map(word, term.traces), word(term.word), p.rows, p.cols)
        return out

    def word(self, word: Word) -> list[str]:
        return [self.letter(a) for a in ((self.squares[word],) if word in self.squares else word)]

    def poly(self, p: TracePolynomial) -> Json:
        terms = [
            [self.coefficient(k), [self.word(loop) for loop in monomial.traces], self.word(monomial.word)]
            for monomial, k in p.terms.items()
        ]
        return {"rows": self.dimension(p.rows), "cols": self.dimension(p.cols), "terms": terms}

    def coefficient(self, k: sp.Expr) -> Json:
        try:
            return [[str(number), powers] for number, powers in self.monomials(sp.expand(k))]
        except NotWords:
            if not self.ratios:
                raise
        parts = [self.monomials(sp.expand(part)) for part in sp.fraction(sp.together(k))]
        return {"ratio": [[[str(number), powers] for number, powers in part] for part in parts]}

    def monomials(self, k: sp.Expr) -> Iterator[tuple[sp.Rational, dict[str, int]]]:
        for part in sp.Add.make_args(k):
            number, rest = part.as_coeff_Mul()
            powers = {}
            if not number.is_Rational:
                raise NotWords(f"{k} is not a Laurent polynomial in symbols")
            for base, exponent in rest.as_powers_dict().items() if rest != 1 else ():
                if not base.is_Symbol or not exponent.is_Integer:
                    raise NotWords(f"{k} is not a Laurent polynomial in symbols")
                powers[self.symbol(base)] = int(exponent)
            yield number, dict(sorted(powers.items()))

    def dimension(self, k: sp.Expr) -> str:
        if not (k.is_Symbol or (k.is_Integer and k > 0)):
            raise NotWords(f"the dimension {k} is neither a symbol nor a whole number")
        return self.symbol(k) if k.is_Symbol else str(k)

    def symbol(self, s: sp.Symbol) -> str:
        """The name of a symbol, which only one symbol of a statement may have."""
        if self.symbols.setdefault(s.name, s) != s:
            raise NotWords(f"two different symbols are called {s.name}")
        return str(s.name)
