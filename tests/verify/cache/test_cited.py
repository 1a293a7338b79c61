"""What is kept of a theory depends on the theories that it uses: on their claims, and on their code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sympy as sp

from verify import Claim, Domain, Inequality, Theory, Verdict, check, positive
from verify.cache.cited import cited
from verify.cache.keys import key_of
from verify.cache.session import Session
from verify.cache.sources import sources
from verify.cache.store import Store
from verify.claims import theories
from verify.claims.citing import as_cited, table_of

x = sp.Symbol("x", real=True)
DOMAIN = Domain((positive(x),))
MINE = Claim("mine", "t", Inequality(x + 1, ">", 1), DOMAIN, rests_on=("base:one",))
PACKAGE = """
from pathlib import Path

import sympy as sp

from verify import Claim, Domain, Inequality, Theory, positive

x = sp.Symbol("x", real=True)
ONE = Claim("one", "t", Inequality(x, ">", {bound}), Domain((positive(x),)), rests_on={rests_on})
HERE = Path(__file__).parent
THEORY = Theory(name="{name}", claims=lambda: [ONE], uses={uses}, package="{name}", self_contained=True, folder=HERE)
"""


def top(bound: int) -> Theory:
    one = Claim("one", "t", Inequality(x, ">", bound), DOMAIN)
    return Theory(name="top", claims=lambda: [MINE], uses=(Theory(name="base", claims=lambda: [one]),))


def test_a_proof_depends_on_what_is_cited_of_another_theory() -> None:
    keys = [key_of(table_of(top(bound))["mine"], "proof", table_of(top(bound))).hash for bound in (0, -1, 0)]
    assert keys[0] != keys[1] and keys[0] == keys[2]
    other = [key_of(table_of(top(bound))["mine"], "units", table_of(top(bound))).hash for bound in (0, -1)]
    assert other[0] == other[1], "and nothing else does"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two packages: the theory cite_top uses cite_base."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name, uses, rests_on in (
        ("cite_base", "()", "()"),
        ("cite_top", '("cite_base:THEORY",)', '("cite_base:one",)'),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(PACKAGE.format(name=name, bound=0, uses=uses, rests_on=rests_on))
    with theories.using("cite_top:THEORY"):
        yield tmp_path
    theories.named.cache_clear()
    sources.cache_clear()
    for name in ("cite_base", "cite_top"):
        sys.modules.pop(name, None)


def test_an_unchanged_tree_is_recalled_with_what_it_cites(two: Path) -> None:
    def session() -> Session:
        return Session(Store(two / ".verify"), package=theories.package())

    first = session()
    assert first.may_recall() and first.recall([]) is None
    (found,) = check(session=first)
    assert found.verdict is Verdict.PROVED and found.rests_on == {"cite_base:one": Verdict.PROVED}
    assert [(r.id, r.verdict, r.rests_on) for r in session().recall([]) or []] == [
        ("one", found.verdict, found.rests_on)
    ]
    # The cited theory is edited: nothing is recalled, for the two results may be other ones now.
    mark = session().mark
    file = two / "cite_base" / "__init__.py"
    file.write_text(file.read_text().replace('">", 0', '">", 1'))
    assert not session().cited[0].unchanged()
    sources.cache_clear()
    assert session().mark != mark and session().recall([]) is None


def test_what_is_not_self_contained_is_not_recalled(two: Path) -> None:
    """The control is above."""
    file = two / "cite_base" / "__init__.py"
    file.write_text(file.read_text().replace("self_contained=True", "self_contained=False"))
    session = Session(Store(two / ".verify"), package=theories.package())
    assert not session.may_recall()


def test_what_a_route_reads_for_a_cited_claim_is_what_it_reads_at_home() -> None:
    """By the id that the theory of the route knows: that of another claim that is cited would read nothing."""
    maml = theories.named("maml-erm")
    mine = Claim("mine", "t", Inequality(x + 1, ">", 1), DOMAIN, states_with=("maml-erm:T3.samples",))
    table = table_of(Theory(name="over", claims=lambda: [mine], uses=(maml,)))
    abroad = key_of(table["maml-erm:T3.samples"], "cubature", table).parts["formulas"]
    home = key_of(maml.catalogue["T3.samples"], "cubature", maml.catalogue).parts["formulas"]
    other = key_of(maml.catalogue["T3.root"], "cubature", maml.catalogue).parts["formulas"]
    assert abroad == home and home["samples for given odds"] != other["samples for given odds"]


def test_the_sources_of_the_second_theory_are_among_those_of_the_first() -> None:
    maml, descent = theories.named("maml-erm"), theories.named("descent")
    assert [set(s.packages) for s in cited(maml)] == [{"verify", "theory.descent"}] and cited(descent) == []
    assert as_cited(descent, "GD.step").setting is descent
