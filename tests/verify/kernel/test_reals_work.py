"""Small files that would cost much are refused soon; files that are no certificate are one line and no traceback."""

import itertools
import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verify.kernel import check
from verify.kernel.__main__ import main
from verify.kernel.reading import BYTES

KNOWN = {"rule": "known"}
EMPTY = {"rule": "split", "proofs": []}
RING = {"rule": "ring", "cofactors": []}
ROOT = Path(__file__).parents[3]
SECONDS, MEMORY = 6, 400 * 2**20  # of the processor and of memory, for one file; three times what was measured


def theorem(
    goal: Any, proof: Any, variables: Any = (("x", "real"),), hypotheses: Any = (), definitions: Any = ()
) -> Any:
    row = {"id": "t", "variables": [list(v) for v in variables], "hypotheses": list(hypotheses),
           "definitions": list(definitions), "goal": goal, "proof": proof}  # fmt: skip
    return {"schema": 1, "theorems": [row]}


def reals(*names: str) -> list[list[str]]:
    return [[name, "real"] for name in names]


def chain(nodes: list[dict[str, Any]], last: Any) -> Any:
    for node in reversed(nodes):
        last = {**node, "then": last}
    return last


def nested(build: Any, start: Any, count: int) -> Any:
    for i in range(count):
        start = build(start, i)
    return start


def squares(count: int) -> list[list[Any]]:
    return [["d0", ["/", "1", "x"]], *([f"d{i}", ["*", f"d{i - 1}", f"d{i - 1}"]] for i in range(1, count))]


def doubling(count: int) -> Any:
    """Squares of squares, put one into the other."""
    names = [f"y{i}" for i in range(count)]
    pairs = list(itertools.pairwise(names))
    steps = [{"rule": "rewrite", "left": a, "right": ["*", b, b]} for a, b in pairs]
    facts = [["==", a, ["*", b, b]] for a, b in pairs]
    return theorem(["==", "y0", "1"], chain(steps, KNOWN), reals(*names), facts)


def everywhere(proof: Any, count: int) -> Any:
    """One proof at many places."""
    parts = ["and", *[["<=", "x", "x"]] * count]
    return theorem(["and"], {"rule": "have", "formula": parts, "proof": {"rule": "split", "proofs": [proof] * count},
                             "then": EMPTY})  # fmt: skip


def bounds(count: int) -> Any:
    names = [f"x{i}" for i in range(count)]
    facts = [["<=", ["*", b, b], a] for a, b in itertools.pairwise(names)]
    steps = [{"rule": "bound", "variable": a, "lower": ["*", b, b], "upper": None, "new": f"s{a}"}
             for a, b in itertools.pairwise(names)]  # fmt: skip
    return theorem(["<=", "x0", ["*", "x0", "x0"]], chain(steps, KNOWN), reals(*names), facts)


def primes(low: int) -> list[int]:
    return [n for n in range(low, low + 4000) if all(n % p for p in range(2, int(n**0.5) + 1))]


def fractions_of_many_denominators(count: int) -> Any:
    some = primes(10**6)[: 2 * count]
    one, other = (["+", *(["*", f"1/{p**60}", ["^", "x", str(i + 1)]] for i, p in enumerate(part))]
                  for part in (some[:count], some[count:]))  # fmt: skip
    return ["*", one, other]


def big(i: int) -> str:
    return str(7**2300 // 3 ** (i % 50) + i * i)


def wide(x: Any, count: int = 900) -> Any:
    return ["+", *[["+", *[x] * 30]] * (count // 30)]


LARGE_SUM = ["+", *(f"x{i}" for i in range(60))]
MANY = [f"x{i}" for i in range(8000)]
SUM_OF_MANY = ["+", *(["+", *MANY[i : i + 800]] for i in range(0, 8000, 800))]
COMPARED = ["<", "x", "1"]
IFF = nested(lambda f, i: ["iff", f, [">", "x", str(i)]], [">", "x", "0"], 60)
LEMMA = {"id": "l", "variables": reals("a"), "hypotheses": [], "definitions": [], "goal":
         ["==", wide("a", 6000), wide("a", 6000)], "proof": RING}  # fmt: skip
WIDE = wide("x", 9000)
PIECES = [["<", "x", str(i)] for i in range(9000)]
RATIO = nested(lambda t, i: ["/", "1", t], "x", 170)
OVER_AGAIN = {"rule": "numeric", "term": ["exp", f"10000/{3**200}"], "lower": "0", "upper": "2"}
SIZE_OF_MANY = ["abs", ["+", *[["+", *["n"] * 990]] * 20]]
LARGE = "7" * 1_900
ODD = ["==", ["*", "2", SIZE_OF_MANY], "1"]
HUGE_POWER = ["^", "n", "1" + "9" * 1999]
SEVERAL = ["a", "b", "c", "x"]
LARGE_PRODUCT = ["*", ["exp", ["+", *[SIZE_OF_MANY[1]] * 3]], ["^", ["+", *SEVERAL], "36"]]
VALUES = [["exp", str(i)] for i in range(1, 6001)]
POWERS = {"rule": "numeric", "term": ["^", str(7**470), "199/64"], "lower": "0", "upper": str(10**1999)}

BOMBS = {
    "definitions of a limit": theorem(
        ["limit", "d39", "x", "oo", "0"], KNOWN, reals("x", *(f"d{i}" for i in range(40))), definitions=squares(40)
    ),
    "deep definitions": theorem(
        ["limit", "d900", "x", "oo", "0"],
        KNOWN,
        reals("x", *(f"d{i}" for i in range(901))),
        definitions=[
            ["d0", "x"],
            *([f"d{i}", nested(lambda t, _: ["sqrt", t], f"d{i - 1}", 170)] for i in range(1, 901)),
        ],
    ),
    "rewriting": doubling(40),
    "bounds": bounds(40),
    "citing": {
        "schema": 1,
        "theorems": [
            LEMMA,
            theorem(["and"], {"rule": "cite", "theorem": "l", "terms": [WIDE], "then": EMPTY})["theorems"][0],
        ],
    },
    "iff in the goal": theorem(IFF, KNOWN),
    "iff in a hypothesis": theorem(COMPARED, KNOWN, hypotheses=[IFF]),
    "iff in a proof": theorem(COMPARED, {"rule": "cases", "formula": ["not", IFF], "yes": KNOWN, "no": KNOWN}),
    "implications": theorem(nested(lambda f, i: ["implies", ["iff", f, COMPARED], COMPARED], COMPARED, 80), KNOWN),
    "a wide conjunction": theorem(["and", *PIECES], {"rule": "split", "proofs": [KNOWN] * 9000}, hypotheses=PIECES),
    "a wide disjunction": theorem(["or", *PIECES], {"rule": "split", "proofs": [KNOWN]}),
    "definedness": theorem(["or", *(["<", ["/", "1", WIDE], str(i)] for i in range(40))], KNOWN),
    "quotients": theorem(["<", "0", RATIO], {"rule": "sign", "factors": [[RATIO, "1"]]}, hypotheses=[["<", "0", "x"]]),
    "signs of quotients": theorem(
        ["and"],
        {
            "rule": "have",
            "formula": ["!=", RATIO, "2"],
            "then": EMPTY,
            "proof": {"rule": "sign", "factors": [[["+", RATIO, "1"], "1"]]},
        },
    ),
    "a derivative": theorem(
        ["<=", "0", ["*", *[["*", *["x"] * 900]] * 10]],
        {"rule": "slope", "variable": "x", "point": "0", "new": "y", "base": KNOWN, "right": KNOWN, "left": KNOWN},
    ),
    "the least of many": theorem(
        ["and"],
        {
            "rule": "extreme",
            "term": ["min", wide("x"), *(["+", "x", str(i)] for i in range(400))],
            "index": "1",
            "then": EMPTY,
        },
        hypotheses=[["<=", wide("x"), ["+", "x", str(i)]] for i in range(400)],
    ),
    "a product": theorem(["==", ["^", LARGE_SUM, "20"], "0"], RING, reals(*LARGE_SUM[1:])),
    "powers of powers": theorem(
        ["<", nested(lambda t, i: ["^", t, "400"], ["/", "1", "x"], 5), "0"],
        {
            "rule": "sign",
            "factors": [[nested(lambda t, i: ["^", ["+", t, ["/", "1", "x"]], "400"], ["/", "1", "x"], 5), "1"]],
        },
    ),
    "many variables": theorem(["==", ["^", SUM_OF_MANY, "2"], "0"], RING, reals(*MANY)),
    "denominators": theorem(["==", fractions_of_many_denominators(150), "0"], RING),
    "large numbers": theorem(["==", nested(lambda t, i: ["^", t, "20"], "3/7", 20), "0"], RING),
    "a Sturm chain": theorem(
        ["<", "0", ["+", *(["*", big(i), ["^", "x", str(i)]] for i in range(199))]],
        {"rule": "sturm", "variable": "x", "lower": None, "upper": None},
    ),
    "residues": theorem(
        ["or"],
        {"rule": "residues", "modulus": "300", "equation": ["==", ["*", "2", ["^", ["+", "m", "n", "1"], "40"]], "1"]},
        [["m", "integer"], ["n", "integer"]],
        [["==", ["*", "2", ["^", ["+", "m", "n", "1"], "40"]], "1"]],
    ),
    "residues of a large term": theorem(
        ["or"], {"rule": "residues", "modulus": "100000", "equation": ODD}, [["n", "integer"]], [ODD]
    ),
    "the root of a large number": theorem(
        ["or"],
        {
            **{"rule": "irrational", "equation": ["==", ["^", "n", "2"], LARGE], "multiple": "1"},
            **{"above": "n", "below": "1", "degree": "2", "value": LARGE},
        },
        [["n", "integer"]],
        [["==", ["^", "n", "2"], LARGE]],
    ),
    "whole values of a huge power": theorem(
        ["and"],
        chain(
            [
                {
                    "rule": "define",
                    "new": f"w{i}",
                    "term": ["/", ["+", HUGE_POWER, ["-", HUGE_POWER], str(2000 * i)], "2000"],
                }
                for i in range(8)
            ],
            EMPTY,
        ),
        [["n", "integer"]],
    ),
    "degrees beside a large term": theorem(
        ["limit", ["/", LARGE_PRODUCT, ["*", ["^", "x", "40"], LARGE_PRODUCT]], "x", "oo", "0"],
        {"rule": "limit", "proof": KNOWN},
        [["n", "real"], *reals(*SEVERAL)],
    ),
    "factors among many": theorem(
        ["and"],
        {
            "rule": "have",
            "formula": [
                "==",
                [
                    "+",
                    *(["*", "0", *VALUES[i : i + 900]] for i in range(0, 6000, 900)),
                    ["*", "0", *(["^", ["/", "1", ["+", *VALUES[-2:], str(i)]], "400"] for i in range(300))],
                ],
                "1",
            ],
            "proof": RING,
            "then": EMPTY,
        },
    ),
    "values": everywhere(chain([OVER_AGAIN] * 20, KNOWN), 50),
    "values of powers": everywhere(chain([POWERS] * 10, KNOWN), 50),
    "whole values": theorem(
        ["and"],
        chain(
            [
                {
                    "rule": "define",
                    "new": f"w{i}",
                    "term": ["*", "1/1999", "n", *[["+", "n", str(j)] for j in range(900)], "1999"],
                }
                for i in range(90)
            ],
            EMPTY,
        ),
        [["n", "integer"]],
    ),
    "a long proof": theorem(
        ["and"],
        {"rule": "either", "formula": ["or", *[["<", "x", str(i)] for i in range(9000)]], "proofs": [KNOWN] * 9000},
        hypotheses=[["or", *PIECES]],
    ),
    "many facts": theorem(
        ["and"],
        chain([{"rule": "define", "new": f"w{i}", "term": "x"} for i in range(300)], EMPTY),
        reals(*MANY, "x"),
        [["<", a, "1"] for a in MANY],
    ),
}


# right, and not too large
DONE_SOON = ("the least of many", "residues of a large term", "whole values of a huge power")


def run(path: Path, *flags: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = [sys.executable, *flags, "-m", "verify.kernel", str(path)]
    return subprocess.run(command, capture_output=True, cwd=cwd, preexec_fn=limits, env={"PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_cost_much_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.json"
    path.write_text(json.dumps(BOMBS[name]))
    assert path.stat().st_size < BYTES
    done = run(path)
    accepted = name in DONE_SOON
    assert (done.returncode, done.stderr) == (0 if accepted else 1, b""), done
    assert done.stdout.startswith(b"accepted: " if accepted else b"refused: "), done.stdout
    assert b"malformed" not in done.stdout, done.stdout


def test_the_same_without_the_bomb_is_accepted() -> None:
    """The controls: each kind of work is done where there is little of it."""
    assert "checked" in check(doubling_control())
    piece = ["and", *PIECES[:5]]
    split = {"rule": "split", "proofs": [KNOWN] * 5}
    have = {"rule": "have", "formula": piece, "proof": split, "then": EMPTY}
    assert "checked" in check(theorem(["and"], have, hypotheses=PIECES[:5]))
    value = {**OVER_AGAIN, "term": ["exp", "1/3"]}
    assert "checked" in check(everywhere(chain([value] * 20, KNOWN), 3))
    odd = ["==", ["*", "2", ["abs", ["+", "n", "n"]]], "1"]
    residues = {"rule": "residues", "modulus": "100", "equation": odd}
    assert "checked" in check(theorem(["or"], residues, [["n", "integer"]], [odd]))
    half = {"rule": "define", "new": "w", "term": ["/", ["+", ["^", "n", "1000"], "n"], "2"], "then": EMPTY}
    assert "checked" in check(theorem(["and"], half, [["n", "integer"]]))
    few = nested(lambda f, i: ["iff", f, COMPARED], COMPARED, 3)
    assert "checked" in check(theorem(["and"], EMPTY, hypotheses=[few]))


def doubling_control() -> Any:
    certificate = doubling(5)
    row = certificate["theorems"][0]
    row["goal"] = ["==", "y0", "y0"]
    return certificate


# ---------------------------------------------------------------- reading

ROW = theorem(["<=", "x", "x"], KNOWN)["theorems"][0]
GOOD = {"schema": 1, "theorems": [ROW]}


def said(tmp_path: Path, content: bytes) -> tuple[int, str]:
    path = tmp_path / "c.json"
    path.write_bytes(content)
    done = run(path)
    assert done.stderr == b"", done
    assert done.stdout.isascii() and done.stdout.count(b"\n") == 1, done
    assert all(32 <= c < 127 for c in done.stdout[:-1]) and len(done.stdout) < 400, done
    return done.returncode, done.stdout.decode()


def dumped(**changes: Any) -> bytes:
    return json.dumps({"schema": 1, "theorems": [{**ROW, **changes}]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe", b'{"schema": 1, "schema": 1, "theorems": []}', b'{"schema": NaN, "theorems": []}',
        b'{"schema": 1.0, "theorems": []}', b'{"schema": 1e0, "theorems": []}', b'{"schema": Infinity, "theorems": []}',
        b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000, b" " * (BYTES + 1),
        dumped(proof={"rule": "known"}).replace(b'"rule"', b'"rule": "split", "rule"'),
    ],
)  # fmt: skip
def test_what_is_no_certificate_at_all_is_unreadable(content: bytes, tmp_path: Path) -> None:
    code, text = said(tmp_path, content)
    assert code == 2 and text.startswith("unreadable: "), text


@pytest.mark.parametrize(
    "content",
    [
        b"null", b"[]", b'{"schema": true, "theorems": []}', b'{"schema": 1, "theorems": []}',
        dumped(proof={"rule": "a\ud800"}), dumped(proof={"rule": "x\naccepted: 1 theorem"}),
        dumped(proof={"rule": "x\x1b[2K\raccepted: 1 theorem"}), dumped(proof={"rule": "y" * 100_000}),
        dumped(proof={"rule": "define", "new": "é" * 150, "term": "x", "then": {"rule": "define", "new": "é" * 150,
                                                                               "term": "x", "then": KNOWN}}),
        dumped(proof=None), dumped(proof={"rule": ["known"]}), dumped(proof={"rule": "known", "extra": 1}),
        dumped(goal=["<=", "x", "2/4"]), dumped(goal=["<=", "2/4", "1"]), dumped(goal=["<=", 1, "x"]),
        dumped(goal=["<=", True, "x"]), dumped(goal=["<=", "+1", "x"]), dumped(goal=["<=", "-0", "x"]),
        dumped(goal=["<=", "1/0", "x"]), dumped(goal=["<=", "0x1", "x"]), dumped(goal=["<=", "1.0", "x"]),
        dumped(goal=["<=", "\u0661", "x"]), dumped(goal=["<=", "x", "x", "x"]), dumped(goal=["<=", ["sqrt"], "x"]),
        dumped(goal={"<=": "x"}), dumped(goal="x"), dumped(id=""), dumped(id=1), dumped(variables=[["x", "whole"]]),
        dumped(variables=[["x", "real"], ["x", "integer"]]), dumped(variables=[["x y", "real"]]),
        dumped(definitions=[["x", "x"]]), dumped(definitions=[["x", "1"], ["x", "2"]]), dumped(hypotheses={}),
        json.dumps({"schema": 1, "theorems": [ROW, ROW]}).encode(),
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_on_one_line(content: bytes, tmp_path: Path) -> None:
    code, text = said(tmp_path, content)
    assert code == 1 and text.startswith("refused: "), text


def test_a_certificate_is_accepted(tmp_path: Path) -> None:
    code, text = said(tmp_path, json.dumps(GOOD).encode())
    assert (code, text) == (0, "accepted: 1 theorem in 1 steps, all of them checked\n")


def test_a_missing_file_and_a_missing_name_are_errors(tmp_path: Path) -> None:
    done = run(tmp_path / "no\nsuch")
    assert done.returncode == 2 and done.stdout.count(b"\n") == 1 and done.stderr == b""
    assert main([]) == main(["a", "b"]) == 2


MODULES = ("json", "fractions", "re", "dataclasses", "itertools", "functools", "collections", "math", "typing", "enum",
           "operator", "inspect", "types", "keyword", "reprlib", "copyreg", "ast", "numbers", "decimal", "contextlib",
           "__future__", "abc", "heapq", "token", "tokenize", "linecache", "dis", "opcode", "importlib")  # fmt: skip


@pytest.mark.parametrize("call", ["module", "folder", "copied folder", "copied module", "archive"])
def test_the_current_folder_is_not_imported_from(call: str, tmp_path: Path, archive: Path) -> None:
    """A folder that comes with a certificate may hold anything."""
    for module in MODULES:
        (tmp_path / f"{module}.py").write_text("print('accepted: by me')\nraise SystemExit(0)\n")
    path = tmp_path / "c.json"
    path.write_bytes(dumped(goal=["<", "x", "x"]))
    if call.startswith("copied"):
        shutil.copytree(ROOT / "verify" / "kernel", tmp_path / "kernel")
    if call == "archive":
        shutil.copy(archive, tmp_path)
    how = {
        "module": ["-m", "verify.kernel"],
        "folder": [str(ROOT / "verify" / "kernel")],
        "copied folder": ["kernel"],
        "copied module": ["-m", "kernel"],
        "archive": ["kernel.pyz"],
    }[call]
    environment = {"PYTHONPATH": str(ROOT)} if call == "module" else {}
    done = subprocess.run([sys.executable, *how, str(path)], capture_output=True, cwd=tmp_path, env=environment)
    assert done.stdout == b"refused: the goal is not among the facts\n", done
