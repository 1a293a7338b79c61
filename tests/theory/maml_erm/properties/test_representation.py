"""A head on a representation, from the definition: rational rotations, every expectation expanded index by index."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.maml_erm.properties.exactly import (
    Rows,
    claim,
    identity,
    matrix_right,
    number,
    right,
    scaled,
    times,
    total,
    turned,
)
from theory.maml_erm.definitions.moments import exact_excess_risk, exact_word_moment
from verify.claims.statement import Equivalence
from verify.runtime.errors import ensured

STEPS = st.sampled_from([F(1, 5), F(1, 2), F(1), F(2)])
NOISES = st.sampled_from([F(0), F(1, 3), F(2)])
ANGLES = st.sampled_from([(F(1), F(0)), (F(3, 5), F(4, 5)), (F(12, 13), F(5, 13)), (F(0), F(1))])


@st.composite
def representations(draw: st.DrawFn) -> Rows:
    """B with orthonormal columns, d x k: the first axes, turned in the planes of neighbouring axes; angle 0 and 90."""
    d = draw(st.integers(1, 3))
    k = draw(st.integers(1, d))
    Q = identity(d)
    for i in range(d - 1):
        c, s = draw(ANGLES)
        G = identity(d)
        G[i][i], G[i][i + 1], G[i + 1][i], G[i + 1][i + 1] = c, -s, s, c
        Q = times(G, Q)
    return [row[:k] for row in Q]


def head_loss(B: Rows, sigma: Rows, L: Rows, error: list[F], alpha: F, n: int, nu: F) -> F:
    """E f(B v') for the step v' = v - alpha B^T (S u - X^T z / n), u = B v - w*: moments of S expanded."""
    u, P = [[x] for x in error], times(B, turned(B))
    PSP = times(P, sigma, P)
    once = exact_word_moment([times(sigma, P), "S"], L, n)
    twice = exact_word_moment(["S", PSP, "S"], L, n)
    form = total(sigma, scaled(once, -alpha), scaled(turned(once), -alpha), scaled(twice, alpha**2))
    inner = times(PSP, exact_word_moment(["S"], L, n))
    noise = alpha**2 * nu**2 / n * sum(inner[i][i] for i in range(len(inner)))
    return (times(turned(u), form, u)[0][0] + noise + nu**2) / 2


@given(representations(), st.integers(1, 2), STEPS, NOISES, st.sampled_from([F(1), F(-1, 2)]))
def test_any_covariance(B: Rows, n: int, alpha: F, nu: F, second: F) -> None:
    """R2.any, and R1 where the error lies in the space of the representation."""
    d = len(B)
    L = [[F(1), F(0), F(0)], [F(1, 2), F(1), F(0)], [F(0), F(-1), F(2)]]
    L = [row[:d] for row in L[:d]]
    sigma = times(L, turned(L))
    values = {"d": d, "k": len(B[0]), "n": n, "alpha": alpha, "nu": nu}
    error = [F(1), second, F(2)][:d]
    stated = matrix_right("R2.any", {"Sigma": sigma, "B": B, "v": [[x] for x in error]}, **values)
    assert [[head_loss(B, sigma, L, error, alpha, n, nu)]] == stated
    gap = [[F(1)], [second], [F(2)]][: len(B[0])]
    inside = [row[0] for row in times(B, gap)]
    stated = matrix_right("R1", {"Sigma": sigma, "B": B, "e": gap}, **values)
    assert [[head_loss(B, sigma, L, inside, alpha, n, nu)]] == stated


@dataclass(frozen=True)
class Learner:
    """Tasks w* = U v*, U the first k axes, E v* v*^T = root^2 I; a head on B that starts at 0; inputs sqrt(rho) g."""

    B: Rows
    rho: F
    alpha: F
    m: int
    nu: F
    root: F  # of V/k

    @property
    def sin2(self) -> F:
        """1 - tr(U^T B B^T U)/k, U the first k axes: the mean squared sine of the principal angles."""
        k = len(self.B[0])
        return 1 - sum(x**2 for row in self.B[:k] for x in row) / k

    @property
    def values(self) -> dict[str, F | int]:
        k = len(self.B[0])
        return {
            "d": len(self.B), "k": k, "m": self.m, "alpha": self.alpha, "rho": self.rho, "nu": self.nu,
            "sin2": self.sin2, "V": k * self.root**2,
        }  # fmt: skip

    def rank(self) -> F:
        """Averaged over tasks: the loss is quadratic in w*, whose first k coordinates have variance root^2."""
        d, k = len(self.B), len(self.B[0])
        one = [[F(1) if i == j else F(0) for j in range(d)] for i in range(d)]
        step = self.alpha * self.rho
        losses = [
            head_loss(self.B, one, one, [-self.root if i == j else F(0) for i in range(d)], step, self.m, F(0))
            for j in range(k)
        ]
        noise = head_loss(self.B, one, one, [F(0)] * d, step, self.m, self.nu)
        # At rho = 1 with step alpha rho: the loss of the gap is rho times this, that of the noise is this.
        return self.rho * sum(losses, F(0)) + noise

    def full(self) -> F:
        d, k = len(self.B), len(self.B[0])
        one, step = identity(d), self.alpha * self.rho
        gap = [self.root] + [F(0)] * (d - 1)
        loss = exact_excess_risk(one, gap, step, self.m, F(0))
        noise = exact_excess_risk(one, [F(0)] * d, step, self.m, self.nu**2)
        return self.rho * k * loss + noise + self.nu**2 / 2


@st.composite
def learners(draw: st.DrawFn) -> Learner:
    return Learner(
        draw(representations()), draw(st.sampled_from([F(1, 2), F(1), F(3)])), draw(STEPS), draw(st.integers(1, 3)),
        draw(NOISES), draw(st.sampled_from([F(1), F(1, 2)])),
    )  # fmt: skip


@given(learners())
def test_the_missed_part_is_noise(learner: Learner) -> None:
    """R2.risk: the tasks' losses, from the definition with isotropic inputs, added up."""
    assert learner.rank() == right("R2.risk", **learner.values)


@given(learners())
def test_a_wrong_representation_against_all_parameters(learner: Learner) -> None:
    """R5.noise: which of the two measured losses is lower."""
    body = ensured(claim("R5.noise").statement, Equivalence)
    wins = number(body.right.lhs, **learner.values) < number(body.right.rhs, **learner.values)
    assert (learner.rank() < learner.full()) == wins


@given(representations(), st.integers(1, 3), st.sampled_from([F(1, 2), F(2)]))
def test_at_the_boundary_both_are_equal(B: Rows, m: int, rho: F) -> None:
    """The step size at which R5 is an equation, without noise."""
    d, k = len(B), len(B[0])
    sin2 = Learner(B, rho, F(1), m, F(0), F(1)).sin2
    assume(sin2 > 0)
    step = 2 * m * sin2 / (d - k + sin2 * (m + 1))
    learner = Learner(B, rho, step / rho, m, F(0), F(1))
    assert learner.rank() == learner.full()


def test_few_samples_win_unless_orthogonal() -> None:
    """R5.always at its boundary m = d - k + 1: equal for an orthogonal representation, better for any other."""
    orthogonal, other = [[F(0)], [F(1)]], [[F(3, 5)], [F(4, 5)]]
    for B, equal in ((orthogonal, True), (other, False)):
        learner = Learner(B, F(2), F(1, 2), 2, F(0), F(1))
        assert (learner.rank() == learner.full()) == equal and learner.rank() <= learner.full()


def test_correlated_features() -> None:
    """R2.correlated in the plane, measured."""
    rho, corr, alpha, n, nu, root = F(2), F(3, 5), F(1, 3), 2, F(1, 2), F(3)
    L = [[F(1), F(0)], [corr, F(4, 5)]]  # rho times L L^T is the covariance: the root of rho goes into the step
    measured = head_loss([[F(1)], [F(0)]], times(L, turned(L)), L, [F(0), -root], alpha * rho, n, F(0)) * rho
    measured += head_loss([[F(1)], [F(0)]], times(L, turned(L)), L, [F(0), F(0)], alpha * rho, n, nu)
    noise = (nu**2 + rho * root**2) * (1 + alpha**2 * rho**2 / n) / 2
    assert measured - noise == right("R2.correlated", rho=rho, corr=corr, alpha=alpha, n=n, V=root**2)
