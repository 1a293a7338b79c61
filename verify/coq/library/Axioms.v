(** The axioms of verify/kernel/reals/axioms.py about order, abs, min, max, sqrt, exp and log: each is a lemma here.

    The arguments of [ax_NAME]: the letters of the axiom, proofs that the letters m and n are integers, and the
    conditions, each in the order of the table. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Powers.
Open Scope R_scope.

(** ** Order *)

Lemma ax_gap m n : is_int m -> is_int n -> m < n -> m + 1 <= n.
Proof. intros [x ->] [y ->] H. apply lt_IZR in H. rewrite <- (plus_IZR x 1). apply IZR_le. lia. Qed.

Lemma ax_equal a b : a <= b -> b <= a -> a = b. Proof. apply Rle_antisym. Qed.

(** ** Absolute values, minima and maxima *)

Lemma ax_abs_right a : 0 <= a -> Rabs a = a. Proof. apply Rabs_pos_eq. Qed.
Lemma ax_abs_left a : a <= 0 -> Rabs a = - a. Proof. apply Rabs_left1. Qed.
Lemma ax_min_left a b : a <= b -> Rmin a b = a. Proof. apply Rmin_left. Qed.
Lemma ax_min_right a b : b <= a -> Rmin a b = b. Proof. apply Rmin_right. Qed.
Lemma ax_max_left a b : b <= a -> Rmax a b = a. Proof. apply Rmax_left. Qed.
Lemma ax_max_right a b : a <= b -> Rmax a b = b. Proof. apply Rmax_right. Qed.

(** ** Roots *)

Lemma ax_sqrt_sign a : 0 <= a -> 0 <= sqrt a. Proof. intros _. apply sqrt_pos. Qed.
Lemma ax_sqrt_positive a : 0 < a -> 0 < sqrt a. Proof. apply sqrt_lt_R0. Qed.
Lemma ax_sqrt_square a : 0 <= a -> sqrt a ^ 2 = a. Proof. apply pow2_sqrt. Qed.

Lemma ax_sqrt_square_factor a b : 0 <= a -> 0 <= b -> sqrt (a ^ 2 * b) = a * sqrt b.
Proof. intros A B. rewrite sqrt_mult, sqrt_pow2 by (try apply pow2_ge_0; assumption). reflexivity. Qed.

(** ** The exponential *)

Lemma ax_exp_positive a : 0 < exp a. Proof. apply exp_pos. Qed.
Lemma ax_exp_strict_tangent a : a <> 0 -> 1 + a < exp a. Proof. apply exp_ineq1. Qed.
Lemma ax_exp_tangent a : 1 + a <= exp a. Proof. apply exp_ineq1_le. Qed.
Lemma ax_exp_zero : exp 0 = 1. Proof. apply exp_0. Qed.
Lemma ax_exp_sum a b : exp (a + b) = exp a * exp b. Proof. apply exp_plus. Qed.
Lemma ax_exp_log a : 0 < a -> exp (ln a) = a. Proof. apply exp_ln. Qed.
Lemma ax_exp_less a b : a < b -> exp a < exp b. Proof. apply exp_increasing. Qed.
Lemma ax_exp_at_most a b : a <= b -> exp a <= exp b.
Proof. intros [H| ->]; [left; apply exp_increasing, H | apply Rle_refl]. Qed.

(** ** The logarithm *)

Lemma ax_log_one : ln 1 = 0. Proof. apply ln_1. Qed.
Lemma ax_log_exp a : ln (exp a) = a. Proof. apply ln_exp. Qed.

Lemma ax_log_strict_tangent a : 0 < a -> a <> 1 -> ln a < a + -1.
Proof.
  intros H N. generalize (ax_exp_strict_tangent (ln a)). rewrite exp_ln by exact H. intro K.
  enough (ln a <> 0) by (specialize (K ltac:(assumption)); lra).
  intro Z. apply N, ln_inv; [exact H | lra | rewrite Z, ln_1; reflexivity].
Qed.

Lemma ax_log_tangent a : 0 < a -> ln a <= a + -1.
Proof. intro H. generalize (ax_exp_tangent (ln a)). rewrite exp_ln by exact H. lra. Qed.

Lemma ax_log_product a b : 0 < a -> 0 < b -> ln (a * b) = ln a + ln b. Proof. apply ln_mult. Qed.

Lemma ax_log_quotient a b : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof. intros. unfold Rdiv. rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption). ring. Qed.

Lemma ax_log_power a b : 0 < a -> ln (pw a b) = b * ln a.
Proof. intro H. rewrite pw_pos by exact H. apply ln_exp. Qed.

Lemma ax_log_less a b : 0 < a -> a < b -> ln a < ln b. Proof. apply ln_increasing. Qed.

Lemma ax_log_at_most a b : 0 < a -> a <= b -> ln a <= ln b.
Proof. intros H [K| ->]; [left; apply ln_increasing; assumption | apply Rle_refl]. Qed.
