"""The pytest plugin: claims as test items, and a user's own function tested against a named expression.

``pytest --claims theory --claims my/claims.py --claims other.py::mean.*`` collects one item a claim: of the theory in
force (or of one that is named), of a file, of some of a file. A path on the command line is relative to the working
directory, one in the ini file to the folder of that file. Everything heavy is imported only when ``--claims`` is given
or the fixture is used.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # only where claims are collected, so that a plain test run loads nothing
    from verify.claims.claim import Claim
    from verify.claims.loading import Loaded
    from verify.claims.theory import Theory

THEORY = "theory"
_LOADED = pytest.StashKey["Loaded"]()


class ClaimFailed(Exception):
    """A claim did not come out as it should; the message holds the witness or the reason why it is open."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("claims", "claims of a theory as tests")
    group.addoption(
        "--claims",
        action="append",
        default=[],
        metavar="PATH",
        help="Collect the claims of a Python file (FILE.py, FILE.py::ID), or of a theory (its name, or 'theory').",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Resolved once: workers of pytest-xdist are handed the options, and may run in another folder.
    config.option.claims = [_resolved(name, config) if ".py" in name else name for name in config.option.claims]
    for name in config.option.claims:
        path = str(_file_of(name))
        if path not in config.args:
            config.args.append(path)


def _resolved(name: str, config: pytest.Config) -> str:
    """The file, and the claims in it, that are meant on the command line or in the ini file."""
    given = [str(x) for x in config.invocation_params.args]
    typed = f"--claims={name}" in given or ("--claims", name) in itertools.pairwise(given)
    ini = config.rootpath if config.inipath is None else config.inipath.parent
    file, separator, inside = name.partition("::")
    path = ((config.invocation_params.dir if typed else ini) / file).resolve()
    if not path.is_file():
        raise pytest.UsageError(f"--claims {name}: there is no such file: {path}")
    return f"{path}{separator}{inside}"


def _theory(name: str) -> Theory:
    from verify.claims import theories
    from verify.runtime.errors import BadInput

    try:
        return theories.current() if name == THEORY else theories.named(name)
    except BadInput as error:
        raise pytest.UsageError(f"--claims {name}: {error}") from error


def _file_of(name: str) -> Path:
    """The file that items are listed under: that of the claims, or one of the theory's."""
    if ".py" in name:
        return Path(name.partition("::")[0])
    folder = _theory(name).folder
    if folder is None:
        raise pytest.UsageError(f"--claims {name}: this theory has no folder of claims to list them under")
    return next((f for f in (folder / "__init__.py", *sorted(folder.glob("*.py"))) if f.is_file()), folder)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path in {_file_of(name) for name in parent.config.option.claims}:
        return ClaimsFile.from_parent(parent, path=file_path)
    return None


class ClaimsFile(pytest.File):
    """The claims of one file, or of a theory."""

    def collect(self) -> Iterator[pytest.Item]:
        from verify.claims.citing import table_of
        from verify.claims.patterns import matching
        from verify.runtime.errors import BadInput

        found = _loaded(self.config)
        if self.path in found.errors:
            raise self.CollectError(str(found.errors[self.path]))
        own = {name: found.claims[name] for name, file in found.files.items() if file == self.path}
        items: dict[str, dict[str, Claim]] = {}
        for option in self.config.option.claims:
            if _file_of(option) != self.path:
                continue
            if ".py" not in option:
                theory = _theory(option)
                table = {**table_of(theory), **found.table}
                items |= {name: table for name in theory.catalogue}
                continue
            pattern = option.partition("::")[2]
            try:
                chosen, table = matching(pattern, own) if pattern else own, found.table
                items |= {name: table for name in chosen}
            except BadInput as error:
                raise self.CollectError(str(error)) from error
        for name, table in items.items():
            yield ClaimItem.from_parent(self, name=name, table=table)


def _loaded(config: pytest.Config) -> Loaded:
    """The claims of all files at once: they may cite each other."""
    from verify.claims.loading import load_files

    if _LOADED not in config.stash:
        paths = [name.partition("::")[0] for name in config.option.claims if ".py" in name]
        config.stash[_LOADED] = load_files(list(dict.fromkeys(paths)))
    return config.stash[_LOADED]


class ClaimItem(pytest.Item):
    """One claim, checked together with everything it rests on."""

    def __init__(self, *, table: dict[str, Claim], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.table = table

    def runtest(self) -> None:
        from verify.claims.selection import file_name
        from verify.evidence.run import check
        from verify.reports.terminal import evidence_text, failure_text
        from verify.typesetting.plain_text import domain_lines, statement_text

        (result,) = check([self.name], table=self.table)
        if result.as_expected is True:
            return
        claim = self.table[self.name]
        if result.as_expected is False:
            files = _loaded(self.config).files
            what = failure_text(result, {name: file_name(file) for name, file in files.items()})
        else:
            what = f"{result.id} ({result.title}) is {result.verdict.key}: {evidence_text(result)}"
        raise ClaimFailed(
            "\n".join([what, f"  states: {statement_text(claim)}", f"  for {'; '.join(domain_lines(claim))}"])
        )

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, ClaimFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"claim {self.name}"


@pytest.fixture
def agrees_with_expression() -> Callable[..., None]:
    """A function ``(f, name, rtol=1e-9, examples=100)`` that tests f against a named expression at random points."""
    from verify.testing.agreement import assert_agrees

    return assert_agrees
