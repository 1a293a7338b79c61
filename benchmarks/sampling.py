"""Tasks per second of the inner step, each way of computing it in one run, and the ratios between them.

``python benchmarks/sampling.py [--seconds 1] [--json FILE] [--markdown FILE]``. The textbook simulation with its n x d
matrix in NumPy, jax and torch; the O(d) sampler of the same vector; the O(1) sampler of its length. A framework that is
not installed is left out and said to be. Everything runs on one thread, in float64 unless the column says float32, and
is timed by the processor time of all threads, so that the machine's other work counts as little as possible.

Absolute rates depend on the machine: the ratios are what to look at. The O(d) sampler cannot pass the rate at which
normals are drawn, d of them and a gamma variate for a task, so its shares of these rates are given too. The O(1)
sampler returns one number per task and is never compared with methods that return vectors.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # before NumPy loads its BLAS

import frameworks  # noqa: E402
import numpy as np  # noqa: E402

from theory.maml_erm.definitions.exact_law import Step  # noqa: E402
from theory.maml_erm.definitions.naive import adapt  # noqa: E402
from theory.maml_erm.definitions.tasks import Task  # noqa: E402
from verify.runtime import files  # noqa: E402
from verify.statistics.seeding import generator  # noqa: E402

Work = Callable[[], int]

SIZES = ((10, 20), (100, 200), (1000, 2000), (10**6, 2 * 10**6))
MATRIX_LIMIT = 1 << 24  # entries of one n x d matrix above which the textbook simulation is not run: 128 MB
BATCHES = (1 << 20, 1 << 22)  # entries of X for all tasks of one call; each method gets the faster one
ALPHA, NOISE = 0.5, 0.5
TEXTBOOK = {
    "naive NumPy": None,
    **{f"{name} {dtype}": (name, dtype) for dtype in ("float64", "float32") for name in frameworks.STEPS},
}


def rates_of(*works: Work, seconds: float) -> list[float]:
    """Items per second of each work, which returns how many it did; the fastest of the repetitions within the time.

    They take turns, so that a change of the processor's clock meets all of them.
    """
    best, end = [0.0 for _ in works], time.perf_counter() + seconds * len(works)
    for work in works:
        work()
    while True:
        for i, work in enumerate(works):
            start = time.process_time()
            done = work()
            best[i] = max(best[i], done / (time.process_time() - start))
        if time.perf_counter() > end:
            return best


def normals(rng: np.random.Generator) -> Work:
    buffer = np.empty(1 << 14)

    def run() -> int:
        for _ in range(64):
            rng.standard_normal(out=buffer)
        return 64 * buffer.size

    return run


def gammas(rng: np.random.Generator, m: int) -> Work:
    def run() -> int:
        for _ in range(16):
            rng.standard_gamma(m / 2, size=1 << 12)
        return 1 << 16

    return run


def naive(rng: np.random.Generator, d: int, m: int, tasks: int) -> Work:
    task, optima, w = Task(np.eye(d), np.zeros(d), noise=NOISE), np.zeros((tasks, d)), np.eye(1, d)[0]
    return lambda: len(adapt(rng, task, w, optima, alpha=ALPHA, n=m))


def textbook(rng: np.random.Generator, column: str, d: int, m: int) -> Iterator[Work]:
    """One way of running the n x d simulation, at several numbers of tasks per call."""
    for entries in BATCHES:
        tasks = max(1, min(20_000, entries // (d * m)))
        which = TEXTBOOK[column]
        if which is None:
            yield naive(rng, d, m, tasks)
        else:
            name, dtype = which
            step = frameworks.STEPS[name](d, m, tasks, dtype, alpha=ALPHA, noise=NOISE)
            yield lambda step=step: len(step())
        if tasks == 1:
            return


def vectors(rng: np.random.Generator, d: int, m: int) -> Work:
    step, tasks = Step(1.0, ALPHA, m, NOISE), max(1, min(20_000, (1 << 20) // d))
    gaps = np.zeros((tasks, d))
    gaps[:, 0] = 1.0
    errors = np.empty_like(gaps)
    return lambda: len(step.errors(rng, gaps, out=errors))


def risks(rng: np.random.Generator, d: int, m: int) -> Work:
    step, squares = Step(1.0, ALPHA, m, NOISE), np.ones(1 << 16)
    return lambda: len(step.squares(rng, squares, d))


def measure(seconds: float) -> dict[str, Any]:
    """All rates of one run in tasks per second; None where a framework is not installed or the matrix is too large."""
    rng = generator(0, "benchmark")
    versions = {name: frameworks.version(name) for name in frameworks.STEPS}
    rows = []
    for d, m in SIZES:
        rates: dict[str, float | None] = {}
        for column, which in TEXTBOOK.items():
            there = d * m <= MATRIX_LIMIT and (which is None or versions[which[0]] is not None)
            tried = textbook(rng, column, d, m) if there else ()
            rates[column] = max((rates_of(work, seconds=seconds / 2)[0] for work in tried), default=None)
        works = (normals(rng), gammas(rng, m), vectors(rng, d, m))
        limit, gamma, rates["O(d) vectors"] = rates_of(*works, seconds=seconds)
        rates["O(1) risks"] = rates_of(risks(rng, d, m), seconds=seconds)[0]
        rows.append({"d": d, "m": m, "normals per second": limit, "gammas per second": gamma, "rates": rates})
    machine = {
        "cores": os.cpu_count(),
        "processor": processor(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        **versions,
    }
    return {"machine": machine, "seconds": seconds, "sizes": rows}


def processor() -> str:
    """The processor's model, as far as the system says it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((x.partition(":")[2].strip() for x in lines if x.startswith("model name")), platform.machine())


def ratios(row: dict[str, Any]) -> dict[str, float | None]:
    """The O(d) sampler over every way to run the textbook step, and the shares of its time that draws alone take."""
    ours, rates = row["rates"]["O(d) vectors"], row["rates"]
    found = {f"O(d) / {c}": ours / rates[c] if rates[c] else None for c in TEXTBOOK}
    normal = ours * row["d"] / row["normals per second"]
    return {
        **found,
        "share of the normal draws": normal,
        "share of all draws": normal + ours / row["gammas per second"],
    }


def short(x: float) -> str:
    """Two significant digits, no exponent.

    >>> short(61234.5), short(7.123)
    ('61,000', '7.1')
    """
    return f"{float(f'{x:.2g}'):,.0f}" if x >= 10 else f"{x:.2g}"


def tables(result: dict[str, Any]) -> str:
    """Both tables in Markdown, with the machine they belong to."""
    machine, rows = result["machine"], result["sizes"]
    missing = [name for name in frameworks.STEPS if machine[name] is None]

    limit = max(row["normals per second"] for row in rows)

    def cell(x: float | None, column: str, row: dict[str, Any]) -> str:
        if x is not None:
            return f"{x:.2f}" if "share" in column else short(x)
        return "not installed" if any(name in column for name in missing) else "no memory"

    def table(values: list[dict[str, float | None]]) -> list[str]:
        head = ["d", "m", *values[0]]
        lines = ["| " + " | ".join(head) + " |", "|" + "---:|" * len(head)]
        for row, found in zip(rows, values, strict=True):
            cells = [f"{row['d']:,}", f"{row['m']:,}", *(cell(x, c, row) for c, x in found.items())]
            lines.append("| " + " | ".join(cells) + " |")
        return lines

    software = ", ".join(f"{k} {v or '(not installed)'}" for k, v in machine.items() if k not in ("cores", "processor"))
    return "\n".join(
        [
            f"One thread of a machine with {machine['cores']} cores ({machine['processor']}); {software}.",
            "float64, except where a column says float32. The best of repetitions, in processor time; a single run, "
            "so that everything was measured on the same machine in the same state.",
            "",
            "## Tasks per second",
            "",
            *table([row["rates"] for row in rows]),
            "",
            f"Normals per second: {short(limit)}. *No memory*: the n x d matrix "
            "of one task does not fit. The O(1) column is a number per task, not a vector; it is not compared.",
            "",
            "## Ratios",
            "",
            *table([ratios(row) for row in rows]),
            "",
            "The last columns are the shares of the O(d) sampler's time that the machine needs for the d normals of a "
            "task, and for these and its one gamma variate: 1 would mean that nothing but drawing them takes time. In "
            "low dimensions the gamma variate bounds what is possible: it takes as long as several normals.",
            "",
        ]
    )


TITLE = """# Benchmark: one inner step, sampled in several ways

Generated by `python benchmarks/sampling.py --markdown {}`. What is computed is the parameter vector after one inner
step on m samples in d dimensions: by drawing X and y and taking the step in NumPy
(`theory/maml_erm/definitions/naive.py`), in jax (`jit`, `vmap`, `grad`) and in torch (`torch.func`), and by the O(d)
sampler of the exact law (`theory/maml_erm/definitions/exact_law.py`), which draws the same distribution.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each of the measurements")
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    parser.add_argument("--markdown", type=Path, help="also write the tables to this file")
    options = parser.parse_args()
    result = measure(options.seconds)
    text = tables(result)
    print(text)
    if options.json:
        files.write(options.json, json.dumps(result, indent=1) + "\n")
    if options.markdown:
        files.write(options.markdown, TITLE.format(options.markdown) + text)


if __name__ == "__main__":
    main()
