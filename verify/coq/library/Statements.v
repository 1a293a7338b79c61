(** What the exported theorems are stated with, beside the real numbers of Coq's standard library.

    Nobody has to read the other files to know what a theorem says: they hold lemmas, and no definition that a
    statement mentions. *)
From Coq Require Import Reals.
Open Scope R_scope.

(** The real number [x] is an integer. *)
Definition is_int (x : R) : Prop := exists z : Z, x = IZR z.

(** [x] to the power [y]: the whole power for an integer [y]; exp (y ln x) for another [y] and [0 < x]; otherwise 0,
    which is meant for [x = 0 < y], as in 0^(1/3) = 0. For [x < 0] and a [y] that is no integer, and for 0 to a negative
    power, nothing is claimed: statements ask for their definedness beside them. *)
Definition pw (x y : R) : R :=
  if Req_EM_T y (IZR (Int_part y)) then powerRZ x (Int_part y) else if Rlt_dec 0 x then Rpower x y else 0.

(** [f] tends to [v] at infinity, and at 0 from the right. *)
Definition limit_oo (f : R -> R) (v : R) : Prop :=
  forall eps, 0 < eps -> exists M, forall x, M < x -> Rabs (f x - v) < eps.
Definition limit_0 (f : R -> R) (v : R) : Prop :=
  forall eps, 0 < eps -> exists d, 0 < d /\ forall x, 0 < x < d -> Rabs (f x - v) < eps.
