"""The steps of a certificate inside the sheet: only of short ones, which a reader can follow beside the statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verify.kernel import Refused
from verify.kernel.certificate import of_matrices, of_spaces
from verify.reports.certificates.proof import proof_lines
from verify.reports.certificates.terms import Terms, names_latex
from verify.reports.certificates.trace import Theorem, about_vectors, numbers
from verify.reports.certificates.writing import Writing
from verify.reports.displays import CHAIN
from verify.reports.sheet.roles import Roles
from verify.typesetting.line_breaks import lines

SHORT = 16  # steps of a proof that is printed: with more, the certificate itself is the better text
_LEMMAS = "arithmetic, as the certificate shows"


def steps_of(certificate: Mapping[str, Any], roles: Roles) -> list[str]:
    """The lines of the proof; empty where it is too long, or about matrices, whose derivation says more."""
    if of_matrices(certificate):
        return []
    try:
        theorem = about_vectors(certificate)[1] if of_spaces(certificate) else numbers(certificate)[-1]
    except Refused:
        return []
    if theorem.proof.count() > SHORT:
        return []
    return list(_lines(theorem, roles))


def _lines(theorem: Theorem, roles: Roles) -> Iterator[str]:
    """What is used of the functions, at the points where it is used, then the steps."""
    declared = [row[0] for row in theorem.data.get("names", theorem.data.get("variables", ()))]
    terms = Terms(names_latex(declared))
    tags = {f: f"(H{i})" for f, i in theorem.hypotheses.items()}
    named = {name: roles.reference(name) for name in roles.of}
    lemmas = dict.fromkeys(theorem.cites, _LEMMAS)
    written = Writing(terms, tags, {**lemmas, **named}, stated=theorem.stated)
    body = list(proof_lines(theorem.proof, written))
    used = [i for i in sorted(theorem.hypotheses.values()) if any(f"(H{i})" in line for line in body)]
    if used:
        yield "What is assumed gives"
        for i in used:
            first, *more = lines(terms.formula(theorem.data["hypotheses"][i - 1]), CHAIN)
            yield rf"\row{{}}{{{first}}}{{{'' if more else f'(H{i})'}}}"
            for j, part in enumerate(more, start=1):
                yield rf"\morerow{{{part}}}" if j < len(more) else rf"\row{{\quad}}{{{part}}}{{(H{i})}}"
    yield from body
