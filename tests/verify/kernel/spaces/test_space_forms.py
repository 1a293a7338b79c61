"""Normal forms have the value of the term, in models at random; so what is not equal in a model is not shown equal.

The examples are derived from the code of the test: they are the same in every run, and the test fails or it doesn't.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verify.kernel.spaces.models import NAMES, Model, plus, times
from tests.verify.kernel.spaces.terms_at_random import Terms
from verify.kernel import Refused
from verify.kernel.reals.terms import minus
from verify.kernel.spaces.sorts import Sort
from verify.kernel.spaces.state import Run, State

Term = Any
SORTS = {name: Sort(kind, level) for name, (kind, level) in NAMES.items()}
NOTHING_KNOWN = State(SORTS, {}, frozenset(), ("and",))
WORK = 50_000  # of one term: a larger form would be slow to evaluate
MANY = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
CHOICES = st.randoms(use_true_random=False)


def new_run() -> Run:
    run = Run(WORK, {})
    run.forms.sorts = SORTS
    return run


def models(choose: random.Random, norms: bool) -> list[Model]:
    return [Model(choose.randrange(10**6), 1 if norms else choose.choice((1, 2))) for _ in range(3)]


def differs(run: Run, t: Term, form: Term, model: Model) -> bool | None:
    """Whether a form has another value than its term, at an outcome where no divisor is zero; None without such."""
    divisors = [model.value(b) for b in run.algebra.quotient(form)[2]]
    defined = [o for o in range(4) if all(b[o] != 0 for b in divisors)]
    if not defined:
        return None
    left, right = model.value(t), model.value(form)
    return any(left[o] != right[o] for o in defined)


def judge(t: Term, found: list[Model], count: Counter[str]) -> None:
    run = new_run()
    try:
        form = run.forms.scalar(t)
        other = run.forms.squared_norms(form)
    except Refused:
        count["refused"] += 1
        return
    for model in found:
        for f in (form, other):
            verdict = differs(run, t, f, model)
            assert not verdict, (t, f, model.seed, model.dimension)
            count["undefined" if verdict is None else "equal"] += 1


def test_the_form_of_a_number_has_its_value() -> None:
    count: Counter[str] = Counter()

    @MANY
    @given(CHOICES)
    def run(choose: random.Random) -> None:
        norms = choose.random() < 0.5
        t = Terms(choose, norms=norms, divisors=choose.random() < 0.5).scalar(choose.choice((2, 3, 3, 4)))
        judge(t, models(choose, norms), count)

    run()
    assert count["equal"] > 5 * (count["refused"] + count["undefined"]), count


def test_the_form_of_a_vector_has_its_value() -> None:
    count: Counter[str] = Counter()

    @MANY
    @given(CHOICES)
    def run(choose: random.Random) -> None:
        t = Terms(choose, norms=False, divisors=choose.random() < 0.3).vector(choose.choice((2, 3, 4)))
        kernel = new_run()
        try:
            form = kernel.forms.vector(t)
            divisors = [b for c in form.values() for b in kernel.reduced(c)[2]]
        except Refused:
            count["refused"] += 1
            return
        for model in models(choose, False):
            zero = [[x == 0 for x in model.value(b)] for b in divisors]
            total = [times(model.by_zero * 0, x) for x in model.value(t)]
            for a, c in form.items():
                total = [plus(x, times(f, y)) for x, f, y in zip(total, model.value(c), model.value(a), strict=True)]
            for o, value in enumerate(model.value(t)):
                if not any(z[o] for z in zero):
                    assert value == total[o], (t, form, model.seed, model.dimension)
                    count["equal"] += 1

    run()
    assert count["equal"] > 10 * count["refused"], count


def test_divisors_in_arguments_are_not_lost() -> None:
    """Sums of quotients, in a function or a norm, with divisors that are often zero."""
    count: Counter[str] = Counter()

    @MANY
    @given(CHOICES)
    def run(choose: random.Random) -> None:
        terms = Terms(choose, norms=True, divisors=True)

        def quotient() -> Term:
            return ("/", terms.scalar(0), choose.choice(("a", "b", ("+", "a", "b"), "X", ("at", "p", 1))))

        t: Term = ("+", quotient(), choose.choice((1, ("*", quotient(), quotient()))), terms.scalar(0))
        t = choose.choice((("exp", t), ("abs", t), ("norm", ("+", ("scale", t, "u"), "v"))))
        t = choose.choice((t, ("sum", 1, "n", ("*", t, ("at", "p", "#0"))), ("exp", ("+", t, ("/", 1, "b")))))
        judge(t, models(choose, True), count)

    run()
    assert count["equal"] > 50 and count["undefined"] > 50, count


def test_what_is_shown_equal_is_equal() -> None:
    """A number and the same one changed in a place: of some kind or other, most of them false equations."""
    count: Counter[str] = Counter()

    @MANY
    @given(CHOICES)
    def run(choose: random.Random) -> None:
        terms = Terms(choose, norms=False, divisors=False)
        t = terms.scalar(choose.choice((2, 3)))
        for u in (terms.changed(t), ("+", t, ("*", 0, "a"))):
            try:
                equal = new_run().vanishes(NOTHING_KNOWN, minus(t, u))
            except Refused:
                continue
            agrees = all(model.value(t) == model.value(u) for model in models(choose, False))
            assert agrees or not equal, (t, u)
            count["true" if equal else "false"] += 1

    run()
    assert count["true"] > 20 and count["false"] > 20, count
