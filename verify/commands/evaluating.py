"""``verify eval``."""

from __future__ import annotations

from typing import Any

import click

from verify.commands import completion
from verify.commands.common import THEORY_OPTION, note, write_json
from verify.commands.numbers import long_numbers
from verify.commands.program import examples
from verify.runtime.errors import BadInput


@click.command(
    "eval",
    short_help="the exact value of a closed form at rational values",
    epilog=examples(
        "verify eval threshold rho_E=2 rho_H=1 alpha=1/2 d=3",
        "verify eval gain rho_E=2 rho_H=1 alpha=1/2 d=1 m=2 p=1/2 Delta=1 V_H=0 V_E=0",
    ),
)
@click.argument("expression", shell_complete=completion.expressions)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@THEORY_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_(expression: str, parameters: tuple[str, ...], as_json: bool) -> None:
    """Evaluate a named EXPRESSION exactly at rational values, for instance rho_E=2 rho_H=1/3."""
    from verify.claims.theories import current
    from verify.claims.values import find_expression, value_of
    from verify.language.parser import parse_assignment
    from verify.reports.wrapping import say

    theory = current()
    find_expression(expression, theory)
    given: dict[str, Any] = {}
    for text in parameters:
        name, value = parse_assignment(text)
        if name in given:
            raise BadInput(f"{name} is given twice")
        given[name] = value
    found = value_of(expression, given, theory)
    with long_numbers():
        text = str(found.exact)
    if as_json:
        write_json(
            {
                "schema": 1,
                "expression": found.name,
                "value": text,
                "decimal": found.decimal,
                "parameters": {k: str(v) for k, v in found.parameters.items()},
                "unused": list(found.unused),
            },
            "-",
        )
        return
    say(text + ("" if found.exact.is_Integer else f"    (about {found.decimal})"))
    if found.unused:
        note(f"note: {found.name} does not depend on {', '.join(found.unused)}")
