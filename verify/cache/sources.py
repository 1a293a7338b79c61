"""The code that evidence depends on: hashes of modules, what each imports, versions of libraries, the machine.

Standard library only, and imports are read from the syntax tree, so that nothing has to be loaded to know its hash.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path

PACKAGES = ("theory", "verify")
SUFFIXES = (".py", ".lark")
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
# Only a notebook calls these methods, so what they import is no part of any evidence.
DISPLAY = "_repr_latex_"

# A module of ``theory`` that produces formulas. They count by what they produced, through the claim and through what
# each route says that it reads; the source of the other modules counts as code.
CONTENT = ("theory.maml_erm.claims", "theory.maml_erm.formulas")
VOCABULARY = frozenset({"theory.maml_erm.formulas.symbols", "theory.maml_erm.formulas.letters"})


def is_content(module: str) -> bool:
    return module.startswith(CONTENT) and module not in VOCABULARY


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


class Sources:
    """The files of the project as they are when this is made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, Path] = {}
        self._stamps: dict[Path, tuple[int, ...]] = {}
        self.hashes: dict[str, str] = {}
        for path in _files(root):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            name += "" if path.suffix == ".py" else path.suffix
            self.files[name] = path
            self._stamps[path] = _stamp(path)
            self.hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()

    def unchanged(self) -> bool:
        """Whether the files are still those that were hashed, so that what runs is what the hashes stand for."""
        try:
            return {path: _stamp(path) for path in _files(self.root)} == self._stamps
        except OSError:
            return False

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all sources, of all libraries and of the machine: the whole of what a run depends on."""
        every = sorted({d for names in DISTRIBUTIONS.values() for d in names})
        parts = [*sorted(self.hashes.items()), *versions(every).items(), *machine().items()]
        return hashlib.sha256("\n".join(f"{name} {value}" for name, value in parts).encode()).hexdigest()

    def path_of(self, module: str) -> str:
        """The path of a module from the root, for people; the name itself for a module that is gone."""
        found = self.files.get(module)
        return module if found is None else str(found.relative_to(self.root))

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
        for node in _statements(ast.parse(path.read_bytes())):
            for target, names in _targets(node, package):
                top = target.split(".")[0]
                if top in PACKAGES:
                    own += self._resolve(target, names)
                elif top not in sys.stdlib_module_names:
                    libraries.add(top)
        text = path.read_bytes()
        data = [name for name, file in self.files.items() if file.suffix != ".py" and file.name.encode() in text]
        own += [Import(name, frozenset()) for name in data]
        return tuple(own), frozenset(libraries)

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

    def code(self, start: Iterable[str], by_value: Mapping[str, Mapping[str, frozenset[str]]]) -> Code:
        """Everything that some modules import, directly or not, inside functions too.

        ``by_value`` lists, by importing module and imported one, the names of formulas that a key has the values of.
        A module of formulas that is imported in any other way counts by its source.
        """
        modules: dict[str, str] = {}
        libraries: set[str] = set()
        todo = [one for module in start for one in _with_packages(module)]
        while todo:
            module = todo.pop()
            if module in modules or module not in self.files:
                continue
            modules[module] = self.hashes[module]
            own, outside = self.imports(module)
            libraries |= outside
            covered = by_value.get(module, {})
            for one in own:
                known = covered.get(one.module, frozenset())
                # The import of a package on the way to a module takes nothing from it.
                passing = not one.names and any(o.module.startswith(one.module + ".") for o in own)
                if not (is_content(one.module) and (passing or (one.names and one.names <= known) or "*" in known)):
                    todo.append(one.module)
        needed = sorted({d for name in libraries for d in DISTRIBUTIONS.get(name, (name,))})
        return Code(dict(sorted(modules.items())), versions(needed), machine() if libraries & FLOATING else {})


def _with_packages(module: str) -> list[str]:
    """A module after the packages that it is in, which run first."""
    parts = module.split(".")
    return [".".join(parts[:i]) for i in range(1, len(parts) + 1)]


def _files(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted(p for p in (root / package).rglob("*") if p.suffix in SUFFIXES and p.is_file())


def _stamp(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those inside methods for display."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.FunctionDef) and node.name == DISPLAY):
            yield node
            yield from _statements(node)


def _targets(node: ast.AST, package: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name, ()
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parents = package.split(".")
            base = ".".join([*parents[: len(parents) - node.level + 1], *([base] if base else [])])
        yield base, tuple(alias.name for alias in node.names)


# ---------------------------------------------------------------- what is not in files of the project


@cache
def sources() -> Sources:
    """The sources of the package that runs, as they were when this was first asked."""
    return Sources(Path(__file__).resolve().parent.parent.parent)


@cache
def version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "absent"


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
