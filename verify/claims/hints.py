"""How a claim is to be proved, as data: hints that a prover turns into a certificate, and that change no statement.

A proof starts from the hypotheses of the claim. Definitions of atoms (kappa, sigma, ...) stay folded until a step
unfolds them or the prover finds that it needs all of them, so a lemma about kappa and sigma is proved about any two
numbers with the facts that the steps before it have shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import sympy as sp

from verify.derivations.relations import Formula

# ---------------------------------------------------------------- steps


@dataclass(frozen=True)
class Cite:
    """An instance of another claim: ``values`` says what its symbols stand for (others stand for themselves)."""

    claim: str
    values: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()


@dataclass(frozen=True)
class Fact:
    """Show a formula first, and use it."""

    formula: Formula
    proof: Proof = field(default_factory=lambda: Auto())


@dataclass(frozen=True)
class Let:
    """Give an expression a name; the equation is known afterwards."""

    symbol: sp.Symbol
    value: sp.Expr


@dataclass(frozen=True)
class Unfold:
    """Use the definitions of these atoms."""

    symbols: tuple[sp.Symbol, ...]


@dataclass(frozen=True)
class Axiom:
    """An axiom of the checker about a function, at these terms."""

    name: str
    terms: tuple[sp.Expr, ...] = ()


@dataclass(frozen=True)
class Rewrite:
    """Replace an expression by an equal one, everywhere; ``proof`` shows that they are equal."""

    old: sp.Expr
    new: sp.Expr
    proof: Proof = field(default_factory=lambda: Auto())


Step = Cite | Fact | Let | Unfold | Axiom | Rewrite

# ---------------------------------------------------------------- proofs


@dataclass(frozen=True)
class Auto:
    """No hint: the prover finds the argument."""


@dataclass(frozen=True)
class By:
    """Take the steps in order, then prove what is to be shown."""

    steps: tuple[Step, ...]
    then: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Sum:
    """The inequality is the sum of these inequalities and of products of several of them; each is shown first."""

    parts: tuple[Formula | tuple[Formula, ...], ...]


@dataclass(frozen=True)
class Cases:
    """Distinguish whether a formula holds."""

    formula: Formula
    yes: Proof = field(default_factory=Auto)
    no: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Split:
    """Prove the parts of a conjunction or of an equivalence (forward, backward) one by one."""

    parts: tuple[Proof, ...]


@dataclass(frozen=True)
class Assume:
    """Assume the premises of an implication, then prove its conclusion."""

    then: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Only:
    """Forget every fact but these, which are known."""

    facts: tuple[Formula, ...]
    then: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Through:
    """The limit of a rational function of ``inner``, an atom that tends to the atom ``value``.

    ``then`` proves that the function is defined at ``value``.
    """

    inner: sp.Symbol
    value: sp.Symbol
    then: Proof = field(default_factory=Auto)


Proof = Auto | By | Sum | Cases | Split | Assume | Only | Through


def citations(proof: Proof) -> tuple[str, ...]:
    """The ids of the claims that a proof cites, in order of appearance."""
    found: dict[str, None] = {}
    if isinstance(proof, By):
        for step in proof.steps:
            if isinstance(step, Cite):
                found[step.claim] = None
            elif isinstance(step, (Fact, Rewrite)):
                found |= dict.fromkeys(citations(step.proof))
        found |= dict.fromkeys(citations(proof.then))
    elif isinstance(proof, Cases):
        found |= dict.fromkeys((*citations(proof.yes), *citations(proof.no)))
    elif isinstance(proof, (Assume, Only, Through)):
        found |= dict.fromkeys(citations(proof.then))
    elif isinstance(proof, Split):
        found |= dict.fromkeys(name for part in proof.parts for name in citations(part))
    return tuple(found)


def renamed(proof: Proof, name: Callable[[str], str]) -> Proof:
    """The same proof, which cites claims by other names."""

    def walk(x: Any) -> Any:
        if isinstance(x, Cite):
            return replace(x, claim=name(x.claim))
        if isinstance(x, tuple):
            return tuple(map(walk, x))
        if isinstance(x, (Step, Proof)) and is_dataclass(x):
            return replace(x, **{f.name: walk(getattr(x, f.name)) for f in fields(x)})
        return x

    found: Proof = walk(proof) if citations(proof) else proof
    return found


def chain(*terms: sp.Expr | str) -> Sum:
    """``chain(a, "<=", b, "<", c)``: the sum of a <= b and b < c."""
    from verify.derivations.relations import Relation

    relations = []
    for i in range(0, len(terms) - 2, 2):
        left, op, right = terms[i : i + 3]
        relations.append(Relation(left, op, right))  # type: ignore[arg-type]  # terms and signs alternate
    return Sum(tuple(relations))
