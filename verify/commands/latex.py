"""``verify latex``: formulas for a paper. Libraries are loaded when the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.commands import completion
from verify.commands.common import THEORY_OPTION, note
from verify.commands.program import examples
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.reports.latex_chosen import Chosen


@click.command(
    short_help="LaTeX of closed forms and claims, or of everything",
    epilog=examples(
        "verify latex threshold --set alpha=1/rho_E", "verify latex T1 --display", "verify latex --sheet sheet --pdf"
    ),
)
@click.argument("names", nargs=-1, shell_complete=completion.names)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter, as in alpha=1/rho_E.")
@click.option("--in", "keep", metavar="NAMES", default="", help="Write it in these atoms, as in kappa,sigma.")
@click.option("--raw", is_flag=True, help="Write it in the parameters alone.")
@click.option("--display", is_flag=True, help="Print a display: name and value of an expression, a claim's hypotheses.")
@click.option("--macros", metavar="FILE", help="Write one macro for every expression and claim.")
@click.option("--sheet", metavar="DIR", help="Write a document with every theorem.")
@click.option("--proof", metavar="FILE", help="Write a certificate as a proof for people; with --sheet, to DIR.")
@click.option("--package", metavar="DIR", help="Copy the LaTeX package verify.sty, with its manual, to DIR.")
@click.option("--pdf", is_flag=True, help="Compile the sheet with latexmk.")
@click.option("--results", metavar="FILE", help="Verdicts and counterexamples, from verify check --json FILE.")
@THEORY_OPTION
def latex(
    names: tuple[str, ...],
    settings: tuple[str, ...],
    keep: str,
    raw: bool,
    display: bool,
    macros: str | None,
    sheet: str | None,
    proof: str | None,
    package: str | None,
    pdf: bool,
    results: str | None,
) -> None:
    """Print the expressions and claims with these NAMES in the notation of their theory.

    A name is that of an expression, of a claim (mine.py::my.mean for one in a file), or a pattern such as "T2.*". With
    --macros or --sheet they are written to a file, by default all of the theory. With --proof the steps of a
    certificate are printed, as verify prove --certificate writes one.
    """
    if package is not None:
        _copy_package(Path(package))
        if not names and macros is None and sheet is None and proof is None:
            return
    if proof is not None:
        if names or settings or keep or raw or display or macros is not None or results is not None:
            raise BadInput("--proof prints a certificate, and nothing else", "leave out names and other options")
        _print_proof(proof, sheet, pdf)
        return
    writes = macros is not None or sheet is not None
    if not names and not writes:
        raise BadInput("nothing to print", "name an expression or a claim (verify list), or use --macros or --sheet")
    if pdf and sheet is None:
        raise BadInput("--pdf compiles the sheet", "add --sheet DIR")
    if settings or keep or raw:
        if writes or not names:
            raise BadInput(
                "--set, --in and --raw belong to an expression that is printed", "as in verify latex gain --raw"
            )
    elif writes and display:
        raise BadInput("--display belongs to what is printed", "leave out --macros and --sheet")
    from verify.reports.latex_chosen import chosen

    about = chosen(names)
    if not writes:
        kept = [name for name in keep.split(",") if name.strip()]
        _print(about, settings, kept, raw, display)
        return
    about = about.with_definitions()
    if macros is not None:
        _write_macros(about, macros)
    if sheet is not None:
        from verify.reports.latex_build import compile_pdf, write_sheet

        target = write_sheet(Path(sheet), about, None if results is None else Path(results))
        note(f"wrote {target}")
        if pdf:
            note(f"wrote {compile_pdf(target)}")


def _copy_package(directory: Path) -> None:
    """The LaTeX package, its manual and what latexmk has to know, as they come with the program."""
    from verify.papers.marks import PACKAGE
    from verify.runtime import files

    for source in sorted(PACKAGE.iterdir()):
        target = directory / source.name
        if source.name == "latexmkrc" and target.exists():
            note(f"kept {target}")  # it may have settings of the author's own
        elif source.is_file():
            files.write_below(target, source.read_text(encoding="utf-8"))
            note(f"wrote {target}")


def _print_proof(certificate: str, directory: str | None, pdf: bool) -> None:
    """The document of a certificate, on standard output or in a directory."""
    from verify.reports.certificates import certificate_document, read_certificate

    path = Path(certificate)
    text = certificate_document(read_certificate(path), path.name)
    if directory is None:
        if pdf:
            raise BadInput("--pdf compiles a document in a directory", "add --sheet DIR")
        click.echo(text, nl=False)
        return
    from verify.reports.latex_build import compile_pdf
    from verify.runtime import files

    target = Path(directory) / "proof.tex"
    files.write_below(target, text)
    note(f"wrote {target}")
    if pdf:
        note(f"wrote {compile_pdf(target)}")


def _print(about: Chosen, settings: tuple[str, ...], keep: list[str], raw: bool, display: bool) -> None:
    """Expressions, then claims; where there are several, each after a comment with its name."""
    from verify.reports.latex_forms import render, render_claim

    if about.claims and (settings or keep or raw):
        what = f"{about.claims[0].id} is a claim"
        raise BadInput(f"--set, --in and --raw belong to an expression, and {what}", "leave them out")
    texts = [(e.name, render(e, settings=settings, keep=keep, raw=raw, display=display)) for e in about.expressions]
    texts += [(c.id, render_claim(c, display=display)) for c in about.claims]
    for name, text in texts:
        click.echo(text if len(texts) == 1 else f"% {name}\n{text}")


def _write_macros(about: Chosen, target: str) -> None:
    from verify.reports.latex_macros import macro_file
    from verify.runtime import files

    text = macro_file(about)
    if target == "-":
        click.echo(text, nl=False)
    else:
        files.write_below(Path(target), text)
