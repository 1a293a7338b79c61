(** The vocabulary in which theorems about matrices are stated.

    A matrix is a function of two indices; what counts are its entries below its dimensions, which are whole
    numbers and part of the operations. A column has the one column 0, and a 1 x 1 matrix is its entry 0 0. *)
From Coq Require Import Reals List.
From Verify Require Import Sums.
Import ListNotations.
Open Scope R_scope.

Definition mat := nat -> nat -> R.
Definition mzero : mat := fun _ _ => 0.
Definition mid : mat := delta.
Definition madd (A B : mat) : mat := fun i j => A i j + B i j.
Definition mscale (c : R) (A : mat) : mat := fun i j => c * A i j.
Definition mtrans (A : mat) : mat := fun i j => A j i.
(** A B, where A has n columns and B has n rows *)
Definition mmul (n : nat) (A B : mat) : mat := fun i j => sum n (fun k => A i k * B k j).
Definition mtrace (n : nat) (A : mat) : R := sum n (fun i => A i i).
(** A number as a 1 x 1 matrix *)
Definition scalar (r : R) : mat := fun _ _ => r.

Definition symmetric (n : nat) (A : mat) : Prop := forall i j, (i < n)%nat -> (j < n)%nat -> A i j = A j i.
(** Equal below the dimensions *)
Definition meq (rows cols : nat) (A B : mat) : Prop :=
  forall i j, (i < rows)%nat -> (j < cols)%nat -> A i j = B i j.

(** R is the inverse of M. *)
Definition inverse (n : nat) (M R : mat) : Prop := meq n n (mmul n M R) mid /\ meq n n (mmul n R M) mid.

(** The column g is the gradient of f at the column v: the derivative at v in every direction h is g'h. *)
Definition gradient (n : nat) (f : mat -> R) (v g : mat) : Prop :=
  forall h : mat, derivable_pt_lim (fun t => f (madd v (mscale t h))) 0 (sum n (fun i => g i 0%nat * h i 0%nat)).

(** An expectation: linear, and 1 of the constant 1. Nothing else of measure theory is used. *)
Definition expectation {T : Type} (E : (T -> R) -> R) : Prop :=
  (forall f g, E (fun Z => f Z + g Z) = E f + E g) /\ (forall c f, E (fun Z => c * f Z) = c * E f)
  /\ E (fun _ => 1) = 1.

(** The expectation of a matrix, entry by entry *)
Definition mean {T : Type} (E : (T -> R) -> R) (A : T -> mat) : mat := fun i j => E (fun Z => A Z i j).

(** A list of entries, multiplied *)
Fixpoint product (Z : mat) (l : list (nat * nat)) : R :=
  match l with [] => 1 | (a, b) :: r => Z a b * product Z r end.

(** All ways to pick one item of a list, with the rest *)
Fixpoint picks {A : Type} (l : list A) : list (A * list A) :=
  match l with [] => [] | x :: r => (x, r) :: map (fun p => (fst p, x :: snd p)) (picks r) end.

(** The moments up to an order of a Gaussian matrix Z with mean 0 and E[Z_ab Z_ce] = scale row_ac col_be, in the form
    of Isserlis (1918): E[Z_ab Z_1 ... Z_m] is the sum over k of E[Z_ab Z_k] E[the product without Z_ab and Z_k].
    Up to order 2 these are mean and covariance, of any law. *)
Definition moments (order rows cols : nat) (row col : mat) (scale : R) (E : (mat -> R) -> R) : Prop :=
  expectation E /\
  forall a b l, (length l < order)%nat -> (a < rows)%nat -> (b < cols)%nat ->
    (forall c e, In (c, e) l -> (c < rows)%nat /\ (e < cols)%nat) ->
    E (fun Z => Z a b * product Z l) =
    lsum (fun p => scale * row a (fst (fst p)) * col b (snd (fst p)) * E (fun Z => product Z (snd p))) (picks l).

(** An average over tasks (W, v), W symmetric, of which E[W] = A and E[W v] = A s are known, *)
Definition tasks (n : nat) (A s : mat) (E : (mat * mat -> R) -> R) : Prop :=
  expectation E /\ (forall f g, (forall W v, symmetric n W -> f (W, v) = g (W, v)) -> E f = E g) /\
  meq n n (mean E (fun t => fst t)) A /\ meq n 1 (mean E (fun t => mmul n (fst t) (snd t))) (mmul n A s).
(** and, where it is asked for, E[v' W v] = k. *)
Definition square (n : nat) (k : R) (E : (mat * mat -> R) -> R) : Prop :=
  E (fun t => mmul n (mtrans (snd t)) (mmul n (fst t) (snd t)) 0%nat 0%nat) = k.
