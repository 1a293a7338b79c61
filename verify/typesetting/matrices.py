r"""Trace polynomials as LaTeX: ``\operatorname{tr}(\Sigma^2)\Sigma``, ``v^{\top}\Sigma v``, ``\lVert v\rVert^2``."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from verify.derivations.trace_polynomials import Letter, Term, TracePolynomial, Word
from verify.typesetting.order import degree, is_negative
from verify.typesetting.printer import delimited, fraction, joined, juxtapose, latex

Group = list[tuple[sp.Expr, Term]]


def polynomial_latex(polynomial: TracePolynomial) -> str:
    r"""The LaTeX of a trace polynomial, terms with the same denominator together.

    >>> d, n = sp.symbols("d n", integer=True)
    >>> S = TracePolynomial.letter(Letter("Sigma", d, d, symmetric=True, latex=r"\Sigma"))
    >>> print(polynomial_latex(S - 2 * S * S + S * S * S + (S * S * S + (S * S).trace() * S).scale(1 / n)))
    \Sigma(I-\Sigma)^2+\frac{1}{n}\bigl[\operatorname{tr}(\Sigma^2)\Sigma+\Sigma^3\bigr]
    """
    if not polynomial.terms:
        return "0"
    square = polynomial.rows != 1 or polynomial.cols != 1
    pairs: list[tuple[bool, str]] = []
    for coefficient, members in _groups(polynomial).items():
        pairs += _group(coefficient, members, square)
    if pairs[0][0]:
        pairs.sort(key=lambda pair: pair[0])
    return joined(pairs)


def _groups(polynomial: TracePolynomial) -> dict[sp.Expr, Group]:
    """The terms by the symbolic part of their coefficient where that has a denominator, the others by kind.

    Forms a^T M b without a symbolic denominator share the denominator of their numbers.
    """
    out: dict[tuple[int, sp.Expr], Group] = {}
    for term, k in polynomial.terms.items():
        for part in sp.Add.make_args(sp.expand(k)):
            number, symbols = part.as_coeff_Mul()
            if sp.fraction(symbols)[1] != 1:
                kind, key, rest = (1 if term.word or term.traces else 3), symbols, number
            else:
                kind = 0 if term.word or _ends(term) is not None else 2
                key, rest = sp.Integer(1), part
            out.setdefault((kind, key), []).append((rest, term))
    groups: dict[sp.Expr, Group] = {}
    for (kind, key), members in sorted(out.items(), key=lambda item: (item[0][0], degree(item[0][1]), str(item[0][1]))):
        if kind in (0, 1):
            key, members = _with_content(key, members)
        groups.setdefault(key, []).extend(members)
    return groups


def _with_content(key: sp.Expr, members: Group) -> tuple[sp.Expr, Group]:
    """The greatest number that divides all coefficients moves in front."""
    numbers = [k.as_coeff_Mul()[0] for k, _ in members]
    content = sp.Rational(
        sp.gcd([abs(x.p) for x in numbers]), sp.ilcm(*(x.q for x in numbers)) if len(numbers) > 1 else numbers[0].q
    )
    if all(x < 0 for x in numbers):
        content = -content
    if key == 1 and content.q == 1:
        return key, members
    return key * content, [(k / content, term) for k, term in members]


def _group(common: sp.Expr, members: Group, square: bool) -> list[tuple[bool, str]]:
    factored = _factored(members) or _squared_distance(members)
    minus = is_negative(common)
    common = -common if minus else common
    if factored is not None:
        return [(minus, _scaled(common, factored))]
    if common != 1 and len(members) > 1 and common.free_symbols:
        return [(minus, latex(common) + delimited(joined(_pairs(members, sp.Integer(1), square))))]
    return _pairs(members, -common if minus else common, square)


def _pairs(members: Group, common: sp.Expr, square: bool) -> list[tuple[bool, str]]:
    out = []
    for k, term in members:
        k = k * common
        minus = is_negative(k)
        out.append((minus, term_latex(-k if minus else k, term, square)))
    return sorted(out, key=lambda pair: pair[0]) if out[0][0] else out


def _scaled(common: sp.Expr, text: str) -> str:
    """A coefficient in front of a product."""
    if common == 1:
        return text
    return latex(common) + (text if not text[0].isdigit() else rf" \cdot {text}")


def _ends(term: Term) -> tuple[Letter, Letter] | None:
    """The vectors a and c of a term that is a single form a^T ... c in one letter, or None."""
    if term.word or len(term.traces) != 1:
        return None
    pieces = _pieces(term.traces[0])
    if len(pieces) != 1 or pieces[0][0].rows != 1 or len({a.key for a in pieces[0][1:-1]}) > 1:
        return None
    return pieces[0][0], pieces[0][-1]


def _factored(members: Group) -> str | None:
    """A polynomial in one letter, alone or between the same two vectors, in factored form."""
    if len(members) < 2:
        return None
    words: list[tuple[sp.Expr, Word]] = []
    ends = _ends(members[0][1])
    for k, term in members:
        if ends is not None and _ends(term) == ends:
            words.append((k, _pieces(term.traces[0])[0][1:-1]))
        elif ends is None and not term.traces:
            words.append((k, term.word))
        else:
            return None
    letters = {a for _, word in words for a in word}
    if len(letters) == 2 and ends is None:
        return _two_sided(words)
    if len(letters) != 1 or (letter := next(iter(letters))).rows == 1 or letter.cols == 1:
        return None
    s = sp.Symbol("one letter", real=True)
    found = sp.factor(sp.Add(*(k * s ** len(word) for k, word in words)))
    middle = _in_letter(found, s, letter)
    if middle is None or ends is None:
        return middle
    return juxtapose([letter_latex(ends[0]), middle, letter_latex(ends[1])])


def _in_letter(found: sp.Expr, s: sp.Symbol, letter: Letter) -> str | None:
    """A factored polynomial in s, with the letter for s and I for 1."""
    front, powers, sums = [], [], []
    for f in sp.Mul.make_args(found):
        base, exponent = f.as_base_exp()
        if not f.has(s):
            front.append(f)
        elif base == s:
            powers.append(letter_latex(letter) + ("" if exponent == 1 else f"^{exponent}"))
        else:
            slope, constant = base.coeff(s, 1), base.coeff(s, 0)
            if sp.expand(base - slope * s - constant) != 0:
                return None
            if is_negative(constant):
                slope, constant = -slope, -constant
                if exponent % 2:
                    front.append(sp.Integer(-1))
            minus = is_negative(slope)
            inner = joined(
                [
                    (False, "I" if constant == 1 else juxtapose([latex(constant), "I"])),
                    (minus, juxtapose(([] if abs(slope) == 1 else [latex(abs_of(slope))]) + [letter_latex(letter)])),
                ]
            )
            sums.append(f"({inner})" + ("" if exponent == 1 else f"^{exponent}"))
    number = sp.Mul(*front)
    if is_negative(number):
        return None
    return juxtapose(([] if number == 1 else [latex(number)]) + powers + sums)


def _squared_distance(members: Group) -> str | None:
    """The form in a - b: a^T M a - 2 a^T M b + b^T M b."""
    table = {_ends(term): (k, term) for k, term in members}
    if len(members) != 3 or None in table or len(table) != 3:
        return None
    mixed = [ends for ends in table if ends is not None and ends[1] != ends[0].T]
    if len(mixed) != 1:
        return None
    a, b = mixed[0]
    if (a, a.T) not in table or (b.T, b) not in table:
        return None
    k = table[(a, a.T)][0]
    middles = {_pieces(term.traces[0])[0][1:-1] for _, term in table.values()}
    if len(middles) != 1 or table[(b.T, b)][0] != k or table[(a, b)][0] != -2 * k or is_negative(k):
        return None
    if len(letter_latex(a.T)) > len(letter_latex(b)):
        a, b = b.T, a.T
    norm = rf"\lVert {letter_latex(a.T)}-{letter_latex(b)}\rVert_{{{word_latex(middles.pop())}}}^2"
    return norm if k == 1 else juxtapose([latex(k), norm])


def letter_latex(a: Letter) -> str:
    """The letter, with its transpose in the same superscript as a star."""
    name = a.latex or (a.name if len(a.name) == 1 else latex(sp.Symbol(a.name)))
    if not a.transposed:
        return name
    return name[:-1] + r"\top}" if name.endswith("^{*}") else name + r"^{\top}"


def abs_of(e: sp.Expr) -> sp.Expr:
    return -e if is_negative(e) else e


def _two_sided(words: list[tuple[sp.Expr, Word]]) -> str | None:
    """(I - a S) A (I - a S) for A - a A S - a S A + a^2 S A S."""
    table = {word: k for k, word in words}
    middle = [word for word in table if len(word) == 1]
    if len(table) != 4 or len(middle) != 1:
        return None
    (A,) = middle[0]
    outer = next(a for word in table for a in word if a != A)
    k = table[middle[0]]
    slope = table.get((outer, A))
    if slope is None or table.get((A, outer)) != slope or table.get((outer, A, outer)) is None or k != 1:
        return None
    if sp.expand(table[(outer, A, outer)] - slope**2) != 0 or not is_negative(slope):
        return None
    step = f"(I-{juxtapose(([] if slope == -1 else [latex(-slope)]) + [letter_latex(outer)])})"
    return step + letter_latex(A) + step


def term_latex(coefficient: sp.Expr, term: Term, square: bool) -> str:
    """One monomial; ``square`` tells that an empty word is the identity matrix."""
    loops = [loop_latex(loop) for loop in term.traces]
    word = word_latex(term.word) if term.word else "I" if square else ""
    parts = [*_powers(loops), *([word] if word else [])]
    if not parts:
        return latex(coefficient)
    if coefficient == 1:
        return juxtapose(parts)
    above, below = sp.fraction(coefficient)
    if below != 1 and not square and not term.word:
        text = juxtapose(([] if above == 1 else [latex(above)]) + parts)
        return (
            fraction(text, latex(below)) if below.free_symbols or above != 1 else rf"\frac{{1}}{{{latex(below)}}}{text}"
        )
    text = latex(coefficient)
    return juxtapose([delimited(text) if isinstance(coefficient, sp.Add) else text, *parts])


def loop_latex(loop: Word) -> str:
    r"""A trace; a loop through vectors is a product of forms a^T M b, and v^T v is a squared norm."""
    pieces = _pieces(loop)
    if pieces[0][0].rows != 1:
        return rf"\operatorname{{tr}}({word_latex(loop)})"
    out = []
    for piece in pieces:
        if len(piece) == 2 and piece[1] == piece[0].T:
            out.append(rf"\lVert {letter_latex(piece[1])}\rVert^2")
        else:
            out.append(word_latex(piece))
    return juxtapose(out)


def word_latex(word: Word) -> str:
    """A product of letters, equal neighbours as a power."""
    runs: list[tuple[Letter, int]] = []
    for a in word:
        if runs and runs[-1][0] == a:
            runs[-1] = (a, runs[-1][1] + 1)
        else:
            runs.append((a, 1))
    return juxtapose([_power(letter_latex(a), k) for a, k in runs])


def _power(text: str, k: int) -> str:
    if k == 1:
        return text
    return f"{text[:-4]}{{-{k}}}" if text.endswith("^{-1}") else f"{text}^{k}"


def _pieces(loop: Word) -> list[Word]:
    """The loop cut between a column and the row that follows it; a single piece where there is none."""
    start = next((i for i, a in enumerate(loop) if a.rows == 1 and a.cols != 1), None)
    if start is None:
        return [loop]
    turned = loop[start:] + loop[:start]
    pieces: list[Word] = []
    current: list[Letter] = []
    for a in turned:
        if current and a.rows == 1:
            pieces.append(tuple(current))
            current = []
        current.append(a)
    return [*pieces, tuple(current)]


def _powers(texts: Iterable[str]) -> list[str]:
    """Equal factors as powers."""
    out: list[tuple[str, int]] = []
    for text in texts:
        if out and out[-1][0] == text:
            out[-1] = (text, out[-1][1] + 1)
        else:
            out.append((text, 1))
    return [text if k == 1 else f"{text}^{k}" if _simple(text) else rf"\left({text}\right)^{k}" for text, k in out]


def _simple(text: str) -> bool:
    return text.startswith(r"\operatorname{tr}(") or ("^" not in text and "_" not in text and text.count("\\") <= 1)
