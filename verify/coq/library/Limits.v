(** Limits at infinity and at 0 from the right, by epsilon and delta: lemmas for the rules [limit] and [compose].

    [pe p y] is a polynomial by its coefficients, from the lowest. A rational function of x whose numerator is of
    smaller order than its denominator is y p(y) / q(y) with q(0) <> 0, for y = 1 / x at infinity and y = x at 0. *)
From Coq Require Import Reals Lra List.
From Verify Require Import Statements Signs Terms.
Open Scope R_scope.

(** ** What holds for all large, and for all small positive numbers *)

Definition ev_oo (P : R -> Prop) : Prop := exists M, forall x, M < x -> P x.
Definition ev_0 (P : R -> Prop) : Prop := exists d, 0 < d /\ forall x, 0 < x < d -> P x.

Lemma ev_oo_and P Q : ev_oo P -> ev_oo Q -> ev_oo (fun x => P x /\ Q x).
Proof.
  intros [M A] [N B]. exists (Rmax M N). intros x H. generalize (Rmax_l M N) (Rmax_r M N). intros.
  split; [apply A | apply B]; lra.
Qed.

Lemma ev_0_and P Q : ev_0 P -> ev_0 Q -> ev_0 (fun x => P x /\ Q x).
Proof.
  intros [M [a A]] [N [b B]]. exists (Rmin M N). split; [apply Rmin_pos; assumption|].
  intros x H. generalize (Rmin_l M N) (Rmin_r M N). intros. split; [apply A | apply B]; lra.
Qed.

Lemma ev_oo_mono (P Q : R -> Prop) : ev_oo P -> (forall x, P x -> Q x) -> ev_oo Q.
Proof. intros [M A] B. exists M. auto. Qed.

Lemma ev_0_mono (P Q : R -> Prop) : ev_0 P -> (forall x, P x -> Q x) -> ev_0 Q.
Proof. intros [d [D A]] B. exists d. auto. Qed.

Lemma ev_oo_pos : ev_oo (fun x => 0 < x). Proof. exists 0. auto. Qed.
Lemma ev_0_pos : ev_0 (fun x => 0 < x). Proof. exists 1. split; [lra | intros; lra]. Qed.
Lemma ev_0_below d : 0 < d -> ev_0 (fun y => 0 < y < d). Proof. intro D. exists d. auto. Qed.

(** From 0 to infinity by the inverse. *)
Lemma ev_inv P : ev_0 P -> ev_oo (fun x => P (/ x)).
Proof.
  intros [d [D H]]. exists (/ d). intros x X. pose proof (Rinv_0_lt_compat d D).
  apply H. split; [apply Rinv_0_lt_compat; lra|]. rewrite <- (Rinv_inv d).
  apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra | exact X].
Qed.

(** ** Polynomials near 0 *)

Fixpoint pe (p : list R) (y : R) : R := match p with nil => 0 | c :: q => c + y * pe q y end.

(** On (0, 1) a polynomial is bounded. *)
Lemma pe_bound p : exists C, 0 <= C /\ forall y, 0 < y < 1 -> Rabs (pe p y) <= C.
Proof.
  induction p as [|c q [C [P H]]]; [exists 0; split; [lra | intros; simpl; rewrite Rabs_R0; lra]|].
  exists (Rabs c + C). split; [generalize (Rabs_pos c); lra|]. intros y Y. simpl.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_pos_eq y) by lra.
  generalize (H y Y) (Rabs_pos (pe q y)). nra.
Qed.

(** Near 0 it is at least half as large as its constant coefficient: y must be below |c| / (2 (C + 1)). *)
Lemma pe_away c q : c <> 0 -> ev_0 (fun y => Rabs c / 2 <= Rabs (pe (c :: q) y)).
Proof.
  intro N. destruct (pe_bound q) as [C [P H]]. pose proof (Rabs_pos_lt c N) as A.
  assert (0 < Rabs c / 2 / (C + 1)) as D by (apply Rdiv_lt_0_compat; lra).
  apply (ev_0_mono _ _ (ev_0_and _ _ (ev_0_below 1 Rlt_0_1) (ev_0_below _ D))). intros y [Y [_ Z]].
  assert (y * (C + 1) < Rabs c / 2) as K.
  { apply (Rmult_lt_compat_r (C + 1)) in Z; [|lra]. replace (Rabs c / 2 / (C + 1) * (C + 1)) with (Rabs c / 2) in Z;
    [exact Z | field; lra]. }
  pose proof (H y Y) as B. pose proof (Rabs_triang_inv c (- (y * pe q y))) as T.
  replace (c - - (y * pe q y)) with (pe (c :: q) y) in T by (simpl; ring).
  rewrite Rabs_Ropp, Rabs_mult, (Rabs_pos_eq y) in T by lra. generalize (Rabs_pos (pe q y)). nra.
Qed.

Lemma pe_nz c q : c <> 0 -> ev_0 (fun y => pe (c :: q) y <> 0).
Proof.
  intro N. apply (ev_0_mono _ _ (pe_away c q N)). intros y H E. rewrite E, Rabs_R0 in H.
  generalize (Rabs_pos_lt c N). lra.
Qed.

(** A divisor with x in it is not zero near the point, where its extreme coefficient is not. *)
Lemma nz_oo (g : R -> R) k c q :
  c <> 0 -> (forall x, 0 < x -> g x = x ^ k * pe (c :: q) (/ x)) -> ev_oo (fun x => g x <> 0).
Proof.
  intros N E. apply (ev_oo_mono _ _ (ev_oo_and _ _ ev_oo_pos (ev_inv _ (pe_nz c q N)))).
  intros x [P H]. rewrite E by exact P. apply nz_mul; [apply pow_nonzero; lra | exact H].
Qed.

Lemma nz_0 (g : R -> R) k c q :
  c <> 0 -> (forall x, 0 < x -> g x = x ^ k * pe (c :: q) x) -> ev_0 (fun x => g x <> 0).
Proof.
  intros N E. apply (ev_0_mono _ _ (ev_0_and _ _ ev_0_pos (pe_nz c q N))).
  intros x [P H]. rewrite E by exact P. apply nz_mul; [apply pow_nonzero; lra | exact H].
Qed.

(** ** Limits of rational functions *)

(** y p(y) / q(y) is small for small y > 0. *)
Lemma small p c q : c <> 0 -> forall eps, 0 < eps -> ev_0 (fun y => Rabs (y * pe p y / pe (c :: q) y) < eps).
Proof.
  intros N eps E. destruct (pe_bound p) as [C [P H]]. pose proof (Rabs_pos_lt c N) as A.
  assert (0 < eps * (Rabs c / 2)) as F by (apply Rmult_lt_0_compat; lra).
  assert (0 < eps * (Rabs c / 2) / (C + 1)) as D by (apply Rdiv_lt_0_compat; lra).
  apply (ev_0_mono _ _ (ev_0_and _ _ (ev_0_and _ _ (ev_0_below 1 Rlt_0_1) (ev_0_below _ D)) (pe_away c q N))).
  intros y [[Y [_ Z]] W].
  assert (y * (C + 1) < eps * (Rabs c / 2)) as K.
  { apply (Rmult_lt_compat_r (C + 1)) in Z; [|lra].
    replace (eps * (Rabs c / 2) / (C + 1) * (C + 1)) with (eps * (Rabs c / 2)) in Z; [exact Z | field; lra]. }
  unfold Rdiv. rewrite Rabs_mult, Rabs_inv, Rabs_mult, (Rabs_pos_eq y) by lra.
  apply (Rmult_lt_reg_r (Rabs (pe (c :: q) y))); [lra|]. rewrite Rmult_assoc, Rinv_l by lra.
  generalize (H y Y) (Rabs_pos (pe p y)). intros B B0. nra.
Qed.

Lemma rat_oo (f : R -> R) v p c q :
  c <> 0 -> ev_oo (fun x => f x - v = / x * pe p (/ x) / pe (c :: q) (/ x)) -> limit_oo f v.
Proof.
  intros N E eps P. destruct (ev_oo_and _ _ E (ev_inv _ (small p c q N eps P))) as [M H].
  exists M. intros x X. destruct (H x X) as [-> B]. exact B.
Qed.

Lemma rat_0 (f : R -> R) v p c q :
  c <> 0 -> ev_0 (fun x => f x - v = x * pe p x / pe (c :: q) x) -> limit_0 f v.
Proof.
  intros N E eps P. destruct (ev_0_and _ _ E (small p c q N eps P)) as [d [D H]].
  exists d. split; [exact D|]. intros x X. destruct (H x X) as [-> B]. exact B.
Qed.

(** ** Continuity of rational functions, and limits of what is put into them *)

Lemma ct_id w : continuity_pt (fun s => s) w.
Proof. apply derivable_continuous_pt, derivable_pt_id. Qed.

Lemma ct_const c w : continuity_pt (fun _ => c) w.
Proof. apply continuity_pt_const. intros x y. reflexivity. Qed.

Lemma ct_plus f g w : continuity_pt f w -> continuity_pt g w -> continuity_pt (fun s => f s + g s) w.
Proof. apply continuity_pt_plus. Qed.

Lemma ct_minus f g w : continuity_pt f w -> continuity_pt g w -> continuity_pt (fun s => f s - g s) w.
Proof. apply continuity_pt_minus. Qed.

Lemma ct_mult f g w : continuity_pt f w -> continuity_pt g w -> continuity_pt (fun s => f s * g s) w.
Proof. apply continuity_pt_mult. Qed.

Lemma ct_opp f w : continuity_pt f w -> continuity_pt (fun s => Ropp (f s)) w.
Proof. apply continuity_pt_opp. Qed.

Lemma ct_inv f w : continuity_pt f w -> f w <> 0 -> continuity_pt (fun s => / f s) w.
Proof. apply continuity_pt_inv. Qed.

Lemma ct_div f g w : continuity_pt f w -> continuity_pt g w -> g w <> 0 -> continuity_pt (fun s => f s / g s) w.
Proof. apply continuity_pt_div. Qed.

Lemma ct_pow f n w : continuity_pt f w -> continuity_pt (fun s => f s ^ n) w.
Proof. intro H. induction n as [|n IH]; [apply (ct_const 1) | exact (ct_mult f _ w H IH)]. Qed.

Lemma ct_eps F w :
  continuity_pt F w -> forall eps, 0 < eps -> exists d, 0 < d /\ forall s, Rabs (s - w) < d -> Rabs (F s - F w) < eps.
Proof.
  intros C eps E. destruct (C eps E) as [d [D H]]. exists d. split; [exact D|]. intros s L.
  destruct (Req_dec w s) as [<-|N]; [rewrite Rminus_eq_0, Rabs_R0; exact E|].
  apply H. repeat split; [exact N | exact L].
Qed.

Lemma comp_oo F u w : continuity_pt F w -> limit_oo u w -> limit_oo (fun x => F (u x)) (F w).
Proof.
  intros C L eps E. destruct (ct_eps F w C eps E) as [d [D H]]. destruct (L d D) as [M K].
  exists M. intros x X. apply H, K, X.
Qed.

Lemma comp_0 F u w : continuity_pt F w -> limit_0 u w -> limit_0 (fun x => F (u x)) (F w).
Proof.
  intros C L eps E. destruct (ct_eps F w C eps E) as [d [D H]]. destruct (L d D) as [m [M K]].
  exists m. split; [exact M|]. intros x X. apply H, K, X.
Qed.
