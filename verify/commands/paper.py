"""``verify paper``: the displays of LaTeX files, checked. Libraries are loaded when the command runs."""

from __future__ import annotations

import click

from verify.commands.common import THEORY_OPTION, write_json, write_text
from verify.commands.numbers import Real


@click.command()
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--junit", metavar="FILE", help="Write JUnit XML.")
@click.option("--sarif", metavar="FILE", help="Write SARIF 2.1.0.")
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
def paper(
    files: tuple[str, ...],
    everything: bool,
    own: tuple[str, ...],
    as_json: bool,
    junit: str | None,
    sarif: str | None,
    seconds: float,
    marks: bool,
    no_cache: bool,
) -> None:
    """Check the displayed derivations of FILES, line by line, and the formulas that are bound to a theory.

    Comments in the file say what to check: '% verify: claim X2', '% verify: expression gain', '% verify: derive',
    '% verify: assume ...', '% verify: let ...', '% verify: forget', '% verify: skip'. Norms, inner products, gradients,
    expectations and sums are read too: '% verify: vectors x, w_t', '% verify: assume f is L-smooth', '% verify: index
    t = 0, \\dots, T-1', '% verify: using \\eqref{label}'. Exit code 0: all proved;
    1: something is refuted; 2: a file cannot be read; 3: something is open or was not understood. What is wrong in one
    comment, step or file keeps no other from being checked.
    """
    import os
    from pathlib import Path

    from verify.cache.sources import sources
    from verify.runtime.errors import BadInput

    sources()  # hashed before the rest is loaded, so that what runs is what the hashes stand for
    from verify.claims.loading import load_files
    from verify.papers import report
    from verify.papers.check import check
    from verify.papers.marks import sums, write_marks
    from verify.papers.memory import Memory
    from verify.papers.scanner import read
    from verify.papers.targets import Targets
    from verify.reports import findings
    from verify.runtime import distribution

    stated = load_files(own)
    for error in stated.errors.values():
        raise error
    targets = Targets(stated.claims)
    papers, unread, memory = [], [], None if no_cache else Memory()
    for file in files:
        try:
            before = sums(Path(file)) if marks else {}
            steps = check(read(Path(file)), everything=everything, seconds=seconds, targets=targets, memory=memory)
            papers.append((file, steps))
            if marks:
                click.echo(f"wrote {write_marks(file, steps, before)}", err=True)
        except BadInput as error:
            unread.append(error)
        except Exception as error:  # whatever goes wrong in one file costs that file
            what = f"{file}: internal error: {type(error).__name__}: {error}"[:300]
            unread.append(BadInput(what, "this is a defect of verify; please report it"))
    for note in memory.notes if memory is not None else ():
        click.echo(f"cache: {note}", err=True)
    if as_json:
        data = [report.to_json(file, steps) for file, steps in papers]
        write_json(data[0] if len(files) == len(data) == 1 else {"schema": 1, "papers": data}, "-")
    else:
        for file, steps in papers:
            click.echo("\n".join(report.lines(file, steps)))
    found = [finding for file, steps in papers for finding in report.findings(file, steps)]
    if junit is not None:
        write_text(report.junit(papers), junit)
    if sarif is not None:
        category = "paper/" + "+".join(findings.place_of(file, 1).file for file in files)
        version = distribution.version()
        write_json(findings.sarif(found, report.RULES, version, category), sarif)
    findings.add_to_summary("\n".join(report.markdown(file, steps) for file, steps in papers))
    if os.environ.get("GITHUB_ACTIONS"):
        for line in findings.github_annotations(found):
            click.echo(line, err=as_json or "-" in (junit, sarif))
    codes = {report.exit_code(steps) for _, steps in papers}
    if unread and 1 not in codes:
        for fault in unread[:-1]:
            click.echo(f"error: {fault}", err=True)
        raise unread[-1]
    for fault in unread:
        click.echo(f"error: {fault}", err=True)
    raise click.exceptions.Exit(1 if 1 in codes else max(codes))
