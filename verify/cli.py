"""The command line. Libraries are loaded by the command that needs them, so that ``verify --help`` is immediate."""

from __future__ import annotations

import sys

import click

from verify.commands import checking, evaluating, listing, proving, regression, trying
from verify.errors import BadInput
from verify.experiments.command import simulate
from verify.latex.command import latex
from verify.paper.command import paper


def main() -> None:
    """Run the command line; every bad input ends in one clear message and exit code 2."""
    try:
        # Outside standalone mode click returns the code that a command exits with.
        sys.exit(cli.main(prog_name="verify", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing that was finished is lost", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except BadInput as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maml-erm-theory", prog_name="verify")
def cli() -> None:
    """Derive, prove, refute and simulate the theory of when MAML outperforms ERM."""


for command in (
    listing.list_,
    listing.show,
    checking.check,
    evaluating.eval_,
    proving.prove,
    trying.mutate,
    trying.hypotheses,
    regression.lock,
    regression.graph,
    regression.impact,
    regression.why,
    simulate,
    latex,
    paper,
):
    cli.add_command(command)


if __name__ == "__main__":
    main()
