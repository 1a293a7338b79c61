"""The lock tells apart a new form, a different function, a changed hypothesis and a weaker verdict."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sympy as sp
from click.testing import CliRunner

from tests.verify.regression.taken import CLAIM, taken
from theory.maml_erm.formulas.symbols import rho_E
from verify.claims.claim import Claim
from verify.claims.domain import Domain, positive
from verify.claims.statement import Identity
from verify.cli import cli
from verify.commands import checking
from verify.evidence.run import catalogue
from verify.language.verdict import Verdict
from verify.regression import differences, lock_file
from verify.runtime.errors import BadInput


@pytest.fixture(scope="module")
def old():
    return taken()


def kinds(old, new):
    return [(d.kind, d.fatal) for d in differences.compare(old, new)]


def test_nothing_changed(old):
    assert kinds(old, taken()) == []


def test_a_new_form_is_shown_but_does_not_fail(old):
    s = CLAIM.statement
    changed = replace(CLAIM, statement=Identity(s.lhs, s.rhs.expand()))
    assert kinds(old, taken(changed)) == [("new form", False)]


def test_a_different_function_names_the_point_and_both_values(old):
    s = CLAIM.statement
    changed = replace(CLAIM, statement=Identity(s.lhs, s.rhs * rho_E))
    (difference,) = differences.compare(old, taken(changed), None, {CLAIM.id: changed})
    assert difference.kind == "different function"
    assert "rho_E = 2" in difference.text
    assert "before" in difference.text


def test_a_changed_hypothesis(old):
    wider = replace(CLAIM, domain=type(CLAIM.domain)(tuple(positive(b.symbol) for b in CLAIM.domain.bounds)))
    assert ("changed hypothesis", True) in kinds(old, taken(wider))


def test_a_weaker_verdict_and_lost_evidence(old):
    assert kinds(old, taken(verdict=Verdict.INCONCLUSIVE)) == [("weaker verdict", True), ("lost evidence", True)]


def test_a_stronger_verdict_does_not_fail():
    weak = taken(verdict=Verdict.SUPPORTED)
    assert kinds(weak, taken()) == [("weaker verdict", False)]


def test_lost_and_added_claims(old):
    empty = {**old, "claims": {}}
    assert kinds(old, empty) == [("lost", True)]
    assert kinds(empty, old) == [("added", True)]


def test_a_difference_names_what_rests_on_it(old):
    s = CLAIM.statement
    changed = replace(CLAIM, statement=Identity(s.lhs, s.rhs * rho_E))
    above = replace(CLAIM, id="above", rests_on=(CLAIM.id,))
    table = {CLAIM.id: changed, "above": above, "top": replace(CLAIM, id="top", states_with=("above",))}
    first, *more = differences.compare(old, taken(changed, Verdict.INCONCLUSIVE), None, table)
    assert str(first).startswith(
        "T1.inverse: different function: at rho_H = 1/2, rho_E = 2, d = 3: right side 20/3 before"
    )
    assert "40/3 now; " in str(first)
    assert str(first).endswith("; 2 claims rest on it: above, top")
    assert [d.rests for d in more] == [None, None]
    (alone,) = differences.compare(old, taken(changed), None, {CLAIM.id: changed})
    assert str(alone).endswith("; no claim rests on it")


def test_a_changed_expression_names_the_claims_that_use_it(old):
    moved = {**old, "expressions": {k: dict(v) for k, v in old["expressions"].items()}}
    moved["expressions"]["threshold"]["values"] = ["7", *old["expressions"]["threshold"]["values"][1:]]
    (difference,) = differences.compare(moved, old, None, catalogue())
    assert difference.name == "threshold"
    assert {"T1", "T1.inverse", "T1.equal"} <= set(difference.uses)
    assert "N2" in {*difference.uses, *difference.rests}
    assert "N1" not in difference.uses
    assert "7 before" in str(difference)


def test_expressions_without_a_symbol_are_found_written_out(old):
    moved = {**old, "expressions": {k: dict(v) for k, v in old["expressions"].items()}}
    moved["expressions"]["gain"]["values"] = ["7", *old["expressions"]["gain"]["values"][1:]]
    (difference,) = differences.compare(moved, old, None, catalogue())
    assert {"X2", "N1", "T2.at"} <= set(difference.uses)
    assert "T1.product" not in difference.uses


def test_an_edit_of_a_claim_in_foreign_symbols_is_a_different_function():
    y = sp.Symbol("y_own", real=True)
    mine = Claim("mine", "m", Identity(2 * y, y + y), Domain((positive(y),)))
    edited = replace(mine, statement=Identity(3 * y, y + y))
    (difference,) = differences.compare(taken(mine), taken(edited), None, {"mine": edited})
    assert (difference.kind, difference.fatal) == ("different function", True)
    assert "at y_own = " in difference.text


def test_a_form_that_no_point_compares_is_not_passed_over(old):
    blind = {"statement": "A", "values": ["undefined; not evaluated"] * 4}
    before = {**old, "claims": {CLAIM.id: old["claims"][CLAIM.id] | blind}}
    after = {**old, "claims": {CLAIM.id: old["claims"][CLAIM.id] | blind | {"statement": "B"}}}
    assert kinds(before, after) == [("new form", True)]


@pytest.mark.parametrize(
    "entry",
    [
        {}, {"statement": 1}, {"values": []}, {"verdict": "perhaps"}, {"evidence": "proof"}, {"hypotheses": [1]},
        {"formula": None}, {"given": [1]}, {"file": 1},
    ],
)  # fmt: skip
def test_a_lock_that_was_edited_by_hand_is_bad_input(old, tmp_path, entry):
    path = tmp_path / "theorems.lock"
    entry = old["claims"][CLAIM.id] | entry if entry else entry
    lock_file.write({**old, "claims": {CLAIM.id: entry}}, path)
    with pytest.raises(BadInput, match="not a lock of this version"):
        lock_file.read(path)


def test_accept_takes_one_change_at_a_time(old):
    new = taken(verdict=Verdict.SUPPORTED)
    assert differences.compare(lock_file.accept(old, new, "T1.inverse"), new) == []
    with pytest.raises(BadInput, match="neither"):
        lock_file.accept(old, new, "nothing")


def test_the_file_is_stable_and_read_back(old, tmp_path):
    path = tmp_path / "theorems.lock"
    lock_file.write(old, path)
    first = path.read_bytes()
    lock_file.write(lock_file.read(path), path)
    assert path.read_bytes() == first
    path.write_text("{")
    with pytest.raises(BadInput, match="can't be read"):
        lock_file.read(path)
    with pytest.raises(BadInput, match="there is no"):
        lock_file.read(tmp_path / "missing")


OWN = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)


def claims():
    yield Claim("my.mean", "Means", Inequality(4 * x * y, "<=", (x + y)**2), Domain((positive(x), positive(y))))
    yield Claim("my.sum", "A square", Inequality(0, "<=", (x + y)**2), Domain((positive(x), positive(y))))
"""


def test_the_command_line_locks_and_checks_own_claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "mine.py"
    run = CliRunner()
    mine.write_text(OWN)
    assert run.invoke(cli, ["lock", "mine.py", "--workers", "1"]).exit_code == 0
    assert run.invoke(cli, ["check", "mine.py", "--locked", "--workers", "1"]).exit_code == 0
    # A stronger statement that is still true is another statement all the same.
    mine.write_text(OWN.replace("4 * x * y", "3 * x * y"))
    done = run.invoke(cli, ["check", "mine.py", "--locked", "--workers", "1"])
    assert done.exit_code == 1
    assert "my.mean: different function: at x = " in done.output
    assert "theorems.lock: 1 difference\n" in done.output
    assert run.invoke(cli, ["lock", "mine.py", "--accept", "my.mean", "--workers", "1"]).exit_code == 0
    assert run.invoke(cli, ["check", "mine.py", "--locked", "--workers", "1"]).exit_code == 0
    # A claim that the file has no more, and evidence that a claim has no more, are missed.
    mine.write_text(OWN.replace("4 * x * y", "3 * x * y").replace('yield Claim("my.sum"', 'Claim("my.sum"'))
    done = run.invoke(cli, ["check", "mine.py", "--locked", "--workers", "1"])
    assert (done.exit_code, "my.sum: lost" in done.output) == (1, True)
    assert run.invoke(cli, ["lock", "mine.py", "--accept", "my.sum", "--workers", "1"]).exit_code == 0
    assert set(lock_file.read()["claims"]) == {"my.mean"}
    data = lock_file.read()
    data["claims"]["my.mean"]["evidence"].append("cubature")
    lock_file.write(data)
    done = run.invoke(cli, ["check", "mine.py", "--locked", "--workers", "1", "--sarif", "out.sarif"])
    assert (done.exit_code, "my.mean: lost evidence: the lock promises cubature" in done.output) == (1, True)
    (found,) = json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": 9}


def test_a_lock_is_written_for_files_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="T1 is not a Python file"):
        CliRunner().invoke(cli, ["lock", "T1"], catch_exceptions=False)


def test_a_lock_of_another_schema_says_how_to_make_it_anew(tmp_path):
    path = tmp_path / "theorems.lock"
    for schema, age in ((1, "an earlier"), (99, "a later")):
        lock_file.write({"schema": schema, "claims": {}, "expressions": {}}, path)
        with pytest.raises(BadInput, match=f"written by {age} version") as caught:
            lock_file.read(path)
        assert "make it anew with verify lock" in caught.value.hint


# ---------------------------------------------------------------- several files, and what gets worse


def file_of(name, *claims):
    lines = [f'    yield Claim("{c}", "t", Inequality({s}), Domain((positive(x), positive(y))))' for c, s in claims]
    return OWN[: OWN.index("    yield")] + "\n".join(lines) + "\n"


@pytest.fixture
def verify(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*args, **files):
        for name, claims in files.items():
            (tmp_path / f"{name}.py").write_text(file_of(name, *claims))
        return CliRunner().invoke(cli, [*args, "--workers", "1"])

    return run


SQUARE, MORE = ("a.square", '2*x*y, "<=", x**2 + y**2'), ("b.square", '0, "<=", (x - y)**2')


def test_locking_a_second_file_keeps_the_first(verify):
    assert verify("lock", "a.py", a=[SQUARE], b=[MORE]).exit_code == 0
    done = verify("lock", "b.py")
    assert (done.exit_code, set(lock_file.read()["claims"])) == (0, {"a.square", "b.square"})
    assert "kept as they were: a.square (a.py)" in done.output
    assert lock_file.read()["expressions"] == {}  # neither claim uses any
    done = verify("check", "./a.py", "--locked")
    assert (done.exit_code, "not looked at: b.square (b.py)" in done.output) == (0, True)
    both = verify("check", "a.py", "b.py", "--locked")
    assert (both.exit_code, "not looked at" in both.output) == (0, False)


def test_the_whole_theory_is_not_compared_with_a_lock_of_own_claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    own = {"mine.py": {**taken()["claims"][CLAIM.id], "file": "mine.py"}}
    lock_file.write({**taken(), "claims": own})
    done = CliRunner().invoke(cli, ["check", "--locked"])
    assert isinstance(done.exception, BadInput)
    assert "verify check mine.py --locked" in done.exception.hint
    checking._require_the_theory({"claims": {**own, **taken()["claims"]}})


def test_nothing_worse_is_recorded_without_being_accepted(verify):
    assert verify("lock", "a.py", a=[SQUARE, MORE]).exit_code == 0
    before = lock_file.FILE.read_bytes()
    worse = [
        ([("a.square", '2*x*y, "<=", x**2 + y**2 + 1'), MORE], "that is weaker"),
        ([("a.square", '3*x*y, "<=", x**2 + y**2'), MORE], "weaker verdict: proved before, refuted now"),
        ([SQUARE], "b.square: lost"),
    ]
    for claims, said in worse:
        done = verify("lock", "a.py", a=claims)
        assert (done.exit_code, said in done.output, "is not written" in done.output) == (1, True, True)
        assert lock_file.FILE.read_bytes() == before
    done = verify("lock", "--accept", "a.py", a=[SQUARE])
    assert (done.exit_code, "accepted: b.square: lost" in done.output) == (0, True)
    assert set(lock_file.read()["claims"]) == {"a.square"}


def test_what_is_new_or_stronger_is_recorded(verify):
    assert verify("lock", "a.py", a=[("a.square", '2*x*y, "<=", x**2 + y**2 + 1')]).exit_code == 0
    assert verify("lock", "a.py", a=[SQUARE, MORE]).exit_code == 0
    assert set(lock_file.read()["claims"]) == {"a.square", "b.square"}


def test_a_lock_that_cannot_be_read_is_not_replaced(verify):
    lock_file.FILE.write_text("{")
    done = verify("lock", "a.py", a=[SQUARE])
    assert isinstance(done.exception, BadInput)
    assert lock_file.FILE.read_text() == "{"


def test_a_claim_of_a_name_that_another_file_has_is_not_taken_over_silently(verify):
    assert verify("lock", "a.py", a=[SQUARE], b=[SQUARE]).exit_code == 0
    done = verify("lock", "b.py")
    assert (done.exit_code, "a.py states it too" in done.output) == (1, True)


def test_two_runs_at_once_keep_the_entries_of_both(verify, monkeypatch):
    """While one run works, another one writes; what it wrote is there when the first replaces the file."""
    from verify.evidence import run

    work = run.check

    def meanwhile(ids, **more):
        results = work(ids, **more)
        monkeypatch.setattr(run, "check", work)
        assert verify("lock", "b.py").exit_code == 0
        return results

    verify("--help", a=[SQUARE], b=[MORE])
    monkeypatch.setattr(run, "check", meanwhile)
    assert verify("lock", "a.py").exit_code == 0
    assert set(lock_file.read()["claims"]) == {"a.square", "b.square"}


COQ = {"kernel": "Coq 8.16.1"}


def with_kernel(lock):
    """A lock whose one claim was re-proved."""
    return {**lock, "claims": {name: {**entry, **COQ} for name, entry in lock["claims"].items()}}


def test_a_lock_that_is_written_without_coq_keeps_what_it_said(old):
    promised = with_kernel(old)
    assert kinds(promised, taken()) == []  # no machine needs Coq to pass
    (entry,) = lock_file.merge(promised, taken(), ())["claims"].values()
    assert entry["kernel"] == COQ["kernel"]
    assert lock_file.accept(promised, taken(), CLAIM.id)["claims"][CLAIM.id]["kernel"] == COQ["kernel"]


def test_what_says_something_else_was_not_re_proved(old):
    s = CLAIM.statement
    changed = replace(CLAIM, statement=Identity(s.lhs, s.rhs * rho_E))
    for new in (taken(changed), taken(verdict=Verdict.INCONCLUSIVE)):
        (entry,) = lock_file.merge(with_kernel(old), new, ())["claims"].values()
        assert "kernel" not in entry
        assert "kernel" not in lock_file.accept(with_kernel(old), new, CLAIM.id)["claims"][CLAIM.id]


def test_a_word_of_coq_that_is_no_text_is_no_lock(old, tmp_path):
    lock_file.write(with_kernel(old), tmp_path / "good")
    assert lock_file.read(tmp_path / "good") == with_kernel(old)
    entries = {name: {**entry, "kernel": 8} for name, entry in old["claims"].items()}
    lock_file.write({**old, "claims": entries}, tmp_path / "bad")
    with pytest.raises(BadInput, match="not a lock"):
        lock_file.read(tmp_path / "bad")
