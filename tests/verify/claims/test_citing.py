"""Claims that cite claims of another theory: they rest on them, and what can't be meant is one clear error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import sympy as sp

from verify import (
    By,
    Cite,
    Claim,
    Derivation,
    Domain,
    Holds,
    Inequality,
    NamedExpression,
    Theory,
    Unit,
    Verdict,
    above,
    check,
    free,
    positive,
)
from verify.claims import circles, theories
from verify.claims.citing import as_cited, at_home, reach, table_of
from verify.claims.loading import load_files
from verify.claims.selection import select
from verify.derivations.relations import le
from verify.evidence.results import ClaimResult
from verify.evidence.run import ancestors
from verify.regression.graph.dependencies import graph_of, impact
from verify.runtime.errors import BadInput, Malformed

x, u = sp.symbols("x u", real=True)
ANY, POSITIVE = Domain((free(x),)), Domain((positive(x),))
SQUARE = Claim("square", "a square", Holds(le(0, x**2)), ANY)
WRONG = Claim("square", "a cube", Holds(le(0, x**3)), ANY)
MINE = Claim("mine", "a fourth power", Inequality(x**4, ">=", 0), ANY, rests_on=("base:square",))


def theory(name: str, claims: Iterable[Claim], uses: tuple[str | Theory, ...] = ()) -> Theory:
    return Theory(name=name, claims=lambda: claims, uses=uses)


def base(claim: Claim = SQUARE) -> Theory:
    return theory("base", [claim])


def checked(one: Theory, name: str) -> ClaimResult:
    (result,) = check([name], table=table_of(one))
    return result


# ---------------------------------------------------------------- what is cited caps, and is checked


def test_the_cited_claim_is_checked_with_the_citing_one() -> None:
    found = checked(theory("top", [MINE], (base(),)), "mine")
    assert found.rests_on == {"base:square": Verdict.PROVED} and found.verdict is Verdict.PROVED


@pytest.mark.parametrize("field", ["rests_on", "states_with"])
def test_a_refuted_one_leaves_what_cites_it_open(field: str) -> None:
    """The control is above: the same claim with a theorem in the place of what is false."""
    citing = Claim("mine", "a fourth power", Inequality(x**4, ">=", 0), ANY, **{field: ("base:square",)})
    found = checked(theory("top", [citing], (base(WRONG),)), "mine")
    assert found.rests_on == {"base:square": Verdict.REFUTED}
    assert found.own is Verdict.PROVED and found.verdict is Verdict.INCONCLUSIVE and found.as_expected is None


def test_everything_that_a_cited_claim_needs_is_there() -> None:
    """What it names, what defines what it mentions, and what its theory cites of a third one."""
    value = Derivation("u", x**2, "by definition")
    square = NamedExpression("square", "u", "a square", Unit(), value, POSITIVE, u, "defines")
    claims = [
        Claim("defines", "what u is", Holds(le(u, x**2)), POSITIVE),
        Claim("first", "u is no debt", Inequality(u, ">=", 0), POSITIVE, states_with=("base:square",)),
        Claim("second", "nor is u + 1", Inequality(u + 1, ">", 0), POSITIVE, rests_on=("first",)),
        Claim("other", "not cited", Inequality(x, ">", 0), POSITIVE),
    ]
    middle = Theory(name="middle", claims=lambda: claims, expressions=lambda: [square], uses=(base(),))
    top = theory(
        "top", [Claim("mine", "t", Inequality(x, ">", 0), POSITIVE, states_with=("middle:second",))], (middle,)
    )
    table = table_of(top)
    assert ancestors(table["mine"], table) == ["middle:defines", "middle:first", "middle:second", "base:square"]
    assert list(table) == ["mine", *ancestors(table["mine"], table)], "what nobody cites is not there"
    assert list(table_of(middle)) == ["defines", "first", "second", "other", "base:square"]
    assert table["middle:second"].inherits == ("middle:defines",)
    assert set(impact(graph_of(table), "base:square")) == {"mine", "middle:first", "middle:second"}
    assert checked(top, "mine").verdict is Verdict.PROVED


def test_a_proof_may_cite_a_theorem_of_another_theory() -> None:
    lemma = Claim("lemma", "a bound", Inequality(x**2 + 1 / x, ">", 1), Domain((above(x, 1),)))
    hint = By((Cite("base:lemma"),))
    plain = Claim("mine", "the same, larger", Inequality(x**2 + 1 / x + 1, ">", 2), Domain((above(x, 1),)), proof=hint)
    (open_,) = check(["mine"], table=table_of(theory("top", [plain], (base(lemma),))))
    assert open_.verdict is Verdict.INCONCLUSIVE, "what a proof cites has to be said to be rested on"
    said = Claim("mine", plain.title, plain.statement, plain.domain, rests_on=("base:lemma",), proof=hint)
    found = checked(theory("top", [said], (base(lemma),)), "mine")
    assert found.verdict is Verdict.PROVED
    (proof,) = (e for e in found.evidence if e.route == "proof")
    assert proof.details["certificate"]["theorems"] == 2
    shown = as_cited(theory("top", [said], (base(lemma),)), "mine")
    assert shown.proof == By((Cite("base:lemma"),)) and shown.rests_on == ("base:lemma",)


def test_only_what_is_cited_is_somebody_elses() -> None:
    """An id is a text: evidence for a claim that merely has the form of one is not looked for in its theory."""
    own = base()
    forged = Claim("base:square", "false", Holds(le(1, x**2)), ANY, setting=own)
    assert at_home(forged) == (forged, None)
    assert at_home(as_cited(own, "square")) == (own.catalogue["square"], table_of(own))
    (found,) = check(["base:square"], table={"base:square": forged})
    assert found.verdict is Verdict.REFUTED


# ---------------------------------------------------------------- what can't be meant


def said(make: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as error:
        make()
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("bsae:square", "the theory top uses none called 'bsae'\nhint: did you mean base:square?"),
        ("far:square", "the theory top uses none called 'far'\nhint: write uses=(\"far\",) in it"),
        ("base:sqare", "mine rests on 'base:sqare', which is not a claim\nhint: did you mean base:square?"),
        ("square", "mine rests on 'square', which is not a claim\nhint: write base:square, if that is meant"),
        ("top:mine", "mine rests on 'top:mine', which is not a claim\nhint: write mine"),
        ("base:", "which is not a claim"),
    ],
)
def test_a_name_that_nothing_has(name: str, what: str) -> None:
    wrong = Claim("mine", "t", Inequality(x**4, ">=", 0), ANY, rests_on=(name,))
    other = Claim("other", "t", Inequality(x**4, ">=", 0), ANY)
    top = theory("top", [wrong, other], (base(),))
    assert what in said(lambda: checked(top, "mine"))
    assert checked(top, "other").verdict is Verdict.PROVED, "it costs the claim that is wrong, and no other"


def test_a_theory_that_does_not_exist_is_said_when_a_claim_of_it_is_needed() -> None:
    uses = ("tests.no_such_theory:THEORY",)
    free_of_it = theory("top", [SQUARE], uses)
    assert checked(free_of_it, "square").verdict is Verdict.PROVED, "nothing is loaded that nobody needs"
    assert "'tests.no_such_theory:THEORY' could not be loaded" in said(lambda: table_of(theory("top", [MINE], uses)))
    assert "did you mean descent?" in said(lambda: table_of(theory("top", [MINE], ("decent",))))


def test_theories_that_use_each_other_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
from verify import Claim, Domain, Inequality, Theory, positive
import sympy as sp

x = sp.Symbol("x", real=True)
ONE = Claim("one", "t", Inequality(x, ">", 0), Domain((positive(x),)), rests_on={rests_on})
THEORY = Theory(name="{name}", claims=lambda: [ONE], uses={uses})
"""
    monkeypatch.chdir(tmp_path)

    def write(name: str, uses: str, rests_on: str) -> str:
        Path(f"{name}.py").write_text(text.format(name=name, uses=uses, rests_on=rests_on))
        return f"{name}.py"

    write("round_b", '("round_a.py",)', "()")  # no two claims need each other, and still neither theory is first
    first = write("round_a", '("round_b.py",)', '("round_b:one",)')
    error = said(lambda: table_of(theories.named(first)))
    assert "theories use each other in a circle, round_a -> round_b -> round_a" in error
    write("line_b", "()", "()")
    first = write("line_a", '("line_b.py",)', '("line_b:one",)')
    assert list(table_of(theories.named(first))) == ["one", "line_b:one"], "the control"


def test_two_theories_of_one_name_are_refused() -> None:
    top = theory("top", [MINE], (base(), base(WRONG)))
    assert "two theories are called base" in said(lambda: table_of(top))
    middle = theory("middle", [Claim("m", "t", SQUARE.statement, ANY, rests_on=("base:square",))], (base(WRONG),))
    assert "two theories are called base" in said(lambda: table_of(theory("top", [MINE], (base(), middle))))
    own = base()
    middle = theory("middle", [Claim("m", "t", SQUARE.statement, ANY, rests_on=("base:square",))], (own,))
    assert "base:square" in table_of(theory("top", [MINE], (own, middle))), "one that both use is one"


def test_a_colon_is_for_claims_of_others_only() -> None:
    odd = Claim("a:b", "t", SQUARE.statement, ANY)
    assert "choose one without a colon" in said(lambda: theory("top", [odd]).catalogue)
    with pytest.raises(Malformed, match="uses"):
        Theory(name="top", uses="descent")  # type: ignore[arg-type]
    assert "whose claims can't be named" in said(lambda: table_of(theory("top", [MINE], (theory("a:b", []),))))


def test_a_circle_inside_of_a_cited_theory_is_named_in_full() -> None:
    claims = [Claim(a, "t", SQUARE.statement, ANY, states_with=(b,)) for a, b in (("square", "b"), ("b", "square"))]
    top = theory("top", [MINE], (theory("base", claims),))
    assert "base:square -> base:b -> base:square" in said(lambda: checked(top, "mine"))
    assert circles.found(["mine"], table_of(theory("top", [MINE], (base(),)))) == [], "the control"


# ---------------------------------------------------------------- names on the command line, files


def test_patterns_are_about_the_theory_itself() -> None:
    top = theory("top", [MINE], (base(),))
    assert select([], top).ids == select(["*"], top).ids == ["mine"]
    assert select(["base:*"], top).ids == select(["base:square"], top).ids == ["base:square"]
    assert "1 claims of base are cited; verify show circle --theory base" in said(lambda: select(["base:circle"], top))
    assert "no claim of another theory 'nobody' is cited; of base some are" in said(lambda: select(["nobody:x"], top))


CITES = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x = sp.Symbol("x", real=True)


def claims():
    yield Claim("{own}", "t", Inequality(x, ">", 0), Domain((positive(x),)), rests_on=("{name}",))
"""


def test_a_file_may_cite_any_installed_theory(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text(CITES.format(own="my.one", name="descent:SGD.floor"))
    bad.write_text(CITES.format(own="my.two", name="descent:GD.no"))
    found = load_files([str(good), str(bad)], base())
    assert list(found.table) == ["descent:SGD.strong", "descent:SGD.floor", "my.one"]
    assert "names 'descent:GD.no', which is not a claim" in str(found.errors[bad])


# ---------------------------------------------------------------- the theories that come with the package


def test_one_of_the_two_theories_cites_the_other() -> None:
    maml, descent = theories.named("maml-erm"), theories.named("descent")
    assert dict(reach(maml)) == {"descent": descent} and not reach(descent)
    cited = [name for name in table_of(maml) if name not in maml.catalogue]
    assert {"descent:GD.contract.short", "descent:SGD.strong"} <= set(cited)
    assert all(ancestors(claim, table_of(maml)) is not None for claim in table_of(maml).values())


def test_a_theory_that_is_used_is_not_loaded_for_nothing() -> None:
    """In a process of its own: the first theory alone, and then, as a control, what it uses."""
    code = """
import sys
from verify.claims import citing, theories

maml = theories.named("maml-erm")
assert maml.vocabulary
print("theory.descent" in sys.modules)
citing.reach(maml)
print("theory.descent" in sys.modules, "theory.descent.claims" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "False"]
