"""Certificates as theorems of Coq: another, independent kernel reads what this program's own kernel has accepted."""
