"""What statements about vectors take for granted: the space, the signs, and the classes of functions and operators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.claims.statement import Spatial
from verify.spaces.reading.surface import ClassOf
from verify.spaces.spatial import tree

# By operation, the sign and what it is; then by class what it says of f or A, with the constant of the class as c.
_SIGNS = {
    "norm": (r"\lVert x\rVert", "the norm of a vector of a Euclidean space of any dimension"),
    "inner": (r"\langle x,y\rangle", "the inner product of two vectors"),
    "grad": (r"\nabla f(x)", "the gradient of $f$ at $x$; for a convex $f$ that is not smooth, a subgradient"),
    "E": (r"\mathbb E[X],\ \mathbb E[X\mid w]", "the expectation of $X$, and that given $w$"),
    "Var": (r"\operatorname{Var}[X]", r"the mean squared distance of $X$ from its mean"),
}
_CLASSES = {
    "convex": ("$f$ convex", r"$f(y)\ge f(x)+\langle\nabla f(x),y-x\rangle$ for all $x,y$"),
    "smooth": ("$f$ $c$-smooth", r"$\lVert\nabla f(x)-\nabla f(y)\rVert\le c\lVert x-y\rVert$ for all $x,y$"),
    "strongly convex": ("$f$ $c$-strongly convex", r"$f-\frac{c}{2}\lVert\cdot\rVert^2$ is convex"),
    "Lipschitz": ("$f$ $c$-Lipschitz", r"$\lvert f(x)-f(y)\rvert\le c\lVert x-y\rVert$ for all $x,y$"),
    "PL": (r"$f$ $c$-PL", r"$\lVert\nabla f(x)\rVert^2\ge 2c(f(x)-\inf f)$ for all $x$ (Polyak and \L ojasiewicz)"),
    "quadratic": ("$f$ quadratic", "a polynomial of degree at most 2"),
}


def conventions(statements: Iterable[Spatial]) -> Iterator[tuple[str, str]]:
    """The signs and classes that occur, each with what it means, both as text."""
    operations: set[str] = set()
    classes: set[str] = set()
    for s in statements:
        read = tree(s)
        for c in (*read.assumptions, read.goal):
            operations |= {n.op for t in c.terms for n in t.walk()}
        classes |= {d.what for d in read.declarations if isinstance(d, ClassOf)}
    yield from ((f"${sign}$", meaning) for op, (sign, meaning) in _SIGNS.items() if op in operations)
    yield from (row for what, row in _CLASSES.items() if what in classes)
