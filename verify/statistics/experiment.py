"""What a run of an experiment works with, and what it hands back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from verify.claims.setting import NamedExpression
from verify.statistics.chunks import run_chunks

Array = npt.NDArray[np.float64]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Run:
    """Where a run computes and keeps its work: settings, seed, executor, store, progress."""

    name: str
    settings: Mapping[str, Any]
    seed: int = 0
    executor: Executor | None = None
    store: Path | None = None
    progress: Progress | None = None

    def map(
        self, work: Callable[..., Array], items: Sequence[Any], *, part: str, chunk_size: int = 1, **more: Any
    ) -> Array:
        """``work(rng, items, **more)`` on chunks of the items; one row per item, in order, whatever the executor."""

        def tick(done: int, total: int) -> None:
            if self.progress is not None:
                self.progress(part, done, total)

        store = None if self.store is None else self.store / part.replace(" ", "-")
        return run_chunks(
            work, items=items, claim=f"{self.name} {part}", root=self.seed, chunk_size=chunk_size,
            executor=self.executor, store=store, progress=tick, **more,
        )  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Columns (name, unit or meaning) and rows of numbers; ``summary`` for people; ``agrees``: with the theory."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    summary: tuple[str, ...] = ()
    agrees: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> Array:
        index = [c for c, _ in self.columns].index(name)
        return np.array([row[index] for row in self.rows])

    def where(self, **values: Any) -> Table:
        """The rows with these values."""
        places = {[c for c, _ in self.columns].index(k): v for k, v in values.items()}
        rows = tuple(row for row in self.rows if all(row[i] == v for i, v in places.items()))
        return Table(self.columns, rows, self.summary, self.agrees, self.extra)

    def deviation(self, name: str) -> tuple[float, str]:
        """The largest relative deviation of a column from the column "theory", and the line that says so."""
        found = float(np.max(np.abs(self.column(name) / self.column("theory") - 1)))
        return found, f"largest relative deviation of the cubature from the closed form: {found:.1e}"

    def csv(self, title: str, run: Run) -> str:
        """The table with its origin in comment lines; numbers to 17 digits."""
        out = io.StringIO()
        out.write(f"# {title}\n# parameters: {json.dumps(dict(run.settings))}; seed: {run.seed}\n")
        for name, meaning in self.columns:
            out.write(f"# {name}: {meaning}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([name for name, _ in self.columns])
        for row in self.rows:
            writer.writerow([f"{x:.17g}" if isinstance(x, float | np.floating) else x for x in row])
        return out.getvalue()


def key_of(name: str, settings: Mapping[str, Any], seed: int, code: Iterable[Path] = ()) -> str:
    """A short name for one state of settings, seed and source code: what finished chunks belong to.

    ``code``: folders of sources, besides this one, that the chunks are computed by.
    """
    digest = hashlib.sha256(json.dumps([name, dict(settings), seed], sort_keys=True).encode())
    for folder in (Path(__file__).resolve().parent, *code):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def curve(expression: NamedExpression, **values: Any) -> Array:
    """A closed form at numbers and arrays: what the points of a figure are compared with."""
    return evaluated(expression.raw(), expression.symbols, **values)


def evaluated(expression: sp.Expr, symbols: Mapping[str, sp.Symbol], **values: Any) -> Array:
    """An expression at numbers and arrays; ``symbols`` are those it depends on, by the names of ``values``."""
    function = _function(expression, tuple(symbols.values()))
    with np.errstate(all="ignore"):
        return np.asarray(function(*(np.asarray(values[k], dtype=float) for k in symbols)), dtype=float)


@cache
def _function(expression: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> Callable[..., Array]:
    found: Callable[..., Array] = sp.lambdify(list(symbols), expression, "numpy")
    return found
