(** From the kernel's normal form to statements as one writes them, and back: steps for the proofs of a library. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

(** What is positive by its form, from variables and differences that are. *)
Ltac positive :=
  match goal with
  | |- 0 < _ + _ => apply Rplus_lt_0_compat; positive
  | |- 0 < _ * _ => apply Rmult_lt_0_compat; positive
  | |- 0 < _ / _ => apply Rdiv_lt_0_compat; positive
  | |- 0 < _ ^ _ => apply pow_lt; positive
  | |- 0 < sqrt _ => apply sqrt_lt_R0; positive
  | |- 0 < exp _ => apply exp_pos
  | |- 0 < _ - _ => apply Rlt_Rminus; assumption
  | |- 0 < IZR _ => apply IZR_lt; reflexivity
  | |- _ => assumption
  end.

(** When terms are defined, where that is plain. *)
Ltac plainly :=
  match goal with
  | |- True => exact I
  | |- _ /\ _ => split; plainly
  | |- _ \/ _ => first [left; plainly | right; plainly]
  | |- _ <> 0 => apply Rgt_not_eq, Rlt_gt; positive
  | |- 0 < _ => positive
  | |- 0 <= _ => apply Rlt_le; positive
  end.

(** ** Connectives

    In the normal form there are only [and], [or] and relations; what is asked may have [->], [<->], [~], [>], [>=].
    These steps are for relations between variables: where whole terms stand there, Coq would try to compute them. *)

Ltac absurd_ :=
  match goal with
  | H : False |- _ => destruct H
  | A : ?a < ?b, B : ?b <= ?a |- _ => destruct (Rlt_not_le _ _ A B)
  | A : ?a < ?b, B : ?b < ?a |- _ => destruct (Rlt_asym _ _ A B)
  | A : ?a <> ?b, B : ?a = ?b |- _ => destruct (A B)
  end.

Ltac told :=
  repeat (cbv beta in *; match goal with
  | H : _ /\ _ |- _ => destruct H
  | H : ?A <-> ?B |- _ => destruct H
  | H : _ > _ |- _ => apply Rgt_lt in H
  | H : _ >= _ |- _ => apply Rge_le in H
  | H : ~ (_ < _) |- _ => apply Rnot_lt_le in H
  | H : ~ (_ <= _) |- _ => apply Rnot_le_lt in H
  | H : ?A -> ?B, a : ?A |- _ => specialize (H a)
  | H : _ \/ _ |- _ => destruct H
  end; try absurd_).

Ltac asked :=
  match goal with
  | |- True => exact I
  | |- _ => assumption
  | |- _ /\ _ => split; asked
  | |- _ <-> _ => split; asked
  | |- _ > _ => apply Rlt_gt; asked
  | |- _ >= _ => apply Rle_ge; asked
  | |- ~ _ => intro; told; absurd_
  | |- _ <> _ => intro; told; absurd_
  | |- _ -> _ => intro; told; asked
  | |- _ \/ _ => first [left; asked | right; asked]
  | |- _ => absurd_
  end.

Ltac settle := told; asked.
