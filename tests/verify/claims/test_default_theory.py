"""Which theory is meant where several are installed: a package's default, else an error that says how to name one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from verify.claims import theories
from verify.runtime.errors import BadInput
from verify.runtime.installed import EntryPoint

Entries = dict[str, list[tuple[str, str]]]  # by group, names with their packages


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[Entries], None]]:
    """A function that makes these the entry points; in a folder that names no theory."""
    monkeypatch.chdir(tmp_path)

    def install(entries: Entries) -> None:
        def found(group: str) -> list[EntryPoint]:
            return [EntryPoint(name, f"{name}:THEORY", package) for name, package in entries.get(group, [])]

        monkeypatch.setattr(theories, "entry_points", found)
        forget()

    yield install
    forget()


def forget() -> None:
    """What was found out about the packages that are really installed."""
    theories._installed.cache_clear()
    theories._defaults.cache_clear()


def test_of_a_package_with_several_the_one_that_it_names_is_meant(installed: Callable[[Entries], None]) -> None:
    both = [("descent", "ours"), ("maml-erm", "ours")]
    installed({theories.GROUP: both, theories.DEFAULTS: [("maml-erm", "ours")]})
    assert theories._only_one() == "maml-erm" and theories.package() == "maml-erm"
    installed({theories.GROUP: both})
    with pytest.raises(BadInput) as refused:
        theories._only_one()
    assert "several theories are installed: descent, maml-erm" in str(refused.value)
    assert "--theory" in refused.value.hint


def test_a_default_counts_for_its_own_package_only(installed: Callable[[Entries], None]) -> None:
    """With somebody else's theory beside, it is not clear which is meant, as before."""
    three = [("descent", "ours"), ("maml-erm", "ours"), ("other", "theirs")]
    installed({theories.GROUP: three, theories.DEFAULTS: [("maml-erm", "ours")]})
    with pytest.raises(BadInput) as refused:
        theories._only_one()
    assert "descent, maml-erm, other" in str(refused.value)
    installed({theories.GROUP: [("other", "theirs")], theories.DEFAULTS: [("maml-erm", "ours")]})
    assert theories._only_one() == "other"


def test_a_project_names_its_own(installed: Callable[[Entries], None], tmp_path: Path) -> None:
    installed({theories.GROUP: [("descent", "ours"), ("maml-erm", "ours")]})
    (tmp_path / "pyproject.toml").write_text('[tool.verify]\ntheory = "descent"\n')
    assert theories.configured() == "descent" and theories.package() == "descent"
