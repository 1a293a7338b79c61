"""What rests on what, and what falls if a claim is false."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from verify.claims.claim import Claim

PROVE, STATE, BOTH = "prove", "state", "state and prove"


def graph_of(table: Mapping[str, Claim]) -> nx.DiGraph:
    """An edge from each claim to every claim it rests on; ``kind`` tells whether to state it or to prove it.

    A claim is stated with those that define what it mentions, where the table has them.
    """
    graph = nx.DiGraph()
    for claim in table.values():
        graph.add_node(claim.id, title=claim.title)
        needed = [name for name in claim.needed_to_state if name in table or name in claim.states_with]
        for kind, names in ((STATE, needed), (PROVE, claim.rests_on)):
            for name in names:
                if graph.has_edge(claim.id, name):
                    graph.edges[claim.id, name]["kind"] = BOTH
                else:
                    graph.add_edge(claim.id, name, kind=kind)
    return graph


def impact(graph: nx.DiGraph, claim: str) -> list[str]:
    """Every claim that rests on this one, transitively, in the order of the graph."""
    falls = nx.ancestors(graph, claim)
    return [name for name in graph if name in falls]


def following(graph: nx.DiGraph) -> set[tuple[str, str]]:
    """The edges that a picture can do without: a path of edges of the same kind leads there too.

    One that is needed to state and to prove counts as both kinds, and follows if it does as each of them.
    """
    kept = set[tuple[str, str]]()
    for kind in (PROVE, STATE):
        part = nx.DiGraph()
        part.add_nodes_from(graph)
        part.add_edges_from((a, b) for a, b, data in graph.edges(data=True) if data["kind"] in (kind, BOTH))
        kept |= set(nx.transitive_reduction(part).edges)
    return set(graph.edges) - kept
