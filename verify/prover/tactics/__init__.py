"""The methods of the general prover, one a file."""
