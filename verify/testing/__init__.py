"""For tests of one's own.

strategies.py draws numbers, covariances and points of a claim's domain for Hypothesis. agreement.py tests a function
against a closed form. pytest_plugin.py makes claims test items, and has a fixture for agreement.
"""
