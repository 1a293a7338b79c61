"""What commands take to start, in processor time against ``import sympy`` in the same run; prints a page in Markdown.

``python benchmarks/startup.py [--times N] [--markdown FILE]``. Another sitting is not comparable, since other work on a
machine changes what a second of it does: only the ratios of one run are. What the processes of a command take counts.
The first two runs of each command are not counted; the first of `verify check` takes a minute or two.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import verify
from verify.runtime import files

CLAIMS = """\
import sympy as sp

from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", positive=True)


def claims():
    domain = Domain((positive(x), positive(y)))
    yield Claim("my.mean", "Mean of two", Inequality(x / y + y / x, ">=", sp.Integer(2)), domain)
    yield Claim("my.square", "Square", Inequality(x**2 + y**2, ">=", 2 * x * y), domain)
"""
# The same claims, in a file that imports one of its own: nobody knows what it states before it has run.
HELPED = CLAIMS.replace("from verify", "from least import TWO\nfrom verify").replace("sp.Integer(2)", "TWO")
LEAST = "import sympy as sp\n\nTWO = sp.Integer(2)\n"
PAPER = r"""\documentclass{article}
\begin{document}
% verify: derive assume x > 0, y > 0
\begin{align}
(x + y)^2 &= x^2 + 2xy + y^2 \\
 &\ge 4xy \\
 &\ge 0
\end{align}
\end{document}
"""
BASE = ("-c", "import sympy")
# A command, and what part of the time of ``import sympy`` it may take; what is cached was run once before.
COMMANDS = (
    (("-m", "verify", "--help"), "all commands are loaded", None),
    (("-m", "verify", "prove", "1 > 0"), "", 0.5),
    (("-m", "verify", "prove", "x^2 + 1 > 0"), "", 0.5),
    (("-m", "verify", "prove", "a/b + b/a >= 2", "--assume", "a > 0, b > 0"), "", None),
    (("-m", "verify", "check"), "the whole theory, unchanged since this machine checked it", 1.2),
    (("-m", "verify", "list"), "the same", 1.2),
    (
        ("-m", "verify", "check", "--recheck"),
        "the whole theory, unchanged: every kept certificate is checked again",
        None,
    ),
    (("-m", "verify", "check", "claims.py"), "two claims, unchanged since this machine checked them", 1.2),
    (("-m", "verify", "check", "helped.py"), "two claims, cached; the file imports SymPy, and one beside it", None),
    (("-m", "verify", "paper", "paper.tex"), "three steps, cached", 1.2),
    (("-m", "verify", "paper", "paper.tex", "--no-cache"), "three steps", 1.2),
)
PAGE = """# Start-up

Made by `python benchmarks/startup.py --markdown docs/benchmarks-startup.md`: the processor time of a command with all
its processes, the median of {times} runs that take turns, against `python -c "import sympy"` in the same run
({base:.2f} s, Python {python}, {cores} cores). *Wanted* is what it should take at most; where it takes more, that is
not reached.

| command | seconds | times `import sympy` | wanted | |
|---|---:|---:|---:|---|
{rows}

What a short proof needs is Python with click (a seventh of `import sympy`), FLINT, the checker for numbers, and the
methods that have their turn; for a paper that names nothing of a theory, the reader of papers besides. `verify check`
of the whole theory, and `verify list`, print what this machine has sealed; so does `verify check` of a file whose text
decides what it states, from the third run on. `--recheck` derives all claims. Any other file is run, which takes SymPy.
All of these, and `verify paper`, hash the sources that evidence depends on.
"""


def seconds(command: tuple[str, ...], folder: Path) -> float:
    """The processor time of one run, with the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(times: int) -> dict[tuple[str, ...], float]:
    """The median for every command."""
    compileall.compile_dir(Path(verify.__file__).parent, quiet=1)  # as an installation has it
    found: dict[tuple[str, ...], list[float]] = {BASE: [], **{command: [] for command, _, _ in COMMANDS}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files.write(folder / "claims.py", CLAIMS)
        files.write(folder / "helped.py", HELPED)
        files.write(folder / "least.py", LEAST)
        files.write(folder / "paper.tex", PAPER)
        for command in found:
            for _ in range(2):  # what is kept is kept after the first, what is sealed after the second
                seconds(command, folder)
        for _ in range(times):
            for command, values in found.items():
                values.append(seconds(command, folder))
    return {command: statistics.median(values) for command, values in found.items()}


def row(command: tuple[str, ...], remark: str, most: float | None, found: dict[tuple[str, ...], float]) -> str:
    """One line of the table."""
    words = " ".join(f'"{w}"' if " " in w else w for w in command[1:])
    ratio = found[command] / found[BASE]
    wanted = "" if most is None else f"{most:.1f}"
    return f"| `{words}` | {found[command]:.2f} | {ratio:.2f} | {wanted} | {remark} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5, help="runs of each command")
    parser.add_argument("--markdown", metavar="FILE", help="also write the page to this file")
    options = parser.parse_args(arguments)
    found = measured(options.times)
    rows = "\n".join(row(*one, found) for one in COMMANDS)
    print(rows)
    page = PAGE.format(
        times=options.times, base=found[BASE], python=sys.version.split()[0], cores=os.cpu_count(), rows=rows
    )
    if options.markdown:
        files.write(options.markdown, page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
