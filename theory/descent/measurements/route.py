"""The route of runs: a claim's own text, evaluated on every run that its assumptions admit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from theory.descent.measurements.scene import Scene
from theory.descent.measurements.scenes import scenes
from theory.descent.measurements.values import ROUNDING, excess
from verify.claims.claim import Claim
from verify.claims.statement import Spatial
from verify.evidence.results import Evidence
from verify.language.verdict import Verdict
from verify.spaces.reading.surface import Chain, Declared, Independent
from verify.spaces.spatial import meaning, tree


@dataclass(frozen=True)
class Tried:
    """A run that a claim's assumptions admit, and by how much the claim fails there, relative to its sides' sizes."""

    scene: Scene
    excess: float


def on_runs(claim: Claim) -> Evidence | None:
    """How a claim fares on the runs; None where no run has all of its names and meets its assumptions."""
    if not isinstance(claim.statement, Spatial):
        return None
    tried = list(trials(claim.statement))
    if not tried:
        return None
    failed = [t for t in tried if t.excess > 0]
    if failed:
        worst = max(failed, key=lambda t: t.excess)
        most = f"most on {worst.scene.about}: by {worst.excess:.1e} of its sides"
        said = f"fails on {len(failed)} of {len(tried)} runs, {most}"
        return Evidence("runs", Verdict.REFUTED, said, details={"runs": len(tried), "failed": len(failed)})
    said = f"holds on {len(tried)} runs, to {ROUNDING:.0e} of the size of its sides"
    return Evidence("runs", Verdict.SUPPORTED, said, details={"runs": len(tried)})


def trials(statement: Spatial) -> Iterator[Tried]:
    """The runs that a claim's assumptions admit, as they are evaluated there; each with the claim's own outcome."""
    claim = tree(statement)
    wanted = set().union(*map(_names, (claim.goal, *claim.assumptions)))
    independent = any(isinstance(d, Independent) for d in claim.declarations)
    drawn = {n for d in claim.declarations if isinstance(d, Declared) and d.random for n in d.names}
    vectors = {n for n, sort in meaning(statement).problem.names.items() if sort.kind == "vector"}
    for scene in scenes():
        if not wanted <= scene.names or (independent and "dependent" in scene.stage):
            continue
        if not all(_fits(name, vectors, drawn, scene) for name in wanted - scene.functions.keys()):
            continue
        if all(excess(chain, scene) == 0 for chain in claim.assumptions):
            yield Tried(scene, excess(claim.goal, scene))


def _fits(name: str, vectors: set[str], drawn: set[str], scene: Scene) -> bool:
    """Whether a name is a vector in a run where it is one in the claim, and is drawn there if the claim says so."""
    if name in drawn and name not in scene.random:
        return False
    axes = np.ndim(scene.random[name][0]) if name in scene.random else np.ndim(scene.values[name])
    return axes == 1 if name in vectors else axes == 0 or name in scene.values


def _names(chain: Chain) -> set[str]:
    """The names that a chain speaks of, but for its indices."""
    bound = {r.name for r in chain.ranges}
    nodes = [n for t in (*chain.terms, *(e for r in chain.ranges for e in (r.lower, r.upper))) for n in t.walk()]
    found: set[str] = set()
    for n in nodes:
        if n.op in ("name", "at", "call", "grad"):
            found.add(str(n.args[0]))
        if n.op == "sum":
            bound.add(str(n.args[1]))
        found |= {str(g) for g in n.args[1:] if n.op == "E" and isinstance(g, str)}
    return found - bound
