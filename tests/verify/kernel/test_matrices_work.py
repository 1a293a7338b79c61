"""The checker of matrix identities as a program, and how little it costs to refuse what asks for much."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.word_proofs import LETTERS, ONE, certificate, column, filled, law, number, square, step, words
from verify.kernel import Refused, check
from verify.kernel.matrices.words import MOST_BYTES, MOST_SYMBOLS

Json = Any
ROOT = Path(__file__).parents[3]
PROGRAM = ROOT / "verify" / "kernel"
MEGABYTE = 1 << 20


def nested(op: str, count: int) -> Json:
    out: Json = {"poly": square("A")}
    for _ in range(count):
        out = {"zero": [out, "q"]} if op == "zero" else {"substitute": [out, {"B": {"poly": square("B B")}}]}
    return out


def many(count: int, kind: str) -> Json:
    """A coefficient with many symbols."""
    return [["1", {f"{kind}{i}": 1}] for i in range(count)]


def doubling(count: int) -> Json:
    data = certificate(square("B A", "A B"))
    for i in range(count):
        start = {"substitute": [{"result": i}, {"B": {"result": i}}]}
        data["derivations"].append({"title": "", "start": start, "steps": []})
    return {**data, "lhs": {"result": count}}


ALTERNATING = [" ".join("AB"[int(c)] for c in format(i, "b")) for i in range(2, 400)]
BOMBS: dict[str, tuple[Json, str]] = {
    "0 of 0 of 0": (certificate(square("A"), lhs=nested("zero", 60)), "nested too deeply"),
    "a letter for its square": (certificate(square("A"), lhs=nested("substitute", 38)), "different|grows"),
    "results of results": (doubling(40), "grows too long|more work"),
    "pairings of three letters": (
        certificate(
            square(" ".join(["Z Z'"] * 6 + ["B B'"] * 6)), step("expect", laws={"Z": law(), "B": law("A", "A")})
        ),
        "more work",
    ),
    "pairings across traces": (
        certificate(words("1", "1", (ONE, ["Z B"] * 10, "")), step("expect", laws={"Z": law(), "B": law()})),
        "more work",
    ),
    "pairings in many terms": (
        certificate(
            square(*(" ".join(["Z Z'"] * 5 + ["A"] * k) for k in range(60))), step("expect", laws={"Z": law()})
        ),
        "more work",
    ),
    "a sum in each of many places": (
        certificate(
            square(" ".join(["B"] * 14)),
            step("substitute_letters", letters={"B": {"poly": square("A", "B", "B'")}}),
        ),
        "more work|too many terms",
    ),
    "a sum in each of many traces": (
        certificate(
            words("1", "1", (ONE, ["B A B"] * 12, "")),
            step("substitute_letters", letters={"B": {"poly": square("A", "B", "W")}}),
        ),
        "more work|too many terms",
    ),
    "a power of a sum of symbols": (
        certificate(
            square(" ".join(["B"] * 60)),
            step("substitute_letters", letters={"B": {"times": [many(30, "a"), {"poly": square("B")}]}}),
        ),
        "more work",
    ),
    "a product of sums of symbols": (
        certificate(square((many(1500, "a"), "A")), lhs={"times": [many(1500, "b"), {"result": 0}]}),
        "more work",
    ),
    "a power of a long number": (
        certificate(
            square(" ".join(["B"] * 90)),
            step("substitute_letters", letters={"B": {"times": [[["9" * 199, {}]], {"poly": square("B")}]}}),
        ),
        "too long",
    ),
    "turns of long loops": (
        certificate(words("1", "1", *((ONE, [" ".join(["A"] * 390 + ["B"] * k)], "") for k in range(1, 10))) ),
        "different|more work",
    ),
    "a result added again and again": (
        certificate(square(*ALTERNATING), lhs={"sum": [{"result": 0}] * 4000}),
        "more work",
    ),
    "products of sums": (
        certificate(square("B B B"), step("substitute_letters", letters={"B": {"poly": square(*ALTERNATING)}})),
        "more work|too many terms",
    ),
    "a product of many symbols": (
        certificate(
            number(), lhs={"sum": [{"poly": words("1", "1", ([["1", {f"s{i}": 1 for i in range(9000)}]], [], ""))}] * 2}
        ),
        "too many symbols",
    ),
    "products that become one of many symbols": (
        certificate(
            number(),
            lhs={"times": [[["1", {f"a{i}": 1 for i in range(40)}]],
                           {"poly": words("1", "1", ([["1", {f"b{i}": 1 for i in range(40)}]], [], ""))}]},
        ),
        "too many symbols",
    ),
    "a long word": (certificate(square(" ".join(["A"] * 401))), "grows too long"),
}  # fmt: skip


@pytest.mark.parametrize("case", BOMBS)
def test_a_certificate_that_asks_for_much_is_refused_soon(case: str) -> None:
    data, reason = BOMBS[case]
    assert len(json.dumps(data)) < 400_000
    start = time.process_time()
    with pytest.raises(Refused, match=reason):
        check(data)
    assert time.process_time() - start < 10  # 1 s where it was written; the work is counted, not timed


def test_what_is_needed_is_allowed() -> None:
    """Six factors X' X, 10,395 pairings: the largest moment of the theory's own engine."""
    data = filled(certificate(square(" ".join(["X' X"] * 6)), step("expect", laws={"X": law("", "S")})))
    assert len(data["rhs"]["terms"]) == 19 and check(data)


def test_a_product_of_some_symbols_is_allowed() -> None:
    some: Json = [["1", {f"s{i}": 1 for i in range(MOST_SYMBOLS)}]]
    assert check(filled(certificate(square("A"), lhs={"times": [some, {"result": 0}]})))


def test_deep_data_are_refused() -> None:
    deep: Json = []
    for _ in range(100_000):
        deep = [deep]
    for data in (
        deep,
        {**certificate(square("A")), "rhs": deep},
        certificate(square("A"), lhs={"times": [deep, deep]}),
    ):
        with pytest.raises(Refused):
            check(data)


# ---------------------------------------------------------------- the program


def run(folder: Path, content: str | bytes, *, options: tuple[str, ...] = ("-I",), limit: int = 300) -> tuple[int, str]:
    """Exit code and output of the program for a file with this content, in its folder; never a traceback."""
    file = folder / "proof.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    program = ["-m", "verify.kernel"] if "-m" in options else [str(PROGRAM)]
    options = tuple(o for o in options if o != "-m")
    done = subprocess.run(
        [sys.executable, *options, *program, file.name],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit * MEGABYTE, limit * MEGABYTE)),
    )
    assert "Traceback" not in done.stderr and done.stdout.count("\n") == 1, done
    return done.returncode, done.stdout.strip()


GOOD = filled(certificate(square("A B"), step("substitute_letters", letters={"B": {"poly": square("S")}})))
TEXT = json.dumps(GOOD)


def test_what_the_program_says(tmp_path: Path) -> None:
    assert run(tmp_path, TEXT) == (0, "accepted: 1 derivations in 1 steps, all of them redone")
    assert run(tmp_path, TEXT.replace('"S"', '"W"', 1))[0] == 1
    for content in ("{", "", b"\xff\xfe", "[" * 100_000, "\ufeff" + TEXT, "1" * 5000):
        code, said = run(tmp_path, content)
        assert (code, said.split(":")[0]) == (2, "unreadable"), said


@pytest.mark.parametrize("case", ["pairings of three letters", "a power of a sum of symbols", "products of sums"])
def test_bombs_need_little_memory(tmp_path: Path, case: str) -> None:
    code, said = run(tmp_path, json.dumps(BOMBS[case][0]), limit=300)
    assert code == 1 and said.startswith("refused: ")


def test_keys_numbers_and_lengths(tmp_path: Path) -> None:
    twice = TEXT.replace('"kind": "words"', '"kind": "other", "kind": "words"')
    assert run(tmp_path, twice) == (1, "refused: a table has a key twice")
    assert "twice" in run(tmp_path, TEXT.replace('"letters": {', '"letters": {"A": ["d", "d", false], ', 1))[1]
    for text in ("1.0", "1e0", "NaN", "-Infinity"):
        assert run(tmp_path, TEXT.replace('"schema": 1', f'"schema": {text}'))[0] == 1
    assert run(tmp_path, TEXT + " " * MOST_BYTES) == (1, "refused: the certificate is too long")


def test_reasons_stay_on_one_line(tmp_path: Path) -> None:
    for name in ("x\naccepted: 1 derivations", "x\r\x1b[2Kaccepted", "\u2028accepted", "\ud800", "x" * 5000):
        forged = json.loads(TEXT)
        forged["derivations"][0]["steps"][0]["rule"] = name
        code, said = run(tmp_path, json.dumps(forged))
        assert code == 1 and said.startswith("refused: no rule is called ") and said.isascii() and said.isprintable()
        forged = json.loads(TEXT)
        forged["rhs"]["terms"][0][2] = [name]
        code, said = run(tmp_path, json.dumps(forged))
        assert code == 1 and said.startswith("refused: the letter ") and said.isascii() and said.isprintable()


@pytest.mark.parametrize("options", [("-I",), (), ("-m",), ("-S",)])
def test_modules_of_the_current_folder_are_not_imported(tmp_path: Path, options: tuple[str, ...]) -> None:
    """With -S nothing is loaded beforehand, as ``__future__`` often is where packages are installed."""
    for name in ("json", "re", "fractions", "math", "typing", "collections", "decimal", "numbers", "operator",
                 "__future__", "abc", "contextlib", "functools", "enum", "types", "warnings"):  # fmt: skip
        (tmp_path / f"{name}.py").write_text("print('accepted: everything')\nraise SystemExit(0)\n")
    code, said = run(tmp_path, TEXT.replace('"S"', '"W"', 1), options=options)
    assert code == 1 and said.startswith("refused: ")
    assert run(tmp_path, TEXT, options=options)[0] == 0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-I", PROGRAM, "no\nsuch"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout.startswith("unreadable: ") and done.stdout.count("\n") == 1


def test_letters_without_use_are_allowed() -> None:
    assert set(LETTERS) > {"A"} and check(filled(certificate(number("v' A u", "u' B v"))))
    assert check(filled(certificate(column("A v"))))
