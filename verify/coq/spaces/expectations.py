"""Equations of expectations with their normal forms: each holds almost surely, and is proved where no outcome is given.

E_k of a sum is taken apart by linearity, what is known at stage k comes out of each summand, and what is left has a
normal form by the tower property: the steps of ``verify/kernel/spaces/expectations.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verify.coq.reals.tidy import subterms
from verify.coq.spaces.identities import SUMS, Identities, operation, rewritings, simpler
from verify.coq.spaces.notation import OUTCOME
from verify.coq.spaces.place import Writer, shown, stated
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Term
from verify.kernel.spaces.calculus import Factors, over, product
from verify.kernel.spaces.expectations import mean as mean_of_vector
from verify.kernel.spaces.expectations import unknown
from verify.kernel.spaces.inner_products import is_mean, put_on, taken_off
from verify.kernel.spaces.terms import loose

Row = tuple[Term, Factors]  # what is known, and the factors that are not


class Expectations(Identities):
    """Expectations at one place."""

    @property
    def last(self) -> int:
        """The last stage: there everything is known."""
        return max(sort.level for sort in self.place.state.sorts.values())

    # -- what holds almost surely

    def everywhere(self, text: str, build: Callable[[Expectations], str]) -> str:
        """The name of what ``build`` proves at any outcome."""
        place = self.place
        writer = Writer(place.run, place.outer)
        return shown(writer, place.scope, place.state, text, lambda inner: build(type(self)(inner)))

    def surely(self, text: str, build: Callable[[Expectations], str]) -> str:
        """The name, at this outcome, of what ``build`` proves at any outcome."""
        return self.place.use(self.everywhere(text, build), text)

    def direct(self, text: str, lemma: str) -> str:
        """The name, at this outcome, of what a lemma says, whose premises are about stages."""
        name = self.place.outer.fresh()
        tactic = f"apply ({lemma}); first [reflexivity | stage {self.last}%nat]"
        self.place.outer.line(f"assert ({name} : {stated(text)}) by ({tactic}).")
        return self.place.use(name, text)

    def function(self, *terms: Term) -> str:
        return " ".join(f"(fun {OUTCOME} => {self.text(t)})" for t in terms)

    def vectors(self, *terms: Term) -> str:
        return " ".join(f"(fun {OUTCOME} => {self.place.notation.vector(t)})" for t in terms)

    # -- numbers

    def mean(self, t: Any, form: Term) -> str:
        if loose(t) or any(operation(x) in SUMS for x in subterms(t)):
            raise Untranslated("an expectation of something with an index")
        _, k, s = t
        body = self.form(s)
        if self.forms.level(body) <= k:
            same = self.extended(k, s, body)
            known = self.direct(
                f"{self.text(('E', k, body))} = {self.text(body)}", f"E_known V P {k} {self.function(body)}"
            )
            return self.script.stated(
                f"{self.text(t)} = {self.text(form)}", f"{rewriting(same)}rewrite {known}; {self.identity(body, form)}"
            )
        rows = self.rows(k, self.forms.squared_norms(self.forms.scalar(s)))
        if len(rows) == 1 and simpler(rows[0][0]) == 1 and simpler(product(rows[0][1])) == s:
            return self.special(k, rows[0][1], t, form)
        parts = [(out, product(inside) if inside else 1) for out, inside in rows]
        sums = nested(parts)
        steps = [self.extended(k, s, sums[0])]
        for i, (out, x) in enumerate(parts):
            whole = f"{self.text(('E', k, sums[i]))} = {self.text(out)} * {self.text(('E', k, x))}"
            whole += f" + {self.text(('E', k, sums[i + 1]))}"
            lemma = f"E_linear _ P {self.last} {k} {self.function(out, x, sums[i + 1])}"
            steps.append(self.direct(whole, lemma))
        steps.append(self.direct(f"{self.text(('E', k, 0))} = 0", f"E_zero V P {k}"))
        if any(not inside for _, inside in rows):
            steps.append(self.direct(f"{self.text(('E', k, 1))} = 1", f"E_one _ P {k}"))
        value: list[Term] = []
        used: dict[str, str] = {}
        for (out, inside), (_, x) in zip(rows, parts, strict=True):
            item = self.item(k, inside, x, used)
            value.append(("*", out, item))
        tactic = "".join(map(rewriting, steps)) + rewritings(used) + self.identity(("+", *value, 0), form)
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)

    def rows(self, k: int, form: Term) -> list[Row]:
        """The summands of a normal form, each as what is known at stage k and the other factors."""
        rows, below, _ = self.forms.monomials(form)
        level = self.forms.level
        return [
            (
                simpler(over([product([(a, e) for a, e in factors if level(a) <= k], number)], below)),
                [(a, e) for a, e in factors if level(a) > k],
            )
            for number, factors in rows
        ]

    def item(self, k: int, inside: Factors, x: Term, used: dict[str, str]) -> Term:
        """The normal form of E_k of some factors, none of which is known at stage k."""
        if not inside:
            return 1
        t: Term = ("E", k, x)
        form = simpler(unknown(self.forms, k, inside))
        if form != t:
            used[self.special(k, inside, t, form)] = self.text(t)
        return form

    def special(self, k: int, factors: Factors, t: Term, form: Term) -> str:
        """E_k of a product of factors of which one is an expectation at a later stage, or an inner product with one."""
        level = self.forms.level
        for i, (a, e) in enumerate(factors):
            others = [*factors[:i], *([(a, e - 1)] if e > 1 else []), *factors[i + 1 :]]
            known = max((level(b) for b, _ in others), default=0)
            x, x_ = product(others), self.function(product(others))
            if not isinstance(a, tuple):
                continue
            if a[0] == "E" and known <= a[1]:
                after: Term = ("*", x, a[2])
                before: Term = ("*", x, a)
                lemma = f"E_inside V P {k} {a[1]} {self.last} {self.last} {x_} {self.function(a[2])}"
                return self.replaced(k, t, before, after, form, lemma)
            if a[0] == "inner" and e == 1:
                for y, z in ((a[1], a[2]), (a[2], a[1])):
                    if isinstance(z, tuple) and z[0] == "E" and k <= z[1] < level(y) and known <= z[1]:
                        before, after = ("*", x, ("inner", y, z)), ("*", x, ("inner", ("E", z[1], y), z))
                        lemma = f"E_projected V P {k} {z[1]} {self.last} {x_} {self.vectors(y, z[2])}"
                        return self.replaced(k, t, before, after, form, lemma)
        raise Untranslated("an expectation of something with an index")

    def replaced(self, k: int, t: Any, before: Term, after: Term, form: Term, lemma: str) -> str:
        """E_k of one thing, which is E_k of another one by a lemma, whose normal form is known."""
        same = self.extended(k, t[2], before)
        step = self.direct(f"{self.text(('E', k, before))} = {self.text(('E', k, after))}", lemma)
        used: dict[str, str] = {}
        value = self.unfolded(("E", k, after), used)
        tactic = f"{rewriting(same)}rewrite {step}; {rewritings(used)}{self.identity(value, form)}"
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)

    def extended(self, k: int, a: Term, b: Term) -> str:
        """That E_k of equal numbers is equal; empty where they are written alike."""
        if self.text(a) == self.text(b):
            return ""
        equation = f"{self.text(a)} = {self.text(b)}"
        name = self.everywhere(equation, lambda inner: inner.same(a, b))
        n = self.last
        whole = f"{self.text(('E', k, a))} = {self.text(('E', k, b))}"
        found = self.place.outer.fresh()
        sure = name
        if stated(equation) == equation:
            sure = f"(almost_all _ P _ (fun {OUTCOME} => {name}))"
        tactic = f"apply (E_same V P {n} {k} {self.function(a, b)}); [stage {n}%nat | stage {n}%nat | exact {sure}]"
        self.place.outer.line(f"assert ({found} : {stated(whole)}) by ({tactic}).")
        return self.place.use(found, whole)

    # -- vectors

    def paired_mean(self, t: Any, form: Term) -> str:
        """<A E_k x, y> = E_k <x, A y>, where y is known at stage k, and A is a product of self-adjoint maps."""
        note = self.place.notation
        x: Any
        for side, other in ((t[1], t[2]), (t[2], t[1])):
            (word, x), (_, rest) = taken_off(side), taken_off(other)
            if operation(x) == "E" and self.forms.level(other) <= x[1] and not is_mean(rest, x[1]):
                y, steps = (
                    other,
                    "" if side == t[1] else f"rewrite (inner_sym V {note.vector(other)} {note.vector(side)}); ",
                )
                for i, name in enumerate(word):
                    steps += self.adjoint(name, put_on(word[i + 1 :], x), y, "")
                    y = ("apply", name, y)
                mean: Term = ("E", x[1], ("inner", x[2], y))
                equation = f"{self.text(('inner', x, y))} = {self.text(mean)}"
                step = self.direct(equation, f"E_inner _ P {self.last} {x[1]} {self.vectors(x[2], y)}")
                used: dict[str, str] = {}
                value = self.unfolded(mean, used)
                tactic = f"{steps}rewrite {step}; {rewritings(used)}{self.identity(value, form)}"
                return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)
        raise Untranslated("an inner product with a sum of vectors")

    def vector_mean(self, v: Any, form: Term) -> str:
        if loose(v) or any(operation(x) in SUMS for x in subterms(v)):
            raise Untranslated("an expectation of something with an index")
        _, k, u = v
        note, n = self.place.notation, self.last
        parts: list[tuple[Term, Term]] = []
        items: list[Term] = []
        used: dict[str, str] = {}
        for a, c in self.forms.vector(u).items():
            for out, inside in self.rows(k, self.forms.squared_norms(c)):
                x: Term = ("scale", product(inside), a) if inside else a
                parts.append((out, x))
                items.append(self.vector_item(k, inside, a, x, used))
        sums: list[Term] = [("zero",)]
        for out, x in reversed(parts):
            sums.insert(0, ("+", ("scale", out, x), sums[0]))
        steps = []
        if note.vector(u) != note.vector(sums[0]):
            equation = f"{note.vector(u)} = {note.vector(sums[0])}"
            name = self.everywhere(equation, lambda inner: inner.equal_vectors(u, sums[0], []))
            whole = f"{note.vector(('E', k, u))} = {note.vector(('E', k, sums[0]))}"
            tactic = f"apply (Ev_same V P {n} {k} {self.vectors(u, sums[0])}); first [reflexivity | exact {name} | "
            steps.append(self.place.outer.fresh())
            self.place.outer.line(f"assert ({steps[0]} : {stated(whole)}) by ({tactic}stage {n}%nat]).")
            steps[0] = self.place.use(steps[0], whole)
        for i, (out, x) in enumerate(parts):
            whole = f"{note.vector(('E', k, sums[i]))} = {self.text(out)} [*] {note.vector(('E', k, x))}"
            whole += f" [+] {note.vector(('E', k, sums[i + 1]))}"
            lemma = f"Ev_linear V P {n} {k} {self.function(out)} {self.vectors(x, sums[i + 1])}"
            steps.append(self.direct(whole, lemma))
        zero = f"{note.vector(('E', k, ('zero',)))} = vzero"
        steps.append(self.direct(zero, f"Ev_known V P {k} {self.vectors(('zero',))}"))
        value: Term = ("zero",)
        for (out, _), item in zip(reversed(parts), reversed(items), strict=True):
            value = ("+", ("scale", out, item), value)
        last = self.equal_vectors(value, form, [])
        tactic = "".join(map(rewriting, steps)) + rewritings(used) + f"exact {last}"
        return self.script.stated(f"{note.vector(v)} = {note.vector(form)}", tactic)

    def vector_item(self, k: int, inside: Factors, a: Any, x: Term, used: dict[str, str]) -> Term:
        """The normal form of E_k of a vector times factors that are not known at stage k."""
        t: Term = ("E", k, x)
        table = mean_of_vector(self.forms, k, inside, a)
        if table == {t: 1}:
            return t
        note = self.place.notation
        if not inside and self.forms.level(a) <= k:
            used[self.direct(f"{note.vector(t)} = {note.vector(a)}", f"Ev_known V P {k} {self.vectors(a)}")] = (
                note.vector(t)
            )
            return a  # type: ignore[no-any-return]
        if not inside and a[0] == "E" and table == {("E", k, a[2]): 1}:
            form: Term = ("E", k, a[2])
            lemma = f"Ev_tower V P {k} {a[1]} {self.last} {self.vectors(a[2])}"
            used[self.direct(f"{note.vector(t)} = {note.vector(form)}", lemma)] = note.vector(t)
            return form
        raise Untranslated("an expectation of a vector times something random")


def nested(parts: list[tuple[Term, Term]]) -> list[Term]:
    """The sums of products from each on, the last of which is 0."""
    sums: list[Term] = [0]
    for out, x in reversed(parts):
        sums.insert(0, ("+", ("*", out, x), sums[0]))
    return sums


def rewriting(name: str) -> str:
    """A tactic that uses an equation, if there is one."""
    return f"rewrite {name}; " if name else ""
