"""The search for a point that refutes a statement, and the two evaluations that must agree on it."""
