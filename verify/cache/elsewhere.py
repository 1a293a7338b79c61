"""The claims of a run, made anew in a process that inherits nothing: on a worker of a cluster.

The same answers come from the same code only, so that a worker with other sources, of the machine, of a theory or of a
user's file, or with other versions of libraries, refuses to work.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from verify.cache.cited import cited
from verify.cache.sources import sources
from verify.cache.texts import sha
from verify.claims import theories
from verify.claims.claim import Claim
from verify.claims.selection import select
from verify.claims.theory import Theory
from verify.runtime.engine import Recipe
from verify.runtime.errors import BadInput


def recipe(paths: Sequence[str | Path], theory: Theory | None) -> Recipe:
    """How another machine makes the table of what was chosen: files of claims, and a ``theory`` where one is meant.

    The files mean there what they mean here: the theory in force counts for them too.
    """
    files = tuple(os.path.realpath(path) for path in paths)
    try:
        name = theories.spelled(theory or theories.current())
    except BadInput:  # none is installed, so that the files do without
        name = ""
    name = os.path.realpath(name) if name.endswith(".py") else name
    return Recipe(_table, (files, name, theory is not None, _state(files, name)))


def code() -> Recipe:
    """For work that needs no claims, but the same code everywhere."""
    return Recipe(_nothing, (_state((), ""),))


@contextmanager
def _table(files: tuple[str, ...], name: str, whole: bool, state: str) -> Iterator[Mapping[str, Claim]]:
    _require(_state(files, name), state)
    with theories.using(name) if name else nullcontext():
        yield {**(select(()).table if whole else {}), **(select(files).strict().table if files else {})}


@contextmanager
def _nothing(state: str) -> Iterator[None]:
    _require(_state((), ""), state)
    yield


def _require(mine: str, wanted: str) -> None:
    if mine != wanted:
        raise BadInput(
            f"a worker of the cluster, on {platform.node()}, has other code or other libraries",
            "install the same version of everything there, and let it see the same files",
        )


def _state(files: Sequence[str], theory: str) -> str:
    """What stands for all code that an answer depends on; not the machine, of which a cluster may have several."""
    package = theories.package_of(theory) if theory and not theory.endswith(".py") else ""
    parts = [sources(package).of_code]
    if theory:
        parts += [other.of_code for other in cited(theories.named(theory))]
    for path in (*files, *([theory] if theory.endswith(".py") else [])):
        try:
            parts.append(sha(Path(path).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise BadInput(f"{path} can't be read: {error}", "every worker of a cluster has to see the file") from None
    return sha(" ".join(parts))
