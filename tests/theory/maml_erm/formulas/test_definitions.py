"""Every named expression and every derivation of a claim starts at a definition, or at results of other derivations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas import mixture
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.symbols import K, p, rho_E, rho_H
from verify.derivations.derivation import Derivation, sources_of
from verify.derivations.trace_polynomials import TracePolynomial

# All that is written down and not derived. Names stand for what a later step inserts, which is derived itself.
DEFINITIONS = {
    # section 1: losses, tasks, objectives
    "1/2*x^T w*x^T w - x^T w*y + 1/2*y*y": "the squared loss at one sample",
    "1/(2*n)*w^T X^T X w - 1/n*y^T X w + 1/(2*n)*y^T y": "the loss on a batch of n samples",
    "1/(2*m)*w^T X^T X w - 1/m*y^T X w + 1/(2*m)*y^T y": "the loss on a batch of m samples",
    "1/2*w^T W_i w - w_i^T W_i w + 1/2*w_i^T W_i w_i": "the objective of one task, W_i its weight",
    "1/2*w^T W_bar w - w_i^T W_bar w + 1/2*w_i^T W_bar w_i": "the same with one weight for all tasks",
    "f_E*(1 - p) + f_H*p": "an average over the two classes",
    "-mu_H + w": "the offset from the hard mean",
    "-mu_E + w": "the offset from the easy mean",
    # a recursion: what is true before one more step, the weight or the error so far being a
    "a*v": "the error before one more step",
    "a/2*v^T v": "the loss before one more step",
    "1 - C_K": "Reptile's direction, w - E w_K",
    # moments of one step
    "n^(-2)*X^T X A X^T X": "Shat A Shat",
    "Sigma - alpha/n*Sigma X^T X - alpha/n*X^T X Sigma + alpha^2/n^2*X^T X Sigma X^T X": "one step around Sigma",
    "A - alpha/n*A X^T X - alpha/n*X^T X A + alpha^2/n^2*X^T X A X^T X": "one step around A",
    # named quantities
    "(1 - x)/x": "odds",
    "E_a/E_b": "the gain",
    "(E_a + floor)/(E_b + floor)": "the gain with the floor kept",
    "s_H/before": "h_H, what one step leaves of the weight of a hard task",
    "s_E/before": "h_E, what one step leaves of the weight of an easy task",
    "h_easy/h_hard": "q, the ratio of the two",
    "L^(-2)*tr(Sigma^2)": "the effective dimension",
    # one task's data, a step on it, and sampled tasks
    "1/(2*k_o)*w^T X_o^T X_o w - 1/k_o*y^T X_o w + 1/(2*k_o)*y^T y": "the loss on k_o outer samples",
    "g_i^T g_i": "the squared norm of a stochastic gradient",
    "g_i g_i^T": "a stochastic gradient times its transpose",
    "e_next^T e_next": "the squared norm of the error after a step on one task",
    "-V*W**2 + square": "a variance, the mean of g being W v",
    "g_E*(1 - p) + g_H*p": "an average over the two classes of the square of a gradient",
    "W_E/2*tr(Xi_E Xi_E^T) + W_E*ones_E^T Xi_E mu_E - W_E*ones_E^T Xi_E w + W_H/2*tr(Xi_H Xi_H^T) + "
    "W_H*ones_H^T Xi_H mu_H - W_H*ones_H^T Xi_H w + W_E/2*mu_E^T mu_E*ones_E^T ones_E - "
    "W_E*w^T mu_E*ones_E^T ones_E + W_H/2*mu_H^T mu_H*ones_H^T ones_H - W_H*w^T mu_H*ones_H^T ones_H + "
    "W_E/2*ones_E^T ones_E*w^T w + W_H/2*ones_H^T ones_H*w^T w": "the objective summed over sampled tasks",
    "-(c - 1)/(2*N_E)*tr(Xi_E Xi_E^T) - (c - 1)/N_E*ones_E^T Xi_E mu_E + (c - 1)/N_E*ones_E^T Xi_E w + "
    "c/(2*N_H)*tr(Xi_H Xi_H^T) + c/N_H*ones_H^T Xi_H mu_H - c/N_H*ones_H^T Xi_H w - "
    "(c - 1)/(2*N_E)*mu_E^T mu_E*ones_E^T ones_E + (c - 1)/N_E*w^T mu_E*ones_E^T ones_E + "
    "c/(2*N_H)*mu_H^T mu_H*ones_H^T ones_H - c/N_H*w^T mu_H*ones_H^T ones_H - "
    "(c - 1)/(2*N_E)*ones_E^T ones_E*w^T w + c/(2*N_H)*ones_H^T ones_H*w^T w": "the same with weights c/N_H, (1-c)/N_E",
    "delta^T delta + 2*mu_E^T delta - 2*w^T delta + 2*xi_H^T delta + mu_E^T mu_E - 2*w^T mu_E + 2*xi_H^T mu_E + "
    "w^T w - 2*xi_H^T w + xi_H^T xi_H": "the squared distance from a hard optimum",
    "mu_E^T mu_E - 2*w^T mu_E + 2*xi_E^T mu_E + w^T w - 2*xi_E^T w + xi_E^T xi_E": "that from an easy optimum",
    "B/A**2": "the sandwich A^-1 B A^-1, A a multiple of the identity",
    "A*C/2": "half a squared distance, times the curvature",
    "lower/upper": "the ratio of two eigenvalues of a Hessian",
    "(q_1 - q_2)/(m*(2*alpha - 2*alpha_2)*(-rho_E + rho_H))": "the slope of q between two step sizes, up to a factor",
    "E_ERM/E_MAML": "the gain of any environment",
    # other inputs: rows of the batch pair with themselves n times, with another n (n - 1) times; coordinates likewise
    "alpha^2/n*M + Sigma - alpha*Sigma x x^T - alpha*x x^T Sigma + alpha^2*(n - 1)/n*x x^T Sigma x_other x_other^T": (
        "one step around Sigma, M the expectation for one row twice"
    ),
    "alpha^2/m*M + Sigma - alpha*Sigma x x^T - alpha*x x^T Sigma + alpha^2*(m - 1)/m*x x^T Sigma x_other x_other^T": (
        "the same with m samples"
    ),
    "alpha^2/(2*n^2)*z^T X Sigma X^T z": "what the noise adds in one step",
    "h h^T Sigma h h^T": "x x^T Sigma x x^T for a Gaussian row",
    "s*s*h h^T Sigma h h^T": "the same for an elliptical row",
    "(d - 1)*g_1*g_1*g_2*g_2 + s*s": "a diagonal entry of (g g^T)^2, s the square of one coordinate",
    "c_1*g_2 + c_2*g_1 + (d - 2)*g_1*g_2*g_3*g_3": "an entry off the diagonal, c the cube of a coordinate",
    "1 - 2*alpha/(d*n)*tr(X X^T) + alpha^2/(d*n^2)*tr(X X^T X X^T)": "the mean of (1 - alpha l)^2, l in the spectrum",
    # a learned representation: features f = B^T x, a head e on them, and r, the part of the optimum that is missed
    "B^T x x^T B": "features twice",
    "B B^T G": "the step of the head, as a step of all parameters",
    "B^T x x^T r": "features times what the missed part adds",
    "x^T r*x^T r": "what the missed part adds, squared",
    "1/2*f^T e*f^T e - f^T e*q - f^T e*zeta + 1/2*q*q + q*zeta + 1/2*zeta*zeta": "the squared loss, q = x^T r missed",
    "-h^T O^T O h + h^T h": "the squared norm of the part of h outside the columns of O^T",
    # equations that are solved
    "-V + square": "a step leaves the mean square error as it is",
    "-kappa + (1 - x)/x": "the odds are kappa",
    "-sigma + (1 - x)/x": "the odds are sigma",
    "odds_MAML - sigma": "the odds of MAML are sigma",
    "-kappa + odds_ERM": "the odds of ERM are kappa",
    "-odds_ERM + odds_MAML": "the odds of MAML and ERM are equal",
    "odds_MAML - sigma_g": "the odds of MAML are sigma_g",
    "-g + gain - 1": "the gain is 1 + g",
    "C_K - eps": "the contraction of K steps is eps",
}


def typed_in(derivations: Iterable[Derivation]) -> Iterator[str]:
    """The starts that are neither made of other results nor in the table."""
    for top in derivations:
        for d in (*top.history, top):
            if not sources_of(d.given) and str(d.start) not in DEFINITIONS:
                yield f"{d.title} starts at {d.start}"


def everything() -> list[Derivation]:
    return [e.derivation for e in expressions().values()] + [d for c in THEORY.stated.values() for d in c.derivations]


def test_nothing_is_typed_in() -> None:
    assert list(typed_in(everything())) == []


def test_a_typed_result_is_found() -> None:
    """The table must not let through what was once written down: odds, positions and sigma_K as results."""
    s_H, s_E, c, W_H, W_E = sp.symbols("s_H s_E c W_H W_E", real=True)
    typed = [
        (1 - p) * s_E / (p * s_H),
        p * W_H * (c - 1) + (1 - p) * W_E * c,
        rho_E * (s_E / rho_E) ** K * (1 - p) / (p * rho_H * (s_H / rho_H) ** K),
        mixture.gain().scalar - 1,
        mixture.position().scalar,
    ]
    for start in typed:
        plain = Derivation("typed", start, "definition")
        assert list(typed_in([plain])) and list(typed_in([plain.as_start("more", "what was typed")]))


def test_every_line_of_the_table_is_used() -> None:
    starts = {str(d.start) for top in everything() for d in (*top.history, top) if not sources_of(d.given)}
    assert starts == set(DEFINITIONS)


def test_every_named_value_is_what_its_derivation_gives() -> None:
    for e in expressions().values():
        assert e.derivation.replay() > 0, e.name
        assert not isinstance(e.derivation.result, TracePolynomial) and e.value == e.derivation.result


def test_the_weight_of_several_steps_comes_from_the_recursion() -> None:
    """sigma_K at K = 1 is sigma, and its history has the step that is repeated."""
    fresh = mixture.odds_fresh()
    assert sp.cancel(fresh.scalar.subs(K, 1) - mixture.odds_maml().scalar) == 0
    assert "one more fresh inner step, isotropic" in {d.title for d in fresh.history}
