"""What a key depends on, and what it does not."""

from __future__ import annotations

import ast
import enum
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.symbols import alpha, p, rho_H
from verify.cache import keys as module
from verify.cache import sources as files
from verify.cache.canonical import Unserialisable, canonical
from verify.cache.keys import key_of, keys_of
from verify.cache.sources import DISTRIBUTIONS, ByValue, Sources
from verify.cache.sources import sources as sources_of
from verify.claims.hints import Auto, By, Unfold
from verify.claims.statement import Identity, Inequality
from verify.evidence.route_table import routes_of
from verify.evidence.run import catalogue

ROOT = Path(module.__file__).parents[2]
TABLE = catalogue()
ROUTES = {name: route.module for name, route in routes_of(THEORY).items()}
VALUES = ByValue(THEORY.content, THEORY.by_value)


def sources() -> Sources:
    return sources_of(THEORY.package)


def tree(root: Path) -> Sources:
    """The sources of a copy."""
    return Sources({"verify": root / "verify", "theory.maml_erm": root / "theory" / "maml_erm"})


# ---------------------------------------------------------------- canonical texts


@dataclass
class Changing:
    x: int = 1


@dataclass(frozen=True)
class Foreign:
    x: int = 1


class Colour(enum.Enum):
    RED = 1


@pytest.mark.parametrize(
    "x",
    [object(), lambda: 1, 1.5, b"x", Changing(), Foreign(), Colour.RED, int, sp.Function("f")(alpha), (1, object())],
    ids=lambda x: type(x).__name__,
)
def test_an_unknown_type_is_an_error(x):
    with pytest.raises(Unserialisable):
        canonical(x)


def test_a_subclass_is_an_unknown_type():
    class Odd(Inequality):
        pass

    with pytest.raises(Unserialisable):
        canonical(Odd(alpha, "<", rho_H))


def test_different_things_have_different_texts():
    x, real = sp.Symbol("x"), sp.Symbol("x", real=True)
    things = [
        None, True, 1, "1", "a", ("a", "b"), ("a;b",), ('a";"b',), (("a",), "b"), ["a"], {"a": 1}, {1: "a"}, (), {},
        Fraction(1, 2), sp.Rational(1, 2), sp.Integer(1), sp.oo, x, real, sp.Symbol("y"), x + 1, x * 2, x**2,
        sp.Add(x, x, evaluate=False), sp.Mul(1, x, evaluate=False), Identity(x, real), Identity(real, x),
        Inequality(x, "<", real), Inequality(x, "<=", real), Auto(), By((), Auto()), By((Unfold((x,)),)),
    ]  # fmt: skip
    texts = [canonical(thing) for thing in things if not isinstance(thing, list)]
    assert len(set(texts)) == len(texts)


# ---------------------------------------------------------------- parts


def test_every_claim_has_all_its_keys_and_they_are_all_different():
    found = [key.hash for claim in TABLE.values() for key in keys_of(claim, TABLE).values()]
    assert len(set(found)) == len(found) == len(TABLE) * len(ROUTES)


CHANGES = {
    "id": lambda c: replace(c, id="other"),
    "statement": lambda c: replace(c, statement=Inequality(c.statement.lhs, ">=", c.statement.rhs)),
    "a number": lambda c: replace(c, statement=Inequality(c.statement.lhs, ">", sp.Integer(-1))),
    "domain": lambda c: replace(c, domain=replace(c.domain, bounds=c.domain.bounds[1:])),
    "fixed values": lambda c: replace(c, at=((p, sp.Rational(1, 2)),)),
    "proof": lambda c: replace(c, proof=By((), c.proof)),
    "rests on": lambda c: replace(c, rests_on=("P.kappa",)),
    "expected": lambda c: replace(c, expected=False),
    "derivations": lambda c: replace(c, derivations=THEORY.stated["X1"].derivations),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("slot", ROUTES)
def test_every_part_of_a_claim_is_in_every_key(slot, change):
    claim = TABLE["P.sigma"]
    assert key_of(change(claim), slot, TABLE).hash != key_of(claim, slot, TABLE).hash


def test_what_is_for_people_is_in_no_key():
    claim = TABLE["P.sigma"]
    other = replace(claim, title="another", source="elsewhere", note="a note")
    assert {k.hash for k in keys_of(other, TABLE).values()} == {k.hash for k in keys_of(claim, TABLE).values()}


def test_a_proof_depends_on_all_it_cites_and_a_search_does_not():
    changed = {**TABLE, "P.s_H": replace(TABLE["P.s_H"], proof=Auto())}
    for name in ("P.sigma", "X1.minimiser", "P.gain", "X2"):  # the last two cite it through others
        before, after = keys_of(TABLE[name], TABLE), keys_of(TABLE[name], changed)
        assert before["proof"].hash != after["proof"].hash
        assert before["proof"].parts["ancestors"]["P.s_H"] != after["proof"].parts["ancestors"]["P.s_H"]
        assert all(before[slot] == after[slot] for slot in ROUTES if slot != "proof")
    assert keys_of(TABLE["P.kappa"], TABLE) == keys_of(TABLE["P.kappa"], changed)


@pytest.mark.parametrize("part", ["statement", "ancestors", "formulas", "code", "libraries", "machine"])
def test_every_part_is_in_the_hash(part):
    key = key_of(TABLE["P.sigma"], "proof", TABLE)
    assert part in key.parts
    for changed in ({**key.parts[part], "new": "1"}, {name: x + "x" for name, x in key.parts[part].items()}):
        parts = {**key.parts, part: changed}
        assert changed == key.parts[part] or replace(key, parts=parts).hash != key.hash


def test_libraries_and_machine_are_those_that_the_route_uses(monkeypatch):
    def fresh(slot: str) -> str:
        module.code_of.cache_clear()
        return key_of(TABLE["P.sigma"], slot, TABLE).hash

    before = {slot: fresh(slot) for slot in ROUTES}
    monkeypatch.setattr(files, "version", lambda name: "0" if name == "numpy" else "1")
    middle = {slot: fresh(slot) for slot in ROUTES}
    assert all(before[slot] != middle[slot] for slot in ROUTES)
    monkeypatch.setattr(files, "version", lambda name: "2" if name == "numpy" else "1")
    after = {slot: fresh(slot) for slot in ROUTES}
    assert {slot for slot in ROUTES if middle[slot] == after[slot]} == {"units", "replay"}
    monkeypatch.setattr(files, "machine", lambda: {"processor": "another"})
    moved = {slot: fresh(slot) for slot in ROUTES}
    assert {slot for slot in ROUTES if moved[slot] == after[slot]} == {"units", "replay"}
    monkeypatch.undo()
    assert before == {slot: fresh(slot) for slot in ROUTES}


def test_a_measured_expression_is_in_the_key_of_the_claims_that_contain_it(monkeypatch):
    """X2 is about the gain; the weight of a method is not."""
    from theory.maml_erm.measurements import measured_expressions

    before = {name: key_of(TABLE[name], "cubature", TABLE).hash for name in ("X2", "S0.imaml.isotropic")}
    gain = TABLE["X2"].statement.lhs
    table = dict(measured_expressions.definition_side())
    moved = next(e for e in table if e in set(sp.preorder_traversal(gain)))
    other = {**table, moved: measured_expressions.by.risk}
    monkeypatch.setattr(measured_expressions, "definition_side", lambda: other)
    after = {name: key_of(TABLE[name], "cubature", TABLE).hash for name in before}
    assert after["X2"] != before["X2"]
    assert after["S0.imaml.isotropic"] == before["S0.imaml.isotropic"]


# ---------------------------------------------------------------- code


def test_formulas_count_by_value_only_where_a_route_lists_them():
    """Any other import of a module of formulas puts its source into the key, and every formula edit would be stale."""
    for route in ROUTES.values():
        found = sources().code([route], VALUES).modules
        assert [name for name in found if VALUES.is_content(name)] == []
    for route in THEORY.routes:
        without = ByValue(THEORY.content)
        assert [name for name in sources().code([route.module], without).modules if VALUES.is_content(name)]


def test_the_machine_runs_no_code_of_a_theory():
    own = {route.module for route in THEORY.routes}
    for route in set(ROUTES.values()) - own:
        assert not [name for name in sources().code([route], ByValue()).modules if name.startswith("theory")]


def test_every_library_that_a_route_imports_is_known():
    for route in ROUTES.values():
        for name in sources().code([route], VALUES).modules:
            assert sources().imports(name)[1] <= set(DISTRIBUTIONS)


def test_what_a_route_loads_is_in_its_code(tmp_path):
    """The modules that are really loaded, in a process of its own, against those found in the syntax trees."""
    code = (
        "import sys, json\nfrom verify.evidence.run import catalogue\nfrom verify.evidence.collect import gather\n"
        "for name in ('P.sigma', 'M1', 'S0.imaml.isotropic', 'false.Q_with_d'):\n    gather(catalogue()[name])\n"
        "print(json.dumps(sorted(m for m in sys.modules if m.split('.')[0] in ('theory', 'verify'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    everything = {name for route in ROUTES.values() for name in sources().code([route], VALUES).modules}
    # Which claims there are, which routes come in which order and in which process, is not what a route finds; what a
    # theory says of its symbols and results counts by value; and only formulas raise these errors.
    others = {
        "theory", "theory.maml_erm.by_value", "theory.maml_erm.formulas.letters", "theory.maml_erm.grid",
        "theory.maml_erm.notation",
        "theory.maml_erm.results", "theory.maml_erm.theory", "verify.claims.loading", "verify.claims.selection",
        "verify.claims.theories", "verify.evidence.collect", "verify.evidence.route_table", "verify.evidence.run",
        "verify.claims.circles", "verify.claims.citing", "verify.claims.patterns", "verify.claims.surroundings",
        "verify.language.names", "verify.language.defined", "verify.language.lexemes", "verify.runtime.errors",
        "verify.runtime.processes",
        "verify.runtime.engine", "verify.runtime.installed", "verify.runtime.python_files", "verify.claims.sentence",
    }  # fmt: skip
    loaded = {m for m in ast.literal_eval(done.stdout) if not VALUES.is_content(m)} - others
    assert loaded <= everything


def copy(tmp_path: Path) -> Path:
    for package in ("theory", "verify"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def append(file: Path, text: str = "\n# a remark\n") -> None:
    file.write_text(file.read_text() + text)


@pytest.mark.parametrize(
    "edited, stale",
    [
        ("verify/evidence/routes/replay.py", {"replay"}),
        # A counterexample to a claim is rational, so that it needs no proof that it is one.
        ("verify/kernel/reals/rules/arithmetic.py", {"proof"}),
        ("verify/prover/tactics/gram_sdp.py", {"proof"}),
        ("theory/maml_erm/measurements/points.py", {"cubature"}),
        ("theory/maml_erm/definitions/naive.py", {"definition", "simulation", "cubature"}),
        ("verify/counterexamples/candidates.py", {"proof", "refutation.0", "refutation.2"}),
        ("verify/derivations/rules.py", set(ROUTES)),
        ("theory/maml_erm/formulas/symbols.py", {"definition", "simulation", "cubature"}),
        ("theory/maml_erm/formulas/mixture.py", set()),
        ("verify/typesetting/printer.py", set()),
        ("verify/reports/terminal.py", set()),
        ("verify/cli.py", set()),
    ],
)
def test_an_edit_of_the_code_reaches_the_routes_that_run_it(tmp_path, edited, stale):
    root = copy(tmp_path)
    before = tree(root)
    append(root / edited)
    after = tree(root)
    assert after.fingerprint != before.fingerprint
    assert not before.unchanged() and after.unchanged()
    codes = {slot: [one.code([route], VALUES) for one in (before, after)] for slot, route in ROUTES.items()}
    assert {slot for slot, (a, b) in codes.items() if a != b} == stale


def test_a_new_import_inside_a_function_is_found(tmp_path):
    root = copy(tmp_path)
    more = "\n\ndef more():\n    from verify.typesetting.plain_text import kind_of\n"
    append(root / "verify/evidence/routes/replay.py", more)
    assert "verify.typesetting.plain_text" in tree(root).code(["verify.evidence.routes.replay"], VALUES).modules
    append(
        root / "verify/evidence/routes/replay.py",
        "\n\ndef again():\n    from theory.maml_erm.formulas.mixture import gain\n",
    )
    found = tree(root).code(["verify.evidence.routes.replay"], VALUES).modules
    assert {"theory.maml_erm.formulas.mixture", "theory.maml_erm.formulas.methods"} <= set(found)
    lazily = "\n\ndef lazily():\n    from theory.maml_erm.formulas.tasks import easy_hard\n"
    append(root / "verify/evidence/routes/units.py", lazily)
    assert "theory.maml_erm.formulas.tasks" in tree(root).code(["verify.evidence.routes.units"], VALUES).modules


def test_no_route_prints_formulas():
    for name in sources().code(ROUTES.values(), VALUES).modules:
        assert not name.startswith("verify.typesetting")


@pytest.mark.parametrize("seed", ["1", "2"])
def test_keys_are_the_same_in_every_process(tmp_path, seed):
    code = (
        "from verify.evidence.run import catalogue\nfrom verify.cache.keys import keys_of\n"
        "for name in ('X2', 'M3', 'T3.enough', 'A2.order.top', 'false.limit_at_inverse'):\n"
        "    for key in keys_of(catalogue()[name], catalogue()).values():\n        print(key.hash)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    names = ("X2", "M3", "T3.enough", "A2.order.top", "false.limit_at_inverse")
    assert done.stdout.split() == [k.hash for name in names for k in keys_of(TABLE[name], TABLE).values()]
