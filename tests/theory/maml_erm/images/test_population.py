"""Tasks as populations of images: every expectation is the finite sum that it is called."""

from __future__ import annotations

import numpy as np
import pytest

from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.experiments import image_theory
from theory.maml_erm.images import features as frozen
from theory.maml_erm.images import glyphs, letters
from theory.maml_erm.images.learning import adapted, train
from theory.maml_erm.images.population import Population, population
from verify.runtime.errors import BadInput

ALPHA = 0.8
W = np.array([0.4, -0.3, 0.8, 0.1, -0.5])


def one(tasks: Population, number: int) -> tuple[np.ndarray, np.ndarray]:
    return tasks.images(np.array([number]))[0], tasks.labels


def test_losses_are_means_over_the_images(tasks: Population) -> None:
    found = tasks.losses(W)
    for number in (0, 9, 20, 35):
        X, y = one(tasks, number)
        assert found[number] == pytest.approx(np.square(X @ W - y).mean() / 2)


def test_optima_have_no_gradient_and_the_measured_noise(tasks: Population) -> None:
    m = tasks.moments
    for number in range(len(m.noise)):
        X, y = one(tasks, number)
        assert np.allclose(X.T @ (X @ m.optimum[number] - y), 0, atol=1e-9)
    assert np.allclose(tasks.losses(m.optimum), m.noise / 2)


@pytest.mark.parametrize("m", [1, 2])
def test_the_loss_after_a_step_is_that_over_all_batches(tasks: Population, m: int) -> None:
    """All batches of one or two images, drawn with replacement, are gone through: no sampling, so nothing to allow."""
    found = tasks.losses_after_step(W, alpha=ALPHA, m=m)
    for number in (0, 9, 20, 35):  # hard and easy, in both orders of labels
        X, y = one(tasks, number)
        steps = X * (X @ W - y)[:, None]
        batches = steps if m == 1 else ((steps[:, None] + steps[None, :]) / 2).reshape(-1, len(W))
        scores = (W - ALPHA * batches) @ X.T
        assert found[number] == pytest.approx(np.square(scores - y).mean() / 2, rel=1e-10)
    other = tasks.losses_after_step(W, alpha=ALPHA, m=m + 1)
    assert np.all(np.abs(other / found - 1) > 1e-3)


def test_adaptation_has_the_exact_law(tasks: Population) -> None:
    """40,000 adaptations of two weights on the mixture: within 5 standard errors (false alarm below 1e-5)."""
    rng = np.random.default_rng(0)
    chosen = tasks.tasks.draw(rng, 40_000, 0.5)
    weights = np.stack([W, -W])
    found = adapted(rng, tasks, weights, chosen, alpha=ALPHA, m=3)[:, :, 0]
    for w, losses in zip(weights, found, strict=True):
        left, few = (losses - tasks.losses_after_step(w, alpha=ALPHA, m=m)[chosen] for m in (3, 4))
        error = left.std() / len(chosen) ** 0.5
        assert abs(left.mean()) < 5 * error
        assert abs(few.mean()) > 5 * error  # a control: one more image would be noticed


def test_the_claim_has_the_curvature_of_the_definition(tasks: Population) -> None:
    """Second differences of E f(w') are those of the weight that H4.Q states, whatever the labels; M2's are not."""
    rng = np.random.default_rng(1)
    stated = {law: image_theory.stated(tasks.moments, law, alpha=ALPHA, m=4) for law in image_theory.LAWS}
    for _ in range(3):
        v = rng.standard_normal(5)
        ahead, here, behind = (tasks.losses_after_step(W + t * v, alpha=ALPHA, m=4) for t in (1, 0, -1))
        curvature = ahead - 2 * here + behind
        form = {law: np.einsum("i,tij,j->t", v, s.weight, v) for law, s in stated.items()}
        assert np.allclose(form["general"], curvature, rtol=1e-9)
        assert np.median(np.abs(form["gaussian"] / curvature - 1)) > 0.01


def test_the_floor_is_that_of_noise_independent_of_the_images(tasks: Population) -> None:
    """The claim's floor is off where noise depends on the image, as labels do; it is off by less than itself."""
    m = tasks.moments
    floor = image_theory.stated(m, "general", alpha=ALPHA, m=4).floor
    exact = np.array(
        [tasks.losses_after_step(w, alpha=ALPHA, m=4)[t] - m.noise[t] / 2 for t, w in enumerate(m.optimum)]
    )
    assert np.all(floor > 0) and np.all(exact > 0)
    assert 0.3 < np.median(floor / exact) < 3


def test_gain_of_the_claim_is_bounded_by_n4(tasks: Population) -> None:
    """Any two weights, the better one in the place of MAML's: the classes add up to the risks, and N4 bounds those."""
    stated = image_theory.stated(tasks.moments, "general", alpha=ALPHA, m=4)
    probability, hard = tasks.tasks.probability(0.3), tasks.tasks.hard.astype(float)
    rng = np.random.default_rng(2)
    tight = []
    for _ in range(50):
        pair = rng.standard_normal((2, 5))
        risks = np.array([probability @ stated.risks(w) for w in pair])
        trained = pair[np.argsort(-risks)]
        parts = [image_theory._class(stated, trained, probability * kind) for kind in (hard, 1 - hard)]
        total = [sum(part[i] + part[2] for part in parts) for i in (0, 1)]
        assert total == pytest.approx(sorted(risks, reverse=True))
        gain, bound = total[0] / total[1], image_theory.most_gain(stated, trained, probability, hard)
        assert gain <= bound * (1 + 1e-9)
        tight.append((gain - 1) / (bound - 1))
    assert max(tight) > 0.5  # a control: half of the bound would be too little


def test_hardness_is_counted_by_running_descent(tasks: Population) -> None:
    found = tasks.steps(alpha=ALPHA)
    for number in (0, 20, 30):
        X, y = one(tasks, number)
        best = tasks.moments.noise[number] / 2
        w, steps = np.zeros(5), 0
        while np.square(X @ w - y).mean() / 2 - best > 0.1 * (0.5 - best):
            w, steps = w - ALPHA * X.T @ (X @ w - y) / len(y), steps + 1
        assert found[number] == steps > 0


def test_samples_are_images_of_the_task(tasks: Population) -> None:
    X, y = tasks.data(np.random.default_rng(3), np.array([0, 25]), 200)
    for drawn, label, number in zip(X, y, (0, 25), strict=True):
        images, labels = one(tasks, number)
        same = (drawn[:, None] == images).all(axis=2)
        assert same.any(axis=1).all()
        assert np.array_equal(labels[same.argmax(axis=1)], label)
        assert 60 < (label > 0).sum() < 140  # 100 expected: more than five standard errors


def test_training_reaches_the_solutions(tasks: Population) -> None:
    """After 2,000 iterations ERM and MAML are within 1 % of the least losses; each is worse at that of the other."""
    tasks = tasks.relabelled()
    share = tasks.tasks.probability(0.4)
    weights = [
        train(np.random.default_rng(6), tasks, method, share=0.4, iterations=2000)
        for method in (ERM(20), MAML(ALPHA, 4))
    ]
    before = [float(share @ tasks.losses(w)) for w in weights]
    after = [float(share @ tasks.losses_after_step(w, alpha=ALPHA, m=4)) for w in weights]
    m = tasks.moments
    mean = np.einsum("t,tij->ij", share, m.covariance)
    least = float(share @ tasks.losses(np.linalg.solve(mean, share @ m.pull)))
    assert least <= before[0] < 1.01 * least < before[1]
    nearby = [weights[1] + 0.1 * d for d in np.vstack([np.eye(5), -np.eye(5)])]
    assert after[1] < after[0]
    assert after[1] < 1.01 * min(share @ tasks.losses_after_step(w, alpha=ALPHA, m=4) for w in nearby)


def test_a_step_that_is_too_long_diverges(tasks: Population) -> None:
    with pytest.raises(BadInput, match="diverged"), np.errstate(all="raise"):
        train(np.random.default_rng(0), tasks, MAML(50.0, 4), share=0.5, iterations=300)


def test_too_few_images(tasks: Population) -> None:
    with pytest.raises(BadInput, match="too few"):
        population(np.ones((20, 4, 5)), tasks.tasks)


# ---------------------------------------------------------------- features


def test_features_are_exact_whatever_is_computed_with_them() -> None:
    images = glyphs(letters("Greek")[:6], 10, 1, keep=False).images
    filters = frozen.filters(np.random.default_rng(0))
    together = frozen.responses(images, filters)
    assert together.shape == (6, 10, 256) and np.array_equal(together, np.rint(together))
    alone = np.array([[frozen.responses(image[None], filters)[0] for image in row] for row in images])
    assert np.array_equal(together, alone)
    assert not np.array_equal(together, frozen.responses(images, frozen.filters(np.random.default_rng(1))))


def test_leading_features_are_centred_and_uncorrelated() -> None:
    images = glyphs(letters("Greek")[:6], 10, 1, keep=False).images
    found = frozen.responses(images, frozen.filters(np.random.default_rng(0)))
    features = frozen.projected(found, *frozen.leading(found, 4)).reshape(-1, 4)
    covariance = np.cov(features, rowvar=False)
    sizes = np.diag(covariance)
    assert np.allclose(features.mean(axis=0), 0, atol=1e-9)
    assert np.abs(covariance - np.diag(sizes)).max() < 1e-4 * sizes.max()
    assert np.all(np.diff(sizes) < 0)
    with pytest.raises(BadInput, match="leading directions"):
        frozen.leading(found, 61)
