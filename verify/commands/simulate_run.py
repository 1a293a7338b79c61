"""One run of an experiment: its table, its figure, and what is said about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from verify.claims import theories
from verify.runtime import files
from verify.runtime.engine import HERE, Engine
from verify.runtime.errors import BadInput
from verify.statistics import figure, parameters
from verify.statistics.experiment import Run, key_of

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Done:
    """What a run found. ``files`` are the names of what it wrote, the table first; ``out`` the folder they are in."""

    title: str
    summary: tuple[str, ...]
    agrees: bool
    files: tuple[str, ...]
    out: Path

    @property
    def lines(self) -> list[str]:
        written = ", ".join(str(self.out / name) for name in self.files)
        return [self.title, *(f"  {line}" for line in self.summary), f"  written: {written}"]


def title_of(module: ModuleType, name: str) -> str:
    """The first line of what an experiment says of itself."""
    return (module.__doc__ or name).strip().splitlines()[0]


def key(name: str, settings: Mapping[str, Any], seed: int) -> str:
    """What stands for one state of settings, seed and code of an experiment of the theory in force."""
    code = [Path(str(import_module(theories.current().package).__file__)).parent]
    return key_of(name, settings, seed, code)


def perform(
    module: ModuleType,
    name: str,
    settings: dict[str, Any],
    *,
    out: Path,
    formats: tuple[str, ...] = ("png",),
    seed: int = 0,
    engine: Engine = HERE,
    tick: Tick | None = None,
) -> Done:
    """Run an experiment, write out/NAME.csv and the figure in each of the formats; finished parts are kept."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot write to {out}: {error.strerror}", "choose another folder with --out") from error
    store = out / ".chunks" / f"{name}-{key(name, settings, seed)}"
    with engine.executor("spawn") as pool:
        job = Run(name, settings, seed, pool, store, tick)
        try:
            table = module.run(job)
        except MemoryError:
            raise BadInput(f"{name} needs more memory than there is", "take smaller settings") from None
    title = title_of(module, name)
    files.write(out / f"{name}.csv", table.csv(title, job))
    drawn = module.draw(table, settings)
    said = parameters.stated(module.PARAMETERS, settings, getattr(module, "AXES", ()))
    figure.state(drawn, (*said, f"seed {seed}"))
    figure.save(drawn, *(out / f"{name}.{form}" for form in formats))
    shutil.rmtree(store, ignore_errors=True)
    if store.parent.exists() and not any(store.parent.iterdir()):
        store.parent.rmdir()
    names = (f"{name}.csv", *(f"{name}.{form}" for form in formats))
    return Done(title, table.summary, table.agrees, names, out)
