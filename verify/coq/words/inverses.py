"""Equations that an inverse solves, as steps of a theorem."""

from __future__ import annotations

from verify.kernel.matrices.rules import rule_solve_with_inverse
from verify.kernel.matrices.words import WordPolynomial

from .binders import environment, for_all, introduced
from .expressions import substituted
from .script import COMPUTE, Node, Script
from .writing import atom


def hypotheses(script: Script) -> list[tuple[str, str]]:
    """For each letter that is an inverse the hypothesis that it is one, behind its name."""
    names, writer = script.names, script.writer
    out = []
    for r, matrix in names.run.inverses.items():
        side, shown = names.of(matrix.shape[0]), writer.shown(matrix, script.at({}))
        out.append((f"{names.of(r)}_inverse", f"inverse {side} {atom(shown)} {names.of(r)}"))
    return out


def solved(script: Script, node: Node, unknown: str, inverse: str) -> Node:
    """The one solution of M e + rest = 0: it exists, is named, and every other one is equal to it."""
    names, run = script.names, script.names.run
    value = rule_solve_with_inverse(run, node.value, unknown, inverse)
    rest = WordPolynomial(*node.value.shape)
    for (traces, word), c in node.value.terms.items():
        if word[-1:] != ((unknown, False),):
            run.put(rest, c, traces, word)
    found = script.exhibited("s", script.ordered({*node.variables} - {unknown}), value)
    at_solution = substituted(script, node, {unknown: found})
    matrix, remainder = script.shown(run.inverses[inverse]), script.polynomial(rest)
    rows, cols = map(names.of, value.shape)
    own = script.named((*found.variables, unknown))
    e, there = names.of(unknown), atom(found.text(own))
    zero = f"meq {rows} {cols} {atom(node.text(own))} mzero"
    script.statement.append(
        f"{script.existing(found)}({for_all(script, found.variables)}"
        f"meq {rows} {cols} {atom(at_solution.text(own))} mzero /\\ (forall {e} : mat, {zero} ->"
        f" meq {rows} {cols} {e} {there})) /\\"
    )
    common = (
        f"{script.context} {script.letters} {names.dimension(value.shape[0])} {names.probe(value.shape)}"
        f" {names.number(inverse)} {names.number(unknown)} {matrix.polynomial} {remainder} _ rho' H'"
        f" ({matrix.fact} rho' H') {names.of(inverse)}_inverse _"
    )
    script.proof += [
        "split.",
        f"{{ {introduced(script, found.variables)} split.",
        "  {",
        *(f"    {line}" for line in environment(script, found.variables)),
        f"    refine (solution {common} {at_solution.polynomial} _ ({at_solution.fact} rho' H') _).",
        f"    {COMPUTE} }}",
        f"  intros {e} zero'.",
        *(f"  {line}" for line in environment(script, (*found.variables, unknown))),
        f"  refine (solution_unique {common} {node.polynomial} {found.polynomial} _ _",
        f"    ({node.fact} rho' H') zero' ({found.fact} rho' H') _).",
        f"  {COMPUTE} }}",
    ]
    return found
