"""``verify paper``: the displays of LaTeX files, checked. Libraries are loaded when the command runs."""

from __future__ import annotations

import click

from verify.commands.common import THEORY_OPTION, engine_options, on_cluster
from verify.commands.numbers import Real
from verify.commands.program import examples
from verify.runtime.engine import Engine


@click.command(
    short_help="check the derivations in a paper, line by line",
    epilog=examples(
        "verify paper paper.tex", "verify paper draft.tex --annotate checked.tex", "verify paper paper.tex --watch"
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--all", "everything", is_flag=True, help="Check displays without a '% verify:' comment too.")
@click.option(
    "--claims",
    "own",
    metavar="FILE.py",
    multiple=True,
    help="Compare displays with the claims of this file too, which is run; may be repeated.",
)
@THEORY_OPTION
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "gcc", "github"]),
    default="text",
    show_default=True,
    help="How to print: gcc is 'NAME:LINE:COLUMN: severity: message' for editors, github are its annotations.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--junit", metavar="FILE", help="Write JUnit XML.")
@click.option("--sarif", metavar="FILE", help="Write SARIF 2.1.0.")
@click.option("--fix", is_flag=True, help="Print the suggested edits that can be made as a unified diff.")
@click.option("--write", is_flag=True, help="With --fix: make these edits in the files.")
@click.option(
    "--annotate",
    "copy",
    metavar="NEW",
    help="Write a copy with the comments that the text of an unprepared file amounts to, and check that.",
)
@click.option("--watch", is_flag=True, help="Check a file again when it is saved, until ctrl-C.")
@click.option(
    "--seconds",
    default=10.0,
    show_default=True,
    type=Real(1, 600),
    help="Work for one step, in seconds of a typical processor; it is counted, so that load does not matter.",
)
@click.option(
    "--marks", is_flag=True, help="Write FILE.vrf beside each file: verify.sty shows in the PDF what was checked."
)
@click.option("--no-cache", is_flag=True, help="Decide every step anew, and keep nothing.")
@engine_options()
def paper(
    files: tuple[str, ...],
    everything: bool,
    own: tuple[str, ...],
    form: str,
    as_json: bool,
    junit: str | None,
    sarif: str | None,
    fix: bool,
    write: bool,
    copy: str | None,
    watch: bool,
    seconds: float,
    marks: bool,
    no_cache: bool,
    engine: Engine,
) -> None:
    """Check the displayed derivations of FILES, line by line, and the formulas that are bound to a theory.

    Comments in the file say what to check: '% verify: claim X2', '% verify: expression gain', '% verify: derive',
    '% verify: assume ...', '% verify: let ...', '% verify: forget', '% verify: skip'. Norms, inner products, gradients,
    expectations and sums are read too: '% verify: vectors x, w_t', '% verify: assume f is L-smooth', '% verify: index
    t = 0, \\dots, T-1', '% verify: using \\eqref{label}'. Exit code 0: all proved;
    1: something is refuted; 2: a file cannot be read; 3: something is open or was not understood. What is wrong in one
    comment, step or file keeps no other from being checked.
    """
    from verify.cache.sources import sources
    from verify.runtime.errors import BadInput

    form = "json" if as_json else form
    if write and (not fix or watch):
        raise BadInput("--write goes with --fix, and not with --watch", "verify paper --fix --write paper.tex")
    if watch and (form == "json" or "-" in (junit, sarif)):
        raise BadInput("--watch prints a report again and again", "use --format text, gcc or github")
    if fix and form == "json":
        raise BadInput("--fix prints a diff, which is no JSON", "leave out --fix: every suggestion is in the JSON")
    if marks and write:
        raise BadInput("--marks says what was checked of a file that --write changes", "run it again with --marks")
    if copy is not None and (
        len(files) != 1 or fix or watch or marks or everything or form != "text" or junit or sarif
    ):
        raise BadInput("--annotate takes one file and says what it did", "check the copy with the other options then")
    sources()  # hashed before the rest is loaded, so that what runs is what the hashes stand for
    if copy is not None:
        from verify.commands.annotating import annotate

        raise click.exceptions.Exit(annotate(files[0], copy, own, seconds, keep=not no_cache))
    from verify.commands.paper_run import Options, PaperRun

    options = Options(everything, form, junit, sarif, fix, write, seconds, marks, not no_cache, on_cluster(engine))
    run = PaperRun(options, own)
    raise click.exceptions.Exit(run.watch(files) if watch else run.once(files))
