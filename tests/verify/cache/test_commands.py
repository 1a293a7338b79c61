"""The cache as the user of `verify check` meets it: the same bytes, and less work."""

from __future__ import annotations

from verify.evidence import run

MODULE = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.mean", "Arithmetic and harmonic mean", Inequality(2 / (1 / x + 1 / y), "<=", (x + y) / 2), DOMAIN)
    yield Claim("my.square", "A square", Inequality((x - y)**2, ">=", sp.Integer(0)), DOMAIN)
"""


def test_a_second_run_gives_the_same_bytes_and_finds_nothing_anew(check, expected, monkeypatch):
    assert check() == expected
    assert (check.line, check.err) == (check.none_cached, "")

    def unwanted(*args: object) -> None:
        raise AssertionError("a route ran although nothing has changed")

    monkeypatch.setattr(run, "gather", unwanted)
    for workers in ("1", "2"):
        assert check("--workers", workers) == expected
        assert (check.line, check.err) == (check.all_cached, "")


def test_some_claims_of_a_cache_that_has_more(check, filled, expected):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    check(claims=("S0.solution.erm",))
    assert check.line == "cache: 5 of 5 claims unchanged, 5 certificates re-checked"
    check(claims=("S0.solution.erm", "T2.domain"))
    assert check.line == "cache: 5 of 6 claims unchanged, 5 certificates re-checked"
    assert check() == expected
    assert check.line == check.all_cached


def test_no_cache_neither_reads_nor_writes(check, filled, expected):
    assert check("--no-cache") == expected
    assert not check.path.parent.exists()
    assert check.line == ""
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    assert check("--no-cache") == expected
    assert check.path.read_bytes() == filled
    assert check.line == ""


def test_no_key_is_computed_when_nothing_has_changed(check, filled, expected, monkeypatch):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    monkeypatch.setattr("verify.cache.keys.keys_of", None)
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")


def test_an_interrupted_run_is_resumed(check, expected, monkeypatch):
    done: list[str] = []

    def interrupt(name: str) -> None:
        done.append(name)
        if len(done) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        original = run.check
        patched.setattr(run, "check", lambda ids, **more: original(ids, **{**more, "progress": interrupt}))
        check.verify("check", *check.claims, "--workers", "1")
    assert check.code == 130
    assert check() == expected
    assert check.line.startswith("cache: 3 of 11 claims unchanged")


def test_claims_of_a_user_are_kept_until_they_change(check):
    file = check.folder / "mine.py"
    file.write_text(MODULE)
    first = check(claims=(str(file),))
    assert check.line == "cache: 0 of 2 claims unchanged, 0 certificates re-checked"
    assert check(claims=(str(file),)) == first
    assert check.line == "cache: 2 of 2 claims unchanged, 2 certificates re-checked"
    file.write_text(MODULE.replace("(x - y)**2", "(x - 2*y)**2") + "\n# a comment is no part of a claim\n")
    assert check("--no-cache", claims=(str(file),)) == check(claims=(str(file),))
    assert check.line == "cache: 1 of 2 claims unchanged, 1 certificate re-checked"


def test_an_open_claim_is_kept_as_open(check):
    """The search for a proof counts its work, so that it would end in the same way again."""
    file = check.folder / "open.py"
    file.write_text(MODULE.replace('(x - y)**2, ">=", sp.Integer(0)', 'x**2, "!=", sp.Integer(2)'))
    first = check(claims=(str(file),))
    assert check(claims=(str(file),)) == first
    assert check.line == "cache: 2 of 2 claims unchanged, 1 certificate re-checked"


def test_what_a_clock_has_decided_is_not_kept(check, monkeypatch):
    from verify.evidence.results import Evidence
    from verify.evidence.routes import proof
    from verify.language.verdict import Verdict

    file = check.folder / "mine.py"
    file.write_text(MODULE)
    braked = proof.Proof(Evidence("proof", Verdict.INCONCLUSIVE, "ended by the brake", timed=True))
    with monkeypatch.context() as patched:
        patched.setattr(proof, "prove_claim", lambda claim, table: braked)
        check(claims=(str(file),))
    check(claims=(str(file),))
    assert check.line == "cache: 0 of 2 claims unchanged, 0 certificates re-checked"


def test_a_claim_that_cannot_be_described_is_checked_and_not_kept(check):
    file = check.folder / "odd.py"
    odd = "class Odd(Inequality):\n    pass\n\n\ndef claims():"
    file.write_text(MODULE.replace("def claims():", odd).replace("Inequality((x - y)", "Odd((x - y)"))
    for _ in range(2):
        check(claims=(str(file),))
        assert (check.code, check.err) == (0, "")
    assert check.line == "cache: 1 of 2 claims unchanged, 1 certificate re-checked"


def test_why_says_what_is_kept(check, filled):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    out = check.verify("why", "S0.solution.erm")
    assert "proof: proved: certificate accepted by the checker" in out
    assert out.count("cached, made at ") == 4
    assert "S0.solution: proved" in out
    out = check.verify("why", "T2.domain")
    assert "to be verified" in out
    assert "proof: no evidence is kept" in out
