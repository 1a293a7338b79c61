"""The checkers of certificates: what has to be trusted. Standard library only."""
