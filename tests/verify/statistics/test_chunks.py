"""The same bits for every executor, and a run that was interrupted continues instead of starting again."""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from theory.maml_erm.definitions import naive
from theory.maml_erm.definitions.tasks import easy_hard
from verify.runtime.errors import BadInput
from verify.statistics.chunks import run_chunks

ENV = easy_hard(0.2, 1.0, 0.3, Delta=1.0, V_H=0.1, V_E=0.4, d=3, nu=0.5)


def _run(**options) -> np.ndarray:
    return run_chunks(
        naive.risks, 2500, claim="c", root=3, chunk_size=400, environment=ENV, w=np.zeros(3), alpha=0.3, n=5, **options
    )


def _normals(rng: np.random.Generator, size: int, scale: float = 1.0) -> np.ndarray:
    return scale * rng.standard_normal(size)


def _short(rng: np.random.Generator, size: int) -> np.ndarray:
    return rng.standard_normal(size - 1)


def test_threads_and_processes_give_the_bits_of_the_serial_run() -> None:
    serial = _run().tobytes()
    for pool, workers in ((ThreadPoolExecutor, 1), (ThreadPoolExecutor, 3), (ProcessPoolExecutor, 2)):
        with pool(workers) as executor:
            assert _run(executor=executor).tobytes() == serial


def test_chunks_are_independent_streams() -> None:
    values = run_chunks(_normals, 1000, claim="c", chunk_size=100)
    assert np.unique(values).size == 1000
    assert run_chunks(_normals, 1000, claim="d", chunk_size=100)[0] != values[0]
    assert (run_chunks(_normals, 550, claim="c", chunk_size=100)[:500] == values[:500]).all()


def test_resume_after_an_interruption(tmp_path) -> None:
    whole = run_chunks(_normals, 1000, claim="c", chunk_size=100)

    def interrupt(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_chunks(_normals, 1000, claim="c", chunk_size=100, store=tmp_path, progress=interrupt)
    kept = {p.name: p.stat().st_mtime_ns for p in tmp_path.glob("chunk-*")}
    assert len(kept) == 4 and not list(tmp_path.glob("*.part"))
    calls: list[tuple[int, int]] = []
    resumed = run_chunks(
        _normals, 1000, claim="c", chunk_size=100, store=tmp_path, progress=lambda *seen: calls.append(seen)
    )
    assert resumed.tobytes() == whole.tobytes()
    assert calls == [(k, 10) for k in range(5, 11)]
    assert all(p.stat().st_mtime_ns == kept[p.name] for p in tmp_path.glob("chunk-00000[0-3].npy"))


def test_a_damaged_chunk_is_computed_again(tmp_path) -> None:
    whole = run_chunks(_normals, 300, claim="c", chunk_size=100, store=tmp_path)
    path = tmp_path / "chunk-000001.npy"
    sound = path.read_bytes()
    other = (tmp_path / "chunk-000002.npy").read_bytes()
    for damaged in (sound[:200], sound[:-1] + bytes([sound[-1] ^ 1]), other, b""):
        path.write_bytes(damaged)
        assert run_chunks(_normals, 300, claim="c", chunk_size=100, store=tmp_path).tobytes() == whole.tobytes()
        assert path.read_bytes() == sound


@pytest.mark.parametrize("record", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_record_of_the_run_is_written_again(tmp_path, record) -> None:
    whole = run_chunks(_normals, 300, claim="c", chunk_size=100, store=tmp_path)
    sound = (tmp_path / "run.json").read_bytes()
    (tmp_path / "run.json").write_bytes(record)
    assert run_chunks(_normals, 300, claim="c", chunk_size=100, store=tmp_path).tobytes() == whole.tobytes()
    assert (tmp_path / "run.json").read_bytes() == sound


def test_a_file_in_the_way_of_the_store_is_one_error(tmp_path) -> None:
    (tmp_path / "store").write_text("x")
    with pytest.raises(BadInput, match="can't be kept"):
        run_chunks(_normals, 300, claim="c", chunk_size=100, store=tmp_path / "store" / "part")


@pytest.mark.parametrize("change", [{"root": 1}, {"claim": "d"}, {"chunk_size": 50}, {"count": 400}, {"scale": 2.0}])
def test_a_store_of_another_run_is_refused(tmp_path, change) -> None:
    base = {"count": 300, "claim": "c", "root": 0, "chunk_size": 100, "scale": 1.0}
    run_chunks(_normals, store=tmp_path, **base)
    with pytest.raises(BadInput, match="another run"):
        run_chunks(_normals, store=tmp_path, **{**base, **change})


def test_a_store_tells_environments_apart(tmp_path) -> None:
    _run(store=tmp_path)
    moved = easy_hard(0.2, 1.0, 0.3, Delta=1.0 + 1e-15, V_H=0.1, V_E=0.4, d=3, nu=0.5)
    with pytest.raises(BadInput, match="parameter environment"):
        run_chunks(
            naive.risks, 2500, claim="c", root=3, chunk_size=400, store=tmp_path, environment=moved, w=np.zeros(3),
            alpha=0.3, n=5,
        )  # fmt: skip


def test_work_of_the_wrong_length_and_empty_runs_are_refused() -> None:
    with pytest.raises(BadInput):
        run_chunks(_short, 10, claim="c")
    for bad in ({"count": 0}, {"count": 10, "chunk_size": 0}, {"count": 10, "root": -1}):
        with pytest.raises(BadInput):
            run_chunks(_normals, claim="c", **bad)


_HASH = """
import hashlib, numpy as np
from theory.maml_erm.definitions import lazy, naive
from theory.maml_erm.definitions.exact_law import Step, grams
from verify.statistics.seeding import generator
from theory.maml_erm.definitions.tasks import Environment, Task
A = np.random.default_rng(0).standard_normal((60, 60))
S = np.einsum("ik,jk->ij", A, A) / 60
env = Environment((Task(S, np.ones(60), 0.5, 1.0, 0.3), Task(np.eye(60), np.zeros(60), 0.5)))
run = dict(claim="a", chunk_size=50, environment=env, w=np.zeros(60), alpha=0.1, n=300)
step = Step(S, 0.1, 30, 0.3)
parts = [
    naive.run_chunks(naive.risks, 100, **run),
    step.errors(generator(0, "x"), np.ones((3000, 60)), steps=2),
    lazy.meta_gradients(generator(0, "x"), step, np.ones((300, 60)), query=3),
    grams(generator(0, "x"), 100, S, 80),
]
print(hashlib.sha256(b"".join(p.tobytes() for p in parts)).hexdigest())
"""


def test_blas_threads_change_no_bit() -> None:
    """Schedulers set the BLAS threads of their workers; full covariances at d = 60 are where it would show."""
    hashes = {
        subprocess.run(
            [sys.executable, "-c", _HASH],
            env={**os.environ, "OPENBLAS_NUM_THREADS": k, "OMP_NUM_THREADS": k, "MKL_NUM_THREADS": k},
            capture_output=True, text=True, check=True,
        ).stdout
        for k in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1


def _squares_of(rng: np.random.Generator, items: tuple[int, ...], shift: float) -> np.ndarray:
    return np.array([[x * x + shift, rng.standard_normal()] for x in items])


def test_items_are_worked_on_in_order_whatever_the_executor(tmp_path: Path) -> None:
    items = tuple(range(7))
    one = run_chunks(_squares_of, items=items, claim="items", chunk_size=2, shift=0.5)
    assert one[:, 0].tolist() == [x * x + 0.5 for x in items]
    with ThreadPoolExecutor(2) as pool:
        two = run_chunks(
            _squares_of, items=items, claim="items", chunk_size=2, shift=0.5, executor=pool, store=tmp_path
        )
    assert one.tobytes() == two.tobytes()
    with pytest.raises(BadInput, match="another run"):
        run_chunks(_squares_of, items=items[::-1], claim="items", chunk_size=2, shift=0.5, store=tmp_path)
    with pytest.raises(BadInput):
        run_chunks(_squares_of, claim="neither")
