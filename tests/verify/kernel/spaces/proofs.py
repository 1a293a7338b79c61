"""A few theorems about vectors with their certificates; together they use every rule."""

from __future__ import annotations

from functools import cache

from tests.verify.kernel.spaces.certificates import (
    KNOWN,
    Json,
    after_conditions,
    certificate,
    combine,
    from_numbers,
    minus,
    square,
    times,
)


def mean(level: int, x: Json) -> Json:
    return ["E", str(level), x]


def young() -> Json:
    """2 <u, v> <= c ||u||^2 + ||v||^2/c for 0 < c."""
    inverse = from_numbers("inverse", {"x": "real"}, [["<", "0", "x"]], ["<=", "0", ["/", "1", "x"]])
    goal = ["<=", times("2", ["inner", "u", "v"]), ["+", times("c", square("u")), ["/", square("v"), "c"]]]
    proof = combine(squares=[[["/", "1", "c"], minus(["scale", "c", "u"], "v")]])
    proof = {"rule": "lemma", "theorem": "inverse", "terms": ["c"], "then": proof}
    names = {"u": "vector", "v": "vector 1", "c": "real"}
    return certificate(names, goal, after_conditions(proof, 1), hypotheses=[["<", "0", "c"]], numbers=[inverse])


def gradient_step() -> Json:
    """E ||w - eta g - y||^2 for an unbiased g."""
    away, unbiased = minus("w", "y"), ["same", mean(1, "g"), "h"]
    right = ["+", mean(0, square(away)), times("-2", "eta", mean(0, ["inner", "h", away]))]
    goal = ["==", mean(0, square(minus(minus("w", ["scale", "eta", "g"]), "y"))), right]
    right.append(times(["^", "eta", "2"], mean(0, square("g"))))
    relation = ["==", ["inner", mean(1, "g"), away], ["inner", "h", away]]
    expected = ["==", mean(0, relation[1]), mean(0, relation[2])]
    expect = {"rule": "expect", "level": "0", "relation": relation}
    expect["proof"] = combine(vectors=[[minus("y", "w"), unbiased]])
    expect["then"] = combine(equations=[[times("2", "eta"), expected]])
    names = {"w": "vector 1", "g": "vector 2", "h": "vector 1", "y": "vector", "eta": "real"}
    return certificate(names, goal, after_conditions(expect), hypotheses=[unbiased])


def jensen() -> Json:
    """(E X)^2 <= E X^2, by cases that are not needed."""
    deviation = ["^", minus("X", mean(0, "X")), "2"]
    goal = ["<=", ["^", mean(0, "X"), "2"], mean(0, ["^", "X", "2"])]
    expect = {"rule": "expect", "level": "0", "relation": ["<=", "0", deviation]}
    fact = ["<=", mean(0, "0"), mean(0, deviation)]
    expect |= {"proof": combine(numbers=[["1", minus("X", mean(0, "X"))]]), "then": combine(facts=[["1", fact]])}
    proof = {"rule": "cases", "formula": ["<=", "X", "0"], "yes": expect, "no": expect}
    return certificate({"X": "real 1"}, goal, after_conditions(proof))


def sums() -> Json:
    """sum x(t) <= sum y(t), and both are as they are for every range that is one."""
    every = ["all", "t", "1", "n", ["<=", ["at", "x", "t"], ["at", "y", "t"]]]
    instance = {"rule": "instance", "formula": every, "term": "k", "then": KNOWN}
    rule = {"rule": "termwise", "name": "k", "lower": "1", "upper": "n", "proof": instance, "then": KNOWN}
    rule["relation"] = ["<=", ["at", "x", "k"], ["at", "y", "k"]]
    goal = ["<=", *[["sum", "t", "1", "n", ["at", f, "t"]] for f in "xy"]]
    names = {"x": "reals", "y": "reals 1", "n": "integer"}
    return certificate(names, goal, after_conditions(rule, 1), hypotheses=[["<=", "0", "n"], every])


def recursion() -> Json:
    """x(t + 1) == x(t) + a gives x(t) == x(0) + t a; and (t - x)^2 is not negative."""

    def step(t: Json) -> Json:
        return ["==", ["at", "x", ["+", t, "1"]], ["+", ["at", "x", t], "a"]]

    every = ["all", "t", "0", ["+", "n", "-1"], step("t")]
    solution = ["==", ["at", "x", "t"], ["+", ["at", "x", "0"], times("t", "a")]]
    known = ["==", ["at", "x", "k"], ["+", ["at", "x", "0"], times("k", "a")]]
    instance = {"rule": "instance", "formula": every, "term": "k"}
    instance["then"] = combine(equations=[["-1", step("k")], ["-1", known]])
    induction = {"rule": "induction", "name": "k", "base": combine(), "step": instance}
    general = {"rule": "general", "name": "k", "proof": combine(numbers=[["1", minus("k", ["at", "x", "k"])]])}
    goal = ["and", ["all", "t", "0", "n", solution]]
    goal.append(["all", "t", "1", "n", ["<=", "0", ["^", minus("t", ["at", "x", "t"]), "2"]]])
    proof = after_conditions({"rule": "split", "proofs": [induction, general]})
    return certificate({"x": "reals 1", "a": "real", "n": "integer"}, goal, proof, hypotheses=[every])


def zero() -> Json:
    """A vector of length at most b - a <= 0 is zero."""
    gone = {"rule": "null", "vector": minus("u", "v")}
    gone["then"] = {"rule": "vectors", "equations": [["1", ["same", minus("u", "v"), ["zero"]]]]}
    short = ["<=", square(minus("u", "v")), minus("b", "a")]
    proof = {"rule": "have", "formula": ["<=", square(minus("u", "v")), "0"], "then": gone}
    proof["proof"] = combine(facts=[["1", short], ["1", ["<=", "b", "a"]]])
    names = {"u": "vector", "v": "vector 1", "a": "real", "b": "real"}
    return certificate(names, ["same", "u", "v"], after_conditions(proof), hypotheses=[short, ["<=", "b", "a"]])


def bounded() -> Json:
    """<A u, u> <= L ||u||^2 for every u, at w = z/2: 2 <A w, w> <= L ||w|| ||w||/2 ... by Schwarz, doubled."""
    bound = ["every", "u", ["<=", ["inner", ["apply", "A", "u"], "u"], times("L", square("u"))]]
    instance = {"rule": "instance", "formula": bound, "term": "w"}
    product = times(["norm", "w"], ["norm", "z"])
    goal = ["<=", ["+", ["inner", ["apply", "A", "w"], "w"], ["inner", "w", "z"]]]
    goal.append(["+", times("L", square("w")), product])
    here = ["<=", ["inner", ["apply", "A", "w"], "w"], times("L", square("w"))]
    facts = [["1", here], ["1", ["<=", ["inner", "w", "z"], product]]]
    instance["then"] = {"rule": "schwarz", "left": "w", "right": "z", "then": combine(facts=facts)}
    names = {"A": "operator", "w": "vector 1", "z": "vector", "L": "real"}
    data = certificate(names, goal, after_conditions(instance), hypotheses=[bound])
    data["theorem"]["names"].append(["s", "vector", "1"])
    data["theorem"]["definitions"] = [["s", ["scale", "2", "w"]]]
    return data


def moments() -> Json:
    """(E <X, Y>)^2 <= E ||X||^2 E ||Y||^2 and (E s)^2 <= E s^2."""

    def bound(product: Json, left: Json, right: Json) -> Json:
        return ["<=", ["^", mean(0, product), "2"], times(mean(0, left), mean(0, right))]

    goals = [
        bound(["inner", "X", "Y"], square("X"), square("Y")),
        bound(times("s", "1"), times("s", "s"), times("1", "1")),
    ]
    second = {"rule": "products", "level": "0", "left": "s", "right": "1", "then": KNOWN}
    first = {"rule": "moments", "level": "0", "left": "X", "right": "Y", "then": KNOWN}
    names = {"X": "vector 1", "Y": "vector 1", "s": "real 1"}
    return certificate(names, ["and", *goals], after_conditions({"rule": "split", "proofs": [first, second]}))


@cache
def certificates() -> tuple[Json, ...]:
    return young(), gradient_step(), jensen(), sums(), recursion(), zero(), moments(), bounded()
