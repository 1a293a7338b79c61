(** The power [pw] of two real numbers, where it is a whole power and where it is a real one. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Integers.
Open Scope R_scope.

Lemma Int_part_IZR z : Int_part (IZR z) = z.
Proof.
  destruct (archimed (IZR z)) as [A B]. unfold Int_part.
  assert (z < up (IZR z))%Z by (apply lt_IZR; lra).
  assert (up (IZR z) <= z + 1)%Z by (apply le_IZR; rewrite plus_IZR; lra).
  lia.
Qed.

(** ** Whole exponents *)

Lemma pw_int x z : pw x (IZR z) = powerRZ x z.
Proof. unfold pw. rewrite Int_part_IZR. destruct (Req_EM_T (IZR z) (IZR z)); [reflexivity | contradiction]. Qed.

(** What is written with a literal exponent is Coq's power of a natural one, or its inverse. *)
Lemma pw_lit x p : pw x (IZR (Zpos p)) = x ^ Pos.to_nat p. Proof. apply pw_int. Qed.
Lemma pw_lit0 x : pw x 0 = x ^ 0. Proof. apply pw_int. Qed.
Lemma pw_neg x p : pw x (IZR (Zneg p)) = / (x ^ Pos.to_nat p). Proof. apply pw_int. Qed.

Lemma pw_nat x n : pw x (INR n) = x ^ n.
Proof. rewrite INR_IZR_INZ, pw_int. symmetry. apply pow_powerRZ. Qed.

(** An integer that is not negative is a natural number: what [^] says of it holds for [pw]. *)
Lemma natural n : is_int n -> 0 <= n -> exists k, n = INR k.
Proof. intros H L. destruct (int_from 0 n (int_lit 0) H L) as [k ->]. exists k. ring. Qed.

Lemma int_pw a b : is_int a -> is_int b -> 0 <= b -> is_int (pw a b).
Proof. intros A B L. destruct (natural b B L) as [k ->]. rewrite pw_nat. apply int_pow, A. Qed.

(** ** Positive bases *)

Lemma Rpower_pos x y : 0 < Rpower x y. Proof. apply exp_pos. Qed.

Lemma pw_pos x y : 0 < x -> pw x y = Rpower x y.
Proof.
  intro H. unfold pw. destruct (Req_EM_T y (IZR (Int_part y))) as [E|E].
  - rewrite powerRZ_Rpower, <- E by exact H. reflexivity.
  - destruct (Rlt_dec 0 x); [reflexivity | contradiction].
Qed.

Lemma Rpower_inv a c : 0 < a -> Rpower (/ a) c = / Rpower a c.
Proof. intro H. unfold Rpower. rewrite ln_Rinv, <- exp_Ropp by exact H. f_equal. ring. Qed.

Lemma ln_neg a : 0 < a -> a < 1 -> ln a < 0.
Proof. intros H K. rewrite <- ln_1. apply ln_increasing; assumption. Qed.
