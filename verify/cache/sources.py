"""The code that evidence depends on: hashes of modules, what each imports, versions of libraries, the machine.

Standard library only, and imports are read from the text, so that nothing has to be loaded to know its hash.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from verify.cache.imports import imports_in
from verify.runtime.installed import version

SUFFIXES = (".py", ".lalr")
# What a top-level import stands for; a library that computes through others names them too.
DISTRIBUTIONS = {
    "sympy": ("sympy", "mpmath", "gmpy2"),
    "mpmath": ("mpmath", "gmpy2"),
    "flint": ("python-flint",),
    "numpy": ("numpy",),
    "scipy": ("scipy", "numpy"),
    "clarabel": ("clarabel",),
    "z3": ("z3-solver",),
}
# Libraries whose results may differ in the last bits from one processor to another.
FLOATING = {"numpy", "scipy", "clarabel"}


@dataclass(frozen=True)
class Import:
    """One import of a module of the project; ``names`` are those taken from it, none for the module as a whole."""

    module: str
    names: frozenset[str]


@dataclass(frozen=True)
class Code:
    """What a route runs: hashes of modules by name, versions of libraries, and the machine where that matters."""

    modules: Mapping[str, str]
    libraries: Mapping[str, str]
    machine: Mapping[str, str]


@dataclass(frozen=True)
class ByValue:
    """Modules of formulas, which count by what they produced, through the claim and through what a route reads.

    ``content`` names those modules (packages with all that is in them). ``names``, by importing module and imported
    one, are the formulas whose values are in a key; a module of formulas that is imported in any other way counts by
    its source.
    """

    content: tuple[str, ...] = ()
    names: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def text(self) -> str:
        """All of it as a text, the same in every process."""
        names = [[m, o, sorted(taken)] for m, others in self.names.items() for o, taken in others.items()]
        return json.dumps([self.content, sorted(names)])

    def is_content(self, module: str) -> bool:
        return any(module == name or module.startswith(name + ".") for name in self.content)


@dataclass(frozen=True)
class Hashed:
    """The files of one package and their hashes, by name; and by path how they were before they were read."""

    files: Mapping[str, Path]
    hashes: Mapping[str, str]
    stamps: Mapping[str, tuple[int, ...]]


class Sources:
    """The files of some packages, by name and folder, as they are when this is made."""

    def __init__(self, packages: Mapping[str, Path], known: Sources | None = None) -> None:
        """The packages that are ``known`` already are taken from there.

        ``closures``: by what was asked, the modules and the libraries that are imported (``verify.cache.closures``).
        """
        self.packages = dict(packages)
        self.each: dict[str, Hashed] = {}
        for package, folder in self.packages.items():
            same = known is not None and known.packages.get(package) == folder
            self.each[package] = known.each[package] if known is not None and same else _hashed(package, folder)
        self.files: dict[str, Path] = {name: path for one in self.each.values() for name, path in one.files.items()}
        self.hashes: dict[str, str] = {name: mark for one in self.each.values() for name, mark in one.hashes.items()}
        self.closures: dict[str, tuple[list[str], list[str]]] = {}
        self._seen = {path: stamp for one in self.each.values() for path, stamp in one.stamps.items()}

    def unchanged(self) -> bool:
        """Whether the files are still those that were hashed, so that what runs is what the hashes stand for."""
        try:
            now = {path: stamp for folder in self.packages.values() for path, stamp in _stamps(folder).items()}
            return now == self._seen
        except OSError:
            return False

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all sources, of all libraries and of the machine: the whole of what a run depends on."""
        return _digest([*self._code, *machine().items()])

    @cached_property
    def of_code(self) -> str:
        """The same without the machine: what two machines need in common to do the same work."""
        return _digest(self._code)

    @property
    def _code(self) -> list[tuple[str, str]]:
        every = sorted({d for names in DISTRIBUTIONS.values() for d in names})
        return [*sorted(self.hashes.items()), *versions(every).items()]

    def path_of(self, module: str) -> str:
        """The path of a module from where its package is, for people; the name itself for a module that is gone."""
        found = self.files.get(module)
        package = next((p for p in self.packages if module == p or module.startswith(p + ".")), None)
        if found is None or package is None:
            return module
        return "/".join((*package.split("."), *found.relative_to(self.packages[package]).parts))

    # ------------------------------------------------------------ imports

    def imports(self, module: str) -> tuple[tuple[Import, ...], frozenset[str]]:
        """The modules of the project that a module imports, and the top-level names of libraries."""
        if module not in self._imports:
            self._imports[module] = self._read(module)
        return self._imports[module]

    @cached_property
    def _imports(self) -> dict[str, tuple[tuple[Import, ...], frozenset[str]]]:
        return {}

    def _read(self, module: str) -> tuple[tuple[Import, ...], frozenset[str]]:
        path = self.files[module]
        if path.suffix != ".py":
            return (), frozenset()
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        own: list[Import] = []
        libraries: set[str] = set()
        text = path.read_bytes()
        for one in imports_in(text):
            target, names = one.absolute(package), one.names
            top = target.split(".")[0]
            if any(name in self.files for name in (target, *(f"{target}.{name}" for name in names))):
                own += self._resolve(target, names)
            elif top not in sys.stdlib_module_names and top not in {p.split(".")[0] for p in self.packages}:
                libraries.add(top)
        own += [Import(name, frozenset()) for name, file in self._data if file in text]
        return tuple(own), frozenset(libraries)

    @cached_property
    def _data(self) -> list[tuple[str, bytes]]:
        """The files that are no modules, by the names that a module reads them by."""
        return [(name, file.name.encode()) for name, file in self.files.items() if file.suffix != ".py"]

    def _resolve(self, target: str, names: tuple[str, ...]) -> Iterator[Import]:
        """``from package import name`` is an import of the module of that name, if there is one."""
        for package in _with_packages(target)[:-1]:
            yield Import(package, frozenset())
        inside = [name for name in names if f"{target}.{name}" in self.files]
        rest = frozenset(names) - set(inside)
        if target in self.files:
            yield Import(target, rest)
            if rest:
                yield from self._lazy(target)
        for name in inside:
            yield Import(f"{target}.{name}", frozenset())

    def _lazy(self, package: str) -> Iterator[Import]:
        """A package that loads its contents by name, on demand, may load every module that it names."""
        path = self.files[package]
        if path.name == "__init__.py" and b"import_module" in path.read_bytes():
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Constant) and node.value in self.files:
                    yield Import(str(node.value), frozenset())

    # ------------------------------------------------------------ what a route runs

    def code(self, start: Iterable[str], values: ByValue) -> Code:
        """Everything that some modules import, directly or not, inside functions too, but for what counts by value."""
        modules = list(start)
        asked = json.dumps([modules, values.text()])
        if asked not in self.closures:
            self.closures[asked] = self._closure(modules, values)
        names, libraries = self.closures[asked]
        needed = sorted({d for name in libraries for d in DISTRIBUTIONS.get(name, (name,))})
        found = {name: self.hashes[name] for name in names}
        return Code(found, versions(needed), machine() if FLOATING & {*libraries} else {})

    def _closure(self, start: Iterable[str], values: ByValue) -> tuple[list[str], list[str]]:
        """The modules of ``code``, and the top-level names of the libraries that they import."""
        modules: set[str] = set()
        libraries: set[str] = set()
        todo = [one for module in start for one in _with_packages(module)]
        while todo:
            module = todo.pop()
            if module in modules or module not in self.files:
                continue
            modules.add(module)
            own, outside = self.imports(module)
            libraries |= outside
            covered = values.names.get(module, {})
            for one in own:
                known = covered.get(one.module, frozenset())
                # The import of a package on the way to a module takes nothing from it.
                passing = not one.names and any(o.module.startswith(one.module + ".") for o in own)
                if not (
                    values.is_content(one.module) and (passing or (one.names and one.names <= known) or "*" in known)
                ):
                    todo.append(one.module)
        return sorted(modules), sorted(libraries)


def _hashed(package: str, folder: Path) -> Hashed:
    """A package as it is now."""
    files, hashes, stamps = dict[str, Path](), dict[str, str](), _stamps(folder)
    inside = str(folder) + os.sep
    for text in stamps:
        name, suffix = os.path.splitext(text.removeprefix(inside))
        name = package if text == str(folder) else f"{package}.{name.replace(os.sep, '.')}"
        name = name.removesuffix(".__init__")
        name += "" if suffix == ".py" else suffix
        files[name] = Path(text)
        with open(text, "rb") as file:
            hashes[name] = hashlib.sha256(file.read()).hexdigest()
    return Hashed(files, hashes, stamps)


def _digest(parts: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256("\n".join(f"{name} {value}" for name, value in parts).encode()).hexdigest()


def _with_packages(module: str) -> list[str]:
    """A module after the packages that it is in, which run first."""
    parts = module.split(".")
    return [".".join(parts[:i]) for i in range(1, len(parts) + 1)]


def _stamps(folder: Path) -> dict[str, tuple[int, ...]]:
    """The sources below a folder and how they are now; asked before anything is kept, so that it has to be quick."""
    found: dict[str, tuple[int, ...]] = {}
    todo = [str(folder)]
    if folder.is_file():
        return {todo[0]: _stamp(os.stat(folder))}
    while todo:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(entry.path)
                elif entry.name.endswith(SUFFIXES) and entry.is_file():
                    found[entry.path] = _stamp(entry.stat())
    return dict(sorted(found.items()))


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_mtime_ns, found.st_size, found.st_ino)


# ---------------------------------------------------------------- what is not in files of the project


@cache
def sources(package: str = "") -> Sources:
    """The sources of this package, and of a theory's, as they were when this was first asked."""
    found = {"verify": Path(__file__).resolve().parent.parent}
    if package:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin).resolve()
            found[package] = origin.parent if spec.submodule_search_locations else origin
    return Sources(found, sources("") if package else None)


def versions(distributions: Iterable[str]) -> dict[str, str]:
    """Version by library, and that of Python."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return {"Python": python, **{name: version(name) for name in distributions}}


@cache
def machine() -> Mapping[str, str]:
    """What floating point may depend on: the system, the kind of processor and what it can do."""
    found = {"system": sys.platform, "machine": os.uname().machine, "processor": ""}
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n\n")[0].splitlines()
    except OSError:
        return found
    kept = sorted({line for line in lines if line.split(":")[0].strip() in ("model name", "flags", "Features")})
    names = [line.partition(":")[2].strip() for line in kept if line.startswith("model name")]
    digest = hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]
    return {**found, "processor": f"{' '.join(names)} {digest}".strip()}
