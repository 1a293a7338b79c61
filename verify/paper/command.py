"""``verify paper``: the displays of a LaTeX file, checked. Libraries are loaded when the command runs."""

from __future__ import annotations

import click


@click.command()
@click.argument("file", type=click.Path())
@click.option("--all", "everything", is_flag=True, help="Check displays without a '% verify:' comment too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(1, 600), help="Time for one step.")
def paper(file: str, everything: bool, as_json: bool, seconds: float) -> None:
    """Check the displayed derivations of FILE, line by line, and the formulas that are bound to the theory.

    Comments in the file say what to check: '% verify: claim X2', '% verify: expression gain', '% verify: derive',
    '% verify: assume ...', '% verify: let ...', '% verify: forget', '% verify: skip'. Exit code 0: all proved;
    1: something is refuted; 3: something is open or was not understood; 2: bad input.
    """
    import json
    import sys
    from pathlib import Path

    from verify.paper import report
    from verify.paper.check import check
    from verify.paper.document import read

    document = read(Path(file))
    steps = check(document, everything=everything, seconds=seconds)
    if as_json:
        click.echo(json.dumps(report.to_json(file, steps), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(report.lines(file, steps)))
    sys.exit(report.exit_code(steps))
