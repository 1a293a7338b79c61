"""The graph of claims: what rests on what, as data and as a picture.

dependencies.py finds what rests on what, and what falls with a claim; network.py is that with what is known of each
claim, as JSON has it. dot.py writes it in Graphviz's language. layers.py finds places for what hangs together,
placement.py for all of it; appearance.py says how verdicts and dependencies look, shapes.py draws outlines and lines,
legend.py says what they mean, svg.py draws the whole.
"""
