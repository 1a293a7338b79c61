(** Signs of inverses and of powers with natural exponents; [even_X] is about x^(2k), [odd_X] about x^(2k+1). *)
From Coq Require Import Reals Lra.
From Verify Require Import Signs.
Open Scope R_scope.

Lemma inv_p a : 0 < a -> 0 < / a. Proof. apply Rinv_0_lt_compat. Qed.
Lemma inv_n a : a < 0 -> / a < 0. Proof. apply Rinv_lt_0_compat. Qed.
Lemma inv_z a : a = 0 -> / a = 0. Proof. intros ->; apply Rinv_0. Qed.
Lemma inv_x a : a <> 0 -> / a <> 0. Proof. apply Rinv_neq_0_compat. Qed.
Lemma inv_P a : 0 <= a -> 0 <= / a. Proof. intros [H| <-]; [left; apply inv_p; exact H | rewrite Rinv_0; lra]. Qed.
Lemma inv_N a : a <= 0 -> / a <= 0. Proof. intros [H| ->]; [left; apply inv_n; exact H | rewrite Rinv_0; lra]. Qed.
Lemma opp_x a : a <> 0 -> - a <> 0. Proof. apply Ropp_neq_0_compat. Qed.
Lemma sqr_p a : a <> 0 -> 0 < a * a. Proof. intro H; generalize (Rsqr_pos_lt a H); unfold Rsqr; auto. Qed.
Lemma even_x k a : a <> 0 -> 0 < a ^ (2 * k).
Proof. intro H. rewrite pow_mult. apply pow_lt. replace (a ^ 2) with (a * a) by ring. apply sqr_p; exact H. Qed.
Lemma even_a k a : True -> 0 <= a ^ (2 * k).
Proof. intros _. rewrite pow_mult. apply pow_le. apply pow2_ge_0. Qed.
Lemma even_p k a : 0 < a -> 0 < a ^ (2 * k). Proof. intro; apply pow_lt; assumption. Qed.
Lemma even_n k a : a < 0 -> 0 < a ^ (2 * k). Proof. intro; apply even_x; apply Rlt_not_eq; assumption. Qed.
Lemma even_P k a : 0 <= a -> 0 <= a ^ (2 * k). Proof. intro; apply even_a; exact I. Qed.
Lemma even_N k a : a <= 0 -> 0 <= a ^ (2 * k). Proof. intro; apply even_a; exact I. Qed.
Lemma even_z k a : a = 0 -> a ^ (2 * S k) = 0. Proof. intros ->. simpl. ring. Qed.
Lemma odd_p k a : 0 < a -> 0 < a ^ (S (2 * k)). Proof. intro; apply pow_lt; assumption. Qed.
Lemma odd_P k a : 0 <= a -> 0 <= a ^ (S (2 * k)). Proof. intro; apply pow_le; assumption. Qed.
Lemma odd_x k a : a <> 0 -> a ^ (S (2 * k)) <> 0. Proof. intro; apply pow_nonzero; assumption. Qed.
Lemma odd_z k a : a = 0 -> a ^ (S (2 * k)) = 0. Proof. intros ->. simpl. ring. Qed.
Lemma odd_n k a : a < 0 -> a ^ (S (2 * k)) < 0.
Proof. intro. change (a * a ^ (2 * k) < 0). apply mul_np; [assumption | apply even_n; assumption]. Qed.
Lemma odd_N k a : a <= 0 -> a ^ (S (2 * k)) <= 0.
Proof. intro. change (a * a ^ (2 * k) <= 0). apply mul_NP; [assumption | apply even_a; exact I]. Qed.
