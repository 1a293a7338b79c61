"""Derivations as LaTeX: the definition a derivation starts from, then numbered steps with their justification."""

from __future__ import annotations

from dataclasses import dataclass

from verify.derivations.derivation import Derivation, sources_of
from verify.typesetting.statements import any_latex, formula_latex
from verify.typesetting.text import text_latex


@dataclass(frozen=True)
class Line:
    """One line of a derivation: number 0 is the start. ``formula`` is mathematics, ``reason`` text.

    ``sources`` are the derivations whose results are used there.
    """

    number: int
    formula: str
    rule: str
    reason: str
    conditions: tuple[str, ...]
    sources: tuple[Derivation, ...] = ()


def derivation_lines(derivation: Derivation) -> tuple[Line, ...]:
    """The start and every step."""
    start = Line(
        0, any_latex(derivation.start), "definition", text_latex(derivation.reason), (), sources_of(derivation.given)
    )
    steps = (
        Line(
            i,
            any_latex(step.after),
            step.rule.replace("_", " "),
            text_latex(step.reason),
            tuple(formula_latex(f) for f in step.conditions),
            sources_of(step.params),
        )
        for i, step in enumerate(derivation.steps, start=1)
    )
    return (start, *steps)


def derivation_latex(derivation: Derivation) -> str:
    """The whole derivation in one ``aligned`` display, for notebooks."""
    rows = []
    for line in derivation_lines(derivation):
        rows.append(rf"{'' if line.number == 0 else '='}&\;{line.formula} &&\text{{{line.reason}}}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"
