"""Rules: the polynomial before and the parameters give the polynomial after."""

from fractions import Fraction

from ..reading import Json, need
from .expressions import MatrixChecker
from .words import WordPolynomial, table


def rule_substitute_letters(run: MatrixChecker, p: WordPolynomial, letters: Json) -> WordPolynomial:
    """p at other letters.

    Sound: what holds for f(X) for all X holds for f(q). Checked: q has X's shape, is symmetric where X is, and neither
    X nor anything an inverse is made of is changed (``MatrixChecker.substitute``).
    """
    return run.substitute(p, {run.letter(name): run.expression(e) for name, e in table(letters).items()})


def rule_gradient(run: MatrixChecker, p: WordPolynomial, letter: Json) -> WordPolynomial:
    """The gradient of a number in a vector v.

    Sound: by the product rule, each place where v is written in turn; tr(v w) = w v has the gradient w', and
    tr(v' w) = v' w has the gradient w. Checked: p is a number; v is a column, and no inverse is made of it, so that
    only the places count where it is written; v has entries of its own, hence is not declared symmetric.
    """
    name = run.letter(letter)
    rows, cols, symmetric = run.letters[name]
    need(p.shape == ("1", "1"), "a gradient of something that is no number")
    need(cols == "1" and not symmetric, "a gradient in something that is no vector")
    run.unheld([name])
    out = WordPolynomial(rows, "1")
    for (traces, _), c in p.terms.items():
        for k, t in enumerate(traces):
            for i, (at, transposed) in enumerate(t):
                if at == name:
                    rest = t[i + 1 :] + t[:i]
                    others = [*traces[:k], *traces[k + 1 :]]
                    run.put(out, c, others, rest if transposed else run.transpose(rest))
    return out


def rule_coefficient_of_vector(run: MatrixChecker, p: WordPolynomial, letter: Json) -> WordPolynomial:
    """The W of p = W v.

    Sound: p(v) is linear in v and this is so for every v, so there is one such matrix. Checked: every term ends in v,
    v stands nowhere else, it is a column of entries of its own, and no inverse is made of it.
    """
    name = run.letter(letter)
    rows, cols, symmetric = run.letters[name]
    need(p.shape[1] == cols == "1" and not symmetric, "not a vector")
    run.unheld([name])
    out = WordPolynomial(p.shape[0], rows)
    for (traces, word), c in p.terms.items():
        inside = [t[0] for w in (*traces, word[:-1]) for t in w]
        need(word[-1:] == ((name, False),) and name not in inside, "not linear in the vector")
        run.put(out, c, traces, word[:-1])
    return out


def rule_solve_with_inverse(run: MatrixChecker, p: WordPolynomial, unknown: Json, inverse: Json) -> WordPolynomial:
    """The solution e = R b of M e - b = 0, where R is declared to be the inverse of exactly this M.

    Sound: R b is a solution, and the only one, wherever M is invertible, as the letter R presupposes. Checked: e is in
    no other term and in no inverse, and M is the matrix that R is declared for.
    """
    name, solved = run.letter(unknown), run.letter(inverse)
    linear, rest = WordPolynomial(*p.shape), WordPolynomial(*p.shape)
    for (traces, word), c in p.terms.items():
        run.put(linear if word[-1:] == ((name, False),) else rest, c, traces, word)
    need(name not in rest.names(), "the equation is not linear")
    need(solved in run.inverses, "the inverse is not declared")
    need(rule_coefficient_of_vector(run, linear, name) == run.inverses[solved], "not that matrix's inverse")
    matrix = run.of_word((run.token(solved, False),), *run.letters[solved][:2])
    return run.add(WordPolynomial(*p.shape), run.product(matrix, rest), {(): Fraction(-1)})
