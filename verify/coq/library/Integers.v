(** Whole numbers among the reals. *)
From Coq Require Import Reals Lra Lia ZArith.
Open Scope R_scope.

(** [is_int x]: the real number x is a whole number. *)
Definition is_int (x : R) : Prop := exists z : Z, x = IZR z.
Lemma int_lit z : is_int (IZR z). Proof. exists z; reflexivity. Qed.
Lemma int_add a b : is_int a -> is_int b -> is_int (a + b). Proof. intros [x ->] [y ->]; exists (x + y)%Z; symmetry; apply plus_IZR. Qed.
Lemma int_mul a b : is_int a -> is_int b -> is_int (a * b). Proof. intros [x ->] [y ->]; exists (x * y)%Z; symmetry; apply mult_IZR. Qed.
Lemma int_opp a : is_int a -> is_int (- a). Proof. intros [x ->]; exists (- x)%Z; symmetry; apply opp_IZR. Qed.
Lemma int_abs a : is_int a -> is_int (Rabs a). Proof. intros [x ->]; exists (Z.abs x); symmetry; apply abs_IZR. Qed.
Lemma int_min a b : is_int a -> is_int b -> is_int (Rmin a b). Proof. intros; unfold Rmin; destruct (Rle_dec a b); assumption. Qed.
Lemma int_max a b : is_int a -> is_int b -> is_int (Rmax a b). Proof. intros; unfold Rmax; destruct (Rle_dec a b); assumption. Qed.
Lemma int_eq a b : is_int a -> a = b -> is_int b. Proof. intros H <-; exact H. Qed.
Lemma int_ind (P : R -> Prop) a k : is_int a -> is_int k -> a <= k -> P a -> (forall j, is_int j -> a <= j -> P j -> P (j + 1)) -> P k.
Proof. intros [x ->] [y ->] L B Step. apply le_IZR in L.
  assert (G : forall n : nat, P (IZR x + INR n)).
  { induction n as [|n IH]. { replace (IZR x + INR 0) with (IZR x) by (simpl; ring). exact B. }
    replace (IZR x + INR (S n)) with (IZR x + INR n + 1) by (rewrite S_INR; ring). apply Step; [|generalize (pos_INR n); lra | exact IH].
    apply int_add; [apply int_lit | exists (Z.of_nat n); apply INR_IZR_INZ]. }
  specialize (G (Z.to_nat (y - x))). rewrite INR_IZR_INZ, Z2Nat.id, minus_IZR in G by lia.
  replace (IZR x + (IZR y - IZR x)) with (IZR y) in G by ring. exact G. Qed.
Lemma int_pow a n : is_int a -> is_int (a ^ n).
Proof. intro H. induction n as [|n IH]; simpl; [exact (int_lit 1) | apply int_mul; assumption]. Qed.
Lemma int_low a x s : is_int x -> is_int a -> x = a + s -> is_int s.
Proof. intros H K E. apply (int_eq (x + - a)); [apply int_add; [exact H | apply int_opp; exact K] | lra]. Qed.
Lemma int_high b x s : is_int x -> is_int b -> x = b - s -> is_int s.
Proof. intros H K E. apply (int_eq (b + - x)); [apply int_add; [exact K | apply int_opp; exact H] | lra]. Qed.
(** A natural number is one of Coq's. *)
Lemma int_nat a : is_int a -> 0 <= a -> exists n : nat, a = INR n.
Proof. intros [z ->] H. apply le_IZR in H. exists (Z.to_nat z). rewrite INR_IZR_INZ, Z2Nat.id by exact H. reflexivity. Qed.
