"""The pytest plugin: claims as test items, and a user's own function tested against a named expression.

``pytest --claims theory --claims my/claims.py`` collects one item a claim. A path on the command line is relative to
the working directory, one in the ini file to the folder of that file. Everything heavy is imported only when
``--claims`` is given or the fixture is used.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

THEORY = "theory"
_LOADED = pytest.StashKey[Any]()


class ClaimFailed(Exception):
    """A claim did not come out as it should; the message holds the witness or the reason why it is open."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("claims", "claims of a theory as tests")
    group.addoption(
        "--claims",
        action="append",
        default=[],
        metavar="PATH",
        help="Collect the claims of a Python file that defines claims(), or of the package's own 'theory'.",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Resolved once: workers of pytest-xdist are handed the options, and may run in another folder.
    config.option.claims = [name if name == THEORY else str(_resolved(name, config)) for name in config.option.claims]
    for name in config.option.claims:
        path = str(_file_of(name))
        if path not in config.args:
            config.args.append(path)


def _resolved(name: str, config: pytest.Config) -> Path:
    """The file that is meant by a path on the command line, or by one in the ini file."""
    given = [str(x) for x in config.invocation_params.args]
    typed = f"--claims={name}" in given or ("--claims", name) in itertools.pairwise(given)
    ini = config.rootpath if config.inipath is None else config.inipath.parent
    path = ((config.invocation_params.dir if typed else ini) / name).resolve()
    if not path.is_file():
        raise pytest.UsageError(f"--claims {name}: there is no such file: {path}")
    return path


def _file_of(name: str) -> Path:
    if name == THEORY:
        import theory.maml_erm.claims

        return Path(str(theory.maml_erm.claims.__file__))
    return Path(name)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path in {_file_of(name) for name in parent.config.option.claims}:
        return ClaimsFile.from_parent(parent, path=file_path)
    return None


class ClaimsFile(pytest.File):
    """The claims of one file."""

    def collect(self) -> Iterator[pytest.Item]:
        from verify.evidence.run import catalogue

        found = _loaded(self.config)
        if self.path in found.errors:
            raise self.CollectError(str(found.errors[self.path]))
        table = {**catalogue(), **found.claims}
        own = [name for name, file in found.files.items() if file == self.path]
        for name in catalogue() if self.path == _file_of(THEORY) else own:
            yield ClaimItem.from_parent(self, name=name, table=table)


def _loaded(config: pytest.Config) -> Any:
    """The claims of all files at once: they may cite each other."""
    from verify.claims.loading import load_files
    from verify.evidence.run import catalogue

    if _LOADED not in config.stash:
        paths = [name for name in config.option.claims if name != THEORY]
        config.stash[_LOADED] = load_files(paths, set(catalogue()))
    return config.stash[_LOADED]


class ClaimItem(pytest.Item):
    """One claim, checked together with everything it rests on."""

    def __init__(self, *, table: dict[str, Any], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.table = table

    def runtest(self) -> None:
        from verify.evidence.run import check
        from verify.reports.terminal import evidence_text, failure_text
        from verify.reports.text import domain_lines, statement_text

        (result,) = check([self.name], table=self.table)
        if result.as_expected is True:
            return
        claim = self.table[self.name]
        if result.as_expected is False:
            what = failure_text(result)
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
