"""Powers whose exponent becomes a literal integer when terms are put for names.

For the kernel ``x^n`` at n = 2 is ``x^2``. In Coq the one is ``pw x 2`` and the other Coq's own power, which are equal
by ``pw_lit``; these rewritings bridge that.
"""

from __future__ import annotations

from collections.abc import Mapping

from verify.coq.reals.notation import Names, formula, term
from verify.coq.reals.script import Scope, Script
from verify.kernel.reals.terms import Expression, Formula, Term, substitute

Power = tuple[Term, int]  # base and exponent


def powers(template: Expression, theta: Mapping[str, Term]) -> list[Power]:
    """Those powers of a term or formula at some terms, inner ones first."""
    found: dict[Power, None] = {}
    todo = [template]
    for x in todo:
        if isinstance(x, tuple):
            todo.extend(x[1:])
            if x[0] == "^" and not isinstance(x[2], int):
                exponent = substitute(x[2], theta)
                if isinstance(exponent, int):
                    found[substitute(x[1], theta), exponent] = None
    return list(reversed(found))


def equation(names: Names, power: Power) -> str:
    """A proof that ``pw`` is the literal power."""
    base, exponent = term(power[0], names), power[1]
    if exponent == 0:
        return f"(pw_lit0 {base})"
    return f"(pw_lit {base} {exponent})" if exponent > 0 else f"(pw_neg {base} {-exponent})"


def conversion(names: Names, found: list[Power], name: str) -> str:
    """Tactics that write these powers as literal ones in a hypothesis."""
    return "".join(f"rewrite ?{equation(names, p)} in {name}; " for p in found)


def with_symbols(script: Script, scope: Scope, template: Formula, theta: Mapping[str, Term], proof: str) -> str:
    """From a proof of a formula at some terms, one of the formula as it is with ``pw`` for these powers."""
    found = powers(template, theta)
    if not found:
        return proof
    statement = formula(template, {x: term(t, scope.names) for x, t in theta.items()})
    rewritings = "".join(f"rewrite ?{equation(scope.names, p)}; " for p in found)
    return script.stated(statement, f"{rewritings}exact {proof}")


def in_goal(script: Script, scope: Scope, found: list[Power]) -> None:
    """The same in the goal."""
    for p in found:
        script.line(f"rewrite ?{equation(scope.names, p)}.")
