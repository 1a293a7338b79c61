"""Displays bound to a claim or an expression: each side must be the theory's side, proved equal on its domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas import domains
from theory.maml_erm.formulas.expressions import atoms, expressions
from theory.maml_erm.formulas.mixture import kappa, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.sequents import formula, kind, term
from verify.claims.setting import NamedExpression
from verify.claims.statement import Equivalence, Holds, Identity, Inequality
from verify.derivations.relations import Connective, Relation, symbols_of
from verify.language import logic
from verify.language.definedness import term_defined
from verify.language.errors import ensured
from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.language.logic import Bool, Formula, Rel, Sequent, Term
from verify.papers import opaque
from verify.papers.decide import sample

POSITIVE = (s_H, s_E, kappa, sigma)  # the claims P.s_H, P.s_E, P.kappa and P.sigma
BINDABLE = (Identity, Inequality, Equivalence, Holds)
SHIFTS = (0, 1, -1, 2, -2)


@dataclass(frozen=True)
class Ground:
    """The domain on which a display is compared with the theory; ``fixed`` are parameters with a set value."""

    domain: Domain
    fixed: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()

    def forms(self, goal: Formula, given: Term | None = None) -> list[Sequent]:
        """The goal with fewer and fewer atoms kept as positive unknowns; in the last form everything is written out.

        It is asked only where the theory's side ``given`` is defined.
        """
        goal = named_values(goal)
        if given is not None:
            conditions = term_defined(given, {q.name for q in VOCABULARY.values() if q.integer})
            goal = Bool("implies", (logic.conj(*dict.fromkeys(conditions)), goal)) if conditions else goal
        out: list[Sequent] = []
        # Which atoms stay unknowns, of which only the claims P.* are known: all, those with such a claim, fewer, none.
        for kept in (tuple(atoms()), POSITIVE, (s_H, s_E), ()):
            sequent = self._sequent(goal, set(kept), bool(given is not None and conditions))
            if sequent not in out:
                out.append(sequent)
        return out

    def _sequent(self, goal: Formula, kept: set[sp.Symbol], given: bool) -> Sequent:
        """One form; ``given`` tells that the goal is "where defined, equal"."""
        table = {s.name: s for s in _all_symbols()} | {s.name: s for s in self.domain.symbols}
        fixed = dict(self.fixed)
        domain = self.domain.at(fixed)
        used = {table[name] for name in logic.variables_of(goal) if name in table}
        extra = [f for f in domain.extra]
        mentioned = used.union(*(symbols_of(f) for f in extra)) - set(domain.symbols)
        theta: dict[str, Term] = {}
        for e in THEORY.definitions_of({s for s in mentioned if s not in kept}):
            if e.symbol is not None and e.symbol not in kept:
                theta[e.symbol.name] = logic.substitute_term(term(e.value.xreplace(fixed)), theta)
        for s, value in fixed.items():
            theta[s.name] = term(value)
        goal = logic.substitute(logic.substitute(goal, theta), theta)
        assumed: tuple[Formula, ...] = ()
        if isinstance(goal, Bool) and goal.op == "implies" and given:
            conditions, goal = goal.args
            assumed = conditions.args if isinstance(conditions, Bool) else (conditions,)
        names = logic.variables_of(goal).union(*(logic.variables_of(f) for f in assumed))
        needed = {table[name] for name in names if name in table}
        hypotheses = [formula(f) for f in self._bounds(domain, needed)]
        hypotheses += [logic.substitute(formula(f), theta) for f in extra]
        hypotheses += [logic.substitute(f, theta) for f in self._facts(kept, needed, domain)]
        hypotheses += assumed
        names = logic.variables_of(goal).union(*(logic.variables_of(h) for h in hypotheses))
        hypotheses += [formula(f) for f in self._bounds(domain, {table[n] for n in names if n in table} - needed)]
        names = names.union(*(logic.variables_of(h) for h in hypotheses))
        variables = tuple((name, kind(table[name]) if name in table else "real") for name in sorted(names))
        return Sequent(variables, tuple(dict.fromkeys(hypotheses)), goal)

    def _facts(self, kept: set[sp.Symbol], needed: set[sp.Symbol], domain: Domain) -> list[Formula]:
        """What the theory claims about the atoms that are kept: the claims P.*, where their domain covers this one."""
        out = []
        for claim in THEORY.stated.values():
            if not claim.id.startswith("P.") or claim.formula is None or set(claim.domain.extra) - set(domain.extra):
                continue
            used = symbols_of(claim.formula)
            if used & kept and used <= needed | kept and used & set(atoms()) <= kept:
                out.append(formula(claim.formula))
        return out

    def _bounds(self, domain: Domain, needed: set[sp.Symbol]) -> list[Relation | Connective]:
        """The domain of the symbols that occur; parameters that the claim does not bound have their usual domain."""
        own = domain.restrict(needed)
        missing = needed - set(domain.symbols)
        usual = domains.MIXTURE_ANY_STEP.restrict(missing)
        bounds = [
            *own.bounds,
            *(b for b in usual.bounds if b.symbol not in own.symbols and b.symbol not in dict(self.fixed)),
        ]
        return [r for b in bounds for r in b.relations()]


def _all_symbols() -> list[sp.Symbol]:
    return [*(q.symbol for q in VOCABULARY.values()), *atoms()]


def named_values(goal: Formula) -> Formula:
    """The formula with the closed forms that it names (``expression:gain``) written out."""
    names = [n for n in logic.variables_of(goal) if n.startswith("expression:")]
    return logic.substitute(goal, {n: term(expressions()[n.partition(":")[2]].value) for n in names})


def ground_of(bound: Claim | NamedExpression) -> Ground:
    return Ground(bound.domain, bound.at if isinstance(bound, Claim) else ())


# ---------------------------------------------------------------- what has to be equal


@dataclass(frozen=True)
class Pair:
    """A side of the paper and the side of the theory that it must equal."""

    paper: Term
    theory: Term

    @property
    def goal(self) -> Rel:
        return Rel("==", self.paper, self.theory)

    def forms(self, ground: Ground, goal: Rel | None = None) -> list[Sequent]:
        """The equation, or an edited form of it, asked where the theory's side is defined; first in unknowns."""
        whole = self._forms(ground, goal)
        first = whole[0]
        equated = ensured(first.goal, Rel)
        found = opaque.unknowns(equated.lhs, equated.rhs)
        if found is None:
            return whole
        equation, known, besides, replaced = found
        hypotheses = list(first.hypotheses)
        for old, new in replaced.items():
            hypotheses = [opaque.replace_in(h, old, new) for h in hypotheses]
        hypotheses = [h for h in (*hypotheses, *known) if not any(opaque.opaque(t) for t in _terms(h))]
        variables = dict(first.variables) | {v.name: "real" for v in replaced.values() if isinstance(v, logic.Var)}
        goal_in_unknowns = logic.conj(*besides, equation)
        return [Sequent(tuple(variables.items()), tuple(hypotheses), goal_in_unknowns), *whole]

    def _forms(self, ground: Ground, goal: Rel | None) -> list[Sequent]:
        given = ensured(named_values(Rel("==", self.theory, self.theory)), Rel).lhs
        return ground.forms(goal or self.goal, given)


def _terms(f: Formula) -> list[Term]:
    return [t for r in logic.relations(f) for side in (r.lhs, r.rhs) for t in logic.subterms(side)]


def sides(paper: Formula, theory: Formula) -> list[Pair] | None:
    """The pairs that must be equal for the two formulas to be the same statement; None where their forms differ."""
    if isinstance(paper, Rel) and isinstance(theory, Rel):
        if paper.op == theory.op:
            return [Pair(paper.lhs, theory.lhs), Pair(paper.rhs, theory.rhs)]
        if paper.op == logic.MIRRORED[theory.op]:
            return [Pair(paper.lhs, theory.rhs), Pair(paper.rhs, theory.lhs)]
        return None
    if isinstance(paper, Bool) and isinstance(theory, Bool) and paper.op == theory.op:
        if len(paper.args) != len(theory.args):
            return None
        parts = [sides(a, b) for a, b in zip(paper.args, theory.args, strict=True)]
        return None if None in parts else [pair for part in parts if part is not None for pair in part]
    return None


def statement_of(claim: Claim) -> Formula | None:
    """The claim as a formula in names, where it has one that a display can state."""
    if not isinstance(claim.statement, BINDABLE) or claim.formula is None:
        return None
    return formula(claim.formula)


def shift(first: Term, left: Term, ground: Ground) -> Fraction | None:
    """The whole number by which the first member differs from the theory's left side (G = ... for G - 1 = ...)."""
    sequent = ground.forms(Rel("==", first, left))[-1]
    if not isinstance(sequent.goal, Rel):
        return None
    found: set[Fraction] = set()
    count = 0
    for point in sample(sequent, 12):
        try:
            a, b = (evaluate(t, point) for t in (sequent.goal.lhs, sequent.goal.rhs))
        except (Undefined, Undecided, OverflowError, ZeroDivisionError):
            continue
        if not isinstance(a, Fraction) or not isinstance(b, Fraction):
            return Fraction(0)
        found.add(a - b)
        count += 1
        if len(found) > 1 or count >= 4:
            break
    value = found.pop() if len(found) == 1 and count > 1 else None
    return value if value is not None and value in SHIFTS else None


def members(relations: Sequence[Rel]) -> list[Term]:
    """The members of a chain of equations."""
    return [relations[0].lhs, *(r.rhs for r in relations)]


def side_latex(t: Term) -> str:
    """A side of the theory, printed as ``verify latex`` prints it."""
    from verify.claims.to_sympy import symbols_in, to_sympy
    from verify.typesetting.printer import latex

    return latex(to_sympy(t, symbols_in(THEORY)))
