"""``verify simulate --all``: every experiment of a theory, one after the other, and the gallery of what they show."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from verify.claims import theories
from verify.commands.simulate_run import Done, Tick, key, perform, title_of
from verify.reports import gallery
from verify.reports.gallery import Entry
from verify.reports.wrapping import say
from verify.runtime.errors import BadInput
from verify.statistics.parameters import settings_of

Progress = Callable[[str, bool], AbstractContextManager[Tick | None]]
DISAGREES, NOT_RUN = 1, 2  # exit codes


def everything(
    chosen: Sequence[tuple[str, ModuleType]],
    *,
    fast: bool,
    progress: Progress,
    out: Path,
    formats: tuple[str, ...],
    seed: int,
    **how: Any,
) -> int:
    """Run what is not in the gallery yet, and write the gallery anew after each, so that what is done is not lost.

    ``fast``: the small settings of those that have some. An experiment that can't be run, as an extra is missing, is
    left out, and said.
    """
    if not set(formats) & set(gallery.SHOWN):
        raise BadInput("a page can't show a PDF", "add --format svg or --format png")
    theory = theories.current()
    check = getattr(import_module(theory.experiments), "check_together", None)
    before = gallery.read(out)
    entries: dict[str, Entry] = {name: before[name] for name, _ in chosen if name in before}
    not_run = []
    for name, module in chosen:
        settings = settings_of(module.PARAMETERS, (), check, instead=getattr(module, "FAST", None) if fast else None)
        state = key(name, settings, seed)
        known = entries.pop(name, None)
        if known is not None and known.key == state and known.shows(formats, out):
            entries[name] = known
            say(f"{name}: as it was")
            continue
        try:
            with progress(name, True) as tick:
                done = perform(module, name, settings, out=out, formats=formats, seed=seed, tick=tick, **how)
        except BadInput as error:
            not_run.append(name)
            say(f"{name}: not run: {error}")
            continue
        say("\n".join(done.lines))
        entries[name] = _entry(name, module, settings, seed, state, done)
        gallery.write(out, theory, _in_order(entries, chosen))
    gallery.write(out, theory, _in_order(entries, chosen))
    disagreeing = [name for name, entry in entries.items() if not entry.agrees]
    said = [f"{len(entries)} experiments"]
    said += [f"not as the theory says: {', '.join(disagreeing)}"] if disagreeing else []
    said += [f"not run: {', '.join(not_run)}"] if not_run else []
    say(f"{'; '.join(said)}\nwritten: {out / gallery.PAGE}, {out / gallery.INDEX}")
    return DISAGREES if disagreeing else NOT_RUN if not_run else 0


def _in_order(entries: dict[str, Entry], chosen: Sequence[tuple[str, ModuleType]]) -> list[Entry]:
    return [entries[name] for name, _ in chosen if name in entries]


def _entry(name: str, module: ModuleType, settings: dict[str, Any], seed: int, state: str, done: Done) -> Entry:
    title = title_of(module, name)
    parameters = [(p.name, p.meaning, p.shown(settings[p.name])) for p in module.PARAMETERS]
    return Entry(
        name=name,
        title=title,
        about=" ".join(inspect.cleandoc(module.__doc__ or "").removeprefix(title).split()),
        files=done.files,
        summary=done.summary,
        agrees=done.agrees,
        claims=tuple(getattr(module, "CLAIMS", ())),
        parameters=(*parameters, ("seed", "root of all random streams", str(seed))),
        key=state,
    )
