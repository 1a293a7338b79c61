(** The same for powers. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Signs PowerSigns Terms Integers Powers Axioms.
Open Scope R_scope.

Lemma ax_power_zero b : 0 < b -> pw 0 b = 0.
Proof. intro H. unfold pw. destruct (Req_EM_T b (IZR (Int_part b))) as [E|E].
  - rewrite E in H. apply lt_IZR in H. destruct (Int_part b) as [|p|p]; try lia. simpl. apply pow_i. lia.
  - destruct (Rlt_dec 0 0); [lra | reflexivity]. Qed.
Lemma ax_power_natural_sum a m n : is_int m -> is_int n -> 0 <= m -> 0 <= n -> pw a (m + n) = pw a m * pw a n.
Proof. intros [x ->] [y ->] H K. rewrite <- plus_IZR, !pw_int. apply le_IZR in H; apply le_IZR in K.
  rewrite <- (Z2Nat.id x), <- (Z2Nat.id y) by assumption. rewrite <- Nat2Z.inj_add, <- !pow_powerRZ. apply pow_add. Qed.
Lemma ax_power_positive a b : 0 < a -> 0 < pw a b. Proof. intro H. rewrite pw_pos by exact H. apply Rpower_pos. Qed.
Lemma ax_power_nonzero a n : is_int n -> a <> 0 -> pw a n <> 0. Proof. intros [z ->] H. rewrite pw_int. apply powerRZ_NOR. exact H. Qed.
Lemma ax_power_sum a b c : 0 < a -> pw a (b + c) = pw a b * pw a c. Proof. intro H. rewrite !pw_pos by exact H. apply Rpower_plus. Qed.
Lemma ax_power_integer_sum a m n : is_int m -> is_int n -> a <> 0 -> pw a (m + n) = pw a m * pw a n.
Proof. intros [x ->] [y ->] H. rewrite <- plus_IZR, !pw_int. apply powerRZ_add. exact H. Qed.
Lemma ax_power_product a b c : 0 < a -> 0 < b -> pw (a * b) c = pw a c * pw b c.
Proof. intros H K. rewrite !pw_pos by (try apply Rmult_lt_0_compat; assumption). symmetry. apply Rpower_mult_distr; assumption. Qed.
Lemma ax_power_integer_product a b n : is_int n -> a <> 0 -> b <> 0 -> pw (a * b) n = pw a n * pw b n.
Proof. intros [z ->] H K. rewrite !pw_int. destruct z as [|p|p]; simpl; [ring | apply Rpow_mult_distr |].
  rewrite Rpow_mult_distr. apply Rinv_mult. Qed.
Lemma ax_power_negative a b : 0 < a -> pw a (- b) * pw a b = 1.
Proof. intro H. rewrite !pw_pos by exact H. rewrite <- Rpower_plus. replace (- b + b) with 0 by ring. apply Rpower_O; exact H. Qed.
Lemma Rpower_inv a c : 0 < a -> Rpower (/ a) c = / Rpower a c.
Proof. intro H. unfold Rpower. rewrite ln_Rinv by exact H. rewrite <- exp_Ropp. f_equal. ring. Qed.
Lemma ax_power_quotient a b c : 0 < a -> 0 < b -> pw (a / b) c = pw a c / pw b c.
Proof. intros H K. unfold Rdiv. rewrite ax_power_product by (try apply Rinv_0_lt_compat; assumption).
  f_equal. rewrite !pw_pos by (try apply Rinv_0_lt_compat; assumption). apply Rpower_inv; exact K. Qed.
Lemma ax_power_power a b c : 0 < a -> pw (pw a b) c = pw a (b * c).
Proof. intro H. rewrite (pw_pos (pw a b)) by (apply ax_power_positive; exact H). rewrite !pw_pos by exact H. apply Rpower_mult. Qed.
Lemma ax_power_exp a b : 0 < a -> pw a b = exp (b * ln a). Proof. intro H. rewrite pw_pos by exact H. reflexivity. Qed.
Lemma ax_power_base_less a b c : 0 < a -> a < b -> 0 < c -> pw a c < pw b c.
Proof. intros H K L. rewrite !pw_pos by lra. unfold Rpower. apply exp_increasing. apply Rmult_lt_compat_l; [exact L | apply ln_increasing; assumption]. Qed.
Lemma ax_power_base_at_most a b c : 0 < a -> a <= b -> 0 <= c -> pw a c <= pw b c.
Proof. intros H K L. rewrite !pw_pos by lra. unfold Rpower. apply ax_exp_at_most. apply Rmult_le_compat_l; [exact L | apply ax_log_at_most; assumption]. Qed.
Lemma ax_power_grows a b c : 1 < a -> b < c -> pw a b < pw a c.
Proof. intros H K. rewrite !pw_pos by lra. apply Rpower_lt; assumption. Qed.
Lemma ln_neg a : 0 < a -> a < 1 -> ln a < 0. Proof. intros H K. rewrite <- ln_1. apply ln_increasing; assumption. Qed.
Lemma ax_power_shrinks a b c : 0 < a -> a < 1 -> b < c -> pw a c < pw a b.
Proof. intros H K L. rewrite !pw_pos by lra. unfold Rpower. apply exp_increasing. generalize (ln_neg a H K). nra. Qed.
Lemma ax_power_grows_at_most a b c : 1 <= a -> b <= c -> pw a b <= pw a c.
Proof. intros H K. rewrite !pw_pos by lra. unfold Rpower. apply ax_exp_at_most.
  apply Rmult_le_compat_r; [rewrite <- ln_1; apply ax_log_at_most; lra | exact K]. Qed.
Lemma ax_power_shrinks_at_most a b c : 0 < a -> a <= 1 -> b <= c -> pw a c <= pw a b.
Proof. intros H K L. rewrite !pw_pos by lra. unfold Rpower. apply ax_exp_at_most.
  assert (ln a <= 0) by (rewrite <- ln_1; apply ax_log_at_most; lra). nra. Qed.
Lemma ax_power_one a : pw 1 a = 1.
Proof. rewrite pw_pos by lra. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.

(** Natural exponents allow any base: these go through Coq's own power. *)
Ltac natural := repeat match goal with
  | H : is_int ?n, K : 0 <= ?n |- _ => destruct (int_nat n H K) as [? ->]; clear H K
  end.
Lemma ax_power_natural_product a b n : is_int n -> 0 <= n -> pw (a * b) n = pw a n * pw b n.
Proof. intros; natural. rewrite !pw_nat. apply Rpow_mult_distr. Qed.
Lemma ax_power_natural_quotient a b n : is_int n -> b <> 0 -> 0 <= n -> pw (a / b) n = pw a n / pw b n.
Proof. intros; natural. rewrite !pw_nat. unfold Rdiv. rewrite Rpow_mult_distr, pow_inv. reflexivity. Qed.
Lemma ax_power_natural_power a m n : is_int m -> is_int n -> 0 <= m -> 0 <= n -> pw (pw a m) n = pw a (m * n).
Proof. intros; natural. rewrite <- mult_INR, !pw_nat, pow_mult. reflexivity. Qed.
Lemma ax_power_natural_sign a n : is_int n -> 0 <= a -> 0 <= n -> 0 <= pw a n.
Proof. intros N A H. natural. rewrite pw_nat. apply pow_le. exact A. Qed.
Lemma ax_power_natural_base_at_most a b n : is_int n -> 0 <= a -> a <= b -> 0 <= n -> pw a n <= pw b n.
Proof. intros N A L H. natural. rewrite !pw_nat. apply pow_incr. split; assumption. Qed.
Lemma pow_less a b k : 0 <= a -> a < b -> a ^ S k < b ^ S k.
Proof. intros A L. induction k as [|k IH]; [simpl; lra|]. change (a * a ^ S k < b * b ^ S k).
  apply Rmult_le_0_lt_compat; [exact A | apply pow_le; exact A | exact L | exact IH]. Qed.
Lemma ax_power_natural_base_less a b n : is_int n -> 0 <= a -> a < b -> 0 < n -> pw a n < pw b n.
Proof. intros N A L H. destruct (int_nat n N ltac:(lra)) as [[|k] ->]; [simpl in H; lra|].
  rewrite !pw_nat. apply pow_less; assumption. Qed.
(** Bernoulli's inequality, from a = 0 on. *)
Lemma ax_power_natural_tangent a n : is_int n -> 0 <= a -> 0 <= n -> 1 + n * (a + -1) <= pw a n.
Proof. intros N A H. natural. rewrite pw_nat. induction x as [|k IH]; [simpl; lra|]. rewrite S_INR.
  change (1 + (INR k + 1) * (a + -1) <= a * a ^ k). generalize (pos_INR k). intro P.
  assert (S : 0 <= a * (a ^ k - (1 + INR k * (a + -1)))) by (apply mul_PP; lra).
  assert (T : 0 <= INR k * ((a + -1) * (a + -1))) by (apply mul_PP; [exact P | apply Rle_0_sqr]). lra. Qed.
Lemma ax_power_natural_abs a n : is_int n -> 0 <= n -> Rabs (pw a n) = pw (Rabs a) n.
Proof. intros; natural. rewrite !pw_nat. symmetry. apply RPow_abs. Qed.

(** Whole exponents allow any base but 0. *)
Lemma ax_power_integer_negative a n : is_int n -> a <> 0 -> pw a (- n) * pw a n = 1.
Proof. intros [z ->] H. rewrite <- opp_IZR, !pw_int, <- powerRZ_add by exact H. replace (- z + z)%Z with 0%Z by lia. reflexivity. Qed.
Lemma pw_inv a n : is_int n -> a <> 0 -> pw (/ a) n = / pw a n.
Proof. intros [z ->] H. rewrite !pw_int. destruct z as [|p|p]; simpl; [field | apply pow_inv | rewrite pow_inv; reflexivity]. Qed.
Lemma ax_power_integer_quotient a b n : is_int n -> a <> 0 -> b <> 0 -> pw (a / b) n = pw a n / pw b n.
Proof. intros N A B. unfold Rdiv. rewrite ax_power_integer_product by (try apply Rinv_neq_0_compat; assumption).
  rewrite pw_inv by assumption. reflexivity. Qed.
Lemma powerRZ_power a x y : a <> 0 -> powerRZ (powerRZ a x) y = powerRZ a (x * y).
Proof. intro H. rewrite <- !pw_int. assert (P : forall n : nat, pw (pw a (IZR x)) (INR n) = pw a (IZR x * INR n)).
  { induction n as [|n IH]; [rewrite pw_nat; simpl; rewrite Rmult_0_r; change 0 with (INR 0); rewrite pw_nat; reflexivity|].
    rewrite S_INR, ax_power_integer_sum, IH; [| exists (Z.of_nat n); apply INR_IZR_INZ | exact (int_lit 1) |
      apply ax_power_nonzero; [exists x; reflexivity | exact H]].
    rewrite Rmult_plus_distr_l, Rmult_1_r, ax_power_integer_sum; [| | exists x; reflexivity | exact H].
    - f_equal. change 1 with (INR 1). rewrite pw_nat. ring.
    - apply int_mul; [exists x; reflexivity | exists (Z.of_nat n); apply INR_IZR_INZ]. }
  rewrite mult_IZR. destruct y as [|p|p].
  - exact (P 0%nat).
  - replace (IZR (Z.pos p)) with (INR (Pos.to_nat p)) by (rewrite INR_IZR_INZ, positive_nat_Z; reflexivity). apply P.
  - replace (IZR (Z.neg p)) with (- INR (Pos.to_nat p))
      by (rewrite INR_IZR_INZ, positive_nat_Z, <- opp_IZR; reflexivity).
    assert (Q : is_int (INR (Pos.to_nat p))) by (exists (Z.of_nat (Pos.to_nat p)); apply INR_IZR_INZ).
    assert (X : pw a (IZR x) <> 0) by (apply ax_power_nonzero; [exists x; reflexivity | exact H]).
    apply (Rmult_eq_reg_r (pw (pw a (IZR x)) (INR (Pos.to_nat p)))); [|apply ax_power_nonzero; assumption].
    rewrite ax_power_integer_negative by assumption. rewrite P, Ropp_mult_distr_r_reverse.
    symmetry. apply ax_power_integer_negative; [apply int_mul; [exists x; reflexivity | exact Q] | exact H]. Qed.
Lemma ax_power_integer_power a m n : is_int m -> is_int n -> a <> 0 -> pw (pw a m) n = pw a (m * n).
Proof. intros [x ->] [y ->] H. rewrite <- mult_IZR, !pw_int. apply powerRZ_power. exact H. Qed.
Lemma ax_power_even n : is_int n -> pw (-1) (2 * n) = 1.
Proof. intros N. rewrite <- ax_power_integer_power; [| exact (int_lit 2) | exact N | lra].
  replace (pw (-1) 2) with 1 by (rewrite (pw_lit (-1) 2); simpl; ring). apply ax_power_one. Qed.
