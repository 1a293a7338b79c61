"""How time and memory grow with the number of claims of a file and of steps of a paper; prints a page in Markdown.

``python benchmarks/growth.py [--claims 100 1000 10000] [--steps 100 2000] [--markdown FILE]``. Claims and steps are
generated, each with numbers of its own, so that none is another one again. Every command runs twice in a process of its
own, with an empty cache and with what the first run kept; processor time and the largest resident set are the system's,
of that process and all that it starts.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from verify.runtime import files

PAGE = """# Growth

Made by `python benchmarks/growth.py --markdown docs/benchmarks-growth.md` on {cores} cores with Python {python}, in
one run. Generated claims and steps, none of them another one again; processor seconds and the largest resident set.
*Each* is the time that a claim or a step takes beyond those of the row before.

| what | how many | first run, s | each, ms | memory, MB | again, s | memory, MB |
|---|---:|---:|---:|---:|---:|---:|
{rows}
"""
CLAIMS = """import sympy as sp

from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    for k in range(1, {count} + 1):
        yield Claim(f"c.{{k}}", f"Means, {{k}}", Inequality(4 * k * x * y, "<=", k * (x + y) ** 2), DOMAIN)
"""


def claims_of(count: int) -> str:
    return CLAIMS.format(count=count)


def paper_of(count: int) -> str:
    """Displays of ten lines, each an equality or an inequality of its own."""
    lines = []
    for k in range(1, count // 10 + 1):
        members = [f"({k}x + y)^2 &= {k * k} x^2 + {2 * k} x y + y^2"]
        members += [rf"&\ge {2 * k} x y - {j}" for j in range(9)]
        lines += ["% verify: assume x > 0, y > 0", "% verify: derive", r"\begin{align}"]
        lines += [(r" \\" + "\n").join(members), r"\end{align}", ""]
    return "\n".join(lines)


def run(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """Processor seconds and megabytes of a command that has to succeed, with those of what it starts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "verify", "-q", *arguments], cwd=folder, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"verify {' '.join(arguments)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def rows_of(what: str, counts: Sequence[int], file: str, text: Callable[[int], str], *command: str) -> list[str]:
    rows, before = [], (0, 0.0)
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files.write(folder / file, text(count))
            first, memory = run([*command, file, "--workers", "1"], folder)
            again, later = run([*command, file, "--workers", "1"], folder)
        each = 1000 * (first - before[1]) / (count - before[0])
        rows.append(f"| {what} | {count:,} | {first:.1f} | {each:.1f} | {memory:.0f} | {again:.1f} | {later:.0f} |")
        print(rows[-1], file=sys.stderr)
        before = count, first
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="*", default=[100, 1000, 10_000])
    parser.add_argument("--steps", type=int, nargs="*", default=[100, 2000])
    parser.add_argument("--markdown", type=Path, help="also write the page to this file")
    options = parser.parse_args()
    rows = rows_of("claims of a file, `verify check`", options.claims, "claims.py", claims_of, "check")
    rows += rows_of("steps of a paper, `verify paper`", options.steps, "paper.tex", paper_of, "paper")
    text = PAGE.format(cores=os.cpu_count(), python=platform.python_version(), rows="\n".join(rows))
    print(text)
    if options.markdown:
        files.write(options.markdown, text)


if __name__ == "__main__":
    main()
