"""Proofs that follow the hints of a claim."""
