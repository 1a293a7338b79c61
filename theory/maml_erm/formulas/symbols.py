"""The vocabulary: every scalar symbol of the theory once, with its LaTeX, domain, unit and meaning.

Units are powers of X (unit of an input coordinate) and Y (unit of the response): a step size has unit X^-2, a
risk Y^2. The notation table of the documentation is generated from ``VOCABULARY``.
"""

from __future__ import annotations

import sympy as sp

from verify.claims.quantities import NONE, Quantity, Unit

INPUT = Unit.base("X")
RESPONSE = Unit.base("Y")
CURVATURE = INPUT**2
STEP = NONE / CURVATURE
WEIGHT = RESPONSE / INPUT
RISK = RESPONSE**2


VOCABULARY: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity("d", "d", NONE, "integer >= 1", "input dimension", integer=True),
        Quantity(
            "n",
            "n",
            NONE,
            "integer >= 1",
            "adaptation samples of the inner step in meta-training",
            integer=True,
            like="m",
        ),
        Quantity("m", "m", NONE, "integer >= 1", "adaptation samples at test", integer=True),
        Quantity("K", "K", NONE, "integer >= 1", "number of inner gradient steps", integer=True),
        Quantity("alpha", r"\alpha", STEP, "> 0", "inner step size"),
        Quantity("rho", r"\rho", CURVATURE, "> 0", "curvature of an isotropic task, covariance rho I"),
        Quantity("rho_H", r"\rho_H", CURVATURE, "0 < rho_H < rho_E", "curvature of the hard tasks"),
        Quantity("rho_E", r"\rho_E", CURVATURE, "> rho_H", "curvature of the easy tasks"),
        Quantity("p", "p", NONE, "0 < p < 1", "probability of a hard task"),
        Quantity("Delta", r"\Delta", WEIGHT, ">= 0", "distance of the class means of the optima, ||mu_H - mu_E||"),
        Quantity("V_H", "V_H", WEIGHT**2, ">= 0", "spread of the hard optima, E||w* - mu_H||^2"),
        Quantity("V_E", "V_E", WEIGHT**2, ">= 0", "spread of the easy optima, E||w* - mu_E||^2"),
        Quantity("nu", r"\nu", RESPONSE, ">= 0", "standard deviation of the label noise"),
        Quantity("g", "g", NONE, "> 0", "relative gain asked for: gain >= 1 + g"),
        Quantity("lambda", r"\lambda", CURVATURE, "> 0", "strength of the proximal term of iMAML"),
        Quantity("c", "c", NONE, "real", "weight of a candidate solution on mu_H: w = c mu_H + (1-c) mu_E"),
        Quantity("eps", r"\varepsilon", NONE, "0 < eps < 1", "relative accuracy"),
        Quantity("r", "r", NONE, "0 < r < 1", "curvature ratio rho_H/rho_E"),
        Quantity("u", "u", NONE, "> 0", "effective dimension per test sample, (d+1)/m"),
        Quantity("l_H", r"\ell_H", CURVATURE, ">= 0", "eigenvalue of the hard covariance in a common eigenbasis"),
        Quantity("l_E", r"\ell_E", CURVATURE, "> l_H", "eigenvalue of the easy covariance, same eigenvector"),
        Quantity("t_H", r"\tau_H", CURVATURE**2, ">= l_H^2", "tr(Sigma_H^2)"),
        Quantity("t_E", r"\tau_E", CURVATURE**2, ">= l_E^2", "tr(Sigma_E^2)"),
        Quantity("l", r"\ell", CURVATURE, "0 <= l <= L", "eigenvalue of a covariance"),
        Quantity("L", "L", CURVATURE, "> 0", "operator norm of a covariance"),
        Quantity("t", r"\tau", CURVATURE**2, ">= L^2", "tr(Sigma^2)"),
        Quantity("s", "s", NONE, "> 0", "eigenvalue of the common shape S, Sigma_c = rho_c S"),
        Quantity("s_1", "s_1", NONE, "> 0", "largest eigenvalue of the common shape S"),
        Quantity("t_S", r"\tau_S", NONE, ">= s^2", "tr(S^2)"),
        Quantity("W", "W", CURVATURE, "> 0", "weight of a task whose covariance all tasks share"),
        Quantity("W_H", "W_H", CURVATURE, "> 0", "weight of a hard task"),
        Quantity("W_E", "W_E", CURVATURE, "> 0", "weight of an easy task"),
        Quantity("x", "x", NONE, "> 0", "a value of the odds sigma"),
        Quantity("Delta_perp", r"\Delta_\perp", WEIGHT, ">= 0", "distance of a candidate from the line of the means"),
        *(
            Quantity(f"{name}_{k}", f"{name}_{k}", RISK, bound, f"{meaning} {which}")
            for k, which in ((1, "the first class, or classes so far"), (2, "the second class, or one more class"))
            for name, bound, meaning in (
                ("e", ">= 0", "half of ||w_ERM - mu_c||^2 in the norm Q_c, with the probabilities:"),
                ("f", ">= 0", "the same of the MAML solution:"),
                ("v", "> 0", "half of the Q_c-weighted spread around mu_c, with the probabilities:"),
            )
        ),
        Quantity("D_j", "D_j", RISK, ">= 0", "E_m(ERM) - E_m(MAML), summed over the directions so far"),
        Quantity("R_j", "R_j", RISK, ">= 0", "E_m(MAML), summed over the directions so far"),
        Quantity("N_j", "N_j", RISK, ">= 0", "p/2 of the hard weights times squared distances of the means, so far"),
        Quantity("T_j", "T_j", RISK, ">= 0", "p/2 of the hard weights times spreads of hard optima, so far"),
        Quantity("M", "M", NONE, "> 0", "largest (kappa_j/(1+kappa_j))^2 over the directions"),
        Quantity("beta", r"\beta", CURVATURE, "> 0", "smallest eigenvalue of a covariance"),
    )
}


def symbol(name: str) -> sp.Symbol:
    """The SymPy symbol of a name in the vocabulary; ``KeyError`` if there is none."""
    return VOCABULARY[name].symbol


d, n, m, K = (symbol(name) for name in ("d", "n", "m", "K"))
alpha, rho, rho_H, rho_E, p = (symbol(name) for name in ("alpha", "rho", "rho_H", "rho_E", "p"))
Delta, V_H, V_E, nu, g, lam = (symbol(name) for name in ("Delta", "V_H", "V_E", "nu", "g", "lambda"))
c, eps, r, u = (symbol(name) for name in ("c", "eps", "r", "u"))
l_H, l_E, t_H, t_E = (symbol(name) for name in ("l_H", "l_E", "t_H", "t_E"))
l, L, t, s, s_1, t_S = (symbol(name) for name in ("l", "L", "t", "s", "s_1", "t_S"))
W, W_H, W_E, x = (symbol(name) for name in ("W", "W_H", "W_E", "x"))
Delta_perp, D_j, R_j, N_j, T_j, M, beta = (
    symbol(name) for name in ("Delta_perp", "D_j", "R_j", "N_j", "T_j", "M", "beta")
)
e_1, f_1, v_1, e_2, f_2, v_2 = (symbol(f"{name}_{k}") for k in (1, 2) for name in "efv")
