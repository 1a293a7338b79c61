"""Proofs about terms under facts: their signs, that they are not zero, and identities between them.

The kernel decides all three by its algebra of polynomials (``Run`` in ``verify/kernel/reals/run.py``); here each answer
comes with a proof in Coq. An identity of rational functions is left to ``field``, which asks for every divisor that it
is not zero: these proofs are prepared, since ``field`` asks in a form of its own. It multiplies nested fractions out,
so the divisors of divisors and the numerators of divisors are prepared too, and fractions inside a divisor are first
rewritten into one quotient.
"""

from __future__ import annotations

from verify.coq.reals import signed, tidy
from verify.coq.reals.knowledge import known, must, proved
from verify.coq.reals.notation import term
from verify.coq.reals.script import Contradiction, Scope, Script
from verify.coq.reals.signed import ONE, UNKNOWN, Signed
from verify.kernel.reading import Refused
from verify.kernel.reals.polynomials import Poly
from verify.kernel.reals.run import Run
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, Formula, Term, is_difference, minus

LITERAL = "lit"  # proves that a literal is not zero
BY_FACTS = "nzc"  # the same of anything, by linear arithmetic over all that is known: slow, and the last way


class Arithmetic:
    """Proofs at one place: the kernel's run, the script, what is known there, and the kernel's state."""

    def __init__(self, run: Run, script: Script, scope: Scope, state: State) -> None:
        self.run, self.script, self.scope, self.state = run, script, scope, state

    def text(self, t: Term) -> str:
        return term(t, self.scope.names)

    # -- signs

    def fact_sign(self, t: Term) -> Signed:
        """The signs that no fact about the term excludes."""
        if not isinstance(t, (str, tuple)):
            return self._literal(t)
        difference = is_difference(t)
        a, b = (t[2][1], t[1]) if difference else (0, t)
        ways: dict[int, list[tuple[Formula, str]]] = {
            -1: [(("<=", 0, t), "")],
            1: [(("<=", t, 0), "")],
            0: [(("!=", t, 0), "")],
        }
        if difference:
            ways[-1].append((("<=", a, b), "d_le"))
            ways[1].append((("<=", b, a), "d_ge"))
            ways[0].append((("!=", b, a), "d_ne"))
        found: list[Signed] = []
        for sign, among in ways.items():
            for f, lemma in among:
                proof = known(self.script, self.scope, f)
                if proof is not None:
                    rest = frozenset({-1, 0, 1} - {sign})
                    found.append(Signed(rest, f"({lemma} _ _ {proof})" if lemma else proof))
                    break
        out = UNKNOWN
        for one in found:
            out = self.both(t, out, one)
        return out

    def _literal(self, t: Term) -> Signed:
        sign = frozenset({(t > 0) - (t < 0)})  # type: ignore[operator]
        text = self.text(t)
        if isinstance(t, int):
            return Signed(
                sign, f"(IZR_lt 0 {t} eq_refl)" if t > 0 else f"(IZR_lt ({t}) 0 eq_refl)" if t < 0 else "(eq_refl 0)"
            )
        return Signed(sign, self.script.stated(Signed(sign, "").stated(text), "clear; lra"))

    def both(self, t: Term, a: Signed, b: Signed) -> Signed:
        """Of a term of which two things are proved; raises ``Contradiction`` if no sign is left."""
        if a.letter == "a" or b.letter == "a":
            return b if a.letter == "a" else a
        meet = a.signs & b.signs
        proof = f"(meet_{a.letter}{b.letter} {self.text(t)} {a.proof} {b.proof})"
        if not meet:
            raise Contradiction(proof)
        return a if meet == a.signs else b if meet == b.signs else Signed(meet, proof)

    def monomial_sign(self, m: int, c: Term) -> Signed:
        """Of ``tidy.monomial_term``, factor by factor."""
        powers = list(self.run.algebra.exponents(m))
        found = self.fact_sign(c) if c != 1 or not powers else None
        for a, e in powers:
            one = signed.power(self.fact_sign(a), self.text(a), e)
            found = one if found is None else signed.times(found, one)
        return ONE if found is None else found

    def polynomial_sign(self, p: Poly) -> Signed:
        """Of ``tidy.polynomial_term``."""
        found: Signed | None = None
        for m, c in p.items():
            one = self.monomial_sign(m, c)
            found = one if found is None else signed.plus(found, one)
            if found.letter == "a":
                return UNKNOWN
        return Signed(frozenset({0}), "(eq_refl 0)") if found is None else found

    def sign(self, t: Term) -> Signed:
        """From a fact about the term, or from the signs of its monomials over those of its divisors."""
        facts = self.fact_sign(t)
        if len(facts.signs) == 1 or not isinstance(t, tuple):
            return facts
        numerator, denominator, nonzero = self.run.algebra.quotient(t)
        if not all(self.run.nonzero(self.state, d) for d in nonzero):
            return facts
        found = self.polynomial_sign(numerator)
        expression = tidy.polynomial_term(self.run.algebra, numerator)
        if denominator:
            below: Signed | None = None
            for key, e in denominator.items():
                k = tidy.polynomial_term(self.run.algebra, dict(key))
                one = signed.power(self.polynomial_sign(dict(key)), self.text(k), e)
                below = one if below is None else signed.times(below, one)
            expression = ("/", expression, tidy.factors_term(self.run.algebra, denominator.items()))
            found = signed.times(found, signed.inverse(below or UNKNOWN))
        if found.letter == "a" or facts.signs & found.signs == facts.signs:
            return facts
        if expression != t:
            equation = self.equal(t, expression)
            v = self.script.fresh("v")
            proof = f"eq_ind_r (fun {v} : R => {found.stated(v)}) {found.proof} {equation}"
            found = Signed(found.signs, self.script.stated(found.stated(self.text(t)), f"exact ({proof})"))
        return self.both(t, facts, found)

    # -- not zero

    def nonzero(self, t: Term) -> str:
        """A proof that a term is not zero, where the kernel sees that: by its factors, or by its sign."""
        if t not in self.scope.nonzero:
            proof = self._nonzero(t)
            self.scope.nonzero[t] = self.script.stated(f"{self.text(t)} <> 0", f"exact {proof}", "N")
        return self.scope.nonzero[t]

    def _nonzero(self, t: Term) -> str:
        if isinstance(t, tuple) and self._by_factors(t):
            proofs = [self.nonzero(a) for a in (t[1:2] if t[0] == "^" else t[1:])]
            if t[0] == "-":
                return f"(opp_x _ {proofs[0]})"
            if t[0] == "/":
                return f"(nz_div _ _ {proofs[0]} {proofs[1]})"
            if t[0] == "^":
                found = f"(pow_nonzero _ {abs(t[2])} {proofs[0]})"
                return found if t[2] >= 0 else f"(inv_x _ {found})"
            found = proofs[0]
            for proof in proofs[1:]:
                found = f"(nz_mul _ _ {found} {proof})"
            return found
        found_sign = self.sign(t)
        if 0 in found_sign.signs:
            raise Refused(f"the translation does not see that {self.text(t)} is not zero")
        return signed.weakened(found_sign, "x")

    def _by_factors(self, t: tuple[Term, ...]) -> bool:
        """Whether the kernel takes a term apart to see that it is not zero."""
        if t[0] in ("*", "-", "/"):
            return all(self.run.nonzero(self.state, a) for a in t[1:])
        return t[0] == "^" and isinstance(t[2], int) and self.run.nonzero(self.state, t[1])

    # -- identities

    def equal(self, left: Term, right: Term) -> str:
        """The name of an identity of rational functions whose divisors are not zero."""
        statement = f"{self.text(left)} = {self.text(right)}"
        return self.script.stated(statement, self.identity(left, right))

    def identity(self, left: Term, right: Term) -> str:
        """A tactic that proves such an identity."""
        if tidy.without_quotients(left) and tidy.without_quotients(right):
            return "ring"
        divisors = self.run.algebra.quotient(minus(left, right))[2]
        found = self.prepared(divisors)
        return f"{self.flattened(divisors)}field{'; ' + sides(found) if found else ''}"

    def prepared(self, divisors: tuple[Term, ...]) -> list[str]:
        """Proofs that divisors, and what ``field`` makes of them, are not zero."""
        found: dict[str, None] = {}
        for d in divisors:
            self.factors(d, found)
        return list(found)

    def factors(self, d: Term, found: dict[str, None]) -> None:
        """The proofs for a divisor: for its factors where the kernel takes it apart, else for itself."""
        if not isinstance(d, (str, tuple)):
            return
        if isinstance(d, tuple) and self._by_factors(d):
            for a in d[1:2] if d[0] == "^" else d[1:]:
                self.factors(a, found)
            return
        self.spread(d, self.nonzero(d), found)

    def spread(self, d: Term, proof: str, found: dict[str, None]) -> None:
        """From d != 0: that, its factors, and the numerator of what contains fractions."""
        if proof in found:
            return
        found[proof] = None
        if isinstance(d, tuple) and (d[0] in ("*", "-") or (d[0] == "^" and isinstance(d[2], int) and d[2] > 0)):
            for a in d[1:2] if d[0] == "^" else d[1:]:
                if isinstance(a, (str, tuple)):
                    self.spread(a, self.part(d, a, proof, "ring"), found)
            return
        if tidy.without_quotients(d):
            return
        inner = self.run.algebra.quotient(d)[2]
        self.spread(tidy.over_integers(self.run.algebra, d)[0], self.numerator(d, proof), found)
        found.update(dict.fromkeys(self.prepared(inner)))
        if isinstance(d, tuple) and d[0] == "/" and isinstance(d[1], (str, tuple)):
            self.spread(d[1], self.part(d, d[1], proof, "unfold Rdiv; ring"), found)

    def part(self, d: Term, a: Term, proof: str, tactic: str) -> str:
        """That a factor of a term is not zero, since the term is not."""
        if ("part", d, a) not in self.scope.parts:
            why = f"let Z := fresh in intro Z; apply {proof}; rewrite Z; {tactic}"
            self.scope.parts["part", d, a] = self.script.stated(f"{self.text(a)} <> 0", why, "N")
        return self.scope.parts["part", d, a]

    def numerator(self, d: Term, proof: str) -> str:
        """That the numerator of a divisor is not zero, by the equation of the divisor and one quotient."""
        if ("numerator", d) not in self.scope.parts:
            _, _, inner = self.run.algebra.quotient(d)
            candidates = self.prepared(inner)
            top, bottom = tidy.over_integers(self.run.algebra, d)
            above, below = self.text(top), self.text(bottom)
            why = f"{self.flattened(inner)}field{'; ' + sides(candidates) if candidates else ''}"
            flat = self.script.stated(f"{self.text(d)} = {above} / {below}", why, "F")
            if d != ("/", top, bottom):
                self.scope.parts["flat", d] = flat
            self.scope.parts["numerator", d] = self.script.stated(
                f"{above} <> 0", f"exact (nz_sub _ _ _ {proof} {flat})", "N"
            )
        return self.scope.parts["numerator", d]

    def flattened(self, divisors: tuple[Term, ...]) -> str:
        """Tactics that rewrite fractions inside divisors into one quotient each, the largest first."""
        found = {
            x: self.scope.parts["flat", x]
            for d in divisors
            for x in tidy.subterms(d)
            if ("flat", x) in self.scope.parts
        }
        return "".join(f"try rewrite {found[x]}; " for x in sorted(found, key=lambda x: -len(str(x))))

    # -- known equations

    def must(self, f: Formula) -> str:
        return must(self.script, self.scope, f)

    def absurd(self) -> None:
        """Raises ``Contradiction`` where a fact is false."""
        if FALSE in self.scope.facts:
            raise Contradiction(proved(self.script, self.scope, self.scope.facts[FALSE]))


def sides(candidates: list[str]) -> str:
    """A tactic for what ``field`` leaves: each divisor is one that is prepared, up to its sign, or a literal.

    Most are prepared as they are asked for; only then ``ring`` tries which one is equal, which takes its time.
    """
    ways = [*(f"same {c}" for c in candidates), LITERAL, *(f"nz1 {c}" for c in candidates), BY_FACTS]
    return "conjs; first [ " + " | ".join(ways) + " ]"
