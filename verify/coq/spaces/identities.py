"""Identities between numbers that are made of inner products, norms, expectations and sums.

The kernel compares normal forms (``verify/kernel/spaces/forms.py``). Here every part of a term that is no sum, product,
quotient or whole power is first rewritten into its normal form, by an equation that is proved for it; the rest is an
identity of rational functions, which ``verify/coq/reals/arithmetic.py`` proves.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, cast

from verify.coq.reals import notation as numbers
from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.tidy import subterms
from verify.coq.spaces.place import Place
from verify.coq.untranslated import Untranslated
from verify.kernel.reals import run as reals
from verify.kernel.reals.json_form import ARITY
from verify.kernel.reals.terms import Formula, Term, minus, rational
from verify.kernel.spaces.inner_products import pair, put_on, taken_off
from verify.kernel.spaces.state import Run
from verify.kernel.spaces.terms import lifted

ANY = "?d"  # any vector
SUMS = ("sum", "upto")
Used = dict[str, str]  # the names of equations, with their left sides as they are written


class _Run(reals.Run):
    """What is not zero is asked of the checker of vectors."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.algebra, self.spaces = run.algebra, run

    def nonzero(self, state: Any, t: Term) -> bool:
        return self.spaces.nonzero(state, t)


class Identities(Arithmetic, ABC):
    """Identities at one place."""

    def __init__(self, place: Place) -> None:
        super().__init__(_Run(place.run), place.script, place.numbers, cast(Any, place.state))
        self.place, self.forms = place, place.run.forms

    @abstractmethod
    def known(self, f: Formula) -> str:
        """A proof of what the kernel knows."""

    @abstractmethod
    def mean(self, t: Term, form: Term) -> str:
        """An equation for an expectation."""

    @abstractmethod
    def paired_mean(self, t: Any, form: Term) -> str:
        """An equation for an inner product of two vectors that are no sums, one of which is an expectation."""

    @abstractmethod
    def series(self, t: Term, form: Term) -> str:
        """An equation for a sum over a range."""

    @abstractmethod
    def vector_mean(self, v: Term, form: Term) -> str:
        """An equation for an expectation of vectors."""

    def text(self, t: Term) -> str:
        return self.place.notation.scalar(t)

    def _nonzero(self, t: Term) -> str:
        by_factors = isinstance(t, tuple) and self._by_factors(t)
        return super()._nonzero(t) if by_factors else self.known(("!=", t, 0))

    # -- identities

    def same(self, left: Term, right: Term) -> str:
        """The name of an identity between two numbers."""
        tactic = self.tactic(left, right)
        return self.script.stated(f"{self.text(left)} = {self.text(right)}", tactic)

    def tactic(self, left: Term, right: Term) -> str:
        """A tactic that proves it."""
        used: Used = {}
        a, b = self.unfolded(left, used), self.unfolded(right, used)
        return f"{rewritings(used)}{self.identity(a, b)}"

    def identity(self, left: Term, right: Term) -> str:
        """As for numbers; squares of norms that arise by multiplying are inner products."""
        numerator, _, _ = self.run.algebra.quotient(minus(left, right))
        atoms = {a for m in numerator for a, e in self.run.algebra.exponents(m) if e > 1}
        squares = [self.square(a) for a in sorted(atoms, key=str) if operation(a) == "norm"]
        tactic = super().identity(left, right)
        if not squares:
            return tactic
        name = "ring" if tactic == "ring" else "field"
        return tactic.replace(name, f"{name} [{' '.join(squares)}]", 1)

    def square(self, norm: Any) -> str:
        """The name of the equation for the square of a norm."""
        key: Term = ("*", norm, norm)
        if key not in self.place.found:
            value: Term = ("inner", norm[1], norm[1])
            known = f"norm_square V {self.place.notation.vector(norm[1])}"
            tactic = f"rewrite ({known}); {self.tactic(value, self.form(value))}"
            self.place.found[key] = self.script.stated(f"{self.text(key)} = {self.text(self.form(value))}", tactic)
        return self.place.found[key]

    def unfolded(self, t: Term, used: Used) -> Term:
        """The term with normal forms for its parts."""
        if not isinstance(t, tuple):
            return t
        if t[0] == "inv":
            return ("/", 1, self.unfolded(t[1], used))
        if rational(t):
            if t[0] == "^" and isinstance(t[1], tuple) and t[1][0] == "norm" and t[2] > 1:
                return self.power_of_norm(t[1][1], t[2], used)
            return (t[0], *(self.unfolded(a, used) if isinstance(a, tuple) else a for a in t[1:]))
        form = self.form(t)
        if self.text(form) != self.text(t):
            if t not in self.place.found:
                self.place.found[t] = self.equation(t, form)
            used[self.place.found[t]] = self.text(t)
        return form

    def form(self, t: Term) -> Term:
        """The kernel's normal form of a number."""
        return simpler(self.forms.squared_norms(self.forms.scalar(t)))

    # -- equations

    def equation(self, t: tuple[Any, ...], form: Term) -> str:
        """The name of the equation of a term with its normal form."""
        op = t[0]
        if op == "inner":
            return self.inner(t, form)
        if op == "norm":
            return self.norm(t, form)
        if op == "E":
            return self.mean(t, form)
        if op in ("sum", "upto"):
            return self.series(t, form)
        if op == "at":
            tactic = f"f_equal; {self.tactic(t[2], form[2])}"  # type: ignore[index]
            return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)
        if op not in ARITY:
            raise Untranslated(f"the operation {op}")
        return self.value(t, form)

    def power_of_norm(self, v: Term, e: int, used: Used) -> Term:
        """A power of a norm, with inner products for its squares."""
        square, rest = self.notation_of_norm(v), e % 2
        lemma = f"norm_odd V {e // 2} {square}" if rest else f"norm_even V {e // 2} {square}"
        power: Term = ("^", ("inner", v, v), e // 2)
        whole: Term = ("*", power, ("norm", v)) if rest else power
        key = ("^", ("norm", v), e)
        if key not in self.place.found:
            statement = f"{self.text(key)} = {self.text(whole)}"
            self.place.found[key] = self.script.stated(statement, f"exact ({lemma})")
        used[self.place.found[key]] = "~" * 9999  # before all others: its right side is not in normal form
        return self.unfolded(whole, used)

    def notation_of_norm(self, v: Term) -> str:
        return self.place.notation.vector(v)

    def inner(self, t: tuple[Any, ...], form: Term) -> str:
        """Both sides are multiplied out; of two vectors the kernel's order is taken."""
        sums = any(operation(v) in SUMS for v in t[1:])
        if not sums and all(map(self.single, t[1:])):
            one = pair(self.forms, t[1], t[2])
            return self.moved(t, one, form) if operation(one) == "inner" else self.paired_mean(t, form)
        used: Used = {}
        left, right = self.vector(t[1], used), self.vector(t[2], used)
        ordered = ""
        parts: list[Term] = []
        inner: Used = {}
        for x, a in self.summands(left):
            for y, b in self.summands(right):
                if operation(a) in SUMS or operation(b) in SUMS:
                    parts.append(("*", x, y, self.unfolded(inside(a, b), inner)))
                    continue
                other: Term = pair(self.forms, a, b)
                parts.append(("*", x, y, other))
                if other == ("inner", b, a) and a != b:
                    note = self.place.notation
                    ordered += f"rewrite ?(inner_sym V {note.vector(a)} {note.vector(b)}); "
                elif other != ("inner", a, b):
                    self.unfolded(("inner", a, b), inner)
        expanded: Term = ("+", 0, *parts) if parts else 0
        tactic = f"{rewritings(used)}gram; {rewritings(inner)}{ordered}{self.identity(expanded, form)}"
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", tactic)

    def moved(self, t: tuple[Any, ...], one: Any, form: Term) -> str:
        """Self-adjoint maps go to one side."""
        note = self.place.notation
        (left, first), (right, second) = taken_off(t[1]), taken_off(t[2])
        u, steps = t[1], []
        for i, name in enumerate(right):
            v = put_on(right[i + 1 :], second)
            steps.append(self.adjoint(name, u, v, "<- "))
            u = ("apply", name, u)
        word = [*reversed(right), *left]
        if one[1:] != (u, second):
            v = second
            for i, name in enumerate(word):
                steps.append(self.adjoint(name, put_on(word[i + 1 :], first), v, ""))
                v = ("apply", name, v)
            steps.append(f"rewrite (inner_sym V {note.vector(first)} {note.vector(v)}); ")
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", f"{''.join(steps)}{self.identity(one, form)}")

    def adjoint(self, name: str, u: Term, v: Term, way: str) -> str:
        """A tactic that moves a map from one side to the other: <A u, v> = <u, A v>."""
        note, scope = self.place.notation, self.place.scope
        return f"rewrite {way}(map_adjoint _ {scope.operators[name]} {note.vector(u)} {note.vector(v)}); "

    def norm(self, t: tuple[Any, ...], form: Any) -> str:
        """A number comes out, by the squares."""
        core = form[1] if isinstance(form, tuple) and form[0] == "+" else form
        v = self.place.notation.vector(t[1])
        square: Term = ("inner", t[1], t[1])
        if core == 0:
            why = f"(norm_zero V {v} {self.same(square, 0)})"
        else:
            c, other = (core[1], core[2]) if core[0] == "*" else (1, core)
            number = numbers.number(c)
            equation = self.same(square, ("*", ("^", c, 2), ("inner", other[1], other[1])))
            positive = self.script.stated(f"0 <= {number}", "lra")
            why = f"(norm_as V {number} {v} {self.place.notation.vector(other[1])} {positive} {equation})"
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", f"rewrite {why}; ring")

    def value(self, t: tuple[Any, ...], form: Term) -> str:
        """A function of terms in normal form."""
        core = form[1] if isinstance(form, tuple) and form[0] == "+" else form
        if not (isinstance(core, tuple) and core[0] == t[0] and len(core) == len(t)):
            raise Untranslated(f"the operation {t[0]} of constants")
        used: Used = {}
        for a, b in zip(t[1:], core[1:], strict=True):
            if a != b:
                used[self.same(a, b)] = self.text(a)
        tail = "reflexivity" if core == form else "ring"
        return self.script.stated(f"{self.text(t)} = {self.text(form)}", f"{rewritings(used)}{tail}")

    # -- vectors

    def vector(self, v: Term, used: Used) -> Term:
        """The vector with normal forms for its parts; ``used``: the equations that say so."""
        if not isinstance(v, tuple) or v[0] == "zero" or v[0] in SUMS:
            return v
        if v[0] in ("+", "-"):
            return (v[0], *(self.vector(a, used) for a in v[1:]))
        if v[0] == "scale":
            return (v[0], self.unfolded(v[1], used), self.vector(v[2], used))
        if self.single(v):
            return v
        table = self.forms.vector(v)
        form: Term = ("+", ("zero",), *(("scale", c, a) for a, c in table.items()))
        if v[0] == "at":
            form = next(iter(table))
        if v not in self.place.found:
            self.place.found[v] = self.vector_equation(v, form)
        used[self.place.found[v]] = self.place.notation.vector(v)
        return form

    def summands(self, v: Any) -> list[tuple[Term, Term]]:
        """What a vector is a sum of, with coefficients: no sums but those over a range."""
        if not any(operation(a) in SUMS for a in subterms(v)):
            return [(c, a) for a, c in self.forms.vector(v).items()]
        if v[0] == "+":
            return [row for a in v[1:] for row in self.summands(a)]
        if v[0] == "-":
            return [(("-", c), a) for c, a in self.summands(v[1])]
        if v[0] == "scale":
            return [(("*", v[1], c), a) for c, a in self.summands(v[2])]
        if v[0] not in SUMS:
            raise Untranslated(f"the operation {v[0]} on a sum of vectors")
        return [(1, v)]

    def single(self, v: Term) -> bool:
        """Whether a vector is no sum, and in normal form."""
        table = self.forms.vector(v)
        return set(table) == {v} and simpler(table[v]) == 1

    def vector_equation(self, v: tuple[Any, ...], form: Term) -> str:
        """The name of the equation of a vector with its normal form."""
        note = self.place.notation
        if v[0] == "at":
            tactic = f"f_equal; {self.tactic(v[2], form[2])}"  # type: ignore[index]
            return self.script.stated(f"{note.vector(v)} = {note.vector(form)}", tactic)
        if v[0] == "E":
            return self.vector_mean(v, form)
        if v[0] == "apply":
            used: Used = {}
            d, map_ = self.script.fresh("d"), self.place.scope.operators[v[1]]
            self.vector(v[2], used)
            a = self.paired(form, {})
            tactic = f"{rewritings(used)}linear {map_}; apply inner_ext; intro {d}; gram; {self.identity(a, a)}"
            return self.script.stated(f"{note.vector(v)} = {note.vector(form)}", tactic)
        raise Untranslated(f"the operation {v[0]} on vectors")

    def paired(self, v: Term, used: Used) -> Term:
        """The inner product of a vector with any vector, multiplied out."""
        rows = self.summands(self.vector(v, used))
        if any(operation(a) in SUMS for _, a in rows):
            raise Untranslated("a sum in an equation of vectors")
        return ("+", 0, *(("*", c, ("inner", ANY, a)) for c, a in rows)) if rows else 0

    def equal_vectors(self, left: Term, right: Term, rest: list[tuple[Term, Formula]]) -> str:
        """A proof that vectors are equal, since their difference is a sum of multiples of x of l - r, where l == r."""
        script, note = self.script, self.place.notation
        goal, d = f"{note.vector(left)} = {note.vector(right)}", script.fresh("d")
        proofs = [self.known(f) for _, f in rest]
        self.place.scope.names[ANY] = d
        used: Used = {}
        a, b = self.paired(left, used), self.paired(right, used)
        parts: list[Term] = []
        texts = []
        for x, f in rest:
            l, r = self.paired(f[1], used), self.paired(f[2], used)
            factor = self.unfolded(x, used)
            parts.append(("*", factor, minus(l, r)))
            texts.append(f"{self.text(x)} * (inner {d} {note.vector(f[1])} - inner {d} {note.vector(f[2])})")
        if not rest:
            tactic = f"apply inner_ext; intro {d}; {rewritings(used)}gram; {self.identity(a, b)}"
            return script.stated(goal, tactic)
        tactic = f"{rewritings(used)}gram; {self.identity(minus(a, b), ('+', 0, *parts))}"
        name = script.fresh()
        equation = f"inner {d} {note.vector(left)} - inner {d} {note.vector(right)} = 0 + {' + '.join(texts)}"
        zero = "(eq_refl 0)"
        for proof, (x, _) in zip(proofs, rest, strict=True):
            zero = f"(add0 _ _ {zero} (part_zero {self.text(x)} _ _ (f_equal (inner {d}) {proof})))"
        script.line(f"assert ({name} : forall {d} : V, {equation}) by (intro {d}; {tactic}).")
        return script.stated(goal, f"apply inner_ext; intro {d}; exact (eq_by _ _ _ ({name} {d}) {zero})")


def inside(a: Any, b: Any) -> Term:
    """An inner product with a sum over a range as the sum of inner products."""
    if operation(a) in SUMS:
        return (*ranged(a)[:-1], ("inner", a[-1], lifted(b)))
    return (*ranged(b)[:-1], ("inner", lifted(a), b[-1]))


def ranged(t: Any) -> Any:
    """A sum with both its ends."""
    return ("sum", 1, *t[1:]) if t[0] == "upto" else t


def operation(t: Term) -> str:
    """The outermost operation, empty for a name or number."""
    return str(t[0]) if isinstance(t, tuple) else ""


def simpler(t: Term) -> Term:
    """A sum of products without summands 0 and factors 1: what is in normal form stays as it is."""
    if isinstance(t, tuple) and t[0] == "-":
        negated = simpler(t[1])
        return 0 if negated == 0 else ("-", negated)
    if not isinstance(t, tuple) or t[0] not in ("+", "*"):
        return t
    parts = [simpler(a) for a in t[1:]]
    kept = [a for a in parts if a != (0 if t[0] == "+" else 1)]
    if len(kept) < 2:
        return kept[0] if kept else 0 if t[0] == "+" else 1
    return (t[0], *kept)


def rewritings(used: Used) -> str:
    """Tactics that use equations, those of the largest terms first."""
    return "".join(f"rewrite ?{name}; " for name in sorted(used, key=lambda name: -len(used[name])))
