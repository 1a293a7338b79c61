"""From the hints of a claim to a proof: every step becomes a node, what is left goes to ``LeafProver``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sympy as sp

from verify.claims import sequents
from verify.claims.claim import Claim
from verify.claims.hints import (
    Assume,
    Auto,
    Axiom,
    By,
    Cases,
    Cite,
    Fact,
    Let,
    Only,
    Proof,
    Split,
    Step,
    Sum,
    Through,
    Unfold,
)
from verify.derivations.relations import Formula as TheoryFormula
from verify.derivations.relations import replace_symbols
from verify.kernel import AXIOMS, Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in, rewrite, substitute
from verify.kernel.reals.work import WORK
from verify.language.rational_functions import raw
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, by_contradiction, dump
from verify.prover.scripts.leaf_prover import LeafProver
from verify.prover.term import Term

Facts = dict[Formula, None]
LEAF_WORK = 400_000  # units of polynomial arithmetic for one leaf, so that a wrong hint fails soon and always alike


class NoProof(Exception):
    """The hints do not lead to a proof; the message says which goal is left."""


@dataclass(frozen=True)
class VisibleFacts:
    """The facts that the prover looks at, and the definitions that it may unfold."""

    facts: Facts
    definitions: Mapping[str, Formula]

    def plus(self, *facts: Formula) -> VisibleFacts:
        """The same with more facts."""
        return VisibleFacts({**self.facts, **dict.fromkeys(facts)}, self.definitions)

    def rewritten(self, old: Term, new: Term) -> VisibleFacts:
        """The same with one term replaced by another."""
        facts = {rewrite(f, old, new): None for f in self.facts}
        return VisibleFacts(facts, {x: rewrite(f, old, new) for x, f in self.definitions.items()})


class Script:
    """The proof of one claim. ``cited`` are the theorems that its hints may use, as (variables, formulas)."""

    def __init__(self, claim: Claim, checker: Checker) -> None:
        self.claim = claim
        self.checker = checker
        self.leaf_prover = LeafProver(checker)

    def run(self, state: State, goal: Formula, defined: Mapping[str, Term]) -> Node:
        """A proof of a theorem whose statement, without what makes it defined, is ``goal``; raises ``NoProof``."""
        self.stated, self.defined = goal, defined
        definitions = {f[1]: f for f in state.facts if self.is_definition(f)}
        facts = {f: None for f in state.facts if f not in definitions.values()}
        self.parts = 1 if state.goal[0] == "limit" or goal[0] != "and" else len(goal) - 1
        builder = ProofBuilder(self.checker, state)
        self.leaf_prover.signs.positive_from_bounds(builder)
        return self.top(builder, VisibleFacts(facts, definitions).plus(*_new(state, builder.state)), self.claim.proof)

    def is_definition(self, f: Formula) -> bool:
        """Whether a fact says what a named quantity is."""
        atoms = {e.symbol.name for e in self.claim.used_atoms if e.symbol is not None}
        return f[0] == "==" and isinstance(f[1], str) and f[1].removesuffix("_2") in atoms

    # ------------------------------------------------------------ goals

    def top(self, builder: ProofBuilder, view: VisibleFacts, hint: Proof) -> Node:
        """Take the steps first, then prove that everything is defined, then the statement."""
        if isinstance(hint, By):
            for step in hint.steps:
                view = self.step(builder, view, step)
            return self.top(builder, view, hint.then)
        goal = builder.state.goal
        if goal[0] == "limit":
            return builder.close(self.limit(builder.state, view, hint))
        parts = goal[1:] if goal[0] == "and" else (goal,)
        hints: list[Proof] = [Auto()] * (len(parts) - self.parts)
        if isinstance(hint, Split):
            if len(hint.parts) != self.parts:
                raise NoProof(f"{len(hint.parts)} hints for {self.parts} parts")
            hints += hint.parts
        else:
            hints += [hint] * self.parts
        if goal[0] != "and":
            return builder.close(self.prove(builder.state, view, hints[0]))
        proofs = []
        for i, part in enumerate(parts):
            state = builder.state.assume(*parts[:i], goal=part)
            added = [f for f in state.facts if f not in builder.state.facts]
            proofs.append(self.prove(state, view.plus(*added), hints[i]))
        return builder.close({"rule": "split", "proofs": proofs})

    def limit(self, state: State, view: VisibleFacts, hint: Proof) -> Node:
        """A proof of a limit: by the rule for quotients, or through an inner function."""
        if not isinstance(hint, Through):
            node: Node = {"rule": "limit", "proof": None}
            duties = self.checker.step(state, node)[0][0]
            return {**node, "proof": self.prove(duties, view, hint)}
        name = self.leaf_prover.signs.fresh(state)
        # The definitions are replaced already; the outer function is the statement's with only the others replaced.
        inner, at = (self.expanded(s.name) for s in (hint.inner, hint.value))
        outer = self.written_out(self.stated[1], {hint.inner.name: name})
        sides = {"new": name, "outer": dump(outer), "inner": dump(inner), "at": dump(at)}
        node = {"rule": "compose", **sides, "limit": None, "then": None}
        first, second = self.checker.step(state, node)
        return {**node, "limit": self.limit(first[0], view, Auto()), "then": self.prove(second[0], view, hint.then)}

    def expanded(self, name: str) -> Term:
        """The term that a name stands for, with all names in it replaced too."""
        return self.written_out(name, {})

    def written_out(self, t: Term, kept: Mapping[str, Term]) -> Term:
        """A term with the definition of every name in it, at any depth, but for those that another term stands for."""
        opened = {s: self.defined[s] for s in names_in(t) if s in self.defined}
        return substitute(t, {s: kept[s] if s in kept else self.written_out(v, kept) for s, v in opened.items()})

    def prove(self, state: State, view: VisibleFacts, hint: Proof) -> Node:
        """A proof of a state as its hint says; raises ``NoProof``."""
        if state.knows(state.goal):
            return KNOWN
        if isinstance(hint, Auto):
            return self.auto(state, view, unfold=isinstance(self.claim.proof, Auto))
        builder = ProofBuilder(self.checker, state)
        if isinstance(hint, By):
            for step in hint.steps:
                view = self.step(builder, view, step)
            return builder.close(self.prove(builder.state, view, hint.then))
        if isinstance(hint, Cases):
            f = self.formula(hint.formula)
            yes, no = state.assume(f), state.assume(negate(f))
            return {
                "rule": "cases",
                "formula": dump(f),
                "yes": self.prove(yes, view.plus(*_new(state, yes)), hint.yes),
                "no": self.prove(no, view.plus(*_new(state, no)), hint.no),
            }
        if isinstance(hint, Split):
            return self.split(state, view, hint)
        if isinstance(hint, Only):
            return self.prove(state, self.only(state, view, hint), hint.then)
        if isinstance(hint, Assume):
            if state.goal[0] != "or":
                raise NoProof(f"{show(state.goal)} is not an implication")
            [(inner, _)] = self.checker.step(state, {"rule": "split", "proofs": [None]})
            proof = self.prove(inner, view.plus(*_new(state, inner)), hint.then)
            return {"rule": "split", "proofs": [proof]}
        if isinstance(hint, Through):
            raise NoProof(f"{show(state.goal)} is not a limit")
        return self.total(builder, view, hint)

    def only(self, state: State, view: VisibleFacts, hint: Only) -> VisibleFacts:
        """The facts that a hint keeps in view; raises ``NoProof`` where one is not known."""
        facts = [self.formula(f) for f in hint.facts]
        unknown = [f for f in facts if not state.knows(f)]
        if unknown:
            raise NoProof(f"{show(unknown[0])} is not known yet")
        return VisibleFacts(dict.fromkeys(p for f in facts for p in (f[1:] if f[0] == "and" else (f,))), {})

    def split(self, state: State, view: VisibleFacts, hint: Split) -> Node:
        """Each part of a conjunction by its own hint."""
        if state.goal[0] != "and" or len(hint.parts) != len(state.goal) - 1:
            raise NoProof(f"{len(hint.parts)} hints do not fit {show(state.goal)}")
        proofs = []
        for i, part in enumerate(state.goal[1:]):
            one = state.assume(*state.goal[1 : i + 1], goal=part)
            proofs.append(self.prove(one, view.plus(*_new(state, one)), hint.parts[i]))
        return {"rule": "split", "proofs": proofs}

    def auto(self, state: State, view: VisibleFacts, *, unfold: bool = False) -> Node:
        """The facts about the goal's variables alone, then their bounds too; then, where cheap, all definitions."""
        tried: list[Facts] = []
        ways: list[tuple[bool, Mapping[str, Formula]]] = [(False, {}), (True, {})]
        if unfold or state.goal[0] in ("==", "!="):
            ways.append((True, view.definitions))
        for bounds, definitions in ways:
            facts = relevant(state.goal, view.facts, list(definitions.values()), bounds)
            if facts in tried:
                continue
            tried.append(facts)
            proof = self.within_budget(State(state.kinds, facts, state.goal))
            if proof is not None:
                return proof
        raise NoProof(f"no proof found for {show(state.goal)} from {', '.join(map(show, facts))}")

    def within_budget(self, state: State) -> Node | None:
        """A leaf gets a fixed amount of polynomial arithmetic, so that a wrong hint fails soon and always alike."""
        algebra = self.checker.algebra
        before, start = algebra.work, WORK - LEAF_WORK
        algebra.work = start
        try:
            return self.leaf_prover.prove(state)
        except Refused:
            return None
        finally:
            algebra.work = before + algebra.work - start

    def total(self, builder: ProofBuilder, view: VisibleFacts, hint: Sum) -> Node:
        """The goal as a sum of inequalities, and of products of inequalities."""
        parts = [p if isinstance(p, tuple) else (p,) for p in hint.parts]
        rows = [[self.formula(f) for f in part] for part in parts]
        for f in dict.fromkeys(f for row in rows for f in row):
            view = self.have(builder, view, f, Auto())
        done: set[str] = set()  # two equations for one name: after the first, the second is about no name any more
        while equation := next((f for f in view.facts if _defines(f) and f[1] not in done), None):
            _, x, t = equation
            done.add(x)
            builder.rewrite(x, t)
            view = view.rewritten(x, t)
            rows = [[rewrite(r, x, t) for r in row] for row in rows]
        goal = builder.state.goal
        opposite = normal(negate(goal))
        terms = [["1", [dump(f) for f in row], "1"] for row in [[opposite], *rows]]
        node = {"rule": "psatz", "terms": terms, "cofactors": []}
        try:
            self.checker.step(builder.state.assume(opposite), node)
        except Refused as reason:
            raise NoProof(f"{show(goal)} is not that sum: {reason}") from None
        return builder.close(by_contradiction(goal, node))

    # ------------------------------------------------------------ steps

    def step(self, builder: ProofBuilder, view: VisibleFacts, step: Step) -> VisibleFacts:
        """One step of a hint; returns what is in view after it."""
        if isinstance(step, Fact):
            return self.have(builder, view, self.formula(step.formula), step.proof)
        if isinstance(step, Cite):
            return self.cite(builder, view, step)
        if isinstance(step, Unfold):
            for s in step.symbols:
                if s.name not in view.definitions:
                    raise NoProof(f"{s} has no definition in the statement; use Let to give it one")
            return view.plus(*(view.definitions[s.name] for s in step.symbols))
        if isinstance(step, Let):
            value = self.term(step.value)
            builder.apply("define", new=step.symbol.name, term=dump(value))
            return VisibleFacts(view.facts, {**view.definitions, step.symbol.name: ("==", step.symbol.name, value)})
        if isinstance(step, Axiom):
            letters, conditions, _ = AXIOMS[step.name]
            theta = dict(zip(letters, map(self.term, step.terms), strict=True))
            for c in conditions:
                view = self.have(builder, view, normal(substitute(c, theta)), Auto())
            before = builder.state
            builder.axiom(step.name, *theta.values())
            return view.plus(*_new(before, builder.state))
        old, new = self.term(step.old), self.term(step.new)
        view = self.have(builder, view, ("==", old, new), step.proof)
        builder.rewrite(old, new)
        return view.rewritten(old, new)

    def have(self, builder: ProofBuilder, view: VisibleFacts, f: Formula, hint: Proof) -> VisibleFacts:
        """Add a fact, proved as its hint says."""
        if builder.state.knows(f):
            return view.plus(f)
        before = builder.state
        builder.have(f, self.prove(builder.wanted(f), view, hint))
        return view.plus(*_new(before, builder.state))

    def cite(self, builder: ProofBuilder, view: VisibleFacts, step: Cite) -> VisibleFacts:
        """Show the hypotheses of the theorem at these values, then use its conclusion."""
        kinds, parts = self.checker.theorems[step.claim]
        given = {**self.claim.fixed, **dict(step.values)}
        theta: dict[str, Term] = {s.name: self.term(t) for s, t in given.items()}
        definitions = {f[1]: f[2] for f in parts[:-1] if f[0] == "==" and isinstance(f[1], str)}
        for x in kinds:
            if x not in theta and x in builder.state.kinds:
                theta[x] = x
            elif x not in theta and x in definitions:
                theta[x] = substitute(definitions[x], theta)
            elif x not in theta:
                raise NoProof(f"{step.claim} needs a value for {x}")
        for h in parts[:-1]:
            wanted = normal(substitute(h, theta))
            if not builder.state.knows(wanted):
                folded = replace(view, facts={f: None for f in view.facts if f[0] != "or"})
                builder.have(wanted, self.auto(builder.wanted(wanted), folded, unfold=True))
        before = builder.state
        terms = [dump(theta[x]) for x in kinds]
        builder.apply("cite", theorem=step.claim, terms=terms)
        return view.plus(*_new(before, builder.state))

    # ------------------------------------------------------------ formulas

    def formula(self, f: TheoryFormula) -> Formula:
        """A formula of the theory in the form of the kernel."""
        return normal(raw(sequents.formula(replace_symbols(f, self.claim.fixed))))

    def term(self, e: sp.Expr) -> Term:
        """An expression of the theory in the form of the kernel."""
        return raw(sequents.term(sp.sympify(e, strict=True).xreplace(self.claim.fixed)))


def _new(before: State, after: State) -> list[Formula]:
    """The facts that a step has added."""
    return [f for f in after.facts if f not in before.facts]


def relevant(goal: Formula, facts: Facts, definitions: list[Formula], bounds: bool) -> Facts:
    """The facts about the goal's variables and what equations link them to, or their bounds and definitions too."""
    names = names_in(goal)
    everything = {**facts, **dict.fromkeys(definitions)}
    while True:
        grown = set(names)
        for f in everything:
            if f in facts and f[0] in ("==", "or"):
                linked = bool(names_in(f) & names)
            elif f[0] == "==":
                linked = f[1] in names
            else:
                linked = bounds and any(isinstance(side, str) and side in names for side in f[1:])
            if linked:
                grown |= names_in(f)
        if grown == names:
            return {f: None for f in everything if names_in(f) <= names}
        names = grown


def show(f: Formula) -> str:
    """A formula for people to read."""
    if not isinstance(f, tuple):
        return str(f)
    if f[0] in ("==", "!=", "<", "<=", "and", "or", "+", "*", "/", "^"):
        return "(" + f" {f[0]} ".join(map(show, f[1:])) + ")"
    return f"{f[0]}({', '.join(map(show, f[1:]))})"


def _defines(f: Formula) -> bool:
    """Whether a formula says what a name is equal to, in other names."""
    return f[0] == "==" and isinstance(f[1], str) and f[1] not in names_in(f[2])
