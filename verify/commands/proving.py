"""``verify prove``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.commands.common import engine_options, note, on_cluster, write_json
from verify.commands.numbers import Real
from verify.commands.program import examples
from verify.commands.progress import waiting
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.spaces.answers import Answer

WORK = (
    "How much to try, in seconds of a typical processor; it is counted, so that the load of a machine does not matter."
)
TIMEOUT = "A brake, in seconds on the clock; where it ends the search, the verdict says so."


class _Statement(click.Command):
    """Lets a statement start with a minus sign, and options follow it even after ``--``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        i = args.index("--") if "--" in args else self._negative(args)
        if i is not None:
            behind = i + 1 if args[i] == "--" else i
            args = [*args[:i], *args[behind + 1 :], "--", *args[behind : behind + 1]]
        return super().parse_args(ctx, args)

    def _negative(self, args: list[str]) -> int | None:
        """Where a statement begins with a minus sign, which click would read as options: ``-q^2 <= 0`` has a -q."""
        options = {name: option for option in self.params for name in option.opts}
        for i, arg in enumerate(args):
            before = options.get(args[i - 1]) if i else None
            is_value = isinstance(before, click.Option) and not before.is_flag
            if arg[:1] == "-" and arg[:2] != "--" and arg not in (*options, "-h") and not is_value:
                return i
        return None


@click.command(
    cls=_Statement,
    context_settings={"ignore_unknown_options": True},
    short_help="prove or refute a statement of yours",
    epilog=examples(
        'verify prove "x^2 + y^2 >= 2*x*y"',
        'verify prove "a/b + b/a >= 2" --assume "a > 0, b > 0"',
        'verify prove "||x + y||^2 <= 2*||x||^2 + 2*||y||^2" --assume "x, y vectors"',
        "verify prove --file statements.txt --out answers.jsonl",
    ),
)
@click.argument("statement", required=False)
@click.option("--assume", "assumptions", multiple=True, metavar="COND", help="A relation, or 'n integer'; repeatable.")
@click.option(
    "--using", multiple=True, metavar="FACT", help="What helps, as in 'smoothness at (x, y) times 2*c'; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--certificate", metavar="FILE", help="Write the certificate of a proof to FILE.")
@click.option("--coq", "coq_file", metavar="FILE", help="Write the proof to FILE, for coqc to check.")
@click.option(
    "--plot", metavar="FILE", help="Draw a counterexample with vectors of the plane to FILE (.png, .pdf, .svg)."
)
@click.option("--work", default=30.0, show_default=True, type=Real(0.1, 3600), help=WORK)
@click.option("--timeout", default=600.0, show_default=True, type=Real(0.1, 86400), help=TIMEOUT)
@click.option("--file", "file", metavar="FILE", help="Many statements instead of one: .txt, .jsonl or .toml.")
@click.option("--out", metavar="FILE", help="With --file: write a line of JSON for each statement to FILE.")
@engine_options(None)
@click.option("--no-cache", "no_cache", is_flag=True, help="With --file: keep nothing, and decide every one anew.")
def prove(
    statement: str | None,
    assumptions: tuple[str, ...],
    using: tuple[str, ...],
    as_json: bool,
    certificate: str | None,
    coq_file: str | None,
    plot: str | None,
    work: float,
    timeout: float,
    file: str | None,
    out: str | None,
    no_cache: bool,
    engine: Engine | None,
) -> None:
    """Prove or refute STATEMENT for all real values of its variables that satisfy the assumptions.

    A statement may be about vectors, functions, expectations and sums too: ||x - y||^2, <u, v>, grad f(x), E[X],
    sum(a[t] for t in 1..T), with assumptions such as 'x, y vectors', 'f L-smooth', 'E[g | w] == grad f(w)'.

    Exit code 0: proved, with a certificate that the checker accepted, or enclosed by ball arithmetic; 1: refuted by an
    exact counterexample; 3: neither; 2: bad input, which includes assumptions that contradict each other.

    With --file, the statements of a file: one a line, 'statement ; assumption ; assumption', or as JSON lines or TOML
    with the verdicts that are expected. A run that was interrupted goes on where it stopped. Exit code 0: all verdicts
    as expected, and proved where nothing is; 1: one is against that; 3: one is open; 2: a line that cannot be read.
    """
    from verify.runtime.budget import SECOND

    if file is not None:
        given = {"STATEMENT": statement, "--assume": assumptions, "--using": using}
        given |= {"--certificate": certificate, "--coq": coq_file, "--plot": plot}
        if others := [name for name, value in given.items() if value]:
            raise BadInput(f"{others[0]} is for one statement, and --file names many", "leave one of the two out")
        from verify.commands.batch_run import Options, run

        options = Options(as_json, out, on_cluster(engine or Engine(2)), int(work * SECOND), timeout, not no_cache)
        raise click.exceptions.Exit(run(file, options))
    if out is not None or engine is not None or no_cache:
        what = "--out, --workers, --executor and --no-cache are for many statements"
        raise BadInput(what, "name a file of them: --file")
    if statement is None:
        raise click.UsageError("Missing argument 'STATEMENT'.")
    from verify.prover.outcome import EmptyDomain
    from verify.reports.wrapping import say
    from verify.spaces.answers import about_numbers, about_vectors
    from verify.spaces.reading.recognition import is_spatial, refuse_reasons

    spatial = is_spatial(statement, assumptions)
    if plot is not None and not spatial:
        raise BadInput("a plot is one of vectors, and the statement has none", "leave --plot out")
    if not spatial:
        refuse_reasons(using)
    start = time.perf_counter()
    units = int(work * SECOND)
    try:
        with waiting("proving", f"at most about {min(work, timeout):g} s of work"):
            if spatial:
                found = about_vectors(statement, assumptions, using, timeout, units)
            else:
                found = about_numbers(statement, assumptions, timeout, units)
    except EmptyDomain as error:
        raise BadInput(str(error), "weaken or correct the assumptions") from None
    seconds = time.perf_counter() - start
    if certificate is not None and found.certificate is not None:
        write_json(found.certificate, certificate)
    for_coq = None
    if coq_file is not None and found.certificate is not None:
        for_coq = _write_for_coq(found.certificate, coq_file, " and ".join([*assumptions, statement]))
    if plot is not None:
        drawn(found, plot)
    if as_json:
        data = {
            "schema": 1,
            "verdict": found.verdict.key,
            "route": found.route,
            "witness": found.witness,
            "certificate": found.certificate,
            "seconds": round(seconds, 3),
            "why": list(found.why),
        }
        write_json(data, "-")
    else:
        say(f"{found.verdict.key} ({found.route}, {seconds:.2f} s): {found.verdict.value}")
        if found.read is not None:
            say(f"  read as: {found.read}")
        for line in found.why:
            say(f"  {line}")
        if certificate is not None and found.certificate is not None:
            say(f"  certificate: {certificate}; check it with python -I -m verify.kernel {certificate}")
        if for_coq is not None:
            say(f"  {for_coq}")
    raise click.exceptions.Exit({"proved": 0, "enclosed": 0, "refuted": 1}.get(found.verdict.key, 3))


def _write_for_coq(certificate: dict[str, Any], path: str, said: str) -> str:
    """Writes the file of a proof; what is printed about it."""
    from verify.coq.exported import self_contained
    from verify.coq.untranslated import Untranslated
    from verify.runtime import files

    try:
        text = self_contained(certificate, said)
    except Untranslated as error:
        return f"coq: {error}; nothing was written"
    files.write(path, text)
    return f"coq: {path}; check it with coqc {path}"


def drawn(found: Answer, file: str) -> None:
    """The witness as a picture, where there is one."""
    if found.picture is None:
        note("nothing to draw: there is no counterexample")
        return
    from verify.spaces.models.plot import plot

    plot(found.picture, Path(file))
