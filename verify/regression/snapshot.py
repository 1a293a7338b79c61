"""The present state of a theory, as the lock keeps it.

For every claim it has the statement with its skeleton (``verify.regression.skeleton``), the hypotheses, the verdict,
the kinds of evidence, and the exact values of both sides of its relations on a fixed grid of rational points; for every
named expression its form and its values. A claim of a file of one's own carries the name of the file, and
one that cites claims of another theory what these say: their verdicts are in its own, which they cap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint

from verify.claims.citing import abroad
from verify.claims.claim import Claim
from verify.claims.sequents import goal_of, term
from verify.claims.setting import Setting
from verify.claims.statement import WITHOUT_SYMBOLS, Limit, MatrixIdentity, Spatial
from verify.claims.theory import Theory
from verify.evidence.results import ClaimResult
from verify.language import logic
from verify.language.evaluation import Point, Undecided, Undefined, evaluate
from verify.language.verdict import Verdict
from verify.regression.lock_file import SCHEMA
from verify.regression.matrix_samples import explicit_value
from verify.regression.skeleton import skeleton
from verify.typesetting.plain_text import domain_lines, expression_line, statement_text

UNKNOWN = ("undefined", "not evaluated")  # what stands for a value that is not there, or that could not be told
POINTS = 4  # where values are kept that no theory has points for
PRECISION = 160  # bits of the balls around irrational values
DIGITS = 20  # of an irrational value


def snapshot(
    claims: Iterable[Claim],
    results: Iterable[ClaimResult],
    origin: Mapping[str, str] | None = None,
    *,
    theory: Theory | None = None,
    table: Mapping[str, Claim] | None = None,
) -> dict[str, Any]:
    """What the lock holds, for the given claims and their results; ``origin`` names the files of claims of one's own.

    It has all named expressions of ``theory``, and those of others that these claims use; of the ``table``, what they
    cite of other theories.
    """
    found = {r.id: r for r in results}
    own = origin or {}
    kept = [c for c in claims if c.id in found]
    entries = {c.id: _claim_entry(c, found[c.id], own.get(c.id), table or {}) for c in kept}
    used = {e.name: e for c in kept if not isinstance(c.statement, WITHOUT_SYMBOLS) for e in c.used_atoms}
    found_here = used if theory is None else {**theory.named, **used}
    named = {
        name: {
            **({} if e.symbol is None else {"symbol": str(e.symbol)}),
            "form": expression_line(e),
            "values": _values([term(e.raw())], e.setting),
        }
        for name, e in found_here.items()
    }
    name = "" if theory is None else theory.name
    return {"schema": SCHEMA, "theory": name, "expressions": named, "claims": entries}


def _claim_entry(claim: Claim, result: ClaimResult, file: str | None, table: Mapping[str, Claim]) -> dict[str, Any]:
    cited = {name: _stated(one) for name, one in abroad(claim, table).items()}
    routes = sorted({e.route for e in result.evidence if e.verdict.strength >= Verdict.SUPPORTED.strength})
    return {
        **({} if file is None else {"file": file}),
        **({} if not cited else {"cited": cited}),
        "title": claim.title,
        **_stated(claim),
        "verdict": result.verdict.key,
        "evidence": routes if result.expected else [e.route for e in result.evidence if e.verdict is Verdict.REFUTED],
        **({"kernel": result.kernel} if result.kernel else {}),
    }


def _stated(claim: Claim) -> dict[str, Any]:
    """What a claim says, and its values."""
    return {
        "statement": statement_text(claim),
        **skeleton(claim),
        "hypotheses": domain_lines(claim),
        "values": _claim_values(claim),
    }


def _claim_values(claim: Claim) -> list[str]:
    if isinstance(claim.statement, MatrixIdentity):
        polynomials = (claim.statement.lhs, claim.statement.rhs)
        return ["; ".join(explicit_value(side, claim.setting) for side in polynomials)]
    if isinstance(claim.statement, Spatial):
        from verify.regression.spatial_samples import values

        return values(claim.statement)
    goal = goal_of(claim)
    if isinstance(claim.statement, Limit) and goal.limit is not None:
        return _values([logic.substitute_term(t, goal.meanings) for t in (goal.limit[0], goal.limit[3])], claim.setting)
    sides = [side for r in logic.relations(goal.expanded().goal) for side in (r.lhs, r.rhs)]
    return _values(sides, claim.setting)


def grid_of(setting: Setting) -> tuple[Mapping[str, Fraction], ...]:
    """The points at which values are kept; symbols that have none there get some from ``others``."""
    return setting.points.grid or ({},) * POINTS


def _values(terms: Sequence[logic.Term], setting: Setting) -> list[str]:
    """The values of some terms at every point of the theory's grid, one line a point."""
    names = set[str]().union(*map(logic.variables_of, terms))
    grid = grid_of(setting)
    with flint.ctx.workprec(PRECISION):
        return [
            "; ".join(_value(t, Point({**others(names - set(point), i), **point})) for t in terms)
            for i, point in enumerate(grid)
        ]


def others(names: set[str], i: int) -> dict[str, Fraction]:
    """Values at the i-th point for symbols that are not the theory's: small, positive, always the same."""
    digests = {name: hashlib.sha256(f"{name} {i}".encode()).digest() for name in sorted(names)}
    return {name: Fraction(1 + digest[0] % 9, 1 + digest[1] % 4) for name, digest in digests.items()}


def _value(t: logic.Term, point: Point) -> str:
    try:
        value = evaluate(t, point)
    except (Undefined, ZeroDivisionError):
        return UNKNOWN[0]
    except (Undecided, KeyError):
        return UNKNOWN[1]
    return str(value) if isinstance(value, Fraction) else value.str(DIGITS, radius=False)
