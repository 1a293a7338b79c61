"""Long work: the same answers wherever it is done, and a process that ends costs what it was doing at most."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from verify.runtime.engine import HERE, Engine, Lost, engine_of
from verify.runtime.errors import BadInput


def times(share: int, x: int) -> int:
    return share * x


def quotient(share: int, x: int) -> float:
    return share / x


def killed_once(folder: Path, x: int) -> int:
    """The third call ends its process, the first time that somebody does it."""
    if x == 3 and not (folder / "ended").exists():
        (folder / "ended").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return x


def killed_always(share: object, x: int) -> int:
    if x == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return x


CALLS = [(x,) for x in range(20)]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_same_answers_in_the_order_of_the_calls(workers):
    assert Engine(workers).answers(times, CALLS, 7) == [7 * x for x in range(20)]
    assert Engine(workers).answers(times, [], 7) == []


def test_every_answer_is_told_once():
    told: list[tuple[int, Any]] = []
    Engine(2).run(times, CALLS, lambda i, found: told.append((i, found)), 7)
    assert sorted(told) == [(x, 7 * x) for x in range(20)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_call_raises_is_raised(workers):
    told: list[int] = []
    with pytest.raises(ZeroDivisionError):
        Engine(workers).run(quotient, [(1,), (0,), *CALLS[2:]], lambda i, _: told.append(i), 7)
    assert set(told) <= {*range(20)} - {1}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_receiver_raises_ends_the_work(workers):
    def refuse(i: int, found: Any) -> None:
        raise KeyError(i)

    with pytest.raises(KeyError):
        Engine(workers).run(times, CALLS, refuse, 7)


def test_what_a_killed_process_did_is_done_again(tmp_path):
    assert Engine(2).answers(killed_once, CALLS, tmp_path) == list(range(20))
    assert (tmp_path / "ended").exists()


def test_a_call_that_ends_its_process_every_time_costs_itself_alone():
    found = Engine(2).answers(killed_always, CALLS)
    assert isinstance(found[3], Lost)
    assert [x for x in found if not isinstance(x, Lost)] == [x for x in range(20) if x != 3]


@pytest.mark.parametrize(
    "kind, scheduler, what",
    [
        ("dask", None, "needs an address"), ("dask", "no address", "is no address"),
        ("processes", "tcp://127.0.0.1:8786", "is the address of a dask cluster"),
    ],
)  # fmt: skip
def test_options_that_do_not_fit(kind, scheduler, what):
    with pytest.raises(BadInput, match=what):
        engine_of(kind, 1, scheduler)


def test_options_that_fit():
    assert engine_of("processes", 1) == HERE
    assert engine_of("processes", 3) == Engine(3)
    assert engine_of("dask", 1, "tcp://127.0.0.1:8786").scheduler == "tcp://127.0.0.1:8786"
