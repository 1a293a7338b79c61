(** Signs of products, sums, inverses and powers: what the rules [sign] and [psatz] multiply and add up.

    A letter at the end of a name says what is known of an argument: [p] positive, [n] negative, [z] zero, [P] not
    negative, [N] not positive, [x] not zero, [a] anything. So [mul_pN] is about a positive number times one that is not
    positive. Every combination from which something follows has its lemma, so that a proof names what it uses and
    nothing is searched for. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

(** Splits what is known into cases of strict signs; numbers that are zero are gone then. *)
Ltac strict_signs :=
  intros;
  repeat match goal with
  | H : _ <= _ |- _ => destruct H
  | H : _ <> _ |- _ => apply Rdichotomy in H; destruct H
  end;
  subst.

(** Linear arithmetic that can also show that a number is not zero, by its sign. *)
Ltac by_order := first [lra | apply Rlt_not_eq; lra | apply Rgt_not_eq; lra].

(** ** Products *)

Lemma mul_pp a b : 0 < a -> 0 < b -> 0 < a * b.
Proof. apply Rmult_lt_0_compat. Qed.

Lemma mul_pn a b : 0 < a -> b < 0 -> a * b < 0.
Proof. intros. generalize (mul_pp a (- b)). rewrite <- Ropp_mult_distr_r. lra. Qed.

Lemma mul_np a b : a < 0 -> 0 < b -> a * b < 0.
Proof. rewrite Rmult_comm. intros. apply mul_pn; assumption. Qed.

Lemma mul_nn a b : a < 0 -> b < 0 -> 0 < a * b.
Proof. intros. generalize (mul_pn (- a) b). rewrite <- Ropp_mult_distr_l. lra. Qed.

(** The other products follow from these four, case by case. *)
Ltac by_product :=
  strict_signs; unfold Rgt in *; rewrite ?Rmult_0_l, ?Rmult_0_r in *;
  try match goal with
  | H : 0 < ?a, K : 0 < ?b |- context [?a * ?b] => pose proof (mul_pp a b H K)
  | H : 0 < ?a, K : ?b < 0 |- context [?a * ?b] => pose proof (mul_pn a b H K)
  | H : ?a < 0, K : 0 < ?b |- context [?a * ?b] => pose proof (mul_np a b H K)
  | H : ?a < 0, K : ?b < 0 |- context [?a * ?b] => pose proof (mul_nn a b H K)
  end;
  by_order.

Lemma mul_pz a b : 0 < a -> b = 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_pP a b : 0 < a -> 0 <= b -> 0 <= a * b. Proof. by_product. Qed.
Lemma mul_pN a b : 0 < a -> b <= 0 -> a * b <= 0. Proof. by_product. Qed.
Lemma mul_px a b : 0 < a -> b <> 0 -> a * b <> 0. Proof. by_product. Qed.
Lemma mul_nz a b : a < 0 -> b = 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_nP a b : a < 0 -> 0 <= b -> a * b <= 0. Proof. by_product. Qed.
Lemma mul_nN a b : a < 0 -> b <= 0 -> 0 <= a * b. Proof. by_product. Qed.
Lemma mul_nx a b : a < 0 -> b <> 0 -> a * b <> 0. Proof. by_product. Qed.
Lemma mul_zp a b : a = 0 -> 0 < b -> a * b = 0. Proof. by_product. Qed.
Lemma mul_zn a b : a = 0 -> b < 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_zz a b : a = 0 -> b = 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_zP a b : a = 0 -> 0 <= b -> a * b = 0. Proof. by_product. Qed.
Lemma mul_zN a b : a = 0 -> b <= 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_zx a b : a = 0 -> b <> 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_za a b : a = 0 -> True -> a * b = 0. Proof. by_product. Qed.
Lemma mul_Pp a b : 0 <= a -> 0 < b -> 0 <= a * b. Proof. by_product. Qed.
Lemma mul_Pn a b : 0 <= a -> b < 0 -> a * b <= 0. Proof. by_product. Qed.
Lemma mul_Pz a b : 0 <= a -> b = 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_PP a b : 0 <= a -> 0 <= b -> 0 <= a * b. Proof. by_product. Qed.
Lemma mul_PN a b : 0 <= a -> b <= 0 -> a * b <= 0. Proof. by_product. Qed.
Lemma mul_Np a b : a <= 0 -> 0 < b -> a * b <= 0. Proof. by_product. Qed.
Lemma mul_Nn a b : a <= 0 -> b < 0 -> 0 <= a * b. Proof. by_product. Qed.
Lemma mul_Nz a b : a <= 0 -> b = 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_NP a b : a <= 0 -> 0 <= b -> a * b <= 0. Proof. by_product. Qed.
Lemma mul_NN a b : a <= 0 -> b <= 0 -> 0 <= a * b. Proof. by_product. Qed.
Lemma mul_xp a b : a <> 0 -> 0 < b -> a * b <> 0. Proof. by_product. Qed.
Lemma mul_xn a b : a <> 0 -> b < 0 -> a * b <> 0. Proof. by_product. Qed.
Lemma mul_xz a b : a <> 0 -> b = 0 -> a * b = 0. Proof. by_product. Qed.
Lemma mul_xx a b : a <> 0 -> b <> 0 -> a * b <> 0. Proof. by_product. Qed.
Lemma mul_az a b : True -> b = 0 -> a * b = 0. Proof. by_product. Qed.

(** ** Sums *)

Ltac by_sum := strict_signs; rewrite ?Rplus_0_l, ?Rplus_0_r; by_order.

Lemma add_pp a b : 0 < a -> 0 < b -> 0 < a + b. Proof. by_sum. Qed.
Lemma add_pz a b : 0 < a -> b = 0 -> 0 < a + b. Proof. by_sum. Qed.
Lemma add_pP a b : 0 < a -> 0 <= b -> 0 < a + b. Proof. by_sum. Qed.
Lemma add_nn a b : a < 0 -> b < 0 -> a + b < 0. Proof. by_sum. Qed.
Lemma add_nz a b : a < 0 -> b = 0 -> a + b < 0. Proof. by_sum. Qed.
Lemma add_nN a b : a < 0 -> b <= 0 -> a + b < 0. Proof. by_sum. Qed.
Lemma add_zp a b : a = 0 -> 0 < b -> 0 < a + b. Proof. by_sum. Qed.
Lemma add_zn a b : a = 0 -> b < 0 -> a + b < 0. Proof. by_sum. Qed.
Lemma add_zz a b : a = 0 -> b = 0 -> a + b = 0. Proof. by_sum. Qed.
Lemma add_zP a b : a = 0 -> 0 <= b -> 0 <= a + b. Proof. by_sum. Qed.
Lemma add_zN a b : a = 0 -> b <= 0 -> a + b <= 0. Proof. by_sum. Qed.
Lemma add_zx a b : a = 0 -> b <> 0 -> a + b <> 0. Proof. by_sum. Qed.
Lemma add_Pp a b : 0 <= a -> 0 < b -> 0 < a + b. Proof. by_sum. Qed.
Lemma add_Pz a b : 0 <= a -> b = 0 -> 0 <= a + b. Proof. by_sum. Qed.
Lemma add_PP a b : 0 <= a -> 0 <= b -> 0 <= a + b. Proof. by_sum. Qed.
Lemma add_Nn a b : a <= 0 -> b < 0 -> a + b < 0. Proof. by_sum. Qed.
Lemma add_Nz a b : a <= 0 -> b = 0 -> a + b <= 0. Proof. by_sum. Qed.
Lemma add_NN a b : a <= 0 -> b <= 0 -> a + b <= 0. Proof. by_sum. Qed.
Lemma add_xz a b : a <> 0 -> b = 0 -> a + b <> 0. Proof. by_sum. Qed.

(** ** Two things known about one number, and what is weaker than one *)

Ltac by_cases := strict_signs; unfold Rgt in *; by_order.

Lemma meet_pp a : 0 < a -> 0 < a -> 0 < a. Proof. by_cases. Qed.
Lemma meet_pn a : 0 < a -> a < 0 -> False. Proof. by_cases. Qed.
Lemma meet_pz a : 0 < a -> a = 0 -> False. Proof. by_cases. Qed.
Lemma meet_pP a : 0 < a -> 0 <= a -> 0 < a. Proof. by_cases. Qed.
Lemma meet_pN a : 0 < a -> a <= 0 -> False. Proof. by_cases. Qed.
Lemma meet_px a : 0 < a -> a <> 0 -> 0 < a. Proof. by_cases. Qed.
Lemma meet_np a : a < 0 -> 0 < a -> False. Proof. by_cases. Qed.
Lemma meet_nn a : a < 0 -> a < 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_nz a : a < 0 -> a = 0 -> False. Proof. by_cases. Qed.
Lemma meet_nP a : a < 0 -> 0 <= a -> False. Proof. by_cases. Qed.
Lemma meet_nN a : a < 0 -> a <= 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_nx a : a < 0 -> a <> 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_zp a : a = 0 -> 0 < a -> False. Proof. by_cases. Qed.
Lemma meet_zn a : a = 0 -> a < 0 -> False. Proof. by_cases. Qed.
Lemma meet_zz a : a = 0 -> a = 0 -> a = 0. Proof. by_cases. Qed.
Lemma meet_zP a : a = 0 -> 0 <= a -> a = 0. Proof. by_cases. Qed.
Lemma meet_zN a : a = 0 -> a <= 0 -> a = 0. Proof. by_cases. Qed.
Lemma meet_zx a : a = 0 -> a <> 0 -> False. Proof. by_cases. Qed.
Lemma meet_Pp a : 0 <= a -> 0 < a -> 0 < a. Proof. by_cases. Qed.
Lemma meet_Pn a : 0 <= a -> a < 0 -> False. Proof. by_cases. Qed.
Lemma meet_Pz a : 0 <= a -> a = 0 -> a = 0. Proof. by_cases. Qed.
Lemma meet_PP a : 0 <= a -> 0 <= a -> 0 <= a. Proof. by_cases. Qed.
Lemma meet_PN a : 0 <= a -> a <= 0 -> a = 0. Proof. by_cases. Qed.
Lemma meet_Px a : 0 <= a -> a <> 0 -> 0 < a. Proof. by_cases. Qed.
Lemma meet_Np a : a <= 0 -> 0 < a -> False. Proof. by_cases. Qed.
Lemma meet_Nn a : a <= 0 -> a < 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_Nz a : a <= 0 -> a = 0 -> a = 0. Proof. by_cases. Qed.
Lemma meet_NP a : a <= 0 -> 0 <= a -> a = 0. Proof. by_cases. Qed.
Lemma meet_NN a : a <= 0 -> a <= 0 -> a <= 0. Proof. by_cases. Qed.
Lemma meet_Nx a : a <= 0 -> a <> 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_xp a : a <> 0 -> 0 < a -> 0 < a. Proof. by_cases. Qed.
Lemma meet_xn a : a <> 0 -> a < 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_xz a : a <> 0 -> a = 0 -> False. Proof. by_cases. Qed.
Lemma meet_xP a : a <> 0 -> 0 <= a -> 0 < a. Proof. by_cases. Qed.
Lemma meet_xN a : a <> 0 -> a <= 0 -> a < 0. Proof. by_cases. Qed.
Lemma meet_xx a : a <> 0 -> a <> 0 -> a <> 0. Proof. by_cases. Qed.

Lemma weak_pp a : 0 < a -> 0 < a. Proof. by_cases. Qed.
Lemma weak_pP a : 0 < a -> 0 <= a. Proof. by_cases. Qed.
Lemma weak_px a : 0 < a -> a <> 0. Proof. by_cases. Qed.
Lemma weak_pa a : 0 < a -> True. Proof. trivial. Qed.
Lemma weak_nn a : a < 0 -> a < 0. Proof. by_cases. Qed.
Lemma weak_nN a : a < 0 -> a <= 0. Proof. by_cases. Qed.
Lemma weak_nx a : a < 0 -> a <> 0. Proof. by_cases. Qed.
Lemma weak_na a : a < 0 -> True. Proof. trivial. Qed.
Lemma weak_zz a : a = 0 -> a = 0. Proof. by_cases. Qed.
Lemma weak_zP a : a = 0 -> 0 <= a. Proof. by_cases. Qed.
Lemma weak_zN a : a = 0 -> a <= 0. Proof. by_cases. Qed.
Lemma weak_za a : a = 0 -> True. Proof. trivial. Qed.
Lemma weak_PP a : 0 <= a -> 0 <= a. Proof. by_cases. Qed.
Lemma weak_Pa a : 0 <= a -> True. Proof. trivial. Qed.
Lemma weak_NN a : a <= 0 -> a <= 0. Proof. by_cases. Qed.
Lemma weak_Na a : a <= 0 -> True. Proof. trivial. Qed.
Lemma weak_xx a : a <> 0 -> a <> 0. Proof. by_cases. Qed.
Lemma weak_xa a : a <> 0 -> True. Proof. trivial. Qed.

(** ** Inverses and opposites: [/ 0] is 0 in Coq *)

Lemma inv_p a : 0 < a -> 0 < / a. Proof. apply Rinv_0_lt_compat. Qed.
Lemma inv_n a : a < 0 -> / a < 0. Proof. apply Rinv_lt_0_compat. Qed.
Lemma inv_z a : a = 0 -> / a = 0. Proof. intros ->. apply Rinv_0. Qed.
Lemma inv_x a : a <> 0 -> / a <> 0. Proof. apply Rinv_neq_0_compat. Qed.
Lemma inv_P a : 0 <= a -> 0 <= / a. Proof. intros [H| <-]; [left; apply inv_p, H | rewrite Rinv_0; lra]. Qed.
Lemma inv_N a : a <= 0 -> / a <= 0. Proof. intros [H| ->]; [left; apply inv_n, H | rewrite Rinv_0; lra]. Qed.
Lemma opp_x a : a <> 0 -> - a <> 0. Proof. apply Ropp_neq_0_compat. Qed.

(** ** Even and odd powers *)

Lemma even_a k a : True -> 0 <= a ^ (2 * k).
Proof. rewrite pow_mult. intros _. apply pow_le, pow2_ge_0. Qed.

Lemma even_x k a : a <> 0 -> 0 < a ^ (2 * k).
Proof. intro H. destruct (even_a k a I) as [K|K]; [exact K | destruct (pow_nonzero a (2 * k) H (eq_sym K))]. Qed.

Lemma even_p k a : 0 < a -> 0 < a ^ (2 * k). Proof. apply pow_lt. Qed.
Lemma even_n k a : a < 0 -> 0 < a ^ (2 * k). Proof. intro. apply even_x, Rlt_not_eq. assumption. Qed.
Lemma even_P k a : 0 <= a -> 0 <= a ^ (2 * k). Proof. apply pow_le. Qed.
Lemma even_N k a : a <= 0 -> 0 <= a ^ (2 * k). Proof. intro. apply even_a, I. Qed.
Lemma even_z k a : a = 0 -> a ^ (2 * S k) = 0. Proof. intros ->. simpl. ring. Qed.
Lemma odd_p k a : 0 < a -> 0 < a ^ S (2 * k). Proof. apply pow_lt. Qed.
Lemma odd_n k a : a < 0 -> a ^ S (2 * k) < 0. Proof. intro. apply mul_np; [|apply even_n]; assumption. Qed.
Lemma odd_z k a : a = 0 -> a ^ S (2 * k) = 0. Proof. intros ->. simpl. ring. Qed.
Lemma odd_P k a : 0 <= a -> 0 <= a ^ S (2 * k). Proof. apply pow_le. Qed.
Lemma odd_N k a : a <= 0 -> a ^ S (2 * k) <= 0. Proof. intro. apply mul_NP; [assumption | apply even_a, I]. Qed.
Lemma odd_x k a : a <> 0 -> a ^ S (2 * k) <> 0. Proof. apply pow_nonzero. Qed.
