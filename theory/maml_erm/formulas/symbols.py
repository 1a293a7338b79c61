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
SLOPE = RISK / WEIGHT


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
        Quantity("D_min", r"D_{\min}", NONE, "> 0", "lower bound of d_eff + 1 over all tasks"),
        Quantity("D_max", r"D_{\max}", NONE, ">= D_min", "upper bound of d_eff + 1 over all tasks"),
        Quantity("theta", r"\vartheta", NONE, "0 < theta < 1", "a fraction: of a loss, or of the limiting gain - 1"),
        Quantity("c_1", "c_1", NONE, "> 0", "lower bound of a weight: W_i >= c_1 Sigma_i in every task"),
        Quantity("c_2", "c_2", NONE, "> c_1", "upper bound of a weight: W_i <= c_2 Sigma_i in every task"),
        Quantity(
            "q_e", r"\langle e,e\rangle_Q", RISK, ">= 0", "E <e_i, Q_i e_i>, e_i = w_i* - w_ERM: twice E_m(w_ERM)"
        ),
        Quantity("q_u", r"\langle u,u\rangle_Q", RISK, ">= 0", "<u, E[Q_i] u>, u = w_MAML - w_ERM"),
        Quantity("f_e", r"\langle e,e\rangle_\Sigma", RISK, ">= 0", "E <e_i, Sigma_i e_i>, e_i = w_i* - w_ERM"),
        Quantity("f_u", r"\langle u,u\rangle_\Sigma", RISK, ">= 0", "<u, E[Sigma_i] u>, u = w_MAML - w_ERM"),
        Quantity(
            "q_k", r"\langle k,k\rangle_Q", RISK, "> 0", "<Su, M^-1 Su>, S = E Sigma_i, M = E[Sigma_i Q_i^-1 Sigma_i]"
        ),
        Quantity("Lambda", r"\Lambda", NONE, ">= 1", "largest eigenvalue of E[Q_i] S^-1 M S^-1, S and M as in q_k"),
        Quantity("h_1", r"\overline h", NONE, "> 0", "E' h, h = s/rho, E' the mean with weights pi_i rho_i"),
        Quantity("h_2", r"\overline{1/h}", NONE, "> 0", "E'[1/h], h = s/rho, E' the mean with weights pi_i rho_i"),
        Quantity(
            "h_e",
            r"\overline{h e^2}",
            WEIGHT**2,
            ">= 0",
            "E'[h ||e||^2], e = w* - w_ERM: E_m(w_ERM) in units of E rho/2",
        ),
        Quantity("h_u", r"\overline{h e}^2", WEIGHT**2, ">= 0", "||E'[h e]||^2, e = w* - w_ERM"),
        Quantity(
            "v_0", r"\lVert v\rVert", WEIGHT, ">= 0", "distance ||w - w*|| of an initialisation from a task's optimum"
        ),
        Quantity("s", "s", NONE, "> 0", "eigenvalue of the common shape S, Sigma_c = rho_c S"),
        Quantity("s_1", "s_1", NONE, "> 0", "largest eigenvalue of the common shape S"),
        Quantity("t_S", r"\tau_S", NONE, ">= s^2", "tr(S^2)"),
        Quantity("W", "W", CURVATURE, "> 0", "weight of a task whose covariance all tasks share"),
        Quantity("W_H", "W_H", CURVATURE, "> 0", "weight of a hard task"),
        Quantity("T", "T", NONE, "> 0", "number of sampled tasks"),
        Quantity("N_H", "N_H", NONE, "> 0", "number of hard tasks among the sampled ones"),
        Quantity("N_E", "N_E", NONE, "> 0", "number of easy tasks among the sampled ones"),
        Quantity(
            "k_o", r"k_{\mathrm o}", NONE, "integer >= 1", "samples of the outer loss of a task", integer=True, like="m"
        ),
        Quantity("beta", r"\beta", STEP, "> 0", "outer step size, of gradient descent on an objective"),
        Quantity("h_min", r"h_{\min}", CURVATURE, "> 0", "smallest eigenvalue of the Hessian of an objective"),
        Quantity("h_max", r"h_{\max}", CURVATURE, ">= h_min", "largest eigenvalue of the Hessian of an objective"),
        Quantity("h_i", "h_i", CURVATURE, "h_min <= h_i <= h_max", "an eigenvalue of the Hessian of an objective"),
        Quantity("l_min", r"\ell_{\min}", CURVATURE, "> 0", "smallest eigenvalue of E Sigma_i, the Hessian of ERM"),
        Quantity("l_max", r"\ell_{\max}", CURVATURE, ">= l_min", "largest eigenvalue of E Sigma_i, the Hessian of ERM"),
        Quantity("D", "D", NONE, ">= 2", "effective dimension plus 1, tr(Sigma^2)/||Sigma||^2 + 1"),
        Quantity("W_E", "W_E", CURVATURE, "> 0", "weight of an easy task"),
        Quantity("k_4", "k_4", NONE, ">= 1", "kurtosis E g^4 of an input coordinate g of unit variance; Gaussian: 3"),
        Quantity("k_H", "k_H", NONE, ">= 1", "kurtosis of the input coordinates of the hard tasks"),
        Quantity("k_E", "k_E", NONE, ">= 1", "kurtosis of the input coordinates of the easy tasks"),
        Quantity("eta", r"\eta", NONE, ">= 1", "E xi^4 of elliptical inputs xi Sigma^(1/2) g, E xi^2 = 1; Gaussian: 1"),
        Quantity("eta_H", r"\eta_H", NONE, ">= 1", "E xi^4 of the inputs of the hard tasks"),
        Quantity("eta_E", r"\eta_E", NONE, ">= 1", "E xi^4 of the inputs of the easy tasks"),
        Quantity("k", "k", NONE, "integer >= 1", "dimension of a learned representation", integer=True),
        Quantity("V", "V", WEIGHT**2, ">= 0", "(mean) squared distance of a parameter from the optimum, E||w - w*||^2"),
        Quantity("sin2", r"\overline{\sin^2\theta}", NONE, "0 <= sin2 <= 1", "mean squared sine of principal angles"),
        Quantity("nu_r", r"\nu_r", RESPONSE, "> 0", "standard deviation of what the missed part adds"),
        Quantity("corr", r"\varrho", NONE, "-1 < corr < 1", "correlation of a feature with an input that it misses"),
        Quantity("beta_E", r"\beta_E", CURVATURE, "> 0", "least curvature of an easy task"),
        Quantity("L_H", "L_H", CURVATURE, "> 0", "largest curvature of a hard task"),
        Quantity("L_E", "L_E", CURVATURE, ">= beta_E", "largest curvature of an easy task"),
        *(
            Quantity(
                f"{name}_{task}", rf"\lVert\nabla {latex.format(task)}\rVert", SLOPE, ">= 0", f"{meaning}, {kind} tasks"
            )
            for name, latex, meaning in (
                ("D0", "f_{}(w)", "norm of the gradient before the step"),
                ("D1", "f_{}(w')", "norm of the gradient after the step"),
                ("D2", "F_{}(w)", "norm of the gradient of the loss after the step"),
            )
            for task, kind in (("H", "hard"), ("E", "easy"))
        ),
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
        Quantity("L_min", r"L_{\min}", CURVATURE, "> 0", "smallest eigenvalue of a covariance"),
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
D_min, D_max, theta, c_1, c_2 = (symbol(name) for name in ("D_min", "D_max", "theta", "c_1", "c_2"))
q_e, q_u, f_e, f_u, q_k, Lambda = (symbol(name) for name in ("q_e", "q_u", "f_e", "f_u", "q_k", "Lambda"))
h_1, h_2, h_e, h_u, v_0 = (symbol(name) for name in ("h_1", "h_2", "h_e", "h_u", "v_0"))
W, W_H, W_E, x = (symbol(name) for name in ("W", "W_H", "W_E", "x"))
k_4, k_H, k_E, eta, eta_H, eta_E = (symbol(name) for name in ("k_4", "k_H", "k_E", "eta", "eta_H", "eta_E"))
k, V, sin2, nu_r, corr = (symbol(name) for name in ("k", "V", "sin2", "nu_r", "corr"))
beta_E, L_H, L_E = (symbol(name) for name in ("beta_E", "L_H", "L_E"))
T, N_H, N_E, k_o, beta = (symbol(name) for name in ("T", "N_H", "N_E", "k_o", "beta"))
h_min, h_max, h_i, l_min, l_max = (symbol(name) for name in ("h_min", "h_max", "h_i", "l_min", "l_max"))
D = symbol("D")
Delta_perp, D_j, R_j, N_j, T_j, M, L_min = (
    symbol(name) for name in ("Delta_perp", "D_j", "R_j", "N_j", "T_j", "M", "L_min")
)
e_1, f_1, v_1, e_2, f_2, v_2 = (symbol(f"{name}_{k}") for k in (1, 2) for name in "efv")
