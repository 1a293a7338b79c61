"""What must not change unnoticed: the lock, its differences, the graph of claims, mutants and needless hypotheses."""
