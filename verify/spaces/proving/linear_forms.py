"""A state as inequalities that are linear in inner products and values: what the search for multipliers works on.

Under expectations at a stage k the inner products are E_k <u, v>, an inner product of random vectors: one search serves
both. Coefficients are rational functions of the parameters, which are constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import sympy as sp

from verify.kernel.reading import Refused
from verify.kernel.reals.polynomials import Poly
from verify.kernel.reals.terms import Formula, Term, minus
from verify.kernel.spaces.terms import loose
from verify.language import logic
from verify.language.logic import FUNCTIONS
from verify.spaces.multipliers.gram import ONE, Atom, Form, GramProblem, Inequality
from verify.spaces.proving.form_terms import FormTerms, balanced
from verify.spaces.proving.numbers import about_numbers
from verify.spaces.proving.used_facts import Known, Used


@dataclass
class LinearForms(FormTerms):
    """Forms of one state."""

    names: dict[Term, str] = field(default_factory=dict)
    conditions: list[Formula] = field(default_factory=list)  # facts about the parameters, in the problem's order
    zeros: list[Known] = field(default_factory=list)  # vectors that vanish, each without the ``name`` of those before

    # ------------------------------------------------------------ forms

    def averaged(self, t: Term) -> Term:
        """A number under the expectation, in normal form."""
        return self.naming.form(t if self.stage is None else ("E", self.stage, t))

    def form(self, t: Term) -> dict[Atom, sp.Expr] | None:
        """A number as a sum of atoms with coefficients; None where it is no such sum."""
        run = self.script.run
        n, d, _ = run.algebra.quotient(self.averaged(t))
        below = sp.Integer(1)
        for key, e in d.items():
            part = self.coefficient_of(dict(key))
            if part is None:
                return None
            below *= part**e
        out: dict[Atom, sp.Expr] = {}
        for m, c in n.items():
            atom: Atom = ONE
            factor = sp.Rational(c.numerator, c.denominator)
            for a, e in run.algebra.exponents(m):
                found = self.atom(a)
                if found is None:
                    factor *= self.symbol(a) ** e
                elif e != 1 or atom != ONE:
                    return None
                else:
                    atom = found
            out[atom] = out.get(atom, sp.Integer(0)) + factor
        return {a: c / below for a, c in out.items() if c != 0}

    def coefficient_of(self, p: Poly) -> sp.Expr | None:
        """A polynomial in the parameters."""
        out = sp.Integer(0)
        for m, c in p.items():
            factor = sp.Rational(c.numerator, c.denominator)
            for a, e in self.script.run.algebra.exponents(m):
                if self.atom(a) is not None:
                    return None
                factor *= self.symbol(a) ** e
            out += factor
        return out

    def symbol(self, a: Term) -> sp.Symbol:
        """The symbol of a parameter."""
        return sp.Symbol(self.naming.named(a), real=True)

    def atom(self, a: Term) -> Atom | None:
        """What linear forms are made of; None for a parameter."""
        inner = a[2] if isinstance(a, tuple) and a[0] == "E" and a[1] == self.stage else a
        if isinstance(inner, tuple) and inner[0] == "inner" and (inner is not a or self.known(a)):
            x, y = sorted(map(self.vector, balanced(inner[1], inner[2])))
            return ("inner", x, y)
        if isinstance(a, str) and a not in self.values and self.script.run.forms.level(a) == 0:
            return None
        if isinstance(a, tuple) and a[0] in ("^", *FUNCTIONS) and not self.mentions_values(a):
            return None
        return ("value", self.naming.named(a))

    def known(self, a: Term) -> bool:
        """Whether an inner product counts as one at this stage."""
        return self.stage is None or self.script.run.forms.level(a) <= self.stage

    def mentions_values(self, a: Term) -> bool:
        """Whether a function has an argument that is no parameter."""
        return any(
            (isinstance(x, str) and (x in self.values or self.script.run.forms.level(x) > 0))
            or (isinstance(x, tuple) and (x[0] in ("inner", "norm", "E", "at", "upto") or self.mentions_values(x)))
            for x in a[1:]  # type: ignore[index]
        )

    def vector(self, v: Term) -> str:
        """The name of a vector that is no sum."""
        if v not in self.names:
            name = v if isinstance(v, str) else f"v{len(self.names) + 1}"
            while name in self.atoms:
                name += "_"
            self.names[v] = name
            self.atoms[name] = v
        return self.names[v]

    # ------------------------------------------------------------ the problem

    def problem(
        self, goal: Formula, facts: Iterable[Formula], *, eliminate: bool = True
    ) -> tuple[GramProblem, list[Used]] | None:
        """``goal`` (``a <= b``) from facts, and which hypothesis is which fact; None where the goal is not linear.

        ``eliminate``: equations between vectors are used to drop vectors, instead of being hypotheses.
        """
        target = self.form(minus(goal[2], goal[1]))
        if target is None:
            return None
        self.sums_in(goal)
        used: list[Used] = []
        rows: list[Inequality] = []
        conditions: list[logic.Rel] = []
        rest: list[Formula] = []
        for f in facts:
            rel = self.condition(f)
            if rel is not None and f[0] == "<=" and self.script.know(("<", *f[1:])):
                continue  # where a condition holds strictly, that it holds weakly is only one more thing to look at
            if rel is not None:
                conditions.append(rel)
                self.conditions.append(f)
            elif f[0] in ("<=", "<", "==", "same"):
                rest.append(f)
        for f in rest:
            if f[0] != "same":
                self.take(Used(f, self.mean_of(f)), rows, used)
        equations = [f for f in rest if f[0] == "same"]
        for f in equations:
            self.vectors_in(f)
        if eliminate and self.stage is None:
            equations = [f for f in equations if not self.eliminates(f, target)]
        for v in list(self.atoms.values()):
            for f in equations:
                self.take(Used(f, self.mean_of(f, v), v), rows, used)
        rows += list(self.collapsed())
        forms: list[Form] = [target, *[row.form for row in rows]]
        forms += [{(v,): c for v, c in z.others.items()} for z in self.zeros]
        parameters = self.parameters(forms, conditions)
        sorts = self.script.state.sorts
        integers = tuple(p for p in parameters if p in sorts and sorts[p].kind == "integer")
        zeros = tuple((z.name, z.others) for z in self.zeros)
        vectors = tuple(self.atoms)
        rates = tuple(dict.fromkeys(c for side in goal[1:] for c in self.rates(side)))
        problem = GramProblem(parameters, tuple(conditions), vectors, target, tuple(rows), integers, zeros, rates)
        return problem, used

    def rates(self, t: Term) -> Iterator[sp.Expr]:
        """The largest parts of a number that are terms in the parameters."""
        if not isinstance(t, tuple) or t[0] not in ("+", "-", "*", "/", "^"):
            return
        try:
            form = self.form(t)
        except Refused:
            return
        if form is not None and form.keys() <= {ONE}:
            yield from form.values()
            return
        for a in t[1:]:
            yield from self.rates(a)

    def eliminates(self, f: Formula, target: Form) -> bool:
        """Whether an equation between vectors gives one of them by the others, everywhere: then that one is dropped.

        Taken is a vector whose coefficient is a number, so that no divisor is needed; not an operator's value, if
        another will do, and nothing that the goal is about.
        """
        weights: dict[str, sp.Expr] = {}
        for v, c in self.script.run.forms.vector(minus(f[1], f[2])).items():
            form = self.form(c) if not loose(v) else None
            if form is None or form.keys() - {ONE}:
                return False
            if form:
                weights[self.vector(v)] = form[ONE]
        rows: list[tuple[sp.Expr, Formula]] = [(sp.Integer(1), f)]
        for zero in self.zeros:
            c = weights.get(zero.name, sp.Integer(0))
            if c != 0:
                for v, w in zero.weights.items():
                    weights[v] = sp.cancel(weights.get(v, 0) - c * w)
                rows += [(-c * r, g) for r, g in zero.rows]
        weights = {v: c for v, c in weights.items() if c != 0}
        wanted = {v for a in target if a[0] == "inner" for v in a[1:]}
        choice = [v for v, c in weights.items() if c.is_Rational]
        if not choice:
            return not weights
        name = min(choice, key=lambda v: (isinstance(self.atoms[v], tuple), v in wanted))
        others = {v: sp.cancel(c / weights[name]) for v, c in weights.items() if v != name}
        self.zeros.append(Known(name, others, tuple((r / weights[name], g) for r, g in rows)))
        return True

    def take(self, u: Used, rows: list[Inequality], used: list[Used]) -> None:
        """Adds a fact, if it is linear and says something."""
        op, a, b = u.relation
        try:
            form = self.form(minus(b, a))
        except Refused:
            return
        if form:
            rows.append(Inequality(str(len(used)), "==" if op == "==" else ">=", form))
            used.append(u)

    def mean_of(self, f: Formula, *more: Term) -> int | None:
        """The stage at which a fact has to be averaged, if it is not known there."""
        if self.stage is None:
            return None
        level = max(self.script.run.forms.level(x) for x in (f, *more))
        return self.stage if level > self.stage else None

    def condition(self, f: Formula) -> logic.Rel | None:
        """A relation between parameters alone."""
        if not about_numbers(f) or f[0] in ("and", "or"):
            return None
        try:
            sides = [self.naming.form(x) for x in f[1:]]
        except Refused:
            return None
        if any(self.is_linear_atom(a) for side in sides for a in atoms_of(side)):
            return None
        a, b = (self.naming.term(x) for x in sides)
        return logic.Rel(f[0], a, b)

    def is_linear_atom(self, a: Term) -> bool:
        """Whether something is no parameter."""
        return self.atom(a) is not None

    def sums_in(self, t: Term) -> None:
        """Names the sums of vectors that are multiplied: their inner products are sums, and so would have no name."""
        if not isinstance(t, tuple):
            return
        for v in t[1:] if t[0] in ("inner", "norm") else ():
            for a in self.script.run.forms.vector(v):
                if isinstance(a, tuple) and a[0] == "upto" and not loose(a):
                    self.vector(a)
        for a in t[1:]:
            self.sums_in(a)

    def vectors_in(self, f: Formula) -> None:
        """Names the vectors of an equation."""
        for side in f[1:]:
            for v in self.script.run.forms.vector(side):
                if not loose(v):
                    self.vector(v)

    def collapsed(self) -> Iterator[Inequality]:
        """Inner products whose normal form is another than their own: equations that hold by form."""
        vectors = list(self.atoms.items())
        for i, (x, u) in enumerate(vectors):
            for y, v in vectors[: i + 1]:
                own: Atom = ("inner", *sorted((x, y)))
                try:
                    form = self.form(("inner", u, v))
                except Refused:
                    continue
                if form is not None and form != {own: 1}:
                    difference = {own: sp.Integer(1)}
                    for a, c in form.items():
                        difference[a] = difference.get(a, sp.Integer(0)) - c
                    kept = {a: c for a, c in difference.items() if c != 0}
                    if kept:
                        yield Inequality("form", "==", kept)

    def parameters(self, forms: list[Form], conditions: list[logic.Rel]) -> tuple[str, ...]:
        """The parameters that occur, in one order."""
        found = {str(s) for form in forms for c in form.values() for s in c.free_symbols}
        for rel in conditions:
            found |= logic.variables_of(rel)
        return tuple(sorted(found))


def atoms_of(t: Term) -> Iterator[Term]:
    """What a normal form is made of by arithmetic."""
    if isinstance(t, tuple) and t[0] in ("+", "*", "-", "/"):
        for a in t[1:]:
            yield from atoms_of(a)
    elif isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int):
        yield from atoms_of(t[1])
    elif isinstance(t, (str, tuple)):
        yield t
