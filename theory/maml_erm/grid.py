"""Points at which the statements of this theory are looked at first."""

from __future__ import annotations

from verify.claims.points import Points, exactly

# The gain of two kinds of tasks with Q = Sigma/2 and Q = 2 Sigma at the optima that gain most: 25/16, where the bounds
# of N1 hold with equality. For as many samples as d_eff + 1, these are the bounds of the sandwich.
_TIGHT = exactly(
    c_1="1/2", c_2="2", q_e="9/20", q_u="81/500", f_e="9/25", f_u="81/625", q_k="324/3125", Lambda="25/16", h_1="5/4",
    h_2="5/4", h_e="9/20", h_u="81/400", v_0="1",
)  # fmt: skip

# Ordinary points of the domain of the theory; every symbol has a value, the larger of two values its own.
_BASE = exactly(
    **{"lambda": "3/2"},
    alpha="1/3", rho="1/2", rho_H="1/2", rho_E="2", p="1/3", Delta="3", V_H="1/5", V_E="2", nu="1/2", g="1/10",
    c="2/5", eps="1/4", r="1/4", u="3/7", l_H="1/2", l_E="3/2", t_H="1", t_E="5", l="1", L="2", t="9", s="1/2",
    s_1="1", t_S="3", W="2", W_H="1/2", W_E="3", x="1/4", d="3", n="4", m="10", K="2", m_2="13", d_2="7", nu_2="2",
    rho_2="3/4", alpha_2="2/5", x_2="1/2", D_min="10", D_max="10", theta="1/3",
) | _TIGHT  # fmt: skip
_CHANGES = (
    exactly(),
    exactly(d="1", m="1", n="1", K="1", V_E="0"),
    exactly(
        rho_E="3/2", alpha="2/3", m="40", m_2="41", d="12", n="2", Delta="1/2", V_H="4", K="3",
    ),
    exactly(rho_H="1/7", alpha="1/2", p="3/4", m="1000000", d="1000000", m_2="1000001", nu="0"),
)  # fmt: skip

POINTS = Points(
    grid=tuple({**_BASE, **change} for change in _CHANGES),
    # With rho_H = 1, rho_E = 2, alpha = 1/2 and d = 1 the threshold is 6 samples: there sigma == kappa and b == a.
    ordinary=exactly(
        **{"lambda": "1"},
        rho_H="1", rho_E="2", alpha="1/2", p="1/2", d="1", m="6", n="6", m_2="7", d_2="1", Delta="1", V_H="1",
        V_E="1", nu="1", K="2", c="1/2", eps="1/2", g="1", D_min="6", D_max="6", theta="1/2",
    ) | _TIGHT,
    special=(
        (exactly(), exactly(n="3"), exactly(n="30")),
        (
            exactly(), exactly(m="3"), exactly(m="30", m_2="31"),
            exactly(alpha="1/4", d="2", m="5"),  # alpha == alpha*, which is rational there
            exactly(alpha="1/3", p="2/3", m="4", n="10"),  # b_n - b == b - a, with m* < m < n
            exactly(alpha="1/3", d="5", m="3", n="1"),  # the same with n < m < m*
        ),
        (exactly(), exactly(V_H="0"), exactly(V_E="0"), exactly(V_H="0", V_E="0")),
    ),
)  # fmt: skip
