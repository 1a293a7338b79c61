"""Which theory is meant: one that is named, one that the project is set up for, or the only one that is installed.

A package that brings several says in the group ``verify.default_theory`` which of them counts as its own.

A name is that of an entry point in the group ``verify.theories``, ``package.module:NAME``, or a Python file that
defines ``THEORY``.
"""

from __future__ import annotations

import difflib
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from verify.runtime import python_files
from verify.runtime.errors import BadInput
from verify.runtime.installed import EntryPoint, entry_points

if TYPE_CHECKING:  # to know which theory is meant takes neither it nor SymPy
    from verify.claims.theory import Theory

GROUP = "verify.theories"
DEFAULTS = "verify.default_theory"  # the group in which a package names the one of its theories that is meant
_chosen: ContextVar[Theory | str] = ContextVar("theory", default="")


def current() -> Theory:
    """The theory in force; ``BadInput`` if it is not clear which."""
    chosen = _chosen.get()
    return named(name()) if isinstance(chosen, str) else chosen


def name() -> str:
    """What ``--theory`` would take for the theory in force; empty for one that was handed over as an object."""
    chosen = _chosen.get()
    return (chosen or configured() or _only_one()) if isinstance(chosen, str) else ""


def files() -> list[Path]:
    """The files of the theory in force, as they are now; one that is installed is not loaded for that."""
    chosen = _chosen.get()
    meant = name() if isinstance(chosen, str) else chosen.package
    if meant.endswith(".py"):
        return [Path(meant)]
    entries = installed()
    package = (entries[meant].value if meant in entries else meant).partition(":")[0]
    found = find_spec(package) if package else None
    if found is None:
        return []
    folders = found.submodule_search_locations
    return [Path(str(found.origin))] if folders is None else [p for f in folders for p in sorted(Path(f).rglob("*.py"))]


def package() -> str:
    """The package of the theory in force, without loading one that is installed; empty for one that is in none."""
    chosen = _chosen.get()
    return package_of(name()) if isinstance(chosen, str) else chosen.package


def package_of(name: str) -> str:
    """The package of the theory of this name, without loading one that is installed."""
    entries = installed()
    return entries[name].value.partition(":")[0] if name in entries else named(name).package


def spelled(theory: Theory) -> str:
    """What ``--theory`` takes for a theory, as far as can be told: one of a file is known by what was asked for."""
    if theory.name in installed():
        return theory.name
    chosen = _chosen.get() or configured()
    if isinstance(chosen, str) and chosen and named(chosen) is theory:
        return chosen
    return f"{theory.package}:THEORY" if theory.package else f"{theory.name}.py"


def use(theory: Theory | str) -> None:
    """Make a theory the one in force, from here on."""
    _chosen.set(theory)


@contextmanager
def using(theory: Theory | str) -> Iterator[None]:
    """A block in which another theory is in force."""
    token = _chosen.set(theory)
    try:
        yield
    finally:
        _chosen.reset(token)


def installed() -> Mapping[str, EntryPoint]:
    """The theories that packages provide, by name."""
    return _installed(tuple(sys.path))


@lru_cache(4)  # what is in force is asked for all the time, and an answer reads the metadata of every package
def _installed(path: tuple[str, ...]) -> Mapping[str, EntryPoint]:
    return {e.name: e for e in sorted(entry_points(GROUP), key=lambda e: e.name)}


def configured() -> str:
    """The theory that the project's pyproject.toml names under ``[tool.verify]``; empty where none is named.

    The nearest file at or above the current folder counts, if it has such a table.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("verify", {})
        except (OSError, ValueError) as error:
            raise BadInput(f"{file} can't be read: {error}", "mend it, or name the theory with --theory") from None
        name = table.get("theory", "") if isinstance(table, dict) else ""
        if not isinstance(name, str):
            raise BadInput(f"{file}: the theory of [tool.verify] is not text", 'write theory = "name"')
        if name:
            return str(folder / name) if name.endswith(".py") else name
    return ""


def defaults() -> frozenset[str]:
    """The names of the theories that their own packages want to be meant where none is named."""
    return _defaults(tuple(sys.path))


@lru_cache(4)  # as above
def _defaults(path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(e.name for e in entry_points(DEFAULTS))


def beside(theory: str) -> list[str]:
    """The installed theories that come in one package with this one, and it itself; none if it is in none."""
    return next((names for names in _by_package() if theory in names), [])


def _by_package() -> list[list[str]]:
    """The installed theories, those of one package together."""
    found = dict[str, list[str]]()
    for name, entry in installed().items():
        # An entry that belongs to no package stands for itself.
        found.setdefault(f"package {entry.package}" if entry.package else name, []).append(name)
    return list(found.values())


def _candidates() -> list[str]:
    """The installed theories, of a package that names a default only that."""
    chosen = defaults()
    return [n for names in _by_package() for n in ([d for d in names if d in chosen] or names)]


def _only_one() -> str:
    names = _candidates()
    if len(names) == 1:
        return names[0]
    if not names:
        raise BadInput("no theory is installed", "name one with --theory, as package.module:THEORY or a Python file")
    hint = "name one with --theory, or in pyproject.toml: [tool.verify] theory = ..."
    raise BadInput(f"several theories are installed: {', '.join(installed())}", hint)


@cache
def named(name: str) -> Theory:
    """The theory of this name; ``BadInput`` if there is none."""
    entries = installed()
    if name in entries:
        return _theory(_loaded(name, entries[name].value), name)
    if name.endswith(".py"):
        return _theory(_from_file(Path(name)), name)
    if ":" in name:
        return _theory(_loaded(name, name), name)
    near = difflib.get_close_matches(name, entries, n=1, cutoff=0.4)
    known = f"did you mean {near[0]}?" if near else f"installed are: {', '.join(entries) or 'none'}"
    raise BadInput(f"there is no theory {name!r}", f"{known}; or write package.module:THEORY, or the path of a file")


def _loaded(name: str, reference: str) -> object:
    module, _, attribute = reference.partition(":")
    try:
        return getattr(import_module(module), attribute or "THEORY")
    except (Exception, SystemExit) as error:  # whatever a package raises is one clear message
        raise BadInput(
            f"the theory {name!r} could not be loaded: {type(error).__name__}: {error}", "write package.module:THEORY"
        ) from error


def _from_file(path: Path) -> object:
    module = python_files.module_of(path, str(path), "theory", "name a Python file that defines THEORY")
    try:
        python_files.run(module)
    except (Exception, SystemExit) as error:  # whatever a user's file raises is one clear message
        raise BadInput(f"{path} could not be loaded: {type(error).__name__}: {error}") from error
    return getattr(module, "THEORY", None)


def _theory(found: object, name: str) -> Theory:
    from verify.claims.theory import Theory

    if not isinstance(found, Theory):
        kind = "nothing" if found is None else f"a {type(found).__name__}"
        raise BadInput(f"{name} is {kind}, not a Theory", "define THEORY = Theory(name=..., claims=...)")
    return found
