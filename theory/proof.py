"""How a claim is to be proved, as data: hints that a prover turns into a certificate, and that change no statement."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from theory.statement import Formula


@dataclass(frozen=True)
class Auto:
    """No hint: the prover finds the argument."""


@dataclass(frozen=True)
class Fact:
    """A formula about atoms, with its own proof; ``cite`` names the claim it is an instance of."""

    formula: Formula
    proof: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Cite:
    """An instance of another claim: ``values`` says what its symbols stand for (others stand for themselves)."""

    claim: str
    values: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()


@dataclass(frozen=True)
class ByAtoms:
    """Forget the definitions of the atoms: keep them as free variables about which only the facts are known.

    Every fact is an obligation on the original domain. ``then`` proves the statement about the atoms.
    """

    facts: tuple[Fact, ...]
    then: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Have:
    """Show ``fact`` first, and use it."""

    fact: Fact
    then: Proof = field(default_factory=Auto)


@dataclass(frozen=True)
class Split:
    """Prove the parts of a conjunction, an equivalence or an implication one by one."""

    parts: tuple[Proof, ...]


@dataclass(frozen=True)
class Cases:
    """Distinguish the sign of an expression: negative, zero, positive."""

    expression: sp.Expr
    then: tuple[Proof, ...] = ()


@dataclass(frozen=True)
class Induction:
    """Induction over an integer symbol that the statement contains."""

    symbol: sp.Symbol
    base: Proof = field(default_factory=Auto)
    step: Proof = field(default_factory=Auto)


Proof = Auto | Cite | ByAtoms | Have | Split | Cases | Induction
