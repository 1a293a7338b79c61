"""The search for counterexamples and the one door through which they come.

refute.py searches and makes what it finds small; candidates.py lists where to look, from points.py (grids),
sampler.py (points of a domain), cells.py (between the roots on a line), rational_roots.py (equations solved),
local_minima.py (floats) and z3_models.py.
irrational.py finds points with roots, logarithms and exponentials. witness.py accepts a counterexample if the exact
evaluation and second_opinion.py, with interval_numbers.py, agree. matrix_points.py and matrix_values.py do all of this
for identities of matrices.
"""
