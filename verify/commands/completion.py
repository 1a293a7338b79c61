"""What a shell completes: ids of claims, names of expressions, theories.

Ids come from the lock and from files as they are written, so that nothing is derived while somebody waits for a key.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

THEORY = "verify.theory"  # the key under which --theory is kept for what is completed behind it
_LOCK = "theorems.lock"


def claims(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of claims, Python files, and behind ``FILE.py::`` the claims of that file."""
    path, separator, start = incomplete.partition("::")
    if separator:
        from verify.claims.stated_ids import fixed_ids

        return [f"{path}::{name}" for name in fixed_ids(Path(path)) if name.startswith(start)]
    own = _lock(Path(_LOCK)).get("claims", {})
    ids = [name for name, entry in _locked(ctx).get("claims", {}).items() if "file" not in entry]
    ids += [f"{entry['file']}::{name}" for name, entry in own.items() if "file" in entry]
    return [*(name for name in ids if name.startswith(incomplete)), *files(ctx, param, incomplete)]


def expressions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of closed forms that the lock has."""
    return [name for name in _locked(ctx).get("expressions", {}) if name.startswith(incomplete)]


def names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Closed forms and claims."""
    return [*expressions(ctx, param, incomplete), *claims(ctx, param, incomplete)]


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Python files, and the folders on the way to them."""
    folder, _, start = incomplete.rpartition("/")
    try:
        found = sorted(Path(folder or ("/" if incomplete.startswith("/") else ".")).iterdir())
    except OSError:
        return []
    before = incomplete[: len(incomplete) - len(start)]
    fits = [p for p in found if p.name.startswith(start) and (start or not p.name.startswith("."))]
    return [f"{before}{p.name}{'/' * p.is_dir()}" for p in fits if p.suffix == ".py" or (start and p.is_dir())]


def theories(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The installed theories, and files that may define one."""
    from importlib import metadata  # this takes as long as all that most keys need

    installed = sorted(e.name for e in metadata.entry_points(group="verify.theories"))
    return [*(name for name in installed if name.startswith(incomplete)), *files(ctx, param, incomplete)]


# ---------------------------------------------------------------- parts


def _locked(ctx: click.Context) -> dict[str, Any]:
    """The lock of the theory that is meant: in this folder, or above its package; where there is none, nothing."""
    wanted = ctx.meta.get(THEORY)
    found = _lock(Path(_LOCK))
    if found.get("theory") and wanted in (None, found["theory"]):
        return found
    from importlib import metadata
    from importlib.util import find_spec

    entries = {e.name: e.value for e in metadata.entry_points(group="verify.theories")}
    if wanted is None:
        wanted = next((e.name for e in metadata.entry_points(group="verify.default_theory")), "")
    package = find_spec(entries[wanted].partition(":")[0]) if wanted in entries else None
    above = [] if package is None or package.origin is None else Path(package.origin).parents
    locks = (_lock(folder / _LOCK) for folder in above)
    return next((lock for lock in locks if lock.get("theory") == wanted), {})


def _lock(path: Path) -> dict[str, Any]:
    """A lock; empty for one that is not there, or damaged: nobody waits for an error here."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = data.get("claims") if isinstance(data, dict) else None
    whole = isinstance(entries, dict) and all(isinstance(entry, dict) for entry in entries.values())
    return data if whole else {}
