"""The command line. Libraries are loaded by the command that needs them, so that ``verify --help`` is immediate."""

from __future__ import annotations

import sys
import traceback

import click

from verify.commands import checking, evaluating, listing, proving, regression, trying
from verify.commands.common import THEORY_OPTION
from verify.commands.kernel import export, kernel
from verify.commands.latex import latex
from verify.commands.paper import paper
from verify.commands.program import Program
from verify.commands.simulate import simulate
from verify.commands.site import site
from verify.commands.starting import init
from verify.commands.watching import watch_
from verify.runtime import manner, output
from verify.runtime.distribution import NAME
from verify.runtime.errors import BadInput, Malformed
from verify.runtime.processes import Interrupted, signals_raise

DEFECT = 70  # EX_SOFTWARE of sysexits.h


def main() -> None:
    """Run the command line. Whatever ends it ends in one line and in an exit code that says what happened.

    0, 1 and 3 are answers of a command; 2 is bad input, or a file that can't be read or written; 70 a defect of this
    program; 74 standard output closed or full; 141 nobody reads it any more; 128 + N ended by signal N.
    """
    if not output.secure():
        output.tell("error: standard output is closed, so there is nowhere to write the answer to")
        sys.exit(output.FAILED)
    try:
        with signals_raise(), output.watched(), manner.using(manner.Manner()):
            code = _run()
    except output.Lost as lost:
        if lost.said:
            output.tell(lost.said)
        code = lost.code
    except Interrupted as signal:  # between two steps of the above
        code = signal.code
        _interrupted.append(code)
    if _interrupted:
        # What a pool was doing when the signal came may hold a lock that the interpreter's own end would wait for.
        output.leave(code)
    sys.exit(code)


_interrupted: list[int] = []  # by a signal, which the handlers turned into an exception


def _run() -> int:
    try:
        # Outside standalone mode click returns the code that a command exits with.
        return int(cli.main(prog_name="verify", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        output.tell("interrupted; nothing that was finished is lost")
        return 130
    except Interrupted as signal:
        _interrupted.append(signal.code)
        how = "interrupted" if signal.code == 130 else "ended by a signal"
        output.tell(f"{how}; nothing that was finished is lost")
        return signal.code
    except BadInput as error:
        _tell(f"error: {error}")
        return 2
    except Malformed as error:
        _tell(f"error: {str(error).removeprefix(': ')}")
        return 2
    except Exception as error:
        return _defect(error)


def _tell(error: str) -> None:
    """What is wrong, as wide as the terminal; the part of a text above a caret stays as it is."""
    from verify.reports.wrapping import fitted

    lines = error.split("\n")
    output.tell("\n".join(line if line.startswith("    ") else fitted(line, sys.stderr) for line in lines))


def _defect(error: Exception) -> int:
    """An error of the program itself: it says nothing about a statement, and the code 1 that Python gives it would."""
    traceback.print_exception(error)
    output.tell("error: this is a defect of verify, not an answer about a claim or a statement; please report it")
    return DEFECT


ORDER = {
    "Begin": ("init", "list", "show"),
    "Check a theory, or claims of your own": ("check", "watch", "why", "mutate", "hypotheses", "kernel"),
    "Ask": ("prove", "eval", "simulate"),
    "Write": ("paper", "latex", "site", "export", "graph"),
    "Keep what was found": ("lock", "impact"),
}


@click.group(
    cls=Program,
    order=ORDER,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="verify COMMAND --help says more about a command, with examples.",
)
@click.version_option(package_name=NAME, prog_name="verify")
@THEORY_OPTION
def cli() -> None:
    """Prove or refute theorems with certificates that can be checked, and measure them on their definitions."""


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
    kernel,
    export,
    site,
    init,
    watch_,
):
    cli.add_command(command)


if __name__ == "__main__":
    main()
