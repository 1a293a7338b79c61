"""The command line as its user meets it: what it prints, what it exits with, what it says of bad input."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from verify.evidence.results import ClaimResult, Evidence
from verify.evidence.run import catalogue
from verify.language.verdict import Verdict
from verify.reports import terminal

HAND = ["rho_E=2", "rho_H=1", "alpha=1/2", "d=1", "m=2", "p=1/2", "Delta=1", "V_H=0", "V_E=0"]


def test_eval_agrees_with_the_hand_calculation(verify):
    code, out, _ = verify("eval", "gain", *HAND)
    assert (code, out.split()[0]) == (0, "10/9")


def test_eval_json(verify):
    code, out, _ = verify("eval", "risk.maml", *HAND, "--json")
    data = json.loads(out)
    assert (code, data["value"], data["parameters"]["n"]) == (0, "1/10", "2")


def test_eval_threshold_at_inverse(verify):
    """m* = (d+1)(rho_E+rho_H)/(rho_E-rho_H) at alpha = 1/rho_E: 4 * 3 / 1."""
    assert verify("eval", "threshold", "rho_E=2", "rho_H=1", "alpha=1/2", "d=3")[1].split()[0] == "12"


def test_eval_keeps_roots_exact(verify):
    code, out, _ = verify(
        "eval", "samples_for_gain", "rho_E=2", "rho_H=1/3", "alpha=1/2", "d=3", "p=1/4", "Delta=1", "V_H=1/100",
        "V_E=1", "g=1/10",
    )  # fmt: skip
    assert code == 0
    assert "sqrt(" in out


def test_parameters_that_do_not_matter_are_pointed_out(verify):
    code, _, err = verify("eval", "kappa", "rho_E=2", "rho_H=1", "p=1/2", "nu=3")
    assert code == 0
    assert "does not depend on nu" in err


BAD = {
    "unknown expression": (["eval", "gian"], "did you mean gain"),
    "unknown parameter": (["eval", "gain", "rho_X=2"], "no parameter 'rho_X'"),
    "missing parameter": (["eval", "kappa", "rho_E=2"], "also needs rho_H, p"),
    "twice": (["eval", "kappa", "p=1/2", "p=1/3"], "given twice"),
    "n = 0": (["eval", "weight.maml", *HAND[:5], "n=0", "p=1/2"], "n = 0 lies outside"),
    "d = 1/2": (["eval", "gain", *HAND[:3], "d=1/2"], "must be an integer"),
    "p = 0": (["eval", "kappa", "rho_E=2", "rho_H=1", "p=0"], "p = 0 lies outside"),
    "p = 1": (["eval", "kappa", "rho_E=2", "rho_H=1", "p=1"], "p = 1 lies outside"),
    "alpha outside": (["eval", "threshold", "rho_E=2", "rho_H=1", "alpha=1", "d=3"], "needs alpha <"),
    "negative alpha": (["eval", "gain", "alpha=-1"], "lies outside"),
    "curvatures swapped": (["eval", "kappa", "rho_E=1", "rho_H=2", "p=1/2"], "needs rho_H < rho_E"),
    "negative spread": (["eval", "gain", "V_H=-1"], "lies outside"),
    "nothing varies": (["eval", "gain", *HAND[:6], "Delta=0", "V_H=0", "V_E=0"], "V_E + V_H > 0"),
    "NaN": (["eval", "kappa", "p=nan"], "not a rational number"),
    "infinity": (["eval", "kappa", "p=oo"], "not a rational number"),
    "division by zero": (["eval", "kappa", "p=1/0"], "1/0"),
    "code": (["eval", "kappa", 'p=__import__("os").system("true")'], "not a rational number"),
    "no equals sign": (["eval", "kappa", "p"], "p"),
    "no limit": (
        ["eval", "gain.limit", "rho_E=2", "rho_H=1", "alpha=1/2", "p=1/2", "Delta=1", "V_H=0", "V_E=1"],
        "needs V_H > 0 or alpha*rho_E != 1",
    ),
    "unknown claim": (["check", "N9"], "did you mean"),
    "unknown claim to show": (["show", "nosuchclaim"], "there is no claim"),
    "unknown command": (["frobnicate"], "No such command"),
    "no such folder": (["list", "--json", "no/such/folder/x.json"], "cannot write"),
    "no workers": (["check", "M1", "--workers", "0"], "workers"),
}


@pytest.mark.parametrize("args, message", BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_clear_error(verify, args, message):
    code, out, err = verify(*args)
    assert code == 2, out + err
    assert message in err
    assert "Traceback" not in err
    assert out == ""


def test_list_names_every_claim(verify):
    code, out, _ = verify("list")
    assert code == 0
    for name in ("M1", "M2", "M3", "H0", "S1", "G1", "X1", "X2", "N1", "N2", "N3", "L1", "L2", "T1", "T4", "A1", "U1"):
        assert name in out.split()


def test_list_json(verify):
    data = json.loads(verify("list", "--json", "-")[1])
    assert {row["id"] for row in data["claims"]} == set(catalogue())
    data = json.loads(verify("list", "--expressions", "--json", "-")[1])
    assert {"gain", "gain.limit", "threshold", "samples_for_gain", "floor"} <= {e["name"] for e in data["expressions"]}


@pytest.mark.parametrize("name", list(catalogue()))
def test_show_prints_every_claim(verify, name):
    code, out, err = verify("show", name)
    assert (code, err) == (0, "")
    assert catalogue()[name].title in out
    assert "-alpha*rho_H + 1" not in out, "signs should be tidy"


def test_check_reports_verdicts_and_remembers_them(verify):
    code, out, _ = verify("check", "M2", "--json", "-")
    data = json.loads(out)
    (claim,) = data["claims"]
    assert (code, claim["verdict"], data["summary"]["proved"]) == (0, "proved", 1)
    assert {"replay", "definition", "simulation"} <= {e["route"] for e in claim["evidence"]}
    rows = json.loads(verify("list", "--json", "-")[1])["claims"]
    assert {r["id"]: r["verdict"] for r in rows}["M2"] == "proved"


def test_check_states_its_false_alarms_and_its_power(verify):
    code, out, _ = verify("check", "M1", "M2")
    assert code == 0
    (line,) = [x for x in out.splitlines() if x.startswith("simulated: M1, M2;")]
    total, power = (
        float(x) for x in re.search(r"at most ([\de.-]+); a relative error of ([\d.]+) would", line).groups()
    )
    assert total < 1e-6 and 0 < power < 0.1
    data = json.loads(verify("check", "M1", "--json", "-")[1])["summary"]["statistics"]
    assert data["checks"] == ["M1"] and 0 < data["false_alarm"] < total and data["power"]["M1"] <= power
    assert "simulated" not in verify("check", "T2.domain")[1]


def test_a_measurement_that_disagrees_is_shown_beside_a_proof(capsys):
    proof = Evidence("proof", Verdict.PROVED, "proved")
    for details, shown in (({"disagreement": "d = 7"}, True), ({}, False)):
        other = Evidence("cubature", Verdict.INCONCLUSIVE, "disagrees at d = 7", details=details)
        terminal.print_results([ClaimResult("X", "a claim", True, (proof, other), {})], 0.0)
        assert ("X (a claim): the cubature disagrees at d = 7" in capsys.readouterr().out) == shown


def test_a_claim_lists_what_it_rests_on(verify):
    (claim,) = json.loads(verify("check", "S0.solution.erm", "--json", "-")[1])["claims"]
    assert {r["id"]: r["verdict"] for r in claim["rests_on"]} == dict.fromkeys(
        ("S0.erm", "S0.erm.isotropic", "S0.solution", "G1"), "proved"
    )


def test_exit_codes_reach_the_shell(verify, tmp_path):
    """A claim that is refuted ends with 1, an open one with 3, unless that is allowed."""
    text = (
        "import sympy as sp\nfrom verify import Claim, Domain, free\n"
        "from verify import Inequality\nx = sp.Symbol('x', real=True)\n"
        "def claims():\n    yield Claim('own', 'mine', Inequality(x**2, '>', STATED), Domain((free(x),)))\n"
    )
    refuted, open_ = tmp_path / "refuted.py", tmp_path / "open.py"
    refuted.write_text(text.replace("STATED", "sp.Integer(0)"))
    # x^2 never equals 2 at a rational number, and nothing else refutes it.
    open_.write_text(text.replace("'>', STATED", "'!=', sp.Integer(2)"))
    assert verify("check", str(refuted))[0] == 1
    assert verify("check", str(open_))[0] == 3
    assert verify("check", str(open_), "--allow-inconclusive")[0] == 0
    assert verify("prove", "x^2 > 0")[0] == 1
    assert verify("prove", "x^2 >= 0")[0] == 0


MADE = (
    "import sympy as sp\nfrom verify import Claim, Domain, free\n"
    "from verify import Holds, Inequality\nx = sp.Symbol('x', real=True)\n"
    "def made(k):\n    return Claim(f'NAME{k}', 'made', STATED, Domain((free(x),)))\n"
    "def claims():\n    yield from map(made, range(2))\n"
)


def test_a_damaged_file_of_claims_costs_itself_alone(verify, tmp_path):
    good, bad, worse = (tmp_path / f"{name}.py" for name in ("good", "bad", "worse"))
    good.write_text(MADE.replace("NAME", "my").replace("STATED", "Inequality(x**2, '>=', -k)"))
    bad.write_text(MADE.replace("NAME", "our").replace("STATED", "Holds(x > k)"))
    worse.write_text("1 / 0")
    code, out, err = verify("check", str(bad), str(good), str(worse), "--json", "-")
    assert code == 2
    assert [c["verdict"] for c in json.loads(out)["claims"]] == ["proved", "proved"]
    assert "the claim our0 of" in err and "ZeroDivisionError" in err and "Traceback" not in err
    code, out, err = verify("check", str(bad), str(worse))
    assert (code, out) == (2, "")
    assert "the claim our0 of" in err and "ZeroDivisionError" in err
    assert verify("check", str(good))[0] == 0


def test_a_claim_whose_id_is_put_together_has_a_place_in_sarif(verify, tmp_path):
    file = tmp_path / "made.py"
    text = MADE.replace("f'NAME{k}'", "str('my') + str(k)").replace("STATED", "Inequality(x**2, '>=', 1)")
    file.write_text(text)
    assert verify("check", str(file), "--sarif", "out.sarif")[0] == 1
    results = json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
    lines = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results]
    assert lines == [text.splitlines().index("def claims():") + 1] * 2


def test_false_statements_are_refuted_with_exact_witnesses(verify):
    code, out, _ = verify("check", "false.Q_with_d", "false.limit_at_inverse", "--json", "-")
    data = json.loads(out)
    assert code == 0
    for claim in data["claims"]:
        assert claim["verdict"] == "refuted"
        assert any("witness" in e for e in claim["evidence"])


def test_help_is_fast_and_complete():
    done = subprocess.run([sys.executable, "-m", "verify.cli", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    for command in ("list", "show", "check", "eval"):
        assert command in done.stdout


def test_help_loads_no_heavy_library():
    code = "import sys, verify.cli; print([m for m in ('sympy', 'numpy', 'flint', 'rich', 'lark') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_theory_that_cannot_be_meant_is_bad_input(verify, tmp_path):
    """Named expressions that use each other are an error of the theory, not a defect of this program."""
    text = """
import sympy as sp
from verify import Domain, NamedExpression, Theory, positive
from verify.claims.quantities import NONE
from verify.derivations.derivation import Derivation

x, u, v = sp.symbols("x u v", real=True)
D = Domain((positive(x),))


def expressions():
    yield NamedExpression("first", "u", "one", NONE, Derivation("u", START, "given"), D, u)
    yield NamedExpression("second", "v", "other", NONE, Derivation("v", u - x, "given"), D, v)


THEORY = Theory(name="t", expressions=expressions)
"""
    for start, expected in (("v + x", 2), ("2 * x", 0)):
        path = tmp_path / f"t{expected}.py"
        path.write_text(text.replace("START", start))
        code, out, err = verify("list", "--expressions", "--theory", str(path))
        assert code == expected, err
        assert "comes later" in err if code else "second" in out
