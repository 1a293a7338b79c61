"""Counted work: shares, brakes, and verdicts that no clock, load or hash decides."""

import ast
import json
import os
import subprocess
import sys
from functools import cache
from math import inf
from pathlib import Path

import pytest

import verify
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import prove
from verify.prover.api import certified
from verify.prover.border import Statement
from verify.prover.counted_checker import CountedChecker
from verify.prover.search import Search
from verify.runtime import budget
from verify.runtime.budget import SECOND, Braked, Budget, Spent, spend
from verify.runtime.defects import STRICT, Defect

# ---------------------------------------------------------------- budgets


def test_a_share_gives_up_only_what_stands_inside():
    total = Budget(1000)
    done = []
    with total.share(0.5):
        with total.share(0.5):
            total.spend(251)
            done.append("inner")
        total.spend(100)
        done.append("outer")
    assert done == ["outer"] and total.cut == 1 and total.left == 1000 - 350
    with pytest.raises(Spent), total.share(1):
        total.spend(1000)


def test_what_is_refused_costs_what_was_left_of_its_share():
    """One piece of work that is far too large must not take what other parts may spend."""
    total = Budget(1000)
    with total.share(0.1):
        total.spend(10**9)
        pytest.fail("it was done")
    assert total.cut == 1 and total.left == 900
    with total.running(), budget.share(0.5):
        spend(10**9)
        pytest.fail("it was done")
    assert total.left == 450
    with pytest.raises(Spent):
        total.spend(10**9)
    assert total.left == 0
    with budget.share(0.5):  # nobody counts
        spend(10**9)


def test_a_glance_ends_early_and_divides_as_all_of_the_work_would():
    total = Budget(1000)
    seen = []
    with total.glance(0.1):
        seen.append(total.left)
        with total.share(0.5):
            seen.append(total.left)
            total.spend(101)  # less than the share, more than the glance
        seen.append("after the share")
    assert seen == [1000, 500] and total.left == 900
    with total.share(0.1):  # the glance is over: a share gets what it would have
        total.spend(90)
        seen.append("done")
    assert seen[-1] == "done"


def test_a_glance_is_no_way_out_of_what_stands_outside():
    total = Budget(1000)
    with total.share(0.1):
        with total.glance(1):
            total.spend(101)  # more than the share around it
        pytest.fail("the share is used up")
    with total.glance(0.1):
        with total.glance(0.9):
            total.spend(200)  # more than the outer glance
        pytest.fail("the outer glance is used up")
    with total.glance(0.1), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
    assert total.stop == inf and total.limit == 1000


def test_work_is_charged_to_the_budget_in_force():
    spend(10**12)  # nobody counts
    outer, inner = Budget(), Budget(5)
    with outer.running():
        spend(3)
        with pytest.raises(Spent), inner.running():
            spend(6)
        spend(4)
        assert budget.left() == inf
    assert (outer.used, inner.used) == (7, 5)


def test_a_brake_passes_through_every_share():
    stopped = Budget(brake=0)
    with pytest.raises(Braked, match="stopped by the brake of 0 s"), stopped.share(0.1), stopped.share(0.1):
        while True:
            stopped.spend(budget.LOOK)
    assert stopped.braked and stopped.cut == 0


def test_nothing_that_decides_reads_a_clock():
    root = Path(verify.__file__).parent
    files = list(root.rglob("*.py"))
    clocks = {"time", "datetime"}

    def imports(file):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            yield from [*names, node.module or ""] if isinstance(node, ast.ImportFrom) else names

    assert len(files) > 200
    assert {f.relative_to(root).as_posix() for f in files if clocks & set(imports(f))} == {
        "runtime/budget.py",  # the brake
        "runtime/child.py",  # the emergency brake
        "evidence/collect.py",  # the time that a route took, which is only reported
        "runtime/watch.py",  # how often it looks whether a file was saved
        "commands/checking.py",
        "commands/proving.py",
        "commands/progress.py",  # when to say how far it is
        "commands/watching.py",
        "cache/texts.py",  # when a row was made, which prunes the oldest
        "cache/explain.py",
    }


# ---------------------------------------------------------------- the same everywhere

STATEMENTS = [
    ["x^4 + y^4 + 2 >= 4*x*y", []],
    ["a/(b + c) + b/(c + a) + c/(a + b) >= 3/2", ["a > 0, b > 0, c > 0"]],
    ["(a + b + c)*(1/a + 1/b + 1/c) >= 9", ["a > 0, b > 0, c > 0"]],
    ["x*(1 - x) <= 1/4", ["0 <= x <= 1"]],
    ["x^3*y + x*y^3 <= x^4 + y^4", []],
    ["a^2 + b^2 + c^2 >= a*b + b*c + c*a", []],
    ["a*b + b*c + c*a <= 1/3", ["a + b + c == 1"]],
    ["x^2*y^2*(x^2 + y^2 - 3) + 1 >= 0", []],
    ["exp(x) >= 1 + x + x^2/2", ["x >= 0"]],
    ["log(1 + x) <= x - x^2/4", ["0 <= x <= 1"]],
    ["x*log(x) >= x - 1", ["x > 0"]],
    ["exp((a + b)/2) <= (exp(a) + exp(b))/2", []],
    ["sqrt(x*y) <= (x + y)/2", ["x >= 0, y >= 0"]],
    ["sqrt(x^2 + y^2) <= abs(x) + abs(y)", []],
    ["max(x, y) - min(x, y) == abs(x - y)", []],
    ["(1 + x)^n >= 1 + n*x", ["n integer", "n >= 1", "x >= 0"]],
    ["2^n >= n + 1", ["n integer", "n >= 0"]],
    ["n^2 >= 3*n - 2", ["n integer"]],
    ["x > 0 and y > 0 iff x*y > 0 and x + y > 0", []],
    ["1/(1 + x) - 1/(1 + y) == (y - x)/((1 + x)*(1 + y))", ["x > 0, y > 0"]],
    ["(1 - u)^2*v >= 0", ["v >= 0", "u != 1", "w > 3"]],
    ["x^2 != 2", []],
    ["x + 1/x >= 2", ["x != 0"]],
    ["a*d <= b*c", ["a <= b", "d <= c"]],
    ["x^2*y + y^2*z + z^2*x <= 4/27", ["x >= 0, y >= 0, z >= 0", "x + y + z == 1"]],
    ["x*log(x) + y*log(y) >= (x + y)*log((x + y)/2)", ["x > 0, y > 0"]],
]
SCRIPT = """
import json, sys
from verify.language.parser import parse_problem
from verify.prover import EmptyDomain, prove
for statement, assumptions in json.load(sys.stdin):
    found = prove(parse_problem(statement, assumptions), work=600_000)
    print(json.dumps([statement, found.verdict.key, found.certificate, str(found.witness), found.why, found.timed]))
"""


def test_neither_load_nor_hashes_decide():
    """The same answers with other hashes of texts, busy processes beside, and other statements before."""

    def run(seed, statements):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], input=json.dumps(statements), env=surroundings, text=True,
            capture_output=True, check=False, cwd=Path(verify.__file__).parent.parent,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    alone = run("1", STATEMENTS)
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        beside = run("2", STATEMENTS[::-1])
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert alone == beside[::-1]
    verdicts = [json.loads(line)[1] for line in alone]
    assert verdicts.count("proved") >= 18 and verdicts.count("refuted") == 3


# ---------------------------------------------------------------- more assumptions

PROVED = [
    ("(1 - r)^2 <= 1 + r^2", ["0 <= r <= 1"]),
    ("a/b + b/a >= 2", ["a > 0, b > 0"]),
    ("(1 - q/k)^2 >= 1 - 2*q/k", ["q > 0, k > 0"]),
    ("x*y <= (x + y)^2/4", ["x > 0, y > 0"]),
    ("log(1 + x) <= x", ["x > -1"]),
    ("u/(1 + u) < v/(1 + v)", ["0 < u < v"]),
    ("(1 - s/k)^2 >= (1 - s*S - 2*s/k)*(1 + s*S + s^2*v)", ["s > 0, k > 0, v >= 0", "S >= 1 + v"]),
    ("b/p/((1 - a)/(1 - p)) >= 1 iff b*(1 - p) >= p*(1 - a)", ["0 < p < 1", "0 < a < 1"]),
]
UNNEEDED = {
    "another variable": "t^2 <= 2*t",
    "a product": "{0}*{1} <= 3",
    "a bound": "{1} < 7/8",
    "a difference": "{0} != {1} + 5",
}


@cache
def without(goal, assumptions):
    return prove(parse_problem(goal, assumptions), work=4 * SECOND).verdict


@pytest.mark.parametrize("added", UNNEEDED.values(), ids=UNNEEDED)
@pytest.mark.parametrize("goal, assumptions", PROVED, ids=[g for g, _ in PROVED])
def test_a_true_assumption_that_is_not_needed_does_not_lose_a_proof(goal, assumptions, added):
    assert without(goal, tuple(assumptions)) is Verdict.PROVED
    names = sorted(name for name, _ in parse_problem(goal, assumptions).variables)
    more = parse_problem(goal, [*assumptions, added.format(names[0], names[-1])])
    assert prove(more, work=8 * SECOND).verdict is Verdict.PROVED


def test_an_assumption_that_is_needed_is_not_left_out():
    assert prove(parse_problem("x*y >= 0", ["x >= 0", "z > 0"]), work=SECOND).verdict is Verdict.REFUTED


# ---------------------------------------------------------------- defects

EASY = parse_problem("x^2 + y^2 >= 2*x*y", [])


def failing(*args, **fields):
    raise AssertionError("a tactic that fails")


def test_an_internal_error_costs_a_part_of_the_search_and_is_recorded(monkeypatch):
    from verify.prover.tactics import sums_of_squares

    monkeypatch.setattr(sums_of_squares, "prove", failing)
    hard = parse_problem("x^4 + y^4 + 2 >= 4*x*y", [])
    with pytest.raises(Defect, match="a tactic that fails"):
        prove(hard, work=SECOND)
    monkeypatch.delenv(STRICT)
    outcome = prove(hard, work=SECOND)
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert "a part of the search failed: AssertionError: a tactic that fails" in outcome.why
    assert prove(parse_problem("x + 1 > x", []), work=SECOND).verdict is Verdict.PROVED


def test_an_internal_error_of_the_refuter_does_not_lose_a_proof(monkeypatch):
    from verify.prover import api

    monkeypatch.setattr(api, "refute", failing)
    with pytest.raises(Defect):
        prove(EASY, work=SECOND)
    monkeypatch.delenv(STRICT)
    outcome = prove(EASY, work=SECOND)
    assert outcome.verdict is Verdict.PROVED
    assert outcome.why == ("a part of the attempt failed: AssertionError: a tactic that fails",)


def test_a_proof_that_the_checker_refuses_is_a_defect(monkeypatch):
    right = prove(EASY, work=SECOND).certificate["theorems"][0]["proof"]
    wrong = {"rule": "sign", "factors": [["1", "1"]]}
    assert certified(Statement(EASY), right, found=True).verdict is Verdict.PROVED
    with pytest.raises(Defect, match="the checker refused the proof"):
        certified(Statement(EASY), wrong, found=True)
    monkeypatch.delenv(STRICT)
    assert certified(Statement(EASY), wrong, found=True).verdict is Verdict.INCONCLUSIVE
    monkeypatch.setattr(Search, "solve", lambda self, state: wrong)
    outcome = prove(EASY, work=SECOND)
    assert outcome.verdict is Verdict.INCONCLUSIVE and "the checker refused the proof" in outcome.why[0]


def test_a_wrong_proof_of_a_new_fact_is_refused_where_it_is_given():
    from verify.kernel.reading import Refused
    from verify.kernel.reals.state import State
    from verify.prover.proof_builder import ProofBuilder

    state = State({"x": "real"}, {("<", 0, "x"): None}, ("<", 0, ("^", "x", 3)))
    right = {"rule": "sign", "factors": [["x", "2"]]}
    wrong = {"rule": "sign", "factors": [["x", "2"], ["-1", "1"]]}
    builder = ProofBuilder(CountedChecker(), state)
    with pytest.raises(Refused):
        builder.have(("<", 0, ("^", "x", 2)), wrong)
    assert len(builder.state.facts) == 1
    builder.have(("<", 0, ("^", "x", 2)), right)
    assert len(builder.state.facts) == 2
