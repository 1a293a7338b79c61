"""``verify site``: a folder of pages with every claim, its proof and its evidence."""

from __future__ import annotations

from pathlib import Path

import click

from verify.commands.common import THEORY_OPTION, note
from verify.commands.program import examples
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput

SHOWN = 5  # warnings that are printed


@click.command(
    short_help="pages with every claim, an explorer, a graph, a search",
    epilog=examples("verify site --out site", "verify site --theory descent --out descent-site"),
)
@click.option("--out", default="site", show_default=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--results", metavar="FILE", type=click.Path(path_type=Path), help="From check --json FILE.")
@click.option(
    "--hypotheses", metavar="FILE", type=click.Path(path_type=Path), help="From verify hypotheses --json FILE."
)
@click.option("--figures", metavar="DIR", type=click.Path(path_type=Path), help="From simulate --all --out DIR.")
@click.option("--docs", metavar="DIR", type=click.Path(path_type=Path), help="Documentation to take in, .md files.")
@click.option("--notebooks", metavar="DIR", type=click.Path(path_type=Path), help="Notebooks to run and to show.")
@THEORY_OPTION
def site(
    out: Path,
    results: Path | None,
    hypotheses: Path | None,
    figures: Path | None,
    docs: Path | None,
    notebooks: Path | None,
) -> None:
    """Write a site about the theory: every claim with its proof and evidence, an explorer, a graph, the documentation.

    It opens from the folder (index.html), needs no server and no network. Verdicts are those of the last check, or of
    theorems.lock. Needs the extra site.
    """
    try:
        from verify.site.build import build
        from verify.site.documents import default_folder, default_trials
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("verify"):
            raise
        what = f"{error.name} is not installed, and pages are made with it"
        raise BadInput(what, with_extra("site")) from None
    if docs is not None and not docs.is_dir():
        raise BadInput(f"{docs} is not a folder", "give the folder of the documentation, or leave --docs out")
    docs = docs or default_folder()
    warnings = build(
        out,
        results=results,
        hypotheses=hypotheses or default_trials(docs),
        figures=figures,
        docs=docs,
        notebooks=notebooks,
        said=lambda what: note(f"site: {what}"),
    )
    for line in warnings[:SHOWN]:
        note(f"site: {line}")
    if len(warnings) > SHOWN:
        note(f"site: {len(warnings) - SHOWN} more warnings")
    click.echo(f"wrote {out / 'index.html'}")
