r"""A file of macros: ``\exprGain`` for the gain, ``\claimXTwo`` for the statement of claim X2."""

from __future__ import annotations

from theory.maml_erm.formulas.expressions import expressions
from verify.evidence.run import catalogue
from verify.typesetting.names import macro_name
from verify.typesetting.printer import latex
from verify.typesetting.statements import claim_latex

HEADER = (
    "% Formulas of the theory, one macro each, for use in mathematics; needs amsmath.\n"
    "% Written by `verify latex --macros`; change the theory, not this file."
)


def macros() -> dict[str, str]:
    """LaTeX by macro name; every name is taken once."""
    out: dict[str, str] = {}
    pairs = [(macro_name("expr", e.name), latex(e.value)) for e in expressions().values()]
    pairs += [(macro_name("claim", c.id), claim_latex(c)) for c in catalogue().values()]
    for name, text in pairs:
        if name in out:
            raise ValueError(f"two formulas would be called {name}")
        out[name] = text
    return out


def macro_file() -> str:
    """The text of the macro file."""
    lines = [rf"\newcommand{{{name}}}{{{text}}}" for name, text in macros().items()]
    return "\n".join([HEADER, *lines]) + "\n"
