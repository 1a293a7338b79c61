"""``verify latex``: formulas of the theory for a paper. Libraries are loaded when the command runs."""

from __future__ import annotations

from pathlib import Path

import click

from verify.language.errors import BadInput


@click.command()
@click.argument("expression", required=False)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter, as in alpha=1/rho_E.")
@click.option("--in", "keep", metavar="NAMES", default="", help="Write it in these atoms, as in kappa,sigma.")
@click.option("--raw", is_flag=True, help="Write it in the parameters alone.")
@click.option("--display", is_flag=True, help="Print a display with the name of the expression.")
@click.option("--macros", metavar="FILE", help="Write one macro for every expression and claim.")
@click.option("--sheet", metavar="DIR", help="Write a document with every theorem.")
@click.option("--pdf", is_flag=True, help="Compile the sheet with latexmk.")
@click.option("--results", metavar="FILE", help="Verdicts and counterexamples, from verify check --json FILE.")
def latex(
    expression: str | None,
    settings: tuple[str, ...],
    keep: str,
    raw: bool,
    display: bool,
    macros: str | None,
    sheet: str | None,
    pdf: bool,
    results: str | None,
) -> None:
    """Print a named EXPRESSION in the notation of the paper, or write macros or a theorem sheet."""
    if expression is None and macros is None and sheet is None:
        raise BadInput("nothing to print", "name an expression (verify list --expressions), or use --macros or --sheet")
    if pdf and sheet is None:
        raise BadInput("--pdf compiles the sheet", "add --sheet DIR")
    if expression is None and (settings or keep or raw or display):
        raise BadInput("--set, --in, --raw and --display belong to an expression", "name one, as in verify latex gain")
    if expression is not None:
        from verify.reports.latex_forms import render

        names = [name for name in keep.split(",") if name.strip()]
        click.echo(render(expression, settings=settings, keep=names, raw=raw, display=display))
    if macros is not None:
        from verify.reports.latex_build import write
        from verify.reports.latex_macros import macro_file

        text = macro_file()
        if macros == "-":
            click.echo(text, nl=False)
        else:
            write(Path(macros), text)
    if sheet is not None:
        from verify.reports.latex_build import compile_pdf, write_sheet

        target = write_sheet(Path(sheet), None if results is None else Path(results))
        click.echo(f"wrote {target}", err=True)
        if pdf:
            click.echo(f"wrote {compile_pdf(target)}", err=True)
