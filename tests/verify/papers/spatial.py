"""Trees and claims about vectors as short texts, and a prover for tests that notes what it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verify.language.verdict import Verdict
from verify.papers.check import check
from verify.papers.scanner import scan
from verify.papers.spatial_decide import Found
from verify.papers.step import CheckedStep
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Declared, Node


def shown(node: Node) -> str:
    """A tree as a text, with brackets around every sum, product, quotient and power."""
    args = [shown(a) if isinstance(a, Node) else str(a) for a in node.args]
    if node.op in ("number", "name"):
        return args[0]
    if node.op in ("+", "*", "/", "^") and len(args) > 1:
        return "(" + f" {node.op} ".join(args) + ")"
    if node.op == "-":
        return f"-{args[0]}"
    if node.op == "at":
        return f"{args[0]}[{args[1]}]"
    return f"{node.op}({'; '.join(args)})"


def shown_chain(chain: Chain) -> str:
    """A chain as a text, with its ranges."""
    out = shown(chain.terms[0])
    for relation, term in zip(chain.relations, chain.terms[1:], strict=True):
        out += f" {relation} {shown(term)}"
    return out + "".join(f" for {r.name} in {shown(r.lower)}..{shown(r.upper)}" for r in chain.ranges)


def shown_declarations(claim: Claim) -> list[str]:
    """The declarations of a claim, without those of plain numbers."""
    out = []
    for d in claim.declarations:
        if isinstance(d, Declared) and d.kind != "real":
            out.append(f"{', '.join(d.names)}: {'random ' if d.random else ''}{d.kind}")
        elif isinstance(d, ClassOf):
            out.append(f"{d.name}: {d.what}" + (f" {shown(d.parameter)}" if d.parameter is not None else ""))
    return out


@dataclass
class Asked:
    """A prover that notes the claims it is asked about, and always says the same; only whole claims are noted."""

    found: Found = Found(Verdict.INCONCLUSIVE)
    claims: list[Claim] = field(default_factory=list)
    seconds: float = 5

    def __call__(self, claim: Claim, work: int, *, thorough: bool = True) -> Found:
        if work < self.seconds * 1_000_000:
            return Found(Verdict.INCONCLUSIVE)  # less is assumed than in the whole claim
        self.claims.append(claim)
        return self.found


def asked(*lines: str, found: Found | None = None, everything: bool = False) -> tuple[list[CheckedStep], list[Claim]]:
    """The steps of some lines, and the claims that a prover is asked about."""
    prover = Asked(found or Found(Verdict.INCONCLUSIVE))
    steps = check(scan("\n".join(lines)), spatial=prover, seconds=prover.seconds, everything=everything)
    assert not any("internal error" in s.why for s in steps), steps
    return steps, prover.claims


def goals(*lines: str) -> list[str]:
    """The goals that some lines ask about, in the order of the steps."""
    steps, claims = asked(*lines)
    assert not [s for s in steps if s.status == "not understood"], steps
    return [shown_chain(claim.goal) for claim in claims]


def refusals(*lines: str) -> list[tuple[int, int, str]]:
    """Where something is not understood, and what."""
    steps: Sequence[CheckedStep] = asked(*lines)[0]
    return [(s.line, s.column, s.why) for s in steps if s.status == "not understood"]
