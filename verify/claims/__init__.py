"""What can be claimed: statements over domains, what symbols mean, files of claims, sequents for the prover."""
