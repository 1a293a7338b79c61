r"""A file of macros: ``\exprGain`` for the gain, ``\claimXTwo`` for the statement of claim X2."""

from __future__ import annotations

from verify.reports.latex_chosen import Chosen
from verify.runtime.errors import BadInput
from verify.typesetting.names import macro_name
from verify.typesetting.statements import claim_latex
from verify.typesetting.typesetter import latex


def macros(about: Chosen) -> dict[str, str]:
    """LaTeX by macro name; ``BadInput`` where two formulas would have the same."""
    out: dict[str, str] = {}
    pairs = [(macro_name("expr", e.name), latex(e.value, e.setting)) for e in about.expressions]
    pairs += [(macro_name("claim", c.id), claim_latex(c)) for c in about.claims]
    for name, text in pairs:
        if name in out:
            raise BadInput(f"two formulas would be called {name}", "give one of them another name")
        out[name] = text
    return out


def macro_file(about: Chosen) -> str:
    """The text of the macro file."""
    header = (
        f"% Formulas of {about.source}, one macro each, for use in mathematics; needs amsmath.\n"
        f"% Written by `verify latex --macros`; change {about.source}, not this file."
    )
    lines = [rf"\newcommand{{{name}}}{{{text}}}" for name, text in macros(about).items()]
    return "\n".join([header, *lines]) + "\n"
