"""What counts as known about vectors, with a proof of it: ``Run.knows`` of the kernel, case by case."""

from __future__ import annotations

from fractions import Fraction

from verify.coq.reals import notation as numbers
from verify.coq.reals.knowledge import alternative, conjunction
from verify.coq.spaces.series import Series
from verify.kernel.reading import Refused
from verify.kernel.reals.terms import RELATIONS, Formula, Number, minus

LEMMAS = {"<=": "le", "<": "lt", "==": "eq", "!=": "ne"}


class Knowledge(Series):
    """Proofs of what is known at one place."""

    def known(self, f: Formula) -> str:
        """A proof of a formula that the kernel knows; ``Refused`` for another one."""
        run, state = self.place.run, self.place.state
        if f in state.facts:
            return self.place.fact(f)
        op = f[0]
        if op == "and":
            return conjunction([self.known(a) for a in f[1:]])
        if op == "or":
            i = next((i for i, a in enumerate(f[1:]) if run.knows(state, a)), None)
            if i is not None:
                return alternative(i, len(f) - 1, self.known(f[i + 1]))
        if op == "same" and run.vector_vanishes(state, minus(f[1], f[2])):
            return self.equal_vectors(f[1], f[2], [])
        if op in RELATIONS:
            found = self.of_numbers(f) or self.of_fact(f)
            if found is not None:
                return found
        raise Refused(f"the translation does not know {self.place.notation.formula(f)}")

    def of_numbers(self, f: Formula) -> str | None:
        """A relation whose sides differ by a number."""
        run, state = self.place.run, self.place.state
        n, d, r = run.difference(f)
        if n and (d or set(n) != {0}):
            return None
        value = n.get(0, 0)
        true = {"==": value == 0, "!=": value != 0, "<": value > 0, "<=": value >= 0}[f[0]]
        if not true or not all(run.nonzero(state, b) for b in r):
            return None
        difference = self.same(minus(f[2], f[1]), value)
        return self.script.stated(self.place.notation.formula(f), f"clear - {difference}; by_order")

    def of_fact(self, f: Formula) -> str | None:
        """A relation that is weaker than a fact about a multiple of the same difference of its sides."""
        run, state = self.place.run, self.place.state
        for g, size in state.facts.items():
            if g[0] in RELATIONS and run.follows(state, f, g, size):
                n, n2 = run.difference(f)[0], run.difference(g)[0]
                first = next(iter(n), None)
                times: Number = Fraction(1) if first is None else Fraction(n[first]) / n2[first]
                times = times.numerator if times.denominator == 1 else times
                equation = self.same(minus(f[2], f[1]), ("*", times, minus(g[2], g[1])))
                lemma, number = f"{LEMMAS[f[0]]}_by_{LEMMAS[g[0]]}", numbers.number(times)
                sign = ""
                if lemma not in ("le_by_eq", "eq_by_eq"):
                    wanted = f"{number} <> 0" if f[0] == "!=" else f"0 < {number}"
                    sign = self.script.stated(wanted, "clear; by_order")
                return f"({lemma} {number} _ _ _ _ {equation} {sign} {self.place.fact(g)})"
        return None
