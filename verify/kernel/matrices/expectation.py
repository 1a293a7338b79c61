"""The rule of expectations, by pairings of Gaussian letters (Isserlis 1918, Wick 1950)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import TypeAlias

from ..reading import Json, need
from .expressions import MatrixChecker
from .words import MOST_LETTERS, UNIT, Coefficient, Key, Monomial, Token, Word, WordPolynomial, escaped, of, table

Law: TypeAlias = tuple[Word, Word, Coefficient, bool]  # covariance of rows and of columns, scale, whether Gaussian
Random: TypeAlias = tuple[str, int, int]  # a random letter somewhere: name, index of its rows, index of its columns


def rule_expect(run: MatrixChecker, p: WordPolynomial, laws: Json) -> WordPolynomial:
    """E[p] over independent letters Z with mean 0 and E[Z_ai Z_bj] = scale row_ab col_ij.

    Sound: the expectation of a product of Gaussian numbers is the sum, over all pairings, of the products of their
    covariances (Isserlis 1918); letters that are independent pair only with their own kind. Of a law that is not
    Gaussian only words with up to two of its letters are known. The law exists for positive symbols where row and col
    are positive semidefinite; the result is a polynomial, and stands for its values elsewhere.

    Checked: Z is not symmetric, and no letter of an inverse; row and col are palindromes of fixed letters, hence
    symmetric, and positive semidefinite where the letter in the middle is, which is no inverse; scale has positive
    coefficients; no more letters than a law has known moments for.
    """
    run.unheld(table(laws))
    bound = {*laws, *run.inverses}
    read = {run.letter(name): law_of(run, name, data, bound) for name, data in laws.items()}
    out = WordPolynomial(*p.shape)
    for (traces, word), c in p.terms.items():
        for scale, loops, rest in wick(run, traces, word, p.shape, read):
            run.put(out, run.times(c, scale), loops, rest)
    return out


def law_of(run: MatrixChecker, name: str, data: Json, bound: set[str]) -> Law:
    """The law of a letter: covariance of rows and of columns, scale, whether Gaussian; see ``rule_expect``."""
    run.spend(5)
    need(not run.letters[name][2], "a random letter is not symmetric")
    row, col, scale, gaussian = of(data, "row", "col", "scale", "gaussian")
    ends = [run.word(row), run.word(col)]
    for word, side in zip(ends, run.letters[name][:2], strict=True):
        run.fits(word, side, side)
        need(word == run.transpose(word), "a covariance is symmetric")
        need(bound.isdisjoint(t[0] for t in word), "a covariance is made of fixed letters")
    factor = run.coefficient(scale)
    need(bool(factor) and all(c > 0 for c in factor.values()), "a variance is positive")
    need(type(gaussian) is bool, "whether a law is Gaussian is true or false")
    return ends[0], ends[1], factor, gaussian


def wick(
    run: MatrixChecker, traces: Sequence[Word], word: Word, shape: tuple[str, str], laws: dict[str, Law]
) -> Iterator[tuple[Coefficient, list[Word], Word]]:
    """All pairings of the random letters of one term. Words become edges between matrix indices; a pairing adds
    an edge between the two row indices and one between the two column indices, and the edges are then joined."""
    edges: list[tuple[int, int, Word]] = []
    dims: list[str] = []
    random: list[Random] = []
    fixed: list[Word] = []

    def index(dimension: str) -> int:
        dims.append(dimension)
        return len(dims) - 1

    start, end = index(shape[0]), index(shape[1])
    for cyclic, w in [(True, t) for t in traces] + [(False, word)]:
        if cyclic and not any(t[0] in laws for t in w):
            fixed.append(w)
            continue
        first = index(run.shape(w[0])[0]) if cyclic else start
        at = first
        between: Word = ()
        for t in w:
            if t[0] not in laws:
                between = (*between, t)
                continue
            left, right = index(run.shape(t)[0]), index(run.shape(t)[1])
            edges.append((at, left, between))
            random.append((t[0], right, left) if t[1] else (t[0], left, right))
            at, between = right, ()
        edges.append((at, first if cyclic else end, between))
    counts: dict[str, int] = {}
    for name, _, _ in random:
        counts[name] = counts.get(name, 0) + 1
    for name, count in counts.items():
        known = count <= (MOST_LETTERS if laws[name][3] else 2)
        need(known, f"the moments of {count} letters {escaped(name)} are not known")
    if any(count % 2 for count in counts.values()):
        return  # an odd moment is 0
    pairings = prod(k for count in counts.values() for k in range(1, count, 2))
    run.spend(2 * pairings * (len(edges) + len(random)))
    scale = UNIT  # each pairing has count/2 pairs of a name
    for name, count in counts.items():
        for _ in range(count // 2):
            scale = run.times(scale, laws[name][2])
    found: dict[Key, Coefficient] = {}
    for pairing in matchings(random):
        joined = list(edges)
        for (name, row, col), (_, row2, col2) in pairing:
            joined += [(row, row2, laws[name][0]), (col, col2, laws[name][1])]
        loops, rest, powers = join(run, joined, start, end, dims)
        total = found.setdefault((tuple(sorted(loops)), rest), {})
        total[powers] = total.get(powers, Fraction(0)) + 1
    for (made, rest), number in found.items():
        yield run.times(scale, number), [*fixed, *made], rest


def join(
    run: MatrixChecker, edges: list[tuple[int, int, Word]], start: int, end: int, dims: list[str]
) -> tuple[list[Word], Word, Monomial]:
    """Sum over the indices: edges that meet are a product of matrices, a closed walk is a trace, and the trace of
    an empty word is the dimension. Each index but the two open ones is the end of two edges."""
    ends: dict[int, list[int]] = {}
    for number, (a, b, _) in enumerate(edges):
        ends.setdefault(a, []).append(number)
        ends.setdefault(b, []).append(number)
    need(all(len(at) == (1 if i in (start, end) else 2) for i, at in ends.items()), "an index is used wrongly")
    unused = set(range(len(edges)))

    def walk(at: int, number: int) -> tuple[int, Word]:
        word: list[Token] = []
        while True:
            unused.discard(number)
            a, b, w = edges[number]
            run.spend(len(w))
            at, piece = (b, w) if a == at else (a, run.transpose(w))
            word += piece
            onward = [k for k in ends[at] if k in unused]
            if not onward:
                return at, tuple(word)
            number = onward[0]

    last, open_word = walk(start, ends[start][0])
    need(last == end, "the open word is lost")
    loops, powers = list[Word](), dict[str, int]()
    while unused:
        number = min(unused)
        first = edges[number][0]
        last, w = walk(first, number)
        need(last == first, "a loop is left open")
        if w:
            loops.append(w)
        elif dims[first] != "1":
            powers[dims[first]] = powers.get(dims[first], 0) + 1
    return loops, open_word, tuple(sorted(powers.items()))


def matchings(items: list[Random]) -> Iterator[list[tuple[Random, Random]]]:
    """Perfect matchings that pair equal names."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for k, other in enumerate(rest):
        if other[0] == first[0]:
            for more in matchings(rest[:k] + rest[k + 1 :]):
                yield [(first, other), *more]
