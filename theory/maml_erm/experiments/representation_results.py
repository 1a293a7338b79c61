"""The table of the experiment with learned representations: its rows, the tests of them, and what they say."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from theory.maml_erm.experiments import head_gain, recovery, wrong_space
from theory.maml_erm.experiments.curves import curve
from verify.statistics.experiment import Array, Table
from verify.statistics.tests import Budget, clt_test

PATH, DIVERSITY, GAIN, LOSS, SAVED = range(5)
COLUMNS = (
    ("kind", "0: recovery, 1: recovery with packed hard optima, 2: gain, 3: loss on a wrong space, 4: what that saves"),
    ("d", "input dimension"),
    ("k", "dimension of the space of the tasks, numbers of a head"),
    ("learner", "0: single-head ERM, 1: multi-head ERM, 2: ANIL, 3: first-order ANIL; -1: none"),
    ("repetition", "number of the space and the run; -1: none"),
    ("m", "samples of the adaptation; -1: none"),
    ("x", "kinds 0 to 4: iterations; spread of the easy optima; m/(k+1); mean squared sine; the same"),
    ("value", "0, 1: sine of the largest principal angle; 2: E_m(ERM)/E_m(MAML); 3: loss; 4: loss of adapting all - 3"),
    ("standard_error", "of the value over sampled tasks"),
    ("theory", "2: closed form of the gain with k for d; 3: R2.risk; 4: its difference to the loss of adapting all"),
    ("without", "2: closed form of the gain with d; 3: loss of adapting all parameters"),
    ("agrees", "1: a test agrees with the theory, 0: it does not, -1: no test"),
    ("noticed", "3, 4: the error that is noticed with probability 0.999"),
)
RECOVERED, LOST = 0.05, 0.9  # sines of the largest angle: below the one, above the other
TOLERANCE = 0.1  # of the gains, relative
ASSUMPTION = "central limit theorem, for the mean over sampled tasks"
GROUPS = ("gains", "losses", "signs")


def row(**given: Any) -> tuple[Any, ...]:
    """A row of the table from what is known of it."""
    whole = dict.fromkeys(("learner", "repetition", "m", "agrees"), -1)
    other = dict.fromkeys(("standard_error", "theory", "without", "noticed"), math.nan)
    values = {**whole, **other, **given}
    return tuple(values[name] if isinstance(values[name], int) else float(values[name]) for name, _ in COLUMNS)


def share(group: str, t: Any, count: int) -> float:
    """The error probability of one of ``count`` tests of a group."""
    return Budget(t["delta"], GROUPS).share(group) / count


def gain_row(d: int, k: int, m: int, repetition: int, risks: Array, t: Any) -> tuple[Any, ...]:
    """A gain from the risks (tasks, 2) of both learners, beside the closed form in k and in d dimensions."""
    s = {name: t[name] for name in ("rho_H", "rho_E", "alpha", "p", "Delta", "V_H", "V_E")}
    theory, without = (float(curve("gain", d=dimension, m=m, **s)) for dimension in (k, d))
    found = head_gain.gain(risks, theory, TOLERANCE, share("gains", t, t["points"] * t["repetitions"] * len(t["d"])))
    return row(
        kind=GAIN, d=d, k=k, m=m, repetition=repetition, x=m / (k + 1), value=found.value,
        standard_error=found.standard_error, theory=theory, without=without, agrees=int(found.near),
    )  # fmt: skip


def wrong_settings(t: Any) -> dict[str, Any]:
    """What the losses on wrong spaces are measured at: hard tasks with E||v||^2 = V_E in the smallest dimension."""
    return {"d": t["d"][0], "k": t["k"][0], "rho": t["rho_H"], "alpha": t["alpha"], "nu": t["nu"], "V": t["V_E"]}


def wrong_rows(m: int, sin2: float, losses: Array, t: Any, *, cells: int) -> list[tuple[Any, ...]]:
    """The loss of a head (R2) and what it saves (R5), from losses (tasks, 2) of both on the same samples."""
    fixed = wrong_settings(t)
    theory, without, boundary = (float(wrong_space.stated(i, sin2, m=m, **fixed)) for i in range(3))
    common = {"d": fixed["d"], "k": fixed["k"], "m": m, "x": sin2}
    loss = clt_test(losses[:, 0], share("losses", t, cells), assumption=ASSUMPTION)
    saved = clt_test(losses[:, 1] - losses[:, 0], share("signs", t, cells), assumption=ASSUMPTION)
    # On the boundary nothing is saved; elsewhere the sign is what R5 says, surely: zero lies outside of the radius.
    sign = 1 if theory < without else -1
    right = saved.agrees(0) if sin2 == boundary else sign * saved.estimate > saved.radius
    return [
        row(
            kind=LOSS, value=loss.estimate, standard_error=loss.standard_error, theory=theory, without=without,
            agrees=int(loss.agrees(theory)), noticed=loss.noticed, **common,
        ),
        row(
            kind=SAVED, value=saved.estimate, standard_error=saved.standard_error, theory=without - theory,
            agrees=int(right), noticed=saved.noticed, **common,
        ),
    ]  # fmt: skip


def table(rows: tuple[tuple[Any, ...], ...], t: Any) -> Table:
    """The table with what it says and whether all of it agrees with the theory."""
    found = Table(COLUMNS, rows)
    said = (*_recovery(found, t), *_diversity(found, t), *_gains(found, t), *_wrong(found, t))
    return Table(COLUMNS, rows, tuple(line for line, _ in said), all(right for _, right in said))


def _recovery(found: Table, t: Any) -> list[tuple[str, bool]]:
    last = found.where(kind=PATH, x=float(t["iterations"]))
    start = found.where(kind=PATH, x=0.0).column("value")
    single = last.where(learner=recovery.SINGLE).column("value")
    others = {index: float(last.where(learner=index).column("value").max()) for index in range(1, 4)}
    names = ", ".join(f"{x:.3f} ({recovery.LEARNERS[index]})" for index, x in others.items())
    where = f"in these {len(single)} runs of each learner"
    return [
        (
            f"{where} the sine of the largest angle to the space of the tasks falls from at least {start.min():.3f} to "
            f"at most {names}",
            max(others.values()) < RECOVERED,
        ),
        (f"{where} single-head ERM ends at {single.min():.3f} or above", bool(single.min() > LOST)),
    ]


def _diversity(found: Table, t: Any) -> list[tuple[str, bool]]:
    def sines(spread: float) -> Array:
        return found.where(kind=DIVERSITY, x=spread).column("value")

    first, last = (sines(t["diverse"][i]) for i in (0, -1))
    return [
        (
            f"in {len(last)} runs with packed hard optima (V_H = {t['packed']:g}) multi-head ERM and ANIL end at "
            f"{last.max():.3f} or below where the easy ones are spread (V_E = {t['diverse'][-1]:g}); where these are "
            f"packed too (V_E = {t['diverse'][0]:g}) {t['iterations']} iterations leave {first.min():.3f} or above",
            bool(last.max() < RECOVERED and first.min() > LOST),
        )
    ]


def _gains(found: Table, t: Any) -> list[tuple[str, bool]]:
    part = found.where(kind=GAIN)
    near, ratio = part.column("agrees"), part.column("value") / part.column("theory")
    worst, without = float(np.abs(ratio - 1).max()), part.column("without")
    error = float((part.column("standard_error") / part.column("theory")).max())
    return [
        (
            f"on learned representations {int(near.sum())} of {len(near)} gains are shown to lie within "
            f"{TOLERANCE:.0%} of the closed form with k for d (error probability {share('gains', t, 1):.1g} for all, "
            f"by the central limit theorem; largest deviation {worst:.1%}, standard errors up to {error:.1%})",
            bool(near.all()),
        ),
        (
            f"they reach {part.column('value').max():.2f}, where the theory gives {without.min():.2f} to "
            f"{without.max():.2f} for adapting all d parameters",
            True,
        ),
    ]


def _wrong(found: Table, t: Any) -> list[tuple[str, bool]]:
    loss, saved = found.where(kind=LOSS), found.where(kind=SAVED)
    agrees, power = loss.column("agrees"), float((loss.column("noticed") / loss.column("theory")).max())
    signs = saved.column("agrees")
    return [
        (
            f"R2: {int(agrees.sum())} of {len(agrees)} losses on wrong spaces agree (false-alarm probability "
            f"{share('losses', t, 1):.1g} by the central limit theorem; errors of {power:.1%} would be noticed)",
            bool(agrees.all()),
        ),
        (
            f"R5: beside its boundary and on it {int(signs.sum())} of {len(signs)} signs are shown to be as stated "
            f"(error probability {share('signs', t, 1):.1g} by the central limit theorem); between its neighbours the "
            f"boundary is found {located(saved, t):.1%} off or less",
            bool(signs.all()),
        ),
    ]


def located(saved: Table, t: Any) -> float:
    """The largest relative distance of R5's boundary from where the savings of its two neighbours, joined by a line,
    vanish; 0 where there is none between right angles.
    """
    off = [0.0]
    for m in t["m"]:
        boundary = float(wrong_space.stated(wrong_space.BOUNDARY, 0.0, m=m, **wrong_settings(t)))
        part = saved.where(m=m)
        x, y = part.column("x"), part.column("value")
        beside = [i for i, value in enumerate(x) if 0 < abs(value / boundary - 1) <= wrong_space.BESIDE * 1.001]
        if len(beside) == 2:
            low, high = beside
            zero = x[low] + y[low] * (x[high] - x[low]) / (y[low] - y[high])
            off.append(abs(float(zero) / boundary - 1))
    return max(off)
