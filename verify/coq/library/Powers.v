(** Powers, one function of two numbers. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Integers.
Open Scope R_scope.

(** [pw x y] is x to the power y: the ring power for an integer y, exp (y ln x) for x > 0 otherwise, and 0 where x <= 0
    and y is not an integer (x^(1/3) is 0 at 0; nothing is claimed for x < 0). *)
Definition pw (x y : R) : R :=
  if Req_EM_T y (IZR (Int_part y)) then powerRZ x (Int_part y) else if Rlt_dec 0 x then Rpower x y else 0.
Lemma Int_part_IZR z : Int_part (IZR z) = z.
Proof. unfold Int_part. generalize (archimed (IZR z)). intros [A B].
  assert (z < up (IZR z))%Z by (apply lt_IZR; lra). assert (up (IZR z) <= z + 1)%Z by (apply le_IZR; rewrite plus_IZR; lra). lia. Qed.
Lemma pw_int x z : pw x (IZR z) = powerRZ x z.
Proof. unfold pw. rewrite Int_part_IZR. destruct (Req_EM_T (IZR z) (IZR z)); [reflexivity | exfalso; auto]. Qed.
Lemma pw_lit x p : pw x (IZR (Zpos p)) = x ^ (Pos.to_nat p). Proof. rewrite pw_int. reflexivity. Qed.
Lemma pw_lit0 x : pw x 0 = x ^ 0. Proof. rewrite pw_int. reflexivity. Qed.
Lemma pw_neg x p : pw x (IZR (Zneg p)) = / (x ^ (Pos.to_nat p)). Proof. rewrite pw_int. reflexivity. Qed.
Lemma pw_pos x y : 0 < x -> pw x y = Rpower x y.
Proof. intro H. unfold pw. destruct (Req_EM_T y (IZR (Int_part y))) as [E|E].
  - rewrite powerRZ_Rpower by exact H. rewrite <- E. reflexivity.
  - destruct (Rlt_dec 0 x); [reflexivity | contradiction]. Qed.
Lemma Rpower_pos x y : 0 < Rpower x y. Proof. unfold Rpower; apply exp_pos. Qed.
Lemma pw_nat x n : pw x (INR n) = x ^ n.
Proof. rewrite INR_IZR_INZ, pw_int. symmetry. apply pow_powerRZ. Qed.
Lemma int_pw a n : is_int a -> is_int n -> 0 <= n -> is_int (pw a n).
Proof. intros A N P. destruct (int_nat n N P) as [k ->]. rewrite pw_nat. apply int_pow. exact A. Qed.
