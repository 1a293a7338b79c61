"""Claims of your own: one that is true, and a plausible false one, which has to be refuted."""

from collections.abc import Iterator

import sympy as sp

from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims() -> Iterator[Claim]:
    """What ``verify check claims.py`` checks."""
    yield Claim("my.means", "The mean of the squares", Inequality((x + y) ** 2, "<=", 2 * (x**2 + y**2)), DOMAIN)
    slip = Inequality((x + y) ** 2, "<=", x**2 + y**2)
    yield Claim("my.slip", "The square of a sum is at most the sum of squares", slip, DOMAIN, expected=False)
