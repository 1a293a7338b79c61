"""Statements about vectors as LaTeX: every operation once, and the parentheses that keep a meaning."""

from __future__ import annotations

import pytest

from verify import Spatial
from verify.typesetting.spatial import assumptions_latex, name_latex, spatial_latex


@pytest.mark.parametrize(
    ("text", "assumptions", "latex"),
    [
        ("||u + v|| <= ||u|| + ||v||", (), r"\lVert u+v\rVert\le \lVert u\rVert+\lVert v\rVert"),
        ("2*<u, v - w> >= c", (), r"2\langle u,v-w\rangle\ge c"),
        ("(a + b)*||u||^2 == a*||u||^2 + b*||u||^2", (), None),
        ("a - (b - c) == a - b + c + 0*||u||", (), r"a-(b-c)=a-b+c+0\lVert u\rVert"),
        ("||grad f(x)||^2/(2*L) >= 0", ("f L-smooth",), r"\frac{\lVert \nabla f(x)\rVert^2}{2L}\ge 0"),
        (
            "E||g||^2 >= ||E g||^2",
            ("g random vector",),
            r"\mathbb{E}[\lVert g\rVert^2]\ge \lVert \mathbb{E}[g]\rVert^2",
        ),
        ("sum(r^k for k in 0..T-1) <= T", ("r <= 1", "T integer"), r"\sum_{k=0}^{T-1}r^k\le T"),
        ("x[T+1] <= q^T*x[0]", ("T integer",), r"x_{T+1}\le q^Tx_{0}"),
        ("||u||^2 <= (-1)*c", (), r"\lVert u\rVert^2\le (-1)c"),
    ],
)
def test_a_statement(text: str, assumptions: tuple[str, ...], latex: str | None) -> None:
    found = spatial_latex(Spatial(text, assumptions))
    if latex is None:
        assert found.startswith(r"(a+b)\lVert u\rVert^2=")
    else:
        assert found == latex


def test_assumptions_are_declarations_then_relations() -> None:
    given = ("E[g | w] == grad f(w)", "w, g random vectors", "f mu-strongly convex", "x[t+1] <= x[t] for t in 0..T-1")
    assert assumptions_latex(Spatial("||w|| >= 0", given)) == (
        r"w\ \text{random vector}",
        r"g\ \text{random vector}",
        r"f\ \mu\text{-strongly convex}",
        r"\mathbb{E}[g\mid w]=\nabla f(w)",
        r"x_{t+1}\le x_{t}\;\text{ for }t=0,\ldots,T-1",
    )


def test_names() -> None:
    assert [name_latex(n) for n in ("x12", "xs", "mu", "as", "Gs", "G2")] == [
        "x_{12}", r"x^{\star}", r"\mu", r"a^{\star}", r"G^{\star}", "G_2",
    ]  # fmt: skip
