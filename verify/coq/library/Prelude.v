(** Everything that an exported theorem is stated and proved with. *)
From Verify Require Export Signs PowerSigns Terms Integers Powers Axioms PowerAxioms Limits.
