(** Signs: what the sign of a product, a sum, a power, an inverse is, by the signs of its parts.

    A sign is a letter: p positive, n negative, z zero, P not negative, N not positive, x not zero, a any (nothing known).
    [mul_Pn] is about a product of what is not negative and what is negative, and so on; [add_XY] about sums; [meet_XY]
    says what two statements about one number give together, and [weak_XY] that one of them gives the other. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

(** The three cases of a number, and products in the four cases that are not zero. *)
Lemma tri a : 0 < a \/ a = 0 \/ a < 0. Proof. destruct (Rtotal_order 0 a) as [H|[H|H]]; auto. Qed.
Ltac tri a := destruct (tri a) as [?|[?|?]].
Lemma times_pp a b : 0 < a -> 0 < b -> 0 < a * b. Proof. apply Rmult_lt_0_compat. Qed.
Lemma times_pn a b : 0 < a -> b < 0 -> a * b < 0.
Proof. intros A B. generalize (times_pp a (- b) A ltac:(lra)). lra. Qed.
Lemma times_np a b : a < 0 -> 0 < b -> a * b < 0.
Proof. intros; rewrite Rmult_comm; apply times_pn; assumption. Qed.
Lemma times_nn a b : a < 0 -> b < 0 -> 0 < a * b.
Proof. intros A B. generalize (times_pp (- a) (- b) ltac:(lra) ltac:(lra)). lra. Qed.

(** A case is impossible, or the sign of the product is what one of the four lemmas says. *)
Ltac close := first
  [ exact I | lra | apply Rgt_not_eq; lra | apply Rlt_not_eq; lra
  | exfalso; first [lra | match goal with H : ?x <> ?x |- _ => apply (H eq_refl) end] ].
Ltac product a b := tri a; tri b; subst; rewrite ?Rmult_0_l, ?Rmult_0_r in *;
  try match goal with H : 0 < a, K : 0 < b |- _ => pose proof (times_pp a b H K) end;
  try match goal with H : 0 < a, K : b < 0 |- _ => pose proof (times_pn a b H K) end;
  try match goal with H : a < 0, K : 0 < b |- _ => pose proof (times_np a b H K) end;
  try match goal with H : a < 0, K : b < 0 |- _ => pose proof (times_nn a b H K) end;
  close.

(** Products. *)
Lemma mul_pp a b : 0 < a -> 0 < b -> 0 < a * b. Proof. intros; product a b. Qed.
Lemma mul_pn a b : 0 < a -> b < 0 -> a * b < 0. Proof. intros; product a b. Qed.
Lemma mul_pz a b : 0 < a -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_pP a b : 0 < a -> 0 <= b -> 0 <= a * b. Proof. intros; product a b. Qed.
Lemma mul_pN a b : 0 < a -> b <= 0 -> a * b <= 0. Proof. intros; product a b. Qed.
Lemma mul_px a b : 0 < a -> b <> 0 -> a * b <> 0. Proof. intros; product a b. Qed.
Lemma mul_np a b : a < 0 -> 0 < b -> a * b < 0. Proof. intros; product a b. Qed.
Lemma mul_nn a b : a < 0 -> b < 0 -> 0 < a * b. Proof. intros; product a b. Qed.
Lemma mul_nz a b : a < 0 -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_nP a b : a < 0 -> 0 <= b -> a * b <= 0. Proof. intros; product a b. Qed.
Lemma mul_nN a b : a < 0 -> b <= 0 -> 0 <= a * b. Proof. intros; product a b. Qed.
Lemma mul_nx a b : a < 0 -> b <> 0 -> a * b <> 0. Proof. intros; product a b. Qed.
Lemma mul_zp a b : a = 0 -> 0 < b -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_zn a b : a = 0 -> b < 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_zz a b : a = 0 -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_zP a b : a = 0 -> 0 <= b -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_zN a b : a = 0 -> b <= 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_zx a b : a = 0 -> b <> 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_za a b : a = 0 -> True -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_Pp a b : 0 <= a -> 0 < b -> 0 <= a * b. Proof. intros; product a b. Qed.
Lemma mul_Pn a b : 0 <= a -> b < 0 -> a * b <= 0. Proof. intros; product a b. Qed.
Lemma mul_Pz a b : 0 <= a -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_PP a b : 0 <= a -> 0 <= b -> 0 <= a * b. Proof. intros; product a b. Qed.
Lemma mul_PN a b : 0 <= a -> b <= 0 -> a * b <= 0. Proof. intros; product a b. Qed.
Lemma mul_Np a b : a <= 0 -> 0 < b -> a * b <= 0. Proof. intros; product a b. Qed.
Lemma mul_Nn a b : a <= 0 -> b < 0 -> 0 <= a * b. Proof. intros; product a b. Qed.
Lemma mul_Nz a b : a <= 0 -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_NP a b : a <= 0 -> 0 <= b -> a * b <= 0. Proof. intros; product a b. Qed.
Lemma mul_NN a b : a <= 0 -> b <= 0 -> 0 <= a * b. Proof. intros; product a b. Qed.
Lemma mul_xp a b : a <> 0 -> 0 < b -> a * b <> 0. Proof. intros; product a b. Qed.
Lemma mul_xn a b : a <> 0 -> b < 0 -> a * b <> 0. Proof. intros; product a b. Qed.
Lemma mul_xz a b : a <> 0 -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.
Lemma mul_xx a b : a <> 0 -> b <> 0 -> a * b <> 0. Proof. intros; product a b. Qed.
Lemma mul_az a b : True -> b = 0 -> a * b = 0. Proof. intros; product a b. Qed.

(** Sums, where they have a sign. *)
Lemma add_pp a b : 0 < a -> 0 < b -> 0 < a + b. Proof. intros; lra. Qed.
Lemma add_pz a b : 0 < a -> b = 0 -> 0 < a + b. Proof. intros; lra. Qed.
Lemma add_pP a b : 0 < a -> 0 <= b -> 0 < a + b. Proof. intros; lra. Qed.
Lemma add_nn a b : a < 0 -> b < 0 -> a + b < 0. Proof. intros; lra. Qed.
Lemma add_nz a b : a < 0 -> b = 0 -> a + b < 0. Proof. intros; lra. Qed.
Lemma add_nN a b : a < 0 -> b <= 0 -> a + b < 0. Proof. intros; lra. Qed.
Lemma add_zp a b : a = 0 -> 0 < b -> 0 < a + b. Proof. intros; lra. Qed.
Lemma add_zn a b : a = 0 -> b < 0 -> a + b < 0. Proof. intros; lra. Qed.
Lemma add_zz a b : a = 0 -> b = 0 -> a + b = 0. Proof. intros; lra. Qed.
Lemma add_zP a b : a = 0 -> 0 <= b -> 0 <= a + b. Proof. intros; lra. Qed.
Lemma add_zN a b : a = 0 -> b <= 0 -> a + b <= 0. Proof. intros; lra. Qed.
Lemma add_Pp a b : 0 <= a -> 0 < b -> 0 < a + b. Proof. intros; lra. Qed.
Lemma add_Pz a b : 0 <= a -> b = 0 -> 0 <= a + b. Proof. intros; lra. Qed.
Lemma add_PP a b : 0 <= a -> 0 <= b -> 0 <= a + b. Proof. intros; lra. Qed.
Lemma add_Nn a b : a <= 0 -> b < 0 -> a + b < 0. Proof. intros; lra. Qed.
Lemma add_Nz a b : a <= 0 -> b = 0 -> a + b <= 0. Proof. intros; lra. Qed.
Lemma add_NN a b : a <= 0 -> b <= 0 -> a + b <= 0. Proof. intros; lra. Qed.

(** Two statements about one number. *)
Ltac both a := intros; tri a; subst; close.
Lemma meet_pp a : 0 < a -> 0 < a -> 0 < a. Proof. both a. Qed.
Lemma meet_pn a : 0 < a -> a < 0 -> False. Proof. both a. Qed.
Lemma meet_pz a : 0 < a -> a = 0 -> False. Proof. both a. Qed.
Lemma meet_pP a : 0 < a -> 0 <= a -> 0 < a. Proof. both a. Qed.
Lemma meet_pN a : 0 < a -> a <= 0 -> False. Proof. both a. Qed.
Lemma meet_px a : 0 < a -> a <> 0 -> 0 < a. Proof. both a. Qed.
Lemma meet_np a : a < 0 -> 0 < a -> False. Proof. both a. Qed.
Lemma meet_nn a : a < 0 -> a < 0 -> a < 0. Proof. both a. Qed.
Lemma meet_nz a : a < 0 -> a = 0 -> False. Proof. both a. Qed.
Lemma meet_nP a : a < 0 -> 0 <= a -> False. Proof. both a. Qed.
Lemma meet_nN a : a < 0 -> a <= 0 -> a < 0. Proof. both a. Qed.
Lemma meet_nx a : a < 0 -> a <> 0 -> a < 0. Proof. both a. Qed.
Lemma meet_zp a : a = 0 -> 0 < a -> False. Proof. both a. Qed.
Lemma meet_zn a : a = 0 -> a < 0 -> False. Proof. both a. Qed.
Lemma meet_zz a : a = 0 -> a = 0 -> a = 0. Proof. both a. Qed.
Lemma meet_zP a : a = 0 -> 0 <= a -> a = 0. Proof. both a. Qed.
Lemma meet_zN a : a = 0 -> a <= 0 -> a = 0. Proof. both a. Qed.
Lemma meet_zx a : a = 0 -> a <> 0 -> False. Proof. both a. Qed.
Lemma meet_Pp a : 0 <= a -> 0 < a -> 0 < a. Proof. both a. Qed.
Lemma meet_Pn a : 0 <= a -> a < 0 -> False. Proof. both a. Qed.
Lemma meet_Pz a : 0 <= a -> a = 0 -> a = 0. Proof. both a. Qed.
Lemma meet_PP a : 0 <= a -> 0 <= a -> 0 <= a. Proof. both a. Qed.
Lemma meet_PN a : 0 <= a -> a <= 0 -> a = 0. Proof. both a. Qed.
Lemma meet_Px a : 0 <= a -> a <> 0 -> 0 < a. Proof. both a. Qed.
Lemma meet_Np a : a <= 0 -> 0 < a -> False. Proof. both a. Qed.
Lemma meet_Nn a : a <= 0 -> a < 0 -> a < 0. Proof. both a. Qed.
Lemma meet_Nz a : a <= 0 -> a = 0 -> a = 0. Proof. both a. Qed.
Lemma meet_NP a : a <= 0 -> 0 <= a -> a = 0. Proof. both a. Qed.
Lemma meet_NN a : a <= 0 -> a <= 0 -> a <= 0. Proof. both a. Qed.
Lemma meet_Nx a : a <= 0 -> a <> 0 -> a < 0. Proof. both a. Qed.
Lemma meet_xp a : a <> 0 -> 0 < a -> 0 < a. Proof. both a. Qed.
Lemma meet_xn a : a <> 0 -> a < 0 -> a < 0. Proof. both a. Qed.
Lemma meet_xz a : a <> 0 -> a = 0 -> False. Proof. both a. Qed.
Lemma meet_xP a : a <> 0 -> 0 <= a -> 0 < a. Proof. both a. Qed.
Lemma meet_xN a : a <> 0 -> a <= 0 -> a < 0. Proof. both a. Qed.
Lemma meet_xx a : a <> 0 -> a <> 0 -> a <> 0. Proof. both a. Qed.

(** A weaker statement. *)
Lemma weak_pp a : 0 < a -> 0 < a. Proof. both a. Qed.
Lemma weak_pP a : 0 < a -> 0 <= a. Proof. both a. Qed.
Lemma weak_px a : 0 < a -> a <> 0. Proof. both a. Qed.
Lemma weak_nn a : a < 0 -> a < 0. Proof. both a. Qed.
Lemma weak_nN a : a < 0 -> a <= 0. Proof. both a. Qed.
Lemma weak_nx a : a < 0 -> a <> 0. Proof. both a. Qed.
Lemma weak_zz a : a = 0 -> a = 0. Proof. both a. Qed.
Lemma weak_zP a : a = 0 -> 0 <= a. Proof. both a. Qed.
Lemma weak_zN a : a = 0 -> a <= 0. Proof. both a. Qed.
Lemma weak_PP a : 0 <= a -> 0 <= a. Proof. both a. Qed.
Lemma weak_NN a : a <= 0 -> a <= 0. Proof. both a. Qed.
Lemma weak_xx a : a <> 0 -> a <> 0. Proof. both a. Qed.
