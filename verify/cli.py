"""The command line. Libraries are loaded by the command that needs them, so that ``verify --help`` is immediate."""

from __future__ import annotations

import sys

import click

from verify.commands.common import THEORY_OPTION
from verify.commands.program import Program
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
    except (click.Abort, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, EOFError):  # click takes it for the end of what is typed; nothing is asked here
            return _defect(error.__cause__)
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
    import traceback

    traceback.print_exception(error)
    output.tell("error: this is a defect of verify, not an answer about a claim or a statement; please report it")
    return DEFECT


# The commands by what one wants, and where each is defined: a file is loaded when its command is meant.
ORDER = {
    "Begin": {
        "init": "verify.commands.starting:init",
        "list": "verify.commands.listing:list_",
        "show": "verify.commands.listing:show",
    },
    "Check a theory, or claims of your own": {
        "check": "verify.commands.checking:check",
        "watch": "verify.commands.watching:watch_",
        "why": "verify.commands.regression:why",
        "mutate": "verify.commands.trying:mutate",
        "hypotheses": "verify.commands.trying:hypotheses",
        "kernel": "verify.commands.kernel:kernel",
    },
    "Ask": {
        "prove": "verify.commands.proving:prove",
        "eval": "verify.commands.evaluating:eval_",
        "simulate": "verify.commands.simulate:simulate",
    },
    "Write": {
        "paper": "verify.commands.paper:paper",
        "latex": "verify.commands.latex:latex",
        "site": "verify.commands.site:site",
        "export": "verify.commands.kernel:export",
        "graph": "verify.commands.regression:graph",
    },
    "Keep what was found": {
        "lock": "verify.commands.regression:lock",
        "impact": "verify.commands.regression:impact",
    },
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


if __name__ == "__main__":
    main()
