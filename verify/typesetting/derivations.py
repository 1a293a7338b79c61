"""Derivations as LaTeX: the definition a derivation starts from, then numbered steps with their justification."""

from __future__ import annotations

from dataclasses import dataclass

from verify.derivations.derivation import Derivation, sources_of
from verify.typesetting.formulas import formula_latex
from verify.typesetting.typesetter import Typesetter


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


def derivation_lines(derivation: Derivation, t: Typesetter) -> tuple[Line, ...]:
    """The start and every step."""
    given = sources_of(derivation.given)
    start = Line(0, t.any(derivation.start), "definition", t.sentence(derivation.reason), (), given)
    steps = (
        Line(
            i,
            t.any(step.after),
            step.rule.replace("_", " "),
            t.sentence(step.reason),
            tuple(formula_latex(f, t) for f in step.conditions),
            sources_of(step.params),
        )
        for i, step in enumerate(derivation.steps, start=1)
    )
    return (start, *steps)


def derivation_latex(derivation: Derivation, t: Typesetter) -> str:
    """The whole derivation in one ``aligned`` display, for notebooks."""
    rows = []
    for line in derivation_lines(derivation, t):
        rows.append(rf"{'' if line.number == 0 else '='}&\;{line.formula} &&\text{{{line.reason}}}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"
