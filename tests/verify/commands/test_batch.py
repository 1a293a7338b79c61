"""``verify prove --file``: read whole before anything is proved, written in order, continued where it stopped."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from verify.cache.store import Entry, Store
from verify.cache.texts import dump, loads, now
from verify.cli import cli
from verify.commands import batch_run
from verify.papers.memory import KIND
from verify.runtime.processes import Interrupted

LINES = """\
# squares
x^2 >= 0
a/b + b/a >= 2 ; a > 0, b > 0   # the mean of two
x + 1/x >= 3 ; x > 0

x^2 != 2
x^2 >= 0
"""
VERDICTS = ["proved", "proved", "refuted", "refuted", "proved"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments, text=LINES, name="s.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return CliRunner().invoke(cli, ["prove", "--file", name, "--work", "0.2", "--workers", "1", *arguments])

    return run


def verdicts(text):
    return [json.loads(line)["verdict"] for line in text.splitlines()]


def test_every_statement_has_a_line_with_what_stands_behind_its_verdict(run, tmp_path):
    done = run("--out", "o.jsonl")
    assert done.exit_code == 1 and "5 statements: 3 proved, 2 refuted" in done.stdout
    lines = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["2", "3", "4", "6", "7"]
    assert [line["verdict"] for line in lines] == VERDICTS
    assert lines[1]["assume"] == ["a > 0, b > 0"] and lines[1]["evidence"]["certificate"]["theorems"]
    assert lines[2]["witness"] == {"x": "1"} and "left side 2" in lines[2]["reasons"][0]
    assert all("seconds" not in line for line in lines)


def test_the_bytes_are_the_same_for_any_number_of_processes_and_from_the_cache(run, tmp_path):
    first = run("--json", "--no-cache")
    assert verdicts(first.stdout) == VERDICTS
    assert run("--json", "--no-cache", "--workers", "3").stdout == first.stdout
    assert run("--json").stdout == run("--json").stdout == first.stdout
    assert "4 known before, and checked again" not in run("--no-cache").stdout
    assert "4 known before, and checked again" in run().stdout  # one stands there twice


# Of every kind of proof a few that have several names, norms or roots, whose order a set would leave to chance.
MANY_NAMES = """\
||u + v|| <= ||u|| + ||v|| ; u, v vectors
||u + v + w||^2 <= 3*||u||^2 + 3*||v||^2 + 3*||w||^2 ; u, v, w vectors
||x - z|| <= a + b ; x, y, z vectors, a >= 0, b >= 0, ||x - y|| <= a, ||y - z|| <= b
sqrt(a*b) + sqrt(c*d) <= sqrt((a + c)*(b + d)) ; a, b, c, d > 0
(a + b)*(b + c)*(c + a) >= 8*a*b*c ; a, b, c >= 0
a*log(a/b) >= a - b ; a, b > 0
a*b <= c*d ; a, b, c, d > 0, a <= c
"""


def test_the_bytes_are_the_same_whatever_the_order_of_sets(run, tmp_path):
    expected = run("--json", "--no-cache", "--work", "3", text=MANY_NAMES).stdout
    assert verdicts(expected) == ["proved"] * 6 + ["refuted"]
    command = (sys.executable, "-m", "verify", "prove", "--file", "s.txt", "--work", "3", "--workers", "1")
    for seed in map(str, range(6)):  # before, one in two made another certificate of the first: 1/64 would all agree
        there = subprocess.run(
            [*command, "--json", "--no-cache"],
            cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        assert there.stdout == expected, seed


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(run, tmp_path, monkeypatch):
    whole = run("--json", "--no-cache").stdout
    decided = []

    def interrupting(asked, *, progress, **more):
        def done(place, answer):
            progress(place, answer)
            decided.append(place)
            if len(decided) == 2:
                raise Interrupted(15)

        return prove_many(asked, progress=done, **more)

    prove_many = batch_run.prove_many
    monkeypatch.setattr(batch_run, "prove_many", interrupting)
    with pytest.raises(Interrupted):
        raise run("--out", "o.jsonl").exception
    begun = (tmp_path / "o.jsonl").read_text(encoding="utf-8")
    assert begun and whole.startswith(begun) and len(begun.splitlines()) < len(whole.splitlines())
    monkeypatch.setattr(batch_run, "prove_many", prove_many)
    assert "known before" in run("--out", "o.jsonl").stdout
    assert (tmp_path / "o.jsonl").read_text(encoding="utf-8") == whole


@pytest.mark.parametrize("change", [{"status": "proved"}, {"witness": {"x": "5"}}, {"witness": {"x": "1/0"}}])
def test_an_answer_that_was_tampered_with_is_found_anew(run, tmp_path, change):
    text = "x + 1/x >= 3 ; x > 0"
    assert verdicts(run("--json", text=text).stdout) == ["refuted"]
    store = Store(tmp_path / ".verify")
    (kept,) = store.about(KIND, [batch_run.Memory().sources.fingerprint])
    assert store.write([Entry(KIND, kept.name, kept.about, dump({**loads(kept.body), **change}), now())])
    done = run("--json", text=text)
    assert verdicts(done.stdout) == ["refuted"] and "was refused" in done.stderr
    done = run("--json", text=text)  # what took its place is believed
    assert verdicts(done.stdout) == ["refuted"] and "was refused" not in done.stderr


def test_a_proof_of_something_else_is_refused(run, tmp_path):
    assert verdicts(run("--json", text="x^2 >= 0").stdout) == ["proved"]
    store = Store(tmp_path / ".verify")
    mark = batch_run.Memory().sources.fingerprint
    (proof,) = store.about(KIND, [mark])
    run(text="x^2 >= 1")
    (false,) = (e for e in store.about(KIND, [mark]) if e.name != proof.name)
    assert store.write([Entry(KIND, false.name, mark, proof.body, now())])
    done = run("--json", text="x^2 >= 1")
    assert verdicts(done.stdout) == ["refuted"] and "was refused" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("s.txt", "x > 0\n\nx >", "s.txt, line 3, column 4 of the text: the text stops"),
        ("s.txt", "x > 0 ; y >= 2x", "s.txt, line 1, column 7 of the text: "),
        ("s.txt", "; x > 0", "s.txt, line 1: there is no statement"),
        ("s.txt", "x > 0 ;", "s.txt, line 1: nothing stands behind"),
        ("s.txt", "# nothing\n", "has no statements"),
        ("s.jsonl", '{"statement": "x > 0"}\n{"statement"}', "s.jsonl, line 2: this is not JSON"),
        ("s.jsonl", '{"statement": "x > 0", "assumptions": ["x > 1"]}', "line 1: 'assumptions' means nothing"),
        ("s.jsonl", '{"statement": "x > 0", "statement": "x > 1"}', "a name stands twice"),
        ("s.jsonl", '{"statement": "x > 0", "assume": "x > 1"}', "line 1: the assumptions are no list"),
        ("s.jsonl", '{"statement": "x > 0", "expected": "true"}', "no verdict is called 'true'"),
        ("s.jsonl", '{"statement": "x > 0", "id": "a"}\n{"statement": "x > 1", "id": "a"}', "stands at line 1 too"),
        ("s.jsonl", "[1]", "line 1: this is no statement"),
        ("s.toml", '[[statements]]\nstatement = "x >"', "s.toml, table 1, column 4 of the text: the text stops"),
        ("s.toml", '[[statement]]\nstatement = "x > 0"', "s.toml has 'statement'"),
        ("s.toml", '"a\\u001b[31m" = 1', r"s.toml has 'a\x1b[31m'"),
        ("s.toml", f'[[statements]]\nstatement = "x > 0"\nnote = {"9" * 10_000}', "a number has too many digits"),
        ("s.jsonl", f'{{"statement": "x > 0", "note": {"9" * 10_000}}}', "a number has too many digits"),
        ("s.toml", "[[statements]", "this is not TOML"),
        ("s.csv", "x > 0", "s.csv is no file of statements"),
    ],
)
def test_what_cannot_be_read_is_one_error_that_names_the_place(run, tmp_path, monkeypatch, name, text, said):
    monkeypatch.setattr(batch_run, "prove_many", lambda *_, **__: pytest.fail("something was proved"))
    done = run("--out", "o.jsonl", name=name, text=text)
    assert said in str(done.exception) and not (tmp_path / "o.jsonl").exists()


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([("x^2 >= 0", None)], 0),
        ([("x^2 >= 0", "proved"), ("x > 1", "refuted")], 0),
        ([("x^2 >= 0", None), ("x > 1", None)], 1),
        ([("x^2 >= 0", "refuted")], 1),
        ([("x > 1", "proved"), ("x^2 >= 0", None)], 1),
        ([("3*x^3 + x*y^2*z > 1", "inconclusive"), ("x^2 >= 0", None)], 1),
    ],
)
@pytest.mark.parametrize("form", ["jsonl", "toml"])
def test_the_exit_code_says_whether_all_is_as_expected(run, entries, code, form):
    fields = [{"statement": s} | ({"expected": e} if e else {}) for s, e in entries]
    if form == "jsonl":
        text = "\n".join(json.dumps(f | {"why": "a remark"}) for f in fields)
    else:
        text = "\n".join("[[statements]]\n" + "\n".join(f"{k} = {json.dumps(v)}" for k, v in f.items()) for f in fields)
    assert run(name=f"s.{form}", text=text).exit_code == code


def test_an_open_statement_is_neither_a_failure_nor_a_success(run):
    text = "x > 1 ; x < 0, x > 0"
    assert run(text=text).exit_code == 3
    fields = {"statement": "x > 1", "assume": ["x < 0, x > 0"], "expected": "inconclusive"}
    assert run(name="s.jsonl", text=json.dumps(fields)).exit_code == 0


@pytest.mark.parametrize("options", [["x > 0"], ["--assume", "x > 0"], ["--certificate", "c.json"]])
def test_what_is_for_one_statement_does_not_stand_beside_a_file(run, options):
    assert "--file names many" in str(run(*options).exception)


def test_the_answers_do_not_replace_the_statements(run, tmp_path):
    assert "holds the statements" in str(run("--out", "s.txt").exception)
    assert (tmp_path / "s.txt").read_text(encoding="utf-8") == LINES


def test_the_answers_do_not_replace_the_cache(run, tmp_path):
    (tmp_path / ".verify").mkdir()
    done = run("--out", ".verify/cache.sqlite", text="x^2 >= 0")
    assert "folder of the cache" in str(done.exception)
    assert run("--out", "answers.jsonl", text="x^2 >= 0").exit_code == 0


def test_what_is_for_many_statements_needs_a_file():
    done = CliRunner().invoke(cli, ["prove", "x > 0", "--workers", "2"])
    assert "for many statements" in str(done.exception)
    assert CliRunner().invoke(cli, ["prove"]).exit_code == 2
