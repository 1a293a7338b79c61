"""What rests on what with what is known of each claim: what pictures are drawn of, and what ``--json`` writes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.claims.claim import Claim
from verify.claims.full_names import is_full, parts
from verify.regression.graph.dependencies import following, graph_of, impact

SCHEMA = 1


@dataclass(frozen=True)
class Known:
    """What is known of one claim: its verdict, the routes that speak for it, who proved it again.

    ``witness`` is the counterexample of a refuted one in a line, ``origin`` where this is from, if not from a check.
    """

    verdict: str = "not checked yet"
    evidence: tuple[str, ...] = ()
    kernel: str = ""
    witness: str = ""
    origin: str = ""


UNKNOWN = Known()


@dataclass(frozen=True)
class Node:
    """A claim in the graph, ``main`` where it is a main result; ``falls`` are the claims that fall with it.

    ``elsewhere`` are those of other theories, pairs of full name and title. ``page`` is the address of the claim's page
    on the site of its theory, empty where it has none: that is so for a claim of another theory.
    """

    id: str
    title: str
    expected: bool
    main: bool
    family: str
    page: str
    known: Known
    falls: tuple[str, ...]
    elsewhere: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "expected": "true" if self.expected else "false",
            "main": self.main,
            "verdict": self.known.verdict,
            "evidence": list(self.known.evidence),
            "kernel": self.known.kernel,
            "witness": self.known.witness,
            "origin": self.known.origin,
            "family": self.family,
            "page": self.page,
            "falls": list(self.falls),
            "falls elsewhere": [{"id": name, "title": title} for name, title in self.elsewhere],
        }


@dataclass(frozen=True)
class Edge:
    """``claim`` rests on ``on``; ``follows`` tells that other edges of its kind lead there too, step by step."""

    claim: str
    on: str
    kind: str
    follows: bool

    def to_json(self) -> dict[str, Any]:
        return {"from": self.claim, "to": self.on, "kind": self.kind, "follows": self.follows}


@dataclass(frozen=True)
class Network:
    """The graph of claims, in reading order."""

    theory: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def to_json(self) -> dict[str, Any]:
        nodes, edges = [n.to_json() for n in self.nodes], [e.to_json() for e in self.edges]
        return {"schema": SCHEMA, "theory": self.theory, "claims": nodes, "edges": edges}


def network(
    table: Mapping[str, Claim],
    known: Mapping[str, Known],
    *,
    theory: str = "",
    shown: Iterable[str] | None = None,
    main: Collection[str] = (),
    page: Callable[[str], str] = lambda claim: "",
    elsewhere: Mapping[str, Mapping[str, Claim]] | None = None,
) -> Network:
    """The graph of the claims of a table that are shown, by default all; what falls is looked for in all of it.

    ``main`` are the main results, ``page`` gives the address of a claim's page. ``elsewhere`` maps ids to the claims of
    other theories that fall with them.
    """
    graph = graph_of(table)
    wanted = set(table if shown is None else shown)
    part = graph.subgraph(wanted)
    others = elsewhere or {}
    nodes = tuple(
        Node(
            id=name,
            title=claim.title,
            expected=claim.expected,
            main=name in main,
            family=family(name),
            page="" if is_full(name) else page(name),
            known=known.get(name, UNKNOWN),
            falls=tuple(impact(graph, name)),
            elsewhere=tuple((other, found.title) for other, found in others.get(name, {}).items()),
        )
        for name, claim in table.items()
        if name in wanted
    )
    follows = following(part)
    edges = ((a, b, data["kind"]) for a, b, data in graph.edges(data=True) if a in wanted and b in wanted)
    return Network(theory, nodes, tuple(Edge(a, b, kind, (a, b) in follows) for a, b, kind in edges))


def family(name: str) -> str:
    """What claims are sorted by: the theory of one that is cited, else the part of the id before the first dot.

    >>> family("T2.at"), family("descent:GD.step")
    ('T2', 'descent')
    """
    theory, own = parts(name)
    return theory or own.partition(".")[0]
