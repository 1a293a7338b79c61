"""Which formulas of the theory a measurement of a claim depends on, besides those in the claim."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import sympy as sp

from theory.maml_erm.formulas.choice import alpha_star
from theory.maml_erm.formulas.mixture import m_star, sigma_g
from theory.maml_erm.measurements import matrices, measured_expressions
from theory.maml_erm.measurements.checks import definition_side, measured_limits, samples_stated
from verify.claims.claim import Claim
from verify.claims.statement import Limit, MatrixIdentity, Spatial


def reads(claim: Claim, slot: str) -> dict[str, object]:
    """What cubature takes from the theory besides the claim.

    Of the tables of what can be measured, the expressions that occur in the claim, each with what measures it; the
    definitions of the atoms that occur; for a limit, which ones are measured; the samples that realise given odds.
    """
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        return {"resolvent": matrices.RESOLVENT}
    left, right, stated = (
        definition_side(),
        {**measured_expressions.parameters(), **measured_expressions.ATOMS},
        measured_expressions.definitions(),
    )
    atoms_used = {e.symbol for e in claim.used_atoms}
    said = list(_expressions(s)) + list(_expressions(claim.formula)) + list(_expressions(claim.relevant_domain))
    if not isinstance(s, (Limit, Spatial)):
        said += _expressions(s.formula())
    # The formulas of m*, sigma_g and alpha* replace these symbols on the right-hand side, wherever they stand.
    written = {x for e in said for x in e.xreplace(claim.fixed).free_symbols}
    said += [stated[x] for x in stated if x in atoms_used | (written & {m_star, sigma_g, alpha_star})]
    if claim.id in ("T3.samples", "T3.enough"):
        said.append(samples_stated())
    said += [e.xreplace(claim.fixed) for e in said]
    present = {part for e in set(said) for part in sp.preorder_traversal(e)}
    return {
        "measured expressions": [
            (e, _label(left.get(e)), _label(right.get(e))) for e in {**left, **right} if e in present
        ],
        "definitions": [(x, value) for x, value in stated.items() if x in atoms_used or x in present],
        "measured limits": measured_limits() if isinstance(s, Limit) else None,
        "samples for given odds": samples_stated() if claim.id in ("T3.samples", "T3.enough") else None,
    }


def _label(source: Any) -> str:
    """Which function measures something: where its code stands, and the values it was made with."""
    if source is None:
        return ""
    source = inspect.unwrap(source)
    cells = [cell.cell_contents for cell in source.__closure__ or ()]
    code = source.__code__
    return f"{source.__module__}.{source.__qualname__} {code.co_firstlineno} {source.__defaults__} {cells}"


def _expressions(x: object) -> Iterator[sp.Expr]:
    """Every expression inside a statement, a formula or a domain."""
    if isinstance(x, sp.Basic):
        yield x
    elif isinstance(x, tuple):
        for part in x:
            yield from _expressions(part)
    elif is_dataclass(x):
        for f in fields(x):
            yield from _expressions(getattr(x, f.name))
