(** Where terms are continuous, each from the conditions under which it is defined: for the rule [slope].

    See Limits.v for sums, products and quotients. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Signs Integers Powers Axioms PowerAxioms Limits.
Open Scope R_scope.

Lemma ct_exp f w : continuity_pt f w -> continuity_pt (fun s => exp (f s)) w.
Proof. intro H. apply (continuity_pt_comp f exp); [exact H | apply derivable_continuous_pt, derivable_pt_exp]. Qed.

Lemma ct_ln f w : continuity_pt f w -> 0 < f w -> continuity_pt (fun s => ln (f s)) w.
Proof.
  intros H P. apply (continuity_pt_comp f ln); [exact H|]. apply derivable_continuous_pt. exists (/ f w).
  apply derivable_pt_lim_ln, P.
Qed.

Lemma ct_sqrt f w : continuity_pt f w -> 0 <= f w -> continuity_pt (fun s => sqrt (f s)) w.
Proof. intros H P. apply (continuity_pt_comp f sqrt); [exact H | apply continuity_pt_sqrt, P]. Qed.

Lemma ct_abs f w : continuity_pt f w -> continuity_pt (fun s => Rabs (f s)) w.
Proof. intro H. apply (continuity_pt_comp f Rabs); [exact H | apply Rcontinuity_abs]. Qed.

(** Two functions that agree near a point are continuous there together. *)
Lemma ct_near f g w :
  (exists d, 0 < d /\ forall s, Rabs (s - w) < d -> f s = g s) -> continuity_pt g w -> continuity_pt f w.
Proof.
  intros [d [D E]] C eps P. destruct (C eps P) as [r [Q H]]. exists (Rmin d r). split; [apply Rmin_pos; assumption|].
  intros s [N L]. simpl in *. unfold R_dist in *. pose proof (Rmin_l d r). pose proof (Rmin_r d r).
  rewrite !E by (try rewrite Rminus_eq_0, Rabs_R0; lra). apply H. split; [exact N | lra].
Qed.

Lemma ct_same f g w : (forall s, f s = g s) -> continuity_pt g w -> continuity_pt f w.
Proof. intro E. apply ct_near. exists 1. split; [lra | intros s _; apply E]. Qed.

(** Where a continuous function is positive it stays so nearby. *)
Lemma stays_positive f w : continuity_pt f w -> 0 < f w -> exists d, 0 < d /\ forall s, Rabs (s - w) < d -> 0 < f s.
Proof.
  intros C P. destruct (ct_eps f w C (f w) P) as [d [D H]]. exists d. split; [exact D|].
  intros s L. specialize (H s L). apply Rabs_def2 in H. lra.
Qed.

Lemma pw_near f g w : continuity_pt f w -> 0 < f w ->
  exists d, 0 < d /\ forall s, Rabs (s - w) < d -> pw (f s) (g s) = exp (g s * ln (f s)).
Proof.
  intros C P. destruct (stays_positive f w C P) as [d [D H]]. exists d. split; [exact D|].
  intros s L. apply ax_power_exp, H, L.
Qed.

(** A power whose base is positive. *)
Lemma ct_pw f g w : continuity_pt f w -> continuity_pt g w -> 0 < f w -> continuity_pt (fun s => pw (f s) (g s)) w.
Proof.
  intros F G P. apply (ct_near _ (fun s => exp (g s * ln (f s)))); [apply pw_near; assumption|].
  apply ct_exp, (ct_mult g (fun s => ln (f s))); [exact G | apply ct_ln; assumption].
Qed.

(** A whole power, by its exponent [n]: of a base that is not zero, or with 0 <= n. *)
Lemma whole_near n : is_int n -> 0 <= n -> exists k, forall x, pw x n = x ^ k.
Proof. intros I L. destruct (natural n I L) as [k ->]. exists k. intro x. apply pw_nat. Qed.

Lemma whole_inverse n : is_int n -> n < 0 -> exists k, (forall x, pw x n = / (x ^ S k)) /\ n = - INR (S k).
Proof.
  intros [z ->] L. apply lt_IZR in L. destruct z as [|p|p]; try lia. destruct (Pos2Nat.is_succ p) as [k K].
  exists k. split; [intro x; rewrite pw_neg, K; reflexivity|].
  rewrite <- K, INR_IZR_INZ, positive_nat_Z, <- opp_IZR. reflexivity.
Qed.

Lemma ct_pw_whole f n w : continuity_pt f w -> is_int n -> f w <> 0 \/ 0 <= n -> continuity_pt (fun s => pw (f s) n) w.
Proof.
  intros F I C. destruct (Rle_or_lt 0 n) as [L|L].
  - destruct (whole_near n I L) as [k E]. apply (ct_same _ (fun s => f s ^ k)); [intro s; apply E | apply ct_pow, F].
  - destruct C as [N|N]; [|lra]. destruct (whole_inverse n I L) as [k [E _]].
    apply (ct_same _ (fun s => / (f s ^ S k))); [intro s; apply E|].
    apply (ct_inv (fun s => f s ^ S k)); [apply ct_pow, F | apply pow_nonzero, N].
Qed.

(** A positive power where the base is 0: [pw] is 0 also on the left, unless it is a whole power. *)
Lemma pw_at_0 r x : ~ is_int r -> x <= 0 -> pw x r = 0.
Proof.
  intros N L. unfold pw. destruct (Req_EM_T r (IZR (Int_part r))) as [E|E]; [destruct N; exists (Int_part r); exact E|].
  destruct (Rlt_dec 0 x); [lra | reflexivity].
Qed.

Lemma int_dec r : is_int r \/ ~ is_int r.
Proof.
  destruct (Req_EM_T r (IZR (Int_part r))) as [E|E]; [left; exists (Int_part r); exact E | right].
  intros [z ->]. apply E. rewrite Int_part_IZR. reflexivity.
Qed.

Lemma pw_continuous_0 r : 0 < r -> continuity_pt (fun x => pw x r) 0.
Proof.
  intro P. destruct (int_dec r) as [I|I].
  { apply (ct_pw_whole (fun x => x)); [apply ct_id | exact I | right; lra]. }
  intros eps E. exists (pw eps (/ r)). split; [apply ax_power_positive, E|]. intros x [_ L].
  simpl in *. unfold R_dist in *. rewrite Rminus_0_r in L. rewrite ax_power_zero, Rminus_0_r by exact P.
  destruct (Rle_or_lt x 0) as [Q|Q]; [rewrite pw_at_0, Rabs_R0 by assumption; exact E|].
  rewrite Rabs_pos_eq in * by (try apply Rlt_le, ax_power_positive; lra).
  replace eps with (pw (pw eps (/ r)) r); [apply ax_power_base_less; assumption|].
  rewrite ax_power_power, Rinv_l, (pw_lit eps 1) by lra. apply pow_1.
Qed.

Lemma ct_pw_root f r w : continuity_pt f w -> 0 < r -> 0 <= f w -> continuity_pt (fun s => pw (f s) r) w.
Proof.
  intros F R [P|Z]; [apply (ct_pw f (fun _ => r)); [exact F | apply ct_const | exact P]|].
  apply (continuity_pt_comp f (fun x => pw x r)); [exact F | rewrite <- Z; apply pw_continuous_0, R].
Qed.
