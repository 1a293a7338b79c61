"""Work in fixed chunks: the same bits with any executor and any number of workers, resumable after an interruption."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from verify.runtime import files
from verify.runtime.errors import BadInput
from verify.statistics import array_files, checks
from verify.statistics.seeding import generator

Array = npt.NDArray[np.float64]
Work = Callable[..., Array]


def _one(work: Work, root: int, claim: str, chunk: int, part: Any, parameters: Mapping[str, Any]) -> Array:
    return np.asarray(work(generator(root, claim, chunk), part, **parameters))


def run_chunks(
    work: Work,
    count: int | None = None,
    *,
    claim: str,
    items: Sequence[Any] | None = None,
    root: int = 0,
    chunk_size: int = 1000,
    executor: Executor | None = None,
    store: str | os.PathLike[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **parameters: Any,
) -> Array:
    """Run ``work(rng, size, **parameters)`` on chunks of ``count`` items and join the results in chunk order.

    work: returns an array of shape (size, ...); a process executor needs it to be importable. The stream of a
    chunk depends on (root, claim, chunk) and the chunk's size on (count, chunk_size), never on the executor.
    items: what to work on, in place of a count; then ``work(rng, items of the chunk, **parameters)`` is called.
    executor: any concurrent.futures.Executor; None runs here. store: a directory that keeps every finished
    chunk (one .npy each, written atomically), so that a second run computes only what is missing.
    progress: called with (chunks done, chunks in all). Raises BadInput if the store belongs to another run.
    """
    given = {} if items is None else {"items": tuple(items)}
    count = checks.count("count", count if items is None else len(items))
    chunk_size = checks.count("chunk_size", chunk_size)
    sizes = [min(chunk_size, count - start) for start in range(0, count, chunk_size)]
    kept = (
        _Store(store, _fingerprint(work, count, claim, root, chunk_size, {**given, **parameters}))
        if store is not None
        else None
    )
    results: dict[int, Array] = {}
    missing = []
    for chunk, size in enumerate(sizes):
        found = kept.load(chunk, size) if kept is not None else None
        if found is None:
            missing.append(chunk)
        else:
            results[chunk] = found

    def part(chunk: int) -> Any:
        return sizes[chunk] if items is None else tuple(items[chunk * chunk_size : (chunk + 1) * chunk_size])

    def finish(chunk: int, value: Array) -> None:
        if value.shape[:1] != (sizes[chunk],):
            raise BadInput(f"the work returned shape {value.shape} for a chunk of {sizes[chunk]} items.")
        if kept is not None:
            kept.save(chunk, value)
        results[chunk] = value
        if progress is not None:
            progress(len(results), len(sizes))

    if executor is None:
        for chunk in missing:
            finish(chunk, _one(work, root, claim, chunk, part(chunk), parameters))
    else:
        jobs = {executor.submit(_one, work, root, claim, c, part(c), parameters): c for c in missing}
        try:
            for job in as_completed(jobs):
                finish(jobs[job], job.result())
        finally:
            for job in jobs:
                job.cancel()
    return np.concatenate([results[chunk] for chunk in range(len(sizes))])


def _fingerprint(
    work: Work, count: int, claim: str, root: int, chunk_size: int, parameters: Mapping[str, Any]
) -> dict[str, str]:
    named = {
        "work": f"{work.__module__}.{work.__qualname__}",
        "count": count,
        "claim": claim,
        "root": root,
        "chunk_size": chunk_size,
    }
    return {k: _exact(v) for k, v in {**named, **{f"parameter {k}": v for k, v in parameters.items()}}.items()}


def _exact(value: Any) -> str:
    """A text that two values share only if they are the same: repr shortens arrays, this does not."""
    if isinstance(value, np.ndarray):
        return f"array{value.shape} {value.dtype} {value.tolist()!r}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_exact(v) for v in value)}]"
    if hasattr(value, "__dataclass_fields__"):
        fields = ", ".join(f"{k}={_exact(getattr(value, k))}" for k in value.__dataclass_fields__)
        return f"{type(value).__name__}({fields})"
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return repr(value)


class _Store:
    """A directory of finished chunks; ``run.json`` says which run they belong to."""

    def __init__(self, directory: str | os.PathLike[str], run: dict[str, str]) -> None:
        self.directory = Path(directory)
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"finished parts can't be kept in {self.directory}: {error.strerror}"
            raise BadInput(what, "choose another folder, or remove what is in the way") from None
        record = self.directory / "run.json"
        text = self.run = json.dumps(run, indent=1, sort_keys=True)
        kept = _record(record)
        if kept is None:  # or damaged: a chunk knows its run by itself
            files.write(record, text)
            return
        differ = sorted(k for k in kept.keys() | run.keys() if kept.get(k) != run.get(k))
        if differ:
            what = "; ".join(f"{k}: {_short(kept.get(k))} there, {_short(run.get(k))} here" for k in differ)
            raise BadInput(
                f"the store {self.directory.name} keeps chunks of another run ({what}). Use a new directory."
            )

    def _path(self, chunk: int) -> Path:
        return self.directory / f"chunk-{chunk:06d}.npy"

    def load(self, chunk: int, size: int) -> Array | None:
        """The finished chunk, or None where it is missing, damaged, or of the wrong size and has to be computed."""
        value = array_files.read(self._path(chunk), f"{chunk} {self.run}")
        return value if value is not None and value.shape[:1] == (size,) else None

    def save(self, chunk: int, value: Array) -> None:
        array_files.write(self._path(chunk), value, f"{chunk} {self.run}")


def _record(path: Path) -> dict[str, str] | None:
    """What a file says of the run; None where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _short(text: str | None) -> str:
    return "nothing" if text is None else text if len(text) <= 60 else text[:57] + "..."
