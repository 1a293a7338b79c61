(** All of the library: what an exported proof requires. *)
From Verify Require Export Statements Signs Terms Integers Powers Axioms PowerAxioms Limits.
From Verify Require Export Enclosures Continuity Slopes Roots Residues Irrational.
