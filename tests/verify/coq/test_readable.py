"""The library that is written for people: it compiles, its statements read back, and near misses do neither."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.verify.coq.statements import installed
from theory.maml_erm import THEORY
from verify.claims import sequents
from verify.commands import export_run
from verify.commands.export_run import quantities_of, source_of
from verify.commands.kernel_run import Chosen
from verify.coq import coqc, exported, lemmas
from verify.coq.collection import Collection
from verify.coq.readable import notation
from verify.coq.readable.library import Library, library
from verify.coq.readable.reading import Reader, Unread, as_coq, says
from verify.coq.readable.source import Source
from verify.coq.reals import notation as full
from verify.evidence.routes.proof import certificate_of
from verify.kernel.reals.terms import Term

# An equivalence with a threshold; a limit; at alpha = 1/rho_E; a closed form by name; hypotheses with connectives.
CLAIMS = ("T1", "L2", "B1.lower", "H0", "T1.weak", "N1.two_classes")
MISSED = re.compile("Unable to unify|has type|while it is expected|Cannot find|No matching|No such hypothesis")


@cache
def source() -> tuple[Source, Collection]:
    found = {name: certificate_of(THEORY.stated[name], THEORY.catalogue) for name in CLAIMS}
    collection = Collection()
    for name, certificate in found.items():
        collection.add(name, certificate)
    session: Any = None
    return source_of(Chosen(dict.fromkeys(found, ()), THEORY.catalogue, session), found), collection


@cache
def written() -> Library:
    stated, collection = source()
    return library(stated, collection, collection.parts(lambda k, _: f"Part{k:02}"), "Theory")


def sentences(text: str, word: str) -> list[str]:
    """The Definitions or Theorems of a file, each up to its end."""
    end = "Qed." if word == "Theorem" else "."
    return [s[: s.index(f"{end}\n\n" if word == "Definition" else end) + len(end)] for s in _from(text + "\n\n", word)]


def _from(text: str, word: str) -> list[str]:
    starts = [m.start() for m in re.finditer(rf"^{word} ", text, re.M)]
    return [text[at:] for at in starts]


def reader(definitions: str) -> Reader:
    found = Reader()
    for sentence in sentences(definitions, "Definition"):
        found.definition(sentence)
    return found


def reads_back(claim: str, files: dict[str, str]) -> bool:
    """Whether the theorems of a claim say what it says, in files as they are."""
    made = written()
    stated = next(s for s in source()[0].claims if s.id == claim)
    assert stated.statement is not None
    own = made.theorems[claim]
    texts = {s.split()[1]: s for s in sentences(files[made.where[claim]], "Theorem")}
    try:
        known = reader(files["Definitions"])
        return says(known, texts[own[0]], texts[own[1]] if len(own) > 1 else "", own[0], stated.statement)
    except Unread:
        return False


# ---------------------------------------------------------------- what Coq says


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The lemmas, and an export whose theorems of certificates are compiled."""
    home = coqc.prepared(tmp_path_factory.mktemp("coq"), (*lemmas.NUMBERS, "Readable"))
    out = tmp_path_factory.mktemp("out")
    stated, collection = source()
    exported.write(collection, stated, out)
    for path in sorted((out / "MamlErm/Proofs").iterdir()):
        assert compiles(home, out, path) == ""
    return home, out


def compiles(home: Path, out: Path, path: Path) -> str:
    """What Coq says against a file; nothing where it accepts it."""
    paths = ["-Q", str(home / "Verify"), "Verify", "-Q", str(out / "MamlErm"), "MamlErm"]
    done = subprocess.run(["coqc", "-q", *paths, str(path)], capture_output=True, text=True, timeout=300, check=False)
    return "" if done.returncode == 0 else done.stderr + " "


USED = """From Coq Require Import Reals Lra.
From Verify Require Import Integers.
From MamlErm Require Import All.
Open Scope R_scope.
Example seven_samples : sigma 10 7 (1/2) (1/2) 1 (1/2) < kappa (1/2) 1 (1/2).
Proof.
  assert (m_star 10 (1/2) (1/2) 1 = 33/5) by (unfold m_star; field).
  apply T1; try apply int_lit; lra.
Qed.
"""

# File, what is replaced in it, by what, and which file does not compile then.
EDITED = {
    "a constant of a quantity": ("Definitions", "alpha * (d + 1) *", "alpha * (d + 2) *"),
    "a hypothesis less": ("Claims_T", "  p < 1 -> 1 <= d ->", "  True -> 1 <= d ->"),
    "a weaker hypothesis": ("Claims_T", "  p < 1 -> 1 <= d ->", "  p < 2 -> 1 <= d ->"),
    "another relation": ("Claims_T", "<-> m > m_star", "<-> m >= m_star"),
    "another quantity": ("Claims_T", "p < kappa rho_H rho_E p", "p < kappa rho_E rho_H p"),
    "defined without a reason": ("Claims_T", "m <> 0 /\\ p * rho_H <> 0", "m <> 0 /\\ p - rho_H <> 0"),
}


@installed
def test_the_library_compiles_and_can_be_used_and_near_misses_do_not_compile(compiled: tuple[Path, Path]) -> None:
    home, out = compiled
    folder = out / "MamlErm"
    for name in written().files:
        assert compiles(home, out, folder / f"{name}.v") == "", name
    (out / "Used.v").write_text(USED)
    assert compiles(home, out, out / "Used.v") == ""
    (out / "Misused.v").write_text(USED.replace("10 7", "10 6"))
    assert "Cannot find witness" in compiles(home, out, out / "Misused.v")
    for case, (name, old, new) in EDITED.items():
        text = (folder / f"{name}.v").read_text()
        assert old in text, case
        (folder / f"{name}.v").write_text(text.replace(old, new, 1))
        if name == "Definitions":
            assert compiles(home, out, folder / "Definitions.v") == ""
        assert MISSED.search(compiles(home, out, folder / "Claims_T.v")), case
        (folder / f"{name}.v").write_text(text)
        if name == "Definitions":
            assert compiles(home, out, folder / "Definitions.v") == ""
    assert compiles(home, out, folder / "Claims_T.v") == ""


TERMS: tuple[Term, ...] = (
    ("+", "x", ("-", ("+", "y", "z"))),
    ("+", ("-", "x"), "y", ("-", ("*", 2, "z"))),
    ("-", ("*", "x", "y")),
    ("-", ("^", "x", 2)),
    ("^", ("-", "x"), 3),
    ("^", ("^", "x", 2), 3),
    ("^", ("+", "x", 1), -2),
    ("^", "x", ("/", "y", 2)),
    ("/", "x", ("/", "y", "z")),
    ("/", ("/", "x", "y"), "z"),
    ("*", "x", ("/", "y", "z")),
    ("*", ("/", "x", "y"), "z"),
    ("*", "x", ("-", "y"), -3),
    ("/", ("*", "x", "y"), ("*", 3, "z")),
    ("*", ("+", "x", "y"), ("^", "z", 2)),
    ("sqrt", ("+", "x", ("log", ("*", "y", "z")))),
    ("min", "x", ("abs", ("-", "y")), ("exp", "z")),
    ("+", "x", -1, ("*", -2, "y")),
    ("-", 3),
)


def test_terms_without_parentheses_read_back() -> None:
    names = {x: x for x in "xyz"}
    for t in TERMS:
        text = notation.term(t, names)
        found = Reader()
        found.definition(f"Definition f (x y z : R) : R := {text}.")
        assert found.meanings["f"][1] == as_coq(t, names), text
    with pytest.raises(Unread):
        Reader().definition("Definition f (x : R) : R := x + y.")


@installed
def test_coq_reads_them_as_it_reads_all_parentheses(home: Path, tmp_path: Path) -> None:
    names = {x: x for x in "xyz"}
    same = [f"  constr_eq ({notation.term(t, names)}) {full.term(t, names)}." for t in TERMS]
    lines = ["From Coq Require Import Reals.", "From Verify Require Import Statements.", "Open Scope R_scope."]
    lines += [
        "Goal forall x y z : R, True.",
        "  intros.",
        *same,
        "  Fail constr_eq (x - y - z) (x - (y - z)).",
        "Abort.",
    ]
    (tmp_path / "Terms.v").write_text("\n".join(lines))
    assert compiles(home, tmp_path, tmp_path / "Terms.v") == ""


# ---------------------------------------------------------------- what the reader says


def test_every_statement_reads_back_and_the_near_misses_do_not() -> None:
    files = written().files
    assert set(written().theorems) == set(CLAIMS) and not written().left
    assert all(reads_back(name, files) for name in CLAIMS)
    for case, (name, old, new) in EDITED.items():
        edited = {**files, name: files[name].replace(old, new, 1)}
        assert edited != files and not reads_back("T1", edited), case


def test_no_token_of_a_statement_can_be_another_one() -> None:
    """Numbers, relations, signs and names of the statement and of its Definitions, one after the other."""
    files = written().files
    other = {"<": "<=", "<=": "<", "+": "-", "-": "+", "*": "/", "/": "*", "<->": "->", ">": ">=", "alpha": "p"}
    other |= {"rho_H": "rho_E", "rho_E": "rho_H", "d": "m", "m": "d", "1": "2", "2": "3", "sigma": "kappa"}
    changed = 0
    for word, name in (
        ("Theorem T1 ", "Claims_T"),
        *((f"Definition {d} ", "Definitions") for d in ("sigma", "m_star")),
    ):
        start = files[name].index(word)
        start = files[name].index(": R,\n" if word.startswith("T") else ":=", start) + 3
        end = files[name].index("Proof." if word.startswith("T") else ".\n", start)
        for token in re.finditer(r"<->|->|<=|[<>+*/-]|\w+", files[name][start:end]):
            if token[0] in other:
                at = start + token.start()
                text = files[name][:at] + other[token[0]] + files[name][at + len(token[0]) :]
                assert not reads_back("T1", {**files, name: text}), files[name][at - 30 : at + 30]
                changed += 1
    assert changed > 60


def test_a_premise_that_nothing_needs_is_none_of_the_claim() -> None:
    files = written().files
    text = files["Claims_T"].replace(
        "forall rho_H rho_E alpha p d m : R,\n", "forall rho_H rho_E alpha p d m : R,\n  d < 5 ->\n"
    )
    assert not reads_back("T1", {**files, "Claims_T": text})


def test_that_terms_are_defined_is_said_beside() -> None:
    files, stated = written().files, next(s for s in source()[0].claims if s.id == "T1")
    texts = {s.split()[1]: s for s in sentences(files["Claims_T"], "Theorem")}
    known = reader(files["Definitions"])
    assert stated.statement is not None
    assert says(known, texts["T1"], texts["T1_defined"], "T1", stated.statement)
    assert not says(known, texts["T1"], "", "T1", stated.statement)
    assert not says(known, texts["T1"], texts["T1_weak_defined"], "T1", stated.statement)


# ---------------------------------------------------------------- how it reads


def test_a_statement_is_as_one_writes_it() -> None:
    text = " ".join(written().files["Claims_T"].split())
    assert "sigma d m alpha rho_H rho_E p < kappa rho_H rho_E p <-> m > m_star d alpha rho_H rho_E." in text
    assert "(** T1. MAML favours hard tasks more than ERM does exactly when m > m* Source:" in text
    assert "hardness alpha rho eps > hardness alpha rho_2 eps." in " ".join(written().files["Claims_H"].split())
    assert "rho_E + rho_H <> 0 -> alpha < 2 / (rho_E + rho_H)" not in text  # it follows


def test_a_value_at_fixed_parameters_has_a_definition_that_says_so() -> None:
    definitions = written().files["Definitions"]
    assert "(** s_E where alpha = 1 / rho_E *)\nDefinition s_E_at_alpha (" in definitions
    assert "s_E_at_alpha" in written().files["Claims_B"]


def test_what_has_no_readable_form_is_named() -> None:
    stated, collection = source()
    claims = []
    for c in stated.claims:
        row = c.certificate["theorems"][-1]
        data = {"theorems": [*c.certificate["theorems"][:-1], {**row, "definitions": []}]}
        claims.append(replace(c, certificate=data) if c.id == "T1" else c)
    made = library(replace(stated, claims=tuple(claims)), collection, collection.parts(lambda k, _: f"P{k}"), "Theory")
    assert made.left == {"T1": "its certificate has its definitions written out"}
    assert "Its theorem is thm_T1, in Theory.P" in made.files["Claims_T"]


def test_a_quantity_that_cannot_be_said_is_left_out_with_what_uses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = {q.name: q for q in quantities_of(THEORY)}
    assert {"kappa", "gain", "sigma"} < set(everything)
    value, said = THEORY.named["kappa"].value, sequents.term

    def term(e: Any) -> Any:
        if e == value:
            raise TypeError("no term of the language")
        return said(e)

    monkeypatch.setattr(export_run, "term", term)
    left = {q.name for q in quantities_of(THEORY)}
    assert "sigma" in left and not {"kappa", "gain"} & left
