(** Which numbers are integers, and induction over them. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements.
Open Scope R_scope.

Lemma int_lit z : is_int (IZR z). Proof. exists z. reflexivity. Qed.
Lemma int_nat n : is_int (INR n). Proof. exists (Z.of_nat n). apply INR_IZR_INZ. Qed.
Lemma int_eq a b : is_int a -> a = b -> is_int b. Proof. intros H <-. exact H. Qed.

Lemma int_add a b : is_int a -> is_int b -> is_int (a + b).
Proof. intros [x ->] [y ->]. exists (x + y)%Z. symmetry. apply plus_IZR. Qed.

Lemma int_mul a b : is_int a -> is_int b -> is_int (a * b).
Proof. intros [x ->] [y ->]. exists (x * y)%Z. symmetry. apply mult_IZR. Qed.

Lemma int_opp a : is_int a -> is_int (- a).
Proof. intros [x ->]. exists (- x)%Z. symmetry. apply opp_IZR. Qed.

Lemma int_abs a : is_int a -> is_int (Rabs a).
Proof. intros [x ->]. exists (Z.abs x). symmetry. apply abs_IZR. Qed.

Lemma int_min a b : is_int a -> is_int b -> is_int (Rmin a b).
Proof. intros. unfold Rmin. destruct (Rle_dec a b); assumption. Qed.

Lemma int_max a b : is_int a -> is_int b -> is_int (Rmax a b).
Proof. intros. unfold Rmax. destruct (Rle_dec a b); assumption. Qed.

(** A literal exponent; for one that is a term see [int_pw] in Powers.v. *)
Lemma int_pow a k : is_int a -> is_int (a ^ k).
Proof. intro H. induction k; [apply int_lit | apply int_mul; assumption]. Qed.

(** The new variable of the rule [bound], for an integer between bounds that are integers. *)
Lemma int_low a x s : is_int x -> is_int a -> x = a + s -> is_int s.
Proof. intros H K E. apply (int_eq (x + - a)); [apply int_add; [exact H | apply int_opp, K] | lra]. Qed.

Lemma int_high b x s : is_int x -> is_int b -> x = b - s -> is_int s.
Proof. intros H K E. apply (int_eq (b + - x)); [apply int_add; [exact K | apply int_opp, H] | lra]. Qed.

(** An integer from another on is that one plus a natural number. *)
Lemma int_from a k : is_int a -> is_int k -> a <= k -> exists n, k = a + INR n.
Proof.
  intros [x ->] [y ->] L. apply le_IZR in L. exists (Z.to_nat (y - x)).
  rewrite INR_IZR_INZ, Z2Nat.id, minus_IZR by lia. ring.
Qed.

Lemma int_ind (P : R -> Prop) a k :
  is_int a -> is_int k -> a <= k -> P a -> (forall j, is_int j -> a <= j -> P j -> P (j + 1)) -> P k.
Proof.
  intros A K L B Step. destruct (int_from a k A K L) as [n ->]. clear K L.
  induction n as [|n IH]; [rewrite Rplus_0_r; exact B | rewrite S_INR, <- Rplus_assoc; apply Step].
  - apply int_add; [exact A | apply int_nat].
  - generalize (pos_INR n). lra.
  - exact IH.
Qed.
