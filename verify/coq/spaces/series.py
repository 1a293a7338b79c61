"""Equations of sums over a range with their normal forms: the steps of ``verify/kernel/spaces/series.py``.

A sum of what is linear in the members is taken apart; what does not depend on the index comes out; an index with a
constant part is shifted; and the sum from a to b is the one from 1 to b without the one from 1 to a - 1.
"""

from __future__ import annotations

from typing import Any

from verify.coq.spaces.expectations import Expectations, nested, rewriting
from verify.coq.spaces.identities import rewritings, simpler
from verify.coq.spaces.integers import integer
from verify.coq.spaces.place import Lines, Place
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Term
from verify.kernel.spaces.calculus import over, product
from verify.kernel.spaces.series import apart, divided, moved, offset
from verify.kernel.spaces.sorts import Sort
from verify.kernel.spaces.state import State
from verify.kernel.spaces.terms import lifted, opened


class Series(Expectations):
    """Sums at one place."""

    def series(self, t: Any, form: Term) -> str:
        lower, upper, body = t[1:] if t[0] == "sum" else (1, *t[1:])
        rows, below, _ = self.forms.monomials(self.forms.squared_norms(self.forms.scalar(body)))
        parts: list[tuple[Term, Term]] = []
        for number, factors in rows:
            outside, inside = divided(factors)
            parts.append((simpler(over([product(outside, number)], below)), product(inside) if inside else 1))
        if len(parts) == 1 and parts[0][0] == 1 and parts[0][1] == body and body != 1:
            return self.ranged(t, lower, upper, body, form)
        sums = nested([(lifted(out), x) for out, x in parts])
        steps = [self.members(t, ("sum", lower, upper, sums[0]))]
        value: list[Term] = []
        used: dict[str, str] = {}
        a, b = self.text(lower), self.text(upper)
        for i, (out, x) in enumerate(parts):
            whole, one, rest = (("sum", lower, upper, y) for y in (sums[i], x, sums[i + 1]))
            equation = f"{self.text(whole)} = {self.text(out)} * {self.text(one)} + {self.text(rest)}"
            lemma = f"sums_linear {a} {b} {self.text(out)} {self.summand(x)} {self.summand(sums[i + 1])}"
            steps.append(self.script.stated(equation, f"exact ({lemma})"))
            value.append(("*", out, self.summed(lower, upper, x, used)))
        zero = f"{self.text(('sum', lower, upper, 0))} = 0"
        steps.append(self.script.stated(zero, f"exact (sums_zero {a} {b})"))
        tactic = "".join(map(rewriting, steps)) + rewritings(used) + self.identity(("+", *value, 0), form)
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)

    def summand(self, body: Term) -> str:
        """The part under a binder as a function."""
        under = self.place.notation.under()
        return f"(fun {under.inside[0]} => {under.scalar(body)})"

    def summed(self, lower: Term, upper: Term, body: Term, used: dict[str, str]) -> Term:
        """The normal form of the sum of a product of factors that depend on the index."""
        t: Term = ("sum", lower, upper, body)
        if body == 1:
            proofs = " ".join(integer(self.place, e) for e in (lower, upper))
            value: Term = ("+", upper, ("-", lower), 1)
            equation = f"{self.text(t)} = {self.text(value)}"
            lemma = f"sums_count {self.text(lower)} {self.text(upper)} {proofs}"
            used[self.script.stated(equation, f"exact ({lemma})")] = self.text(t)
            return value
        return self.unfolded(t, used)

    def members(self, t: Term, other: Any) -> str:
        """That sums are equal whose members are; empty where they are written alike."""
        if self.text(t) == self.text(other):
            return ""
        _, lower, upper, body = other
        own = t[3] if t[0] == "sum" else t[2]  # type: ignore[index]
        equal = self.at_an_index(own, body)
        proofs = " ".join(integer(self.place, e) for e in (lower, upper))
        ends = f"{self.text(lower)} {self.text(upper)}"
        lemma = f"sums_ext {ends} {self.summand(own)} {self.summand(body)} {proofs} {equal}"
        return self.script.stated(f"{self.text(t)} = {self.text(other)}", f"exact ({lemma})")

    def at_an_index(self, left: Term, right: Term) -> str:
        """That two parts under a binder are equal for every integer."""
        place = self.place
        x, at, whole, name = f"?{place.script.fresh('t')}", *(place.script.fresh(p) for p in ("t", "I", "H"))
        scope = place.scope.copy()
        scope.names[x], scope.integers[x] = at, whole
        state = place.state
        inside = State({**state.sorts, x: Sort("integer", 0)}, state.facts, state.sure, state.goal)
        lines = Lines(place.script)
        inner = Place(place.run, place.outer, lines, scope, inside, place.used)
        a, b = opened(left, x), opened(right, x)
        knowledge = type(self)(inner)
        proof = knowledge.same(a, b)
        place.script.line(
            f"assert ({name} : forall {at} : R, is_int {at} -> {knowledge.text(a)} = {knowledge.text(b)})."
        )
        place.script.line(f"{{ intros {at} {whole}.")
        place.script.lines.extend(lines.lines)
        place.script.line(f"exact {proof}. }}")
        return name

    def ranged(self, t: Term, lower: Term, upper: Term, body: Term, form: Term) -> str:
        """The sum of a product of factors that depend on the index."""
        used: dict[str, str] = {}
        k = offset(self.forms, body)
        if k:
            other: Any = ("sum", ("+", lower, k), ("+", upper, k), self.forms.scalar(moved(body, -k)))
            shifted: Term = ("sum", lower, upper, moved(other[3], k))
            same = self.members(t, shifted)
            lemma = f"sums_shift {self.text(k)} {self.text(lower)} {self.text(upper)} {self.summand(other[3])}"
            step = self.script.stated(f"{self.text(shifted)} = {self.text(other)}", f"exact ({lemma})")
            value = self.unfolded(other, used)
            tactic = f"{rewriting(same)}rewrite {step}; {rewritings(used)}{self.identity(value, form)}"
            return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)
        steps = []
        ends = [upper]
        if lower != 1:
            before: Term = ("+", lower, -1)
            ends.append(before)
            both = f"{self.text(('sum', 1, upper, body))} - {self.text(('sum', 1, before, body))}"
            proofs = " ".join(integer(self.place, e) for e in (lower, upper))
            lemma = f"sums_split {self.text(lower)} {self.text(upper)} {self.summand(body)} {proofs}"
            steps.append(self.script.stated(f"{self.text(t)} = {both}", f"exact ({lemma})"))
        values = [self.until(end, body, steps) for end in ends]
        value = ("+", values[0], *(("-", v) for v in values[1:])) if len(values) > 1 else values[0]
        normal = self.unfolded(value, used)
        tactic = "".join(map(rewriting, steps)) + rewritings(used) + self.identity(normal, form)
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)

    def until(self, end: Term, body: Term, steps: list[str]) -> Term:
        """The sum from 1 on by the members that a constant part of its end adds; the equations go to ``steps``."""
        base, k = apart(self.forms, end)
        chain = [base if j == 0 else ("+", base, j) for j in range(0, k + (1 if k >= 0 else -1), 1 if k >= 0 else -1)]
        total = [self.text(("sum", 1, e, body)) for e in chain]
        f, script = self.summand(body), self.script
        if self.text(end) != self.text(chain[-1]):
            equal = f"f_equal; {self.tactic(end, chain[-1])}"
            steps.append(script.stated(f"{self.text(('sum', 1, end, body))} = {total[-1]}", equal))
        parts: list[Term] = []
        for j in range(len(chain) - 1, 0, -1):
            low, high = (j - 1, j) if k > 0 else (j, j - 1)
            member = opened(body, chain[high])
            sign = "+" if k > 0 else "-"
            equation = f"{total[j]} = {total[j - 1]} {sign} {self.text(member)}"
            apart_ = script.stated(f"{self.text(chain[high])} = {self.text(chain[low])} + 1", "ring")
            ends = f"{self.text(chain[low])} {self.text(chain[high])} {integer(self.place, chain[low])}"
            lemma = f"{'sums_step' if k > 0 else 'sums_back'} {f} {ends} {apart_}"
            steps.append(script.stated(equation, f"exact ({lemma})"))
            parts.append(member if k > 0 else ("-", member))
        if base == 0:
            steps.append(script.stated(f"{total[0]} = 0", f"exact (sums_start {f})"))
            start: Term = 0
        else:
            start = ("upto", base, body)
        return ("+", start, *parts) if parts else start

    def vector_series(self, v: Term) -> str:
        raise Untranslated("a sum of vectors")
