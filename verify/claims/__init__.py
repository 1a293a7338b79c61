"""What can be claimed: statements over domains, their vocabulary and units, files of claims, sequents for the prover."""
