"""The rule of averages over tasks, of which two or three moments are given."""

from ..reading import Json, need
from .expressions import MatrixChecker
from .words import Word, WordPolynomial


def rule_average_over_tasks(
    run: MatrixChecker, p: WordPolynomial, matrix: Json, vector: Json, mean: Json, solution: Json, square: Json = None
) -> WordPolynomial:
    """E[p] over a task (W, v), any law with E[W] = A, E[W v] = A s and, if ``square`` is given, E[v' W v] = k.

    Sound: by linearity. A term without W and v stays; with one W it has A for it; with one W and one v, which stand
    side by side as W v or v' W, it has A s or s' A; a factor v' W v is k. Anything else is not determined, and refused:
    v and W alone, of both two, v that a product (around the end of a trace, but never of an open word) does not join
    to W. Checked: that; five different letters, W symmetric, s like v a column, A like W, k a number; A, s and k are
    new, and none of them, nor W and v, belongs to an inverse.
    """
    names = [run.letter(x) for x in (matrix, vector, mean, solution, *([] if square is None else [square]))]
    need(len(set(names)) == len(names), "letters of a task are one and the same")
    side, _, symmetric = run.letters[matrix]
    need(symmetric and run.letters[vector] == (side, "1", False), "a task is a symmetric matrix and a column")
    need(run.letters[mean] == run.letters[matrix], "letters of different kinds")
    need(run.letters[solution] == run.letters[vector], "letters of different kinds")
    need(square is None or run.letters[square] == ("1", "1", False), "letters of different kinds")
    need(not set(names[2:]) & p.names(), "the letters for the averages are new")
    run.unheld(names)
    form = run.loop((run.token(vector, True), run.token(matrix, False), run.token(vector, False)))
    out = WordPolynomial(*p.shape)
    for (traces, word), c in p.terms.items():
        loops = list(traces)
        weights, optima = (sum(t[0] == x for w in (*loops, word) for t in w) for x in (matrix, vector))
        if (weights, optima) == (1, 2) and square is not None and form in loops:
            loops[loops.index(form)] = (run.token(square, False),)
        elif weights or optima:
            need(weights == 1 and optima < 2, "not linear in the weight of a task")
            loops = [averaged(run, w, True, names) for w in loops]
            word = averaged(run, word, False, names)
        run.put(out, c, loops, word)
    return out


def averaged(run: MatrixChecker, w: Word, cyclic: bool, names: list[str]) -> Word:
    """A word with A for W and, next to it, s for v; ``cyclic`` for a trace, whose end joins its beginning."""
    matrix, vector, mean, solution = names[:4]
    out = [run.token(mean, False) if t[0] == matrix else t for t in w]
    for i, (name, transposed) in enumerate(w):
        if name == vector:
            k = i + 1 if transposed else i - 1
            k = k % len(w) if cyclic else k
            need(0 <= k < len(w) and w[k][0] == matrix, "the vector is not next to its weight")
            out[i] = run.token(solution, transposed)
    return tuple(out)
