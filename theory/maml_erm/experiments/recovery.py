"""Runs of the learners that learn a representation: how far its space is from that of the tasks, on the way."""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions.learners import ANIL, Learner, MultiHead, SingleHead, learn
from theory.maml_erm.definitions.low_rank import LowRank
from theory.maml_erm.definitions.representation import principal_sines, random_space, view
from theory.maml_erm.definitions.tasks import Environment, easy_hard
from verify.statistics.experiment import Array
from verify.statistics.seeding import generator

LEARNERS = ("single-head ERM", "multi-head ERM", "ANIL", "first-order ANIL")
SINGLE, MULTI, ADAPTED, FIRST_ORDER = range(len(LEARNERS))
LOOKS = 21  # representations looked at in a run, evenly spaced, the start among them


def learner_of(index: int, alpha: float) -> Learner:
    """The learner with this place in ``LEARNERS``; step sizes are those of its class."""
    if index == SINGLE:
        return SingleHead()
    if index == MULTI:
        return MultiHead()
    return ANIL(alpha, first_order=index == FIRST_ORDER)


def heads_of(s: Any, k: int) -> Environment:
    """The easy/hard mixture of the settings, of heads in k dimensions."""
    return easy_hard(s["rho_H"], s["rho_E"], s["p"], Delta=s["Delta"], V_H=s["V_H"], V_E=s["V_E"], d=k, nu=s["nu"])


def stream(root: int, purpose: str, *which: object) -> np.random.Generator:
    """The stream of one purpose of one run: the space of the tasks and the start of a learner must not share one."""
    return generator(root, f"representation, {purpose}: {which}")


def work(rng: np.random.Generator, items: Any, *, seed: int, d: int, k: int, iterations: int, **s: Any) -> Array:
    """One row for each (learner, repetition, V_H, V_E): sines on the way, then what the last one sees and misses.

    All learners of a repetition meet the same space and start at the same representation.
    """
    rows = []
    keep = checkpoints(iterations)
    for index, repetition, V_H, V_E in items:
        U = random_space(stream(seed, "environment", d, k, repetition), d, k)
        environment = LowRank(heads_of({**s, "V_H": V_H, "V_E": V_E}, k), U)
        found = learn(
            learner_of(index, s["alpha"]), environment, start=stream(seed, "initialisation", d, k, repetition),
            training=rng, iterations=iterations, keep=keep,
        )  # fmt: skip
        last = view(found[-1], U)
        rows.append(np.concatenate([[principal_sines(B, U)[0] for B in found], last.seen.ravel(), last.missed.ravel()]))
    return np.array(rows)


def checkpoints(iterations: int) -> list[int]:
    """Numbers of iterations after which a run is looked at."""
    return [round(x) for x in np.linspace(0, iterations, LOOKS)]


def views(rows: Array, k: int) -> Array:
    """What the last representations of these rows see and miss, (rows, 2, k, k)."""
    return rows[:, LOOKS:].reshape(-1, 2, k, k)
