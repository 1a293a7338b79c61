"""What the lock keeps of a statement about vectors: its relations as they are read, its names with their sorts."""

from __future__ import annotations

from verify.claims.statement import Spatial
from verify.kernel.spaces.sorts import Sort
from verify.spaces.reading.text import chain_text
from verify.spaces.spatial import meaning, tree


def parts(statement: Spatial) -> dict[str, str | list[str]]:
    """Formula, variables and hypotheses as texts; two texts that are read as the same trees have the same formula."""
    problem = meaning(statement).problem
    return {
        "formula": chain_text(tree(statement).goal),
        "variables": [
            f"{name} {_sort(sort)}" for name, sort in sorted(problem.names.items()) if name not in problem.shown
        ],
        "given": list(statement.assumptions),
        "quantities": [],
        "where": [],
    }


def _sort(sort: Sort) -> str:
    return f"random {sort.kind}, known at stage {sort.level}" if sort.level else sort.kind
