"""The pytest plugin: claims as test items, and a user's own function tested against a named expression.

``pytest --claims theory --claims my/claims.py`` collects one item a claim. Everything heavy is imported only when
``--claims`` is given or the fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

THEORY = "theory"


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
    for name in config.getoption("--claims"):
        path = str(_file_of(name))
        if path not in config.args:
            config.args.append(path)


def _file_of(name: str) -> Path:
    if name == THEORY:
        import theory.claims

        return Path(str(theory.claims.__file__))
    path = Path(name).resolve()
    if not path.is_file():
        raise pytest.UsageError(f"--claims {name}: there is no such file")
    return path


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path in {_file_of(name) for name in parent.config.getoption("--claims")}:
        return ClaimsFile.from_parent(parent, path=file_path)
    return None


class ClaimsFile(pytest.File):
    """The claims of one file."""

    def collect(self) -> Iterator[pytest.Item]:
        from verify.errors import BadInput
        from verify.modules import load_claims
        from verify.runner import catalogue

        table = dict(catalogue())
        try:
            own = table if self.path == _file_of(THEORY) else load_claims(str(self.path), set(table))
        except BadInput as error:
            raise self.CollectError(str(error)) from error
        table |= own
        for name in own:
            yield ClaimItem.from_parent(self, name=name, table=table)


class ClaimItem(pytest.Item):
    """One claim, checked together with everything it rests on."""

    def __init__(self, *, table: dict[str, Any], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.table = table

    def runtest(self) -> None:
        from verify.report.terminal import evidence_text, failure_text
        from verify.report.text import domain_lines, statement_text
        from verify.runner import check

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
    from verify.testing import assert_agrees

    return assert_agrees
