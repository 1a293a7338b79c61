"""What the checker of matrix identities accepts is true: certificates with changed parts, and proofs at random.

What the rules give is filled in after a change, so that it is refused for its conditions or not at all; both sides of
what is accepted are then valued by exact moments at small dimensions, by a program that shares nothing with it.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.word_proofs import LETTERS, ONE, certificate, filled, holds, law, step, words
from theory.maml_erm import THEORY
from verify.claims.matrix_certificates import word_certificate
from verify.claims.statement import MatrixIdentity
from verify.kernel import Refused, check
from verify.kernel.matrices import averages, expectation, expressions, rules
from verify.kernel.matrices.certificate import RULES
from verify.kernel.matrices.expressions import MatrixChecker
from verify.kernel.matrices.words import UNIT, Coefficient, Token, Word, WordPolynomial

Json = Any
CLAIMS = ("M1", "M2", "S0.erm", "S0.imaml", "S0.maml_fresh", "S1", "G1", "M3.excess")
SYMBOLS = ("alpha", "lambda", "nu", "q", "d", "n")
DIMENSIONS = ("d", "n", "1")


def honest(name: str) -> Json:
    claim = THEORY.stated[name]
    assert isinstance(claim.statement, MatrixIdentity)
    return json.loads(json.dumps(word_certificate(claim)))


# ---------------------------------------------------------------- proofs at random


def random_word(rng: random.Random, rows: str, cols: str, length: int) -> str:
    """A word of this shape, of about this length."""
    ends = {"d": {"d": "B B' A W S R Z", "1": "v u s", "n": "X'"}, "n": {"d": "X"}, "1": {"d": "v' u' s'", "1": "k"}}
    at, out = rows, list[str]()
    while len(out) < length or at != cols:
        choices = [(t, to) for to, tokens in ends[at].items() for t in tokens.split()]
        if len(out) >= length:
            choices = [c for c in choices if c[1] == cols] or [c for c in choices if c[1] == "d"] or choices
        token, at = rng.choice(choices)
        out.append(token)
        if len(out) > length + 4:
            return "" if rows == cols else random_word(rng, rows, cols, length)
    return " ".join(out)


def random_poly(rng: random.Random, rows: str, cols: str, length: int = 3) -> Json:
    terms = []
    for _ in range(rng.randint(1, 3)):
        coefficient: Json = [[str(rng.choice((-2, -1, 1, 2, 3))), {}]]
        if rng.random() < 0.3:
            coefficient[0][1] = {rng.choice(SYMBOLS): rng.choice((1, 1, 2, -1))}
        loops = [random_word(rng, "d", "d", rng.randint(1, 3)) for _ in range(rng.random() < 0.2)]
        loops = [loop for loop in loops if loop]
        word = random_word(rng, rows, cols, rng.randint(rows != cols, length))
        if (rows, cols) == ("1", "1") and rng.random() < 0.5:
            word = random_word(rng, "d", "d", rng.randint(1, 3))
        if (rows, cols) == ("1", "1") and word:
            loops, word = [*loops, word], ""
        terms.append((coefficient, loops, word))
    return words(rows, cols, *terms)


def random_step(rng: random.Random) -> Json:
    kind = rng.choice(("substitute", "expect", "expect", "gradient", "coefficient", "solve", "average", "average"))
    if kind == "substitute":
        name = rng.choice(("v", "u", "A", "S", "B", "B", "W", "k", "s"))
        rows, cols, _ = LETTERS[name]
        return step("substitute_letters", letters={name: {"poly": random_poly(rng, rows, cols, 2)}})
    if kind == "expect":
        names = rng.sample(("X", "Z", "v"), rng.randint(1, 2))
        sides = {
            "X": ("", ("", "S", "A", "S A S")),
            "Z": ("S", ("", "A")),
            "v": (rng.choice(("S", "B B'", "A S")), ("",)),
        }
        scale = rng.choice((ONE, ONE, [["1/2", {"nu": 2}]], [["-1", {}]]))
        return step(
            "expect", laws={x: law(sides[x][0], rng.choice(sides[x][1]), scale, rng.random() < 0.9) for x in names}
        )
    if kind in ("gradient", "coefficient"):
        return step("gradient" if kind == "gradient" else "coefficient_of_vector", letter=rng.choice(("v", "u", "s")))
    if kind == "solve":
        return step("solve_with_inverse", unknown=rng.choice(("v", "u")), inverse="R")
    params = {"matrix": "W", "vector": "v", "mean": "A", "solution": "s"}
    return step("average_over_tasks", **params, **({"square": "k"} if rng.random() < 0.7 else {}))


def suited(rng: random.Random, data: Json) -> Json:
    """A proof whose start fits its first rule more often than chance would have it."""
    rule = data["derivations"][0]["steps"][0]["rule"]
    d, one = ("d", "d"), ("1", "1")
    if rule == "average_over_tasks":
        terms = ["W v", "B W v", "W u", "u", "v u' W B v", "v' W u s", "W v v' u", "R W v", "R W u", "v"]
        start = words("d", "1", *rng.sample(terms, 2))
        if rng.random() < 0.6:
            loops = ["v u' W", "W v u'", "v' W v", "W B", "B", "W", "R W", "u' W v", "W u v' B", "v v' W"]
            start = words("1", "1", *((ONE, [loop], "") for loop in rng.sample(loops, 2)))
        elif rng.random() < 0.6:
            start = words("d", "d", *rng.sample(["v u' W", "W u v'", "B W", "u v' W", "W v u'", "A", "R W", "B"], 2))
    elif rule == "gradient":
        start = random_poly(rng, *one)
    elif rule == "coefficient_of_vector":
        name = data["derivations"][0]["steps"][0]["params"]["letter"]
        start = words("d", "1", *(f"{random_word(rng, *d, 2)} {name}".strip() for _ in range(2)))
    elif rule == "solve_with_inverse":
        start = words("d", "1", "S v", ([["1", {"lambda": 1}]], "v"), random_word(rng, "d", "1", 2))
    elif rule == "substitute_letters" and rng.random() < 0.5:
        [name] = data["derivations"][0]["steps"][0]["params"]["letters"]
        loops = [f"{name} {random_word(rng, *LETTERS[name][1::-1], k)}".strip() for k in (0, 1)]
        start = words("1", "1", *((ONE, [loop], "") for loop in loops))
    else:
        start = random_poly(rng, *rng.choice((d, one, ("d", "1"))))
    data["derivations"][0]["start"] = {"poly": start}
    return data


def random_proof(rng: random.Random) -> Json:
    inverse = rng.choice(
        (["S", ([["1", {"lambda": 1}]], "")], ["", "v v'"], ["", ([["1", {"alpha": 1}]], "W")], ["A", "S"])
    )
    data = certificate(
        words("d", "d", ""),
        *(random_step(rng) for _ in range(rng.choice((1, 1, 2, 3)))),
        inverses={"R": words("d", "d", *inverse)},
    )
    data = suited(rng, data)
    if rng.random() < 0.4:
        data["lhs"] = {"zero": [{"result": 0}, rng.choice(SYMBOLS)]}
    elif rng.random() < 0.2:
        name = rng.choice(("B", "S", "u", "A"))
        data["lhs"] = {"substitute": [{"result": 0}, {name: {"poly": random_poly(rng, *LETTERS[name][:2], 1)}}]}
    return data


# ---------------------------------------------------------------- certificates with changed parts


def places(x: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(rng: random.Random, data: Json) -> Json:
    """A certificate with one to three parts changed, removed, doubled, exchanged or renamed."""
    data = copy.deepcopy(data)
    for _ in range(rng.randint(1, 3)):
        names = sorted(data["letters"]) or ["A"]
        if rng.random() < 0.2:  # one letter for another, everywhere or where it is declared
            a, b = rng.choice(names), rng.choice([*names, *SYMBOLS])
            text = json.dumps(data)
            data = json.loads(text.replace(f'"{a}"', f'"{b}"').replace(f'"{a}\'"', f'"{b}\'"'))
            continue
        wanted = [p for p in places(data) if "after" not in p and p[0] not in ("rhs", "schema", "kind", "claim")]
        path = rng.choice(wanted)
        spot = data
        for key in path[:-1]:
            spot = spot[key]
        old = spot[path[-1]]
        spot[path[-1]] = replacement(rng, old, names)
        if isinstance(spot, list) and rng.random() < 0.3:
            rng.choice((lambda s: s.reverse(), lambda s: s.append(s[0]), lambda s: s.pop()))(spot)
    return data


def replacement(rng: random.Random, old: Json, names: list[str]) -> Json:
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return rng.choice((old + 1, old - 1, -old, True))
    if isinstance(old, str):
        if old.lstrip("-")[:1].isdigit():
            return rng.choice(("2", "-1", "1/2", "0"))
        name = rng.choice(names)
        return rng.choice((name, name + "'", old + "'", old.removesuffix("'"), *DIMENSIONS, *SYMBOLS))
    if isinstance(old, list) and old and all(isinstance(x, str) for x in old):
        return rng.choice(([], old[::-1], [*old, *old], old[1:], [*old, rng.choice(names)]))
    if isinstance(old, dict):
        return rng.choice((old, {}, {rng.choice(SYMBOLS): rng.choice((1, 2, -1))}))
    return rng.choice((old, old[1:], [*old, *old])) if isinstance(old, list) else old


# ---------------------------------------------------------------- the fuzz


def outcome(data: Json) -> str:
    """refused, accepted and true, accepted without a value anywhere, or accepted and FALSE."""
    try:
        data = filled(data)
        check(data)
    except Exception:  # filling in reads hostile data without the care of the checker
        return "refused"
    found = [holds(data, size, seed) for size, seed in ((2, 0), (1, 1), (2, 2))]
    return "FALSE" if False in found else "true" if True in found else "none"


def proofs(count: int) -> Iterator[Json]:
    for seed in range(count):
        yield random_proof(random.Random(seed))


def tally(found: Iterator[Json]) -> dict[str, int]:
    counts = {"refused": 0, "true": 0, "none": 0, "FALSE": 0}
    for data in found:
        result = outcome(data)
        counts[result] += 1
        assert result != "FALSE", json.dumps(data)
    return counts


def test_proofs_at_random() -> None:
    counts = tally(proofs(900))
    assert counts["true"] > 150 and counts["refused"] > 200 and counts["none"] < counts["true"] // 5, counts


@pytest.mark.parametrize("name", CLAIMS)
def test_changed_certificates(name: str) -> None:
    start = honest(name)
    assert outcome(start) == "true"
    counts = tally(changed(random.Random(seed), start) for seed in range(90))
    assert counts["true"] > 2 and counts["refused"] > 20, counts


# ---------------------------------------------------------------- the fuzz finds what is wrong on purpose


def around(run: MatrixChecker, w: Word, cyclic: bool, names: list[str]) -> Word:
    return AVERAGED(run, w, True, names)


def without_square(
    run: MatrixChecker, p: WordPolynomial, matrix: Any, vector: Any, mean: Any, solution: Any, square: Any = None
) -> WordPolynomial:
    return p if any(t[0] == vector for k in p.terms for w in (*k[0], k[1]) for t in w) else AVERAGE(
        run, p, matrix, vector, mean, solution, square
    )  # fmt: skip


def unturned(run: MatrixChecker, word: Word) -> Word:
    return tuple(reversed(word))


def any_zero(run: MatrixChecker, p: WordPolynomial, symbol: Any) -> WordPolynomial:
    out = WordPolynomial(*p.shape)
    for (traces, word), c in p.terms.items():
        run.put(out, {m: v for m, v in c.items() if symbol not in dict(m)}, traces, word)
    return out


def one_way(run: MatrixChecker, p: WordPolynomial, letter: Any) -> WordPolynomial:
    """A gradient that counts only the letter that is transposed."""
    out = GRADIENT(run, p, letter)
    for (traces, _), c in p.terms.items():
        for k, t in enumerate(traces):
            for i, at in enumerate(t):
                if at == (letter, False):
                    rest = run.transpose(t[i + 1 :] + t[:i])
                    run.put(out, {m: -v for m, v in c.items()}, [*traces[:k], *traces[k + 1 :]], rest)
    return out


def first_only(run: MatrixChecker, name: str, data: Any, bound: set[str]) -> Any:
    row, _, scale, gaussian = LAW(run, name, data, bound)
    return row, (), scale, gaussian


def only_pairs(items: list[Any]) -> Iterator[list[tuple[Any, Any]]]:
    """Of four letters, one pairing instead of three."""
    return iter([list(zip(items[::2], items[1::2], strict=True))])


def no_dimension(dimension: str) -> Coefficient:
    return UNIT


AVERAGED, AVERAGE = averages.averaged, averages.rule_average_over_tasks
GRADIENT, LAW = rules.rule_gradient, expectation.law_of
FAULTS: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "averages around the end of a word": lambda m: m.setattr(averages, "averaged", around),
    "letters of inverses may change": lambda m: m.setattr(MatrixChecker, "unheld", lambda self, names: None),
    "0 for any symbol": lambda m: m.setattr(MatrixChecker, "at_zero", any_zero),
    "a transpose keeps its letters": lambda m: m.setattr(MatrixChecker, "transpose", unturned),
    "half a gradient": lambda m: m.setitem(
        RULES, "gradient", (one_way, *RULES["gradient"][1:])
    ),
    "no covariance of columns": lambda m: m.setattr(expectation, "law_of", first_only),
    "tr I is 1": lambda m: m.setattr(expressions, "size", no_dimension),
    "some pairings": lambda m: m.setattr(expectation, "matchings", only_pairs),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    found = (seed for seed in range(900) if outcome(random_proof(random.Random(seed))) == "FALSE")
    assert next(found, None) is not None


def test_tokens_are_what_they_are() -> None:
    run = MatrixChecker(LETTERS)
    both: tuple[Token, Token] = (run.token("S", True), run.token("B", True))
    assert both == (("S", False), ("B", True)) and run.transpose(both) == (("B", False), ("S", False))


def test_refused_is_no_proof() -> None:
    with pytest.raises(Refused):
        check(certificate(words("d", "d", "A")))
