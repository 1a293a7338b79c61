"""Running a Python file that a user names, as its text is now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import CodeType, ModuleType

from verify.runtime.errors import BadInput


class _AsWritten(SourceFileLoader):
    """Compiles the text each time.

    Compiled code that was kept stands for a file by its time in whole seconds and its size, so that two texts of one
    length within a second would be taken for each other: a statement would be proved that the file no longer makes.
    """

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def module_of(path: Path, shown: str, role: str, hint: str) -> ModuleType:
    """The module that a file makes, not yet run; ``role`` is what its name says it is for.

    Raises ``BadInput`` with ``hint`` where there is no Python file. Run it with ``run``.
    """
    if not path.is_file():
        raise BadInput(f"there is no file {shown}", hint)
    if path.suffix != ".py":
        raise BadInput(f"{shown} is not a Python file", hint)
    name = f"{role}_of_{path.stem}"
    spec = ModuleSpec(name, _AsWritten(name, str(path)), origin=str(path))
    spec.has_location = True
    return module_from_spec(spec)


def run(module: ModuleType) -> None:
    """Run the file of such a module; whatever it raises is the caller's to tell."""
    with nothing_kept():
        _AsWritten(module.__name__, str(module.__file__)).exec_module(module)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """What is imported meanwhile leaves no compiled code behind, which could stand for a later text of the module."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before
