(** There are such laws: what theorems assume of expectations and of averages over tasks can be had. *)
From Coq Require Import Reals Lra Lia List.
From Verify Require Import Sums Matrices.
Import ListNotations.
Open Scope R_scope.

(** Three points with the moments of a Gaussian number up to order 4 *)
Definition three_points (f : mat -> R) : R :=
  2 / 3 * f (scalar 0) + (1 / 6 * f (scalar (sqrt 3)) + 1 / 6 * f (scalar (- sqrt 3))).

Lemma three_points_moments : moments 4 1 1 mid mid 1 three_points.
Proof.
  split.
  - unfold expectation, three_points. repeat split; intros; field.
  - intros a b l L A B I.
    assert (S : sqrt 3 * sqrt 3 = 3) by (apply sqrt_sqrt; lra).
    assert (Q : sqrt 3 * (sqrt 3 * (sqrt 3 * sqrt 3)) = 9) by (rewrite S; rewrite <- Rmult_assoc, S; ring).
    assert (H : forall c e, In (c, e) l -> c = 0%nat /\ e = 0%nat) by (intros c e K; specialize (I c e K); lia).
    replace a with 0%nat by lia. replace b with 0%nat by lia. clear I A B.
    destruct l as [|[c e] [|[c' e'] [|[c'' e''] [|x l]]]]; simpl in L; try lia; simpl in H;
      try (destruct (H c e) as [-> ->]; [auto|]); try (destruct (H c' e') as [-> ->]; [auto|]);
      try (destruct (H c'' e'') as [-> ->]; [auto|]); clear H;
      unfold three_points, scalar, mid, delta; simpl; try lra.
Qed.

(** One task *)
Lemma one_task n A s : symmetric n A -> tasks n A s (fun f => f (A, s)) /\
  square n (mmul n (mtrans s) (mmul n A s) 0%nat 0%nat) (fun f => f (A, s)).
Proof.
  intro H. split; [|reflexivity]. repeat split.
  intros f g K. apply K, H.
Qed.
