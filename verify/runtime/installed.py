"""Which packages are installed: their versions and entry points, as ``importlib.metadata`` finds them, but sooner.

Python's module loads its readers of mail and of archives, which takes longer than everything that is read here. So
the folders of metadata on the path are read directly, where there is nothing else: an archive or an egg on the path,
another finder, or metadata that says no version is a case for Python's module. Its answers are those that count.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.machinery import PathFinder
from typing import NamedTuple

ABSENT = "absent"
SUFFIXES = (".dist-info", ".egg-info")
_SEPARATORS = re.compile(r"[-_.]+")


class EntryPoint(NamedTuple):
    """What a package provides: ``value`` is ``module:attribute``, ``package`` the name of the package."""

    name: str
    value: str
    package: str


def version(distribution: str) -> str:
    """The version of an installed package; ``ABSENT`` for one that is not there."""
    folders = _folders()
    if folders is not None:
        folder = folders.get(_normal(distribution))
        found = None if folder is None else _version(folder)
        if folder is None or found:
            return found or ABSENT
    from importlib import metadata

    try:
        return metadata.version(distribution) or ABSENT
    except metadata.PackageNotFoundError:
        return ABSENT


def entry_points(group: str) -> list[EntryPoint]:
    """The entry points of a group, of every package that is first of its name on the path."""
    folders = _folders()
    if folders is None:
        from importlib import metadata

        found = metadata.entry_points(group=group)
        return [EntryPoint(e.name, e.value, "" if e.dist is None else e.dist.name) for e in found]
    out = []
    for package, folder in folders.items():
        try:
            with open(os.path.join(folder, "entry_points.txt"), encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        if group in text:
            out += [EntryPoint(name, value, package) for inside, name, value in _lines(text) if inside == group]
    return out


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Section, name and value of every line that has them."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield section, name.strip(), value.strip()


def _version(folder: str) -> str:
    """The version that metadata says; empty where it says none in the usual way."""
    for name in ("METADATA", "PKG-INFO"):
        try:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                for line in file:
                    if line.startswith("Version:"):
                        return line.partition(":")[2].strip()
                    if not line.strip():
                        break  # the end of the head
            return ""
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError):
            return ""
    return ""


def _normal(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower().replace("-", "_")


def _folders() -> Mapping[str, str] | None:
    """The folders of metadata by the name of the package, the first on the path; None where it takes more to know."""
    others = [f for f in sys.meta_path if f is not PathFinder and hasattr(f, "find_distributions")]
    if others or PathFinder not in sys.meta_path:
        return None
    places = list[tuple[str, int]]()
    for place in sys.path:
        try:
            found = os.stat(place or ".")
        except OSError:
            continue  # nothing is there
        if not stat.S_ISDIR(found.st_mode) or place.lower().endswith(".egg"):
            return None
        places.append((place or os.getcwd(), found.st_mtime_ns))
    return _listed(tuple(places))


@lru_cache(4)  # it is asked for every library, and says the same while nothing is installed
def _listed(places: tuple[tuple[str, int], ...]) -> Mapping[str, str] | None:
    folders: dict[str, str] = {}
    for place, _ in dict.fromkeys(places):
        here: dict[str, str] = {}
        for name in os.listdir(place):
            if name.lower().endswith(SUFFIXES):
                package = _normal(name.rpartition(".")[0].partition("-")[0])
                if package in here:
                    return None  # left behind by another version; which of them counts depends on Python
                here[package] = os.path.join(place, name)
        for package, folder in here.items():
            folders.setdefault(package, folder)
    return folders
