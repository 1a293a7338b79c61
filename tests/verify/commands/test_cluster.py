"""Long work on a dask cluster: the same bytes as here, also when a worker is killed, and none from other code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cluster import cluster
from verify.cache import elsewhere
from verify.cache.sources import Sources
from verify.claims.selection import select
from verify.evidence.results import ClaimResult
from verify.evidence.run import check
from verify.regression import run
from verify.runtime.engine import HERE, Engine
from verify.runtime.errors import BadInput, present

ROOT = Path(__file__).parents[3]
CLAIMS = """
import sympy as sp

from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)


def claims():
    domain = Domain((positive(x), positive(y)))
    yield Claim("my.means", "Means", Inequality(4 * x * y, "<=", (x + y) ** 2), domain)
    yield Claim("my.more", "More", Inequality(x, "<", x + y), domain)
    yield Claim("my.wrong", "Wrong", Inequality(x, "<", y), domain, expected=False)
"""
PAPER = r"""
% verify: derive
\begin{align} (x+y)^2 &= x^2 + 2xy + y^2 \\ &\ge 4xy \\ &\ge 5xy \end{align}
"""


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    with cluster(tmp_path_factory.mktemp("cluster"), ROOT) as found:
        yield found


def verify(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "verify", *args], cwd=folder, capture_output=True, text=True, timeout=600
    )


def without_times(text: str) -> Any:
    """What a report says, but for how long it took."""

    def walk(x: Any) -> Any:
        if isinstance(x, dict):
            return {k: walk(v) for k, v in x.items() if k != "seconds"}
        return [walk(v) for v in x] if isinstance(x, list) else x

    return walk(json.loads(text))


@pytest.mark.parametrize("command", ["check", "mutate", "hypotheses"])
def test_claims_of_a_file(workers, tmp_path, command):
    (tmp_path / "claims.py").write_text(CLAIMS)
    here = verify(command, "claims.py", "--json", "-", "--workers", "1", folder=tmp_path)
    there = verify(
        command, "claims.py", "--json", "-", "--executor", "dask", "--scheduler", workers[0], folder=tmp_path
    )
    assert there.returncode == here.returncode, there.stderr
    assert without_times(there.stdout) == without_times(here.stdout)
    assert "my.means" in here.stdout


def test_a_paper(workers, tmp_path):
    (tmp_path / "paper.tex").write_text(PAPER)
    here = verify("paper", "paper.tex", "--json", "--no-cache", "--workers", "1", folder=tmp_path)
    there = verify(
        "paper", "paper.tex", "--json", "--no-cache", "--executor", "dask", "--scheduler", workers[0], folder=tmp_path
    )
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
    assert json.loads(here.stdout)["summary"]


def test_statements_of_a_file(workers, tmp_path):
    (tmp_path / "statements.txt").write_text("x^2 >= 0\nx > 1 ; x > 0\n||u + v|| <= ||u|| + ||v|| ; u, v vectors\n")
    command = ("prove", "--file", "statements.txt", "--json", "--no-cache")
    here = verify(*command, "--workers", "1", folder=tmp_path)
    there = verify(*command, "--executor", "dask", "--scheduler", workers[0], folder=tmp_path)
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
    assert [json.loads(line)["verdict"] for line in here.stdout.splitlines()] == ["proved", "refuted", "proved"]


def test_claims_of_the_theory_while_a_worker_is_killed(tmp_path, monkeypatch):
    chosen = select(["T2.domain", "M1", "A1.isotropic"])
    expected = check(chosen.ids, table=chosen.table)
    recipe = elsewhere.recipe((), chosen.theory)
    killed: list[str] = []
    with cluster(tmp_path, ROOT) as (address, processes):

        def progress(name: str) -> None:
            if not killed:
                processes[0].kill()
            killed.append(name)

        engine = Engine(scheduler=address, recipe=recipe)
        found = check(chosen.ids, table=chosen.table, engine=engine, progress=progress)
        assert processes[0].wait(timeout=60) != 0 and processes[1].poll() is None
    assert list(map(untimed, found)) == list(map(untimed, expected))


def untimed(result: ClaimResult) -> ClaimResult:
    return replace(result, evidence=tuple(replace(e, seconds=0.0) for e in result.evidence))


def test_a_worker_with_other_code_refuses(workers, tmp_path):
    (tmp_path / "claims.py").write_text(CLAIMS)
    chosen = select([str(tmp_path / "claims.py")])
    recipe = elsewhere.recipe([tmp_path / "claims.py"], None)
    on_cluster = Engine(scheduler=workers[0], recipe=recipe)
    other = replace(on_cluster, recipe=replace(recipe, arguments=(*recipe.arguments[:-1], "another state")))
    claims = chosen.claims[:1]
    with pytest.raises(BadInput, match="has other code or other libraries"):
        run.judged(claims, "mutate", chosen.table, other)
    assert run.judged(claims, "mutate", chosen.table, on_cluster) == run.judged(claims, "mutate", chosen.table, HERE)


def test_a_file_that_was_changed_meanwhile_is_refused(workers, tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(CLAIMS)
    chosen = select([str(file)])
    engine = Engine(scheduler=workers[0], recipe=elsewhere.recipe([file], None))
    file.write_text(CLAIMS.replace("4 * x", "3 * x"))
    with pytest.raises(BadInput, match="has other code or other libraries"):
        run.judged(chosen.claims[:1], "mutate", chosen.table, engine)


def test_another_state_of_a_theory_that_is_cited_is_another_state(monkeypatch):
    chosen = select(["T2.domain"])
    before = elsewhere.recipe((), chosen.theory)
    assert elsewhere.recipe((), chosen.theory) == before
    (other,) = elsewhere.cited(present(chosen.theory))
    changed = Sources(other.packages)
    changed.hashes[next(iter(changed.hashes))] = "another"
    monkeypatch.setattr(elsewhere, "cited", lambda _: [changed])
    assert elsewhere.recipe((), chosen.theory) != before


def test_a_file_that_a_worker_does_not_see(workers, tmp_path):
    (tmp_path / "gone.py").write_text(CLAIMS)
    recipe = elsewhere.recipe([tmp_path / "gone.py"], None)
    (tmp_path / "gone.py").unlink()
    with pytest.raises(BadInput, match=r"gone.py can't be read"):
        Engine(scheduler=workers[0], recipe=recipe).answers(_nothing, [(), ()])


def _nothing(share: object) -> None:
    pass
