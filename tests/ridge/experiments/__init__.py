"""Runs of the estimator with a table and a figure."""

NAMES = ("shrinkage",)
