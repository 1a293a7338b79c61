"""A certificate as a text of its own: what it proves, the proof with its rules, and what these rules infer and why."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

from verify.kernel import Refused
from verify.kernel.certificate import check, of_matrices, of_spaces
from verify.kernel.reading import Unreadable, oddity, read
from verify.kernel.reals.rules import RULES as OF_NUMBERS
from verify.kernel.spaces.rules import RULES as OF_SPACES
from verify.reports.certificates.proof import proof_lines
from verify.reports.certificates.terms import Terms, names_latex
from verify.reports.certificates.trace import Theorem, about_vectors, numbers
from verify.reports.certificates.writing import Writing
from verify.reports.displays import CHAIN, PREAMBLE, display
from verify.runtime.errors import BadInput
from verify.typesetting.line_breaks import lines
from verify.typesetting.text import escaped

TEMPLATE = Path(__file__).with_name("proof.tex")
MOST_STEPS = 2_000  # a proof that fills some hundred pages
_KINDS = {"real": "a real number", "integer": "an integer", "vector": "a vector", "reals": "a family of real numbers",
          "vectors": "a family of vectors", "operator": "a linear operator"}  # fmt: skip


def certificate_document(certificate: Mapping[str, Any], name: str) -> str:
    """The whole LaTeX document; ``BadInput`` for what the checker refuses, and for a certificate about matrices."""
    try:
        said = check(certificate)
    except Refused as reason:
        raise BadInput(
            f"{name} is refused: {reason}", "only a certificate that the checker accepts is printed"
        ) from None
    if of_matrices(certificate):
        what = f"{name} is a certificate of an identity of matrices, whose steps are those of its derivation"
        raise BadInput(what, "verify latex --sheet DIR prints the derivation")
    rules: dict[str, None] = {}
    if of_spaces(certificate):
        lemmas, theorem = about_vectors(certificate)
        body = [*_lemmas(lemmas, rules), *_theorem(theorem, rules, lemmas)]
        table: Mapping[str, Any] = {**OF_NUMBERS, **OF_SPACES}
    else:
        *lemmas, theorem = numbers(certificate)
        body = [*_lemmas(lemmas, rules), *_theorem(theorem, rules, lemmas)]
        table = OF_NUMBERS
    parts = [*body, r"\section*{The rules}", *_rules(rules, table)]
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    preamble = PREAMBLE.read_text(encoding="utf-8")
    return template.substitute(name=escaped(name), said=escaped(said), preamble=preamble, body="\n".join(parts))


def read_certificate(path: Path) -> Mapping[str, Any]:
    """The certificate in a file; ``BadInput`` for a file that can't be read as one."""
    try:
        document = read(str(path))
    except Unreadable as error:
        hint = "write one by verify prove STATEMENT --certificate FILE"
        raise BadInput(f"{path} is not a certificate: {error}", hint) from None
    if not isinstance(document.content, dict):
        raise BadInput(f"{path} is not a certificate", "write one by verify prove STATEMENT --certificate FILE")
    if said := oddity(document):
        raise BadInput(f"{path} is not a certificate: {said}", "write each thing once")
    return document.content


def _lemmas(found: list[Theorem], rules: dict[str, None]) -> Iterator[str]:
    if found:
        yield r"\section*{Lemmas about numbers}"
    for i, theorem in enumerate(found):
        yield from _stated("lemma", theorem, rules, found[:i])


def _theorem(theorem: Theorem, rules: dict[str, None], lemmas: list[Theorem]) -> Iterator[str]:
    yield r"\section*{The theorem}"
    yield from _stated("theorem", theorem, rules, lemmas)


def _stated(kind: str, theorem: Theorem, rules: dict[str, None], lemmas: list[Theorem]) -> Iterator[str]:
    """A theorem of a certificate with its proof; hypotheses are numbered, and the proof refers to them."""
    data = theorem.data
    if theorem.proof.count() > MOST_STEPS:
        raise BadInput(f"the proof has more than {MOST_STEPS} steps", "it is too long to be read")
    declared = [row[:2] for row in data.get("names", data.get("variables", ()))]
    terms = Terms(names_latex(name for name, _ in declared))
    label = f"theorem:{data.get('id', 'main')}"
    yield rf"\begin{{{kind}}}\label{{{label}}}"
    yield f"Let {_declarations(declared, terms)}." if declared else ""
    hypotheses = list(data["hypotheses"])
    for name, value in data["definitions"]:
        yield rf"Let ${terms.term(name)}={terms.term(value)}$."
    if hypotheses:
        yield r"Suppose that"
        for i, f in enumerate(hypotheses, start=1):
            first, *more = lines(terms.formula(f), CHAIN)
            yield rf"\hypothesis{{{i}}}{{{first}}}"
            yield from (rf"\morerow{{{part}}}" for part in more)
    yield "Then" if hypotheses else "It holds that"
    yield from display(terms.formula(data["goal"]))
    yield rf"\end{{{kind}}}"
    tags = {f: f"(H{i})" for f, i in theorem.hypotheses.items()}
    named = {t.data["id"]: rf"Lemma~\ref{{theorem:{t.data['id']}}}" for t in lemmas}
    yield r"\begin{proof}\chainstart"
    yield from proof_lines(theorem.proof, Writing(terms, tags, named, rules, theorem.stated))
    yield r"\end{proof}"


def _declarations(rows: list[Any], terms: Terms) -> str:
    kinds: dict[str, list[str]] = {}
    for name, kind in rows:
        kinds.setdefault(kind, []).append(f"${terms.term(name)}$")
    several = {k: re.sub(r"^an? ", "", v) + "s" for k, v in _KINDS.items()} | {
        "reals": "families of real numbers", "vectors": "families of vectors"
    }  # fmt: skip
    parts = [f"{', '.join(n)} be {_KINDS[k] if len(n) == 1 else several[k]}" for k, n in kinds.items()]
    return ", ".join(parts)


def _rules(used: Mapping[str, None], table: Mapping[str, Any]) -> Iterator[str]:
    """What each rule infers and why that is sound, from the checker's own description of it."""
    yield r"\begin{rules}"
    for name in used:
        if name in table:
            text = inspect.getdoc(table[name][0]) or ""
            yield rf"\item[\rulename{{{escaped(name)}}}] {_described(text)}"
    yield r"\end{rules}"


def _described(text: str) -> str:
    """A description as text: what stands in backticks in typewriter, paragraphs run on."""
    joined = " ".join(text.split())
    parts = re.split(r"``?([^`]+)``?", joined)
    return "".join(rf"\texttt{{{escaped(p)}}}" if i % 2 else _quoted(escaped(p)) for i, p in enumerate(parts))


def _quoted(text: str) -> str:
    return text.replace("<", r"\textless{}").replace(">", r"\textgreater{}").replace("|", r"\textbar{}")
