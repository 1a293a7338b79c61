"""Displays are compared with the theory in force or with one's own claims; other papers need no theory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest
import sympy as sp
from click.testing import CliRunner

from tests.ridge import THEORY as RIDGE
from tests.verify.papers.said import DERIVE, said, steps
from theory.maml_erm import THEORY as MAML
from verify import (
    Bound,
    Claim,
    Derivation,
    Domain,
    Identity,
    Inequality,
    NamedExpression,
    Theory,
    Unit,
    above,
    positive,
)
from verify.claims import theories
from verify.cli import cli
from verify.runtime.errors import BadInput

x, n, mean = sp.Symbol("x", real=True), sp.Symbol("n", real=True), sp.Symbol("mu_1", real=True)
t = sp.Symbol("t", real=True)
OWN = (
    Claim(
        "my.mean",
        "A mean of squares",
        Inequality((x**2 + mean**2) / 2, ">=", x * mean),
        Domain((Bound(x), Bound(mean))),
    ),
    Claim("my.cube", "A cube", Identity((n + 1) ** 3 - 1, n * (n**2 + 3 * n + 3)), Domain((positive(n),))),
)
FILE = """
import sympy as sp
from verify import Claim, Domain, Identity, positive

n = sp.Symbol("n", real=True)


def claims():
    yield Claim("my.cube", "A cube", Identity((n + 1) ** 3 - 1, n * (n**2 + 3 * n + 3)), Domain((positive(n),)))
"""
KAPPA = ("% verify: expression kappa", r"\[ \kappa = \frac{(1-p)\rho_E}{p\rho_H} \]")
BEST = ("% verify: expression best", r"\[ \lambda^* = \frac{d\nu^2}{Bn} \]")
NO_NEAR = "verify list shows every claim, and --claims FILE.py adds those of a file"


@pytest.fixture
def ridge() -> Iterator[None]:
    with theories.using(RIDGE):
        yield


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No theory is installed, and none is configured."""
    monkeypatch.setattr(theories, "installed", dict)
    monkeypatch.setattr(theories, "configured", str)


# ---------------------------------------------------------------- a theory


@pytest.mark.usefixtures("ridge")
def test_a_second_theory_is_compared_like_the_first() -> None:
    split = (
        r"\frac{Bn\lambda^2+d\nu^2}{n(1+\lambda)^2} = \frac{B\lambda^2}{(1+\lambda)^2} + \frac{d\nu^2}{n(1+\lambda)^2}"
    )
    assert said("% verify: claim R.split", rf"\[ {split} \]", *BEST) == "PP"
    (best,) = steps(BEST[0], r"\[ \lambda^{*} = \frac{d\nu^2}{2Bn} \]")
    assert best.status == "refuted"
    assert best.suggestion.replace(" ", "") in (r"\frac{d\nu^2}{Bn}", r"\frac{2d\nu^2}{2Bn}", r"2\frac{d\nu^2}{2Bn}")
    assert {name for name, _ in best.witness} == {"B", "d", "n", r"\nu"}
    assert r"here the theory has \frac{" in best.why
    assert said(*KAPPA) == "N"


def test_the_first_theory_is_compared_by_default() -> None:
    assert said(*KAPPA) == "P"
    assert said(*BEST) == "N"
    (slip,) = steps(KAPPA[0], r"\[ \kappa = \frac{(1-p)\rho_H}{p\rho_H} \]")
    assert (slip.status, slip.edit) == ("refuted", r"\rho_E for \rho_H")


@pytest.mark.usefixtures("ridge")
@pytest.mark.parametrize(
    ("comment", "near"),
    [("claim R.splt", "R.split"), ("claim r.best", "R.best"), ("expression bests", "best"), ("claim X2", "")],
)
def test_a_wrong_name_is_one_error_at_its_place(comment: str, near: str) -> None:
    verb, name = comment.split()
    wrong, after = steps(DERIVE, r"\[ x = x \]", f"% verify: {comment}", r"\[ x = 1 \]", DERIVE, r"\[ x = x \]")[1:]
    assert (wrong.status, wrong.line, wrong.column) == ("not understood", 3, len(f"% verify: {verb} ") + 1)
    assert wrong.why == f"'% verify: {verb}': there is no {verb} '{name}'"
    assert wrong.hint == (f"did you mean {near}?" if near else NO_NEAR)
    assert after.status == "proved"


def test_letters_are_those_of_the_theory_that_the_paper_is_bound_to() -> None:
    ridge_letter, maml_letter = (DERIVE, r"\[ B(x+1) = Bx + B \]"), (DERIVE, r"\[ K(x+1) = Kx + K \]")
    assert said(*ridge_letter, *maml_letter) == "NN"
    assert said(*KAPPA, *ridge_letter, *maml_letter) == "PNP"
    with theories.using(RIDGE):
        assert said(*BEST, *ridge_letter, *maml_letter) == "PPN"
        assert said(*ridge_letter, *maml_letter) == "NN"


# ---------------------------------------------------------------- one's own claims


def test_own_claims_are_proved_and_refuted() -> None:
    mean_of_squares = r"\frac{x^2+\mu_1^2}{2}"
    assert said("% verify: claim my.mean", rf"\[ {mean_of_squares} \ge x \mu_1 \]", claims=OWN) == "P"
    (slip,) = steps("% verify: claim my.cube", r"\[ (n+1)^3 - 1 = n(n^2 + 3n - 3) \]", claims=OWN)
    assert (slip.status, slip.suggestion) == ("refuted", r"n(n^2+3n+3)")
    assert "here the claim has n" in slip.why
    assert [name for name, _ in slip.witness] == ["n"]
    (wrong,) = steps("% verify: claim my.meen", r"\[ x = x \]", claims=OWN)
    assert (wrong.why, wrong.hint) == ("'% verify: claim': there is no claim 'my.meen'", "did you mean my.mean?")


def test_own_claims_lend_no_letters_of_any_theory() -> None:
    cube = ("% verify: claim my.cube", r"\[ (n+1)^3 - 1 = n(n^2+3n+3) \]")
    positive_n = ("% verify: assume n > 0", DERIVE, r"\[ n \ge 1 \]")
    assert said(*cube, *positive_n, claims=OWN) == "PR"
    assert said(*cube, *KAPPA, *positive_n, claims=OWN) == "PPI"  # n counts samples there
    assert said("% verify: claim my.cube", r"\[ (n+1)^3 - 1 = \rho_H \]", claims=OWN) == "N"


@pytest.mark.usefixtures("nothing")
def test_without_a_theory_papers_and_own_claims_are_checked() -> None:
    cube = ("% verify: claim my.cube", r"\[ (n+1)^3 - 1 = n^3+3n^2+3n \]")
    assert said(DERIVE, r"\[ x^2 \ge 0 \]", *cube, claims=OWN) == "PP"
    (wrong,) = steps("% verify: claim X2", r"\[ x = x \]", claims=OWN)
    assert wrong.why == "'% verify: claim': there is no claim 'X2': no theory is installed"
    assert "--theory" in wrong.hint


def test_the_command_takes_files_of_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(FILE, encoding="utf-8")
    Path("p.tex").write_text("% verify: claim my.cube\n\\[ (n+1)^3 - 1 = n^3 + 3n^2 + 3n \\]\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["paper", "--claims", "mine.py", "p.tex"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "p.tex: 1 proved")
    done = CliRunner().invoke(cli, ["paper", "p.tex"])
    assert done.exit_code == 3
    assert "there is no claim 'my.cube'" in done.output
    done = CliRunner().invoke(cli, ["paper", "--claims", "none.py", "p.tex"])
    assert isinstance(done.exception, BadInput)


def test_the_command_takes_a_theory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.tex").write_text("\n".join(BEST), encoding="utf-8")
    with theories.using(theories.current()):
        done = CliRunner().invoke(cli, ["paper", "--no-cache", "--theory", "tests.ridge:THEORY", "p.tex"])
        assert (done.exit_code, done.output.splitlines()[-1]) == (0, "p.tex: 1 proved")
        done = CliRunner().invoke(cli, ["paper", "--no-cache", "--theory", "maml-erm", "p.tex"])
        assert (done.exit_code, done.output.splitlines()[-1]) == (
            3,
            "p.tex: 1 not understood; 0 of 1 displays checked (0%), 1 not understood",
        )


# ---------------------------------------------------------------- nothing is built in vain


def test_a_paper_that_is_bound_to_nothing_builds_no_theory() -> None:
    def fail() -> Iterator[Never]:
        raise RuntimeError("built")

    def fresh() -> Theory:
        return Theory(name="fresh", vocabulary=MAML.vocabulary, claims=lambda: OWN, lemmas=("my.*",))

    def built(theory: Theory) -> set[str]:
        return {"named", "atoms", "stated", "catalogue"} & set(vars(theory))

    lines = ("% verify: assume n > 0", DERIVE, r"\[ n \ge 1 \]")
    with theories.using(theory := fresh()):
        assert said(*lines) == "R"
        assert built(theory) == set()
        assert said(*lines, "% verify: claim my.cube", r"\[ (n+1)^3-1 = n^3+3n^2+3n \]") == "IP"
        assert "catalogue" in built(theory)
    with theories.using(Theory(name="broken", claims=fail, expressions=fail)):
        assert said(*lines) == "R"
        assert said("% verify: claim my.cube", r"\[ (n+1)^3-1 = n^3+3n^2+3n \]", claims=OWN) == "P"


# ---------------------------------------------------------------- what a theory lends


def _theory(domain: Domain, value: sp.Expr, *, lemma: Domain) -> Theory:
    """A theory with the atom t = x - 1, of which a lemma says that it is positive, and an expression s."""
    everywhere = Domain((Bound(x),))
    atom = NamedExpression("atom", "t", "x less one", Unit(), Derivation("t", x - 1, "by definition"), everywhere, t)
    given = Derivation("s", value, "by definition")
    return Theory(
        name="small",
        expressions=lambda: (atom, NamedExpression("size", "s", "size", Unit(), given, domain)),
        claims=lambda: [Claim("P.t", "t is positive", Inequality(t, ">", 0), lemma)],
        lemmas=("P.*",),
    )


@pytest.mark.parametrize(("lower", "wanted"), [(0, "R"), (1, "P")])
def test_a_lemma_counts_only_where_its_domain_covers_the_display(lower: int, wanted: str) -> None:
    with theories.using(_theory(Domain((above(x, lower),)), abs(t), lemma=Domain((above(x, 1),)))):
        assert said("% verify: expression size", r"\[ s = t \]") == wanted


@pytest.mark.parametrize(("lower", "covered"), [(0, False), (1, True)])
def test_one_of_two_conditions_is_not_both(lower: int, covered: bool) -> None:
    """t^n is defined where t is not 0 or n is at least 0, and t^(n+1)/t only where t is not 0."""
    whole = sp.Symbol("n", integer=True)
    domain = Domain((above(x, lower), Bound(whole, sp.Integer(1), True)))
    with theories.using(_theory(domain, t**whole, lemma=Domain((above(x, 1),)))):
        found = said("% verify: expression size", r"\[ s = \frac{t^{n+1}}{t} \]")
    assert (found == "P") is covered


@pytest.mark.parametrize(("bound", "wanted"), [(Bound(t), "R"), (positive(t), "P")])
def test_a_symbol_of_the_claim_is_not_the_atom_of_its_name(bound: Bound, wanted: str) -> None:
    own = Claim("my.size", "A size", Inequality(abs(t), ">=", 0), Domain((bound,)))
    theory = _theory(Domain((Bound(x),)), t, lemma=Domain((Bound(x),)))
    assert said("% verify: claim my.size", r"\[ t \ge 0 \]", claims=(theory.adopt(own),)) == wanted


def test_a_letter_that_may_be_two_quantities_of_a_claim_is_none() -> None:
    """The symbol lambda of a claim is written like lam, the penalty of the theory."""
    own, penalty = sp.Symbol("lambda", real=True), RIDGE.vocabulary["lam"].symbol
    domain = Domain((positive(own), positive(penalty)))
    both = Claim("my.both", "Both", Identity((own + penalty) ** 2, own**2 + 2 * own * penalty + penalty**2), domain)
    one = Claim("my.one", "One", Identity((own + 1) ** 2, own**2 + 2 * own + 1), domain)
    claims = (RIDGE.adopt(both), RIDGE.adopt(one))
    assert said("% verify: claim my.one", r"\[ (\lambda+1)^2 = \lambda^2+2\lambda+1 \]", claims=claims) == "P"
    (step,) = steps("% verify: claim my.both", r"\[ (2\lambda)^2 = 4\lambda^2 \]", claims=claims)
    assert step.why == r"\lambda is no quantity of the theory or of the claim"
