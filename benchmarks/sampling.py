"""Tasks per second of the inner step: the n x d simulation, the O(d) sampler and the O(1) sampler, in one run.

Run it as ``python benchmarks/sampling.py [--seconds 1] [--json FILE]`` on one thread (OMP_NUM_THREADS=1). Absolute
rates depend on the machine, so each is also given as a ratio: to the naive simulation of the same (d, m), and for the
O(d) sampler to the rate at which the machine draws normals, the bound it cannot pass (d normals per task). The O(1)
sampler returns one number per task and is never compared with methods that return vectors.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # before NumPy loads its BLAS

import numpy as np  # noqa: E402

from verify.simulate.exact_law import Step  # noqa: E402
from verify.simulate.naive import adapt  # noqa: E402
from verify.simulate.seeding import generator  # noqa: E402
from verify.simulate.tasks import Task  # noqa: E402

SIZES = ((10, 20), (100, 200), (1000, 2000), (10**6, 2 * 10**6))
NAIVE_LIMIT = 1 << 24  # entries of one n x d matrix above which the naive simulation is not run: 128 MB


def rate(work: Callable[[], int], seconds: float) -> float:
    """Items per second of ``work``, which returns how many it did; the fastest of the repetitions within the time."""
    work()
    best, end = 0.0, time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        done = work()
        stop = time.perf_counter()
        best = max(best, done / (stop - start))
        if stop > end:
            return best


def measure(seconds: float) -> dict[str, object]:
    """All rates of one run, as plain numbers."""
    rng = generator(0, "benchmark")
    buffer = np.empty(1 << 14)

    def normals() -> int:
        for _ in range(64):
            rng.standard_normal(out=buffer)
        return 64 * buffer.size

    result: dict[str, object] = {"normals per second": rate(normals, seconds), "sizes": []}
    for d, m in SIZES:
        step = Step(1.0, 0.5, m, 0.5)
        count = max(1, min(20_000, (1 << 20) // d))
        gaps = np.zeros((count, d))
        gaps[:, 0] = 1.0
        squares, errors = np.ones(1 << 16), np.empty_like(gaps)

        def vectors(step=step, gaps=gaps, errors=errors, count=count) -> int:
            step.errors(rng, gaps, out=errors)
            return count

        def risks(step=step, d=d, squares=squares) -> int:
            step.squares(rng, squares, d)
            return squares.size

        row = {"d": d, "m": m, "O(d) vectors": rate(vectors, seconds), "O(1) risks": rate(risks, seconds)}
        if d * m <= NAIVE_LIMIT:
            task = Task(np.eye(d), np.zeros(d), noise=0.5)
            batch = max(1, min(2000, (1 << 20) // (d * m)))
            optima = np.zeros((batch, d))
            w = gaps[0]

            def naive(task=task, optima=optima, w=w, m=m, batch=batch) -> int:
                adapt(rng, task, w, optima, alpha=0.5, n=m)
                return batch

            row["naive"] = rate(naive, seconds)
            row["O(d) over naive"] = row["O(d) vectors"] / row["naive"]
        row["normals used by O(d)"] = row["O(d) vectors"] * d / result["normals per second"]
        result["sizes"].append(row)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each of the measurements")
    parser.add_argument("--json", help="also write the numbers to this file")
    options = parser.parse_args()
    result = measure(options.seconds)
    print(f"normals per second: {result['normals per second']:.3g}")
    print(f"{'d':>8} {'m':>8} {'naive':>10} {'O(d)':>10} {'O(1)':>10} {'O(d)/naive':>11} {'O(d) of limit':>14}")
    for row in result["sizes"]:
        naive = f"{row['naive']:10.3g}" if "naive" in row else f"{'-':>10}"
        ratio = f"{row['O(d) over naive']:11.3g}" if "naive" in row else f"{'-':>11}"
        print(
            f"{row['d']:8} {row['m']:8} {naive} {row['O(d) vectors']:10.3g} {row['O(1) risks']:10.3g} {ratio} "
            f"{row['normals used by O(d)']:14.2f}"
        )
    if options.json:
        with open(options.json, "w") as file:
            json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()
