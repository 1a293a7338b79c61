(** The axioms of verify/kernel/reals/axioms.py about powers; see Axioms.v for the order of the arguments.

    For a positive base a power is exp (y ln x), for a natural exponent it is a product, and for a whole exponent it is
    one of a product and the inverse of one; each axiom is proved for the powers that it is about. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Signs Integers Powers Axioms.
Open Scope R_scope.

(** Exponents that are natural numbers become [INR k], and their powers [a ^ k]. *)
Ltac naturals := repeat match goal with
  | I : is_int ?n, L : 0 <= ?n |- _ => let k := fresh "k" in destruct (natural n I L) as [k ->]; clear I L
  end.

(** Powers of positive numbers become [Rpower]. *)
Ltac positive :=
  rewrite ?pw_pos by (repeat first [assumption | apply Rmult_lt_0_compat | apply Rinv_0_lt_compat | lra]).

(** ** Powers of positive numbers *)

Lemma ax_power_zero b : 0 < b -> pw 0 b = 0.
Proof.
  intro H. unfold pw. destruct (Req_EM_T b (IZR (Int_part b))) as [E|E].
  - rewrite E in H. apply lt_IZR in H. destruct (Int_part b) as [|p|p]; try lia. apply pow_i. lia.
  - destruct (Rlt_dec 0 0); [lra | reflexivity].
Qed.

Lemma ax_power_positive a b : 0 < a -> 0 < pw a b. Proof. intro. positive. apply Rpower_pos. Qed.
Lemma ax_power_sum a b c : 0 < a -> pw a (b + c) = pw a b * pw a c. Proof. intro. positive. apply Rpower_plus. Qed.
Lemma ax_power_exp a b : 0 < a -> pw a b = exp (b * ln a). Proof. intro. positive. reflexivity. Qed.

Lemma ax_power_product a b c : 0 < a -> 0 < b -> pw (a * b) c = pw a c * pw b c.
Proof. intros. positive. symmetry. apply Rpower_mult_distr; assumption. Qed.

Lemma ax_power_quotient a b c : 0 < a -> 0 < b -> pw (a / b) c = pw a c / pw b c.
Proof.
  intros H K. unfold Rdiv. positive. rewrite <- Rpower_inv by exact K. symmetry.
  apply Rpower_mult_distr; [|apply Rinv_0_lt_compat]; assumption.
Qed.

Lemma ax_power_power a b c : 0 < a -> pw (pw a b) c = pw a (b * c).
Proof. intro H. rewrite (pw_pos (pw a b)) by (apply ax_power_positive, H). positive. apply Rpower_mult. Qed.

Lemma ax_power_negative a b : 0 < a -> pw a (- b) * pw a b = 1.
Proof. intro H. positive. rewrite <- Rpower_plus, Rplus_opp_l. apply Rpower_O, H. Qed.

Lemma ax_power_one a : pw 1 a = 1.
Proof. positive. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.

(** Order: a power is exp of a product, and exp grows. *)

Lemma ax_power_base_less a b c : 0 < a -> a < b -> 0 < c -> pw a c < pw b c.
Proof. intros. positive. apply exp_increasing, Rmult_lt_compat_l; [|apply ln_increasing]; assumption. Qed.

Lemma ax_power_base_at_most a b c : 0 < a -> a <= b -> 0 <= c -> pw a c <= pw b c.
Proof. intros. positive. apply ax_exp_at_most, Rmult_le_compat_l; [|apply ax_log_at_most]; assumption. Qed.

Lemma ax_power_grows a b c : 1 < a -> b < c -> pw a b < pw a c.
Proof. intros. positive. apply Rpower_lt; assumption. Qed.

Lemma ax_power_shrinks a b c : 0 < a -> a < 1 -> b < c -> pw a c < pw a b.
Proof. intros H K L. positive. apply exp_increasing. generalize (ln_neg a H K). nra. Qed.

Lemma ax_power_grows_at_most a b c : 1 <= a -> b <= c -> pw a b <= pw a c.
Proof.
  intros. positive. apply ax_exp_at_most, Rmult_le_compat_r; [rewrite <- ln_1; apply ax_log_at_most; lra | assumption].
Qed.

Lemma ax_power_shrinks_at_most a b c : 0 < a -> a <= 1 -> b <= c -> pw a c <= pw a b.
Proof.
  intros. positive. apply ax_exp_at_most. assert (ln a <= 0) by (rewrite <- ln_1; apply ax_log_at_most; lra). nra.
Qed.

(** ** Whole powers of numbers that are not zero *)

Lemma ax_power_nonzero a n : is_int n -> a <> 0 -> pw a n <> 0.
Proof. intros [z ->] H. rewrite pw_int. apply powerRZ_NOR, H. Qed.

Lemma ax_power_integer_sum a m n : is_int m -> is_int n -> a <> 0 -> pw a (m + n) = pw a m * pw a n.
Proof. intros [x ->] [y ->] H. rewrite <- plus_IZR, !pw_int. apply powerRZ_add, H. Qed.

Lemma ax_power_integer_product a b n : is_int n -> a <> 0 -> b <> 0 -> pw (a * b) n = pw a n * pw b n.
Proof. intros [z ->] H K. rewrite !pw_int. apply powerRZ_mult. Qed.

Lemma ax_power_integer_negative a n : is_int n -> a <> 0 -> pw a (- n) * pw a n = 1.
Proof.
  intros I H. rewrite <- ax_power_integer_sum by (try apply int_opp; assumption). rewrite Rplus_opp_l. apply pw_lit0.
Qed.

Lemma ax_power_integer_quotient a b n : is_int n -> a <> 0 -> b <> 0 -> pw (a / b) n = pw a n / pw b n.
Proof.
  intros [z ->] H K. unfold Rdiv. rewrite !pw_int, powerRZ_mult. f_equal. apply powerRZ_inv'.
Qed.

Lemma powerRZ_pow a x k : a <> 0 -> powerRZ a x ^ k = powerRZ a (x * Z.of_nat k).
Proof.
  intro H. induction k as [|k IH]; [rewrite Z.mul_0_r; reflexivity|].
  rewrite Nat2Z.inj_succ, Z.mul_succ_r, powerRZ_add, <- IH by exact H. simpl. ring.
Qed.

Lemma ax_power_integer_power a m n : is_int m -> is_int n -> a <> 0 -> pw (pw a m) n = pw a (m * n).
Proof.
  intros [x ->] [y ->] H. rewrite <- mult_IZR, !pw_int. destruct y as [|p|p].
  - rewrite Z.mul_0_r. reflexivity.
  - rewrite <- positive_nat_Z, <- pow_powerRZ. apply powerRZ_pow, H.
  - replace (x * Zneg p)%Z with (- (x * Zpos p))%Z by lia.
    rewrite powerRZ_neg', <- positive_nat_Z, <- powerRZ_pow by exact H. reflexivity.
Qed.

Lemma ax_power_even n : is_int n -> pw (-1) (2 * n) = 1.
Proof.
  intro I. rewrite <- ax_power_integer_power by (first [apply int_lit | exact I | lra]).
  rewrite pw_lit. replace ((-1) ^ Pos.to_nat 2) with 1 by (simpl; ring). apply ax_power_one.
Qed.

(** ** Natural powers of any number *)

Lemma ax_power_natural_sum a m n : is_int m -> is_int n -> 0 <= m -> 0 <= n -> pw a (m + n) = pw a m * pw a n.
Proof. intros. naturals. rewrite <- plus_INR, !pw_nat. apply pow_add. Qed.

Lemma ax_power_natural_product a b n : is_int n -> 0 <= n -> pw (a * b) n = pw a n * pw b n.
Proof. intros. naturals. rewrite !pw_nat. apply Rpow_mult_distr. Qed.

Lemma ax_power_natural_quotient a b n : is_int n -> b <> 0 -> 0 <= n -> pw (a / b) n = pw a n / pw b n.
Proof. intros. naturals. unfold Rdiv. rewrite !pw_nat, Rpow_mult_distr, pow_inv. reflexivity. Qed.

Lemma ax_power_natural_power a m n : is_int m -> is_int n -> 0 <= m -> 0 <= n -> pw (pw a m) n = pw a (m * n).
Proof. intros. naturals. rewrite <- mult_INR, !pw_nat. symmetry. apply pow_mult. Qed.

Lemma ax_power_natural_sign a n : is_int n -> 0 <= a -> 0 <= n -> 0 <= pw a n.
Proof. intros. naturals. rewrite pw_nat. apply pow_le. assumption. Qed.

Lemma ax_power_natural_abs a n : is_int n -> 0 <= n -> Rabs (pw a n) = pw (Rabs a) n.
Proof. intros. naturals. rewrite !pw_nat. symmetry. apply RPow_abs. Qed.

Lemma ax_power_natural_base_at_most a b n : is_int n -> 0 <= a -> a <= b -> 0 <= n -> pw a n <= pw b n.
Proof. intros I A L N. destruct (natural n I N) as [k ->]. rewrite !pw_nat. apply pow_incr. split; assumption. Qed.

Lemma ax_power_natural_base_less a b n : is_int n -> 0 <= a -> a < b -> 0 < n -> pw a n < pw b n.
Proof.
  intros I [A| <-] L N.
  - apply ax_power_base_less; assumption.
  - rewrite ax_power_zero by exact N. apply ax_power_positive. exact L.
Qed.

(** Bernoulli's inequality, by induction. *)
Lemma bernoulli a k : 0 <= a -> 1 + INR k * (a + -1) <= a ^ k.
Proof.
  intro A. induction k as [|k IH]; [simpl; lra|]. rewrite S_INR. simpl.
  apply (Rmult_le_compat_l a) in IH; [|exact A].
  pose proof (mul_PP _ _ (pos_INR k) (pow2_ge_0 (a + -1))). nra.
Qed.

Lemma ax_power_natural_tangent a n : is_int n -> 0 <= a -> 0 <= n -> 1 + n * (a + -1) <= pw a n.
Proof. intros I A N. destruct (natural n I N) as [k ->]. rewrite pw_nat. apply bernoulli, A. Qed.
