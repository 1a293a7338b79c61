(** Derivatives of terms and the mean value theorem: the rule [slope].

    [dl_*] says what the derivative of a term is, from the conditions that the checker leaves to be shown; it is the one
    of verify/kernel/reals/derivatives.py up to [ring]. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Signs Integers Powers Axioms PowerAxioms Limits Continuity.
Open Scope R_scope.

(** ** The mean value theorem

    For F continuous on a closed interval, with derivative D inside, where D has a sign. *)

Lemma mean F D a b :
  a < b -> (forall y, a <= y -> y <= b -> continuity_pt F y) ->
  (forall y, a < y -> y < b -> derivable_pt_lim F y (D y)) -> exists c, a < c /\ c < b /\ F b - F a = D c * (b - a).
Proof.
  intros L C H.
  assert (forall c, a < c < b -> derivable_pt F c) as P by (intros c [A B]; exists (D c); apply H; assumption).
  assert (forall c, a < c < b -> derivable_pt id c) as Q by (intros; apply derivable_pt_id).
  destruct (MVT F id a b P Q L) as [c [[A B] E]].
  - intros c [A B]. apply C; assumption.
  - intros c _. apply derivable_continuous_pt, derivable_pt_id.
  - exists c. repeat split; [exact A | exact B |].
    rewrite (derive_pt_eq_0 F c (D c) (P c (conj A B)) (H c A B)) in E.
    rewrite (derive_pt_eq_0 id c 1 (Q c (conj A B)) (derivable_pt_lim_id c)) in E. unfold id in E. lra.
Qed.

Section Sides.
Variables (F D : R -> R) (a b : R).
Hypothesis less : a < b.
Hypothesis continuous : forall y, a <= y -> y <= b -> continuity_pt F y.
Hypothesis slopes : forall y, a < y -> y < b -> derivable_pt_lim F y (D y).

Lemma slope_rises : (forall y, a < y -> y < b -> 0 <= D y) -> F a <= F b.
Proof.
  intro S. destruct (mean F D a b less continuous slopes) as [c [A [B E]]].
  pose proof (mul_PP (D c) (b - a) (S c A B)). lra.
Qed.

Lemma slope_rises_strictly : (forall y, a < y -> y < b -> 0 < D y) -> F a < F b.
Proof.
  intro S. destruct (mean F D a b less continuous slopes) as [c [A [B E]]].
  pose proof (mul_pp (D c) (b - a) (S c A B)). lra.
Qed.

Lemma slope_falls : (forall y, a < y -> y < b -> D y <= 0) -> F b <= F a.
Proof.
  intro S. destruct (mean F D a b less continuous slopes) as [c [A [B E]]].
  pose proof (mul_NP (D c) (b - a) (S c A B)). lra.
Qed.

Lemma slope_falls_strictly : (forall y, a < y -> y < b -> D y < 0) -> F b < F a.
Proof.
  intro S. destruct (mean F D a b less continuous slopes) as [c [A [B E]]].
  pose proof (mul_np (D c) (b - a) (S c A B)). lra.
Qed.
End Sides.

(** From the sign at one point to the signs on both sides of it. *)
Lemma around_le (F : R -> R) c x :
  0 <= F c -> (c < x -> F c <= F x) -> (x < c -> F c <= F x) -> 0 <= F x.
Proof. intros B U L. destruct (Rtotal_order c x) as [H|[<-|H]]; [specialize (U H) | | specialize (L H)]; lra. Qed.

Lemma around_lt (F : R -> R) c x :
  0 < F c -> (c < x -> F c <= F x) -> (x < c -> F c <= F x) -> 0 < F x.
Proof. intros B U L. destruct (Rtotal_order c x) as [H|[<-|H]]; [specialize (U H) | | specialize (L H)]; lra. Qed.

Lemma around_ne (F : R -> R) c x :
  x <> c -> 0 <= F c -> (c < x -> F c < F x) -> (x < c -> F c < F x) -> 0 < F x.
Proof.
  intros N B U L. destruct (Rtotal_order c x) as [H|[<-|H]]; [specialize (U H) | contradiction | specialize (L H)]; lra.
Qed.

(** ** Derivatives *)

Lemma dl_id w : derivable_pt_lim (fun s => s) w 1. Proof. apply derivable_pt_lim_id. Qed.
Lemma dl_const c w : derivable_pt_lim (fun _ => c) w 0. Proof. apply derivable_pt_lim_const. Qed.

Lemma dl_plus f g w k l :
  derivable_pt_lim f w k -> derivable_pt_lim g w l -> derivable_pt_lim (fun s => f s + g s) w (k + l).
Proof. apply derivable_pt_lim_plus. Qed.

Lemma dl_minus f g w k l :
  derivable_pt_lim f w k -> derivable_pt_lim g w l -> derivable_pt_lim (fun s => f s - g s) w (k - l).
Proof. apply derivable_pt_lim_minus. Qed.

Lemma dl_opp f w k : derivable_pt_lim f w k -> derivable_pt_lim (fun s => Ropp (f s)) w (- k).
Proof. apply derivable_pt_lim_opp. Qed.

Lemma dl_mult f g w k l :
  derivable_pt_lim f w k -> derivable_pt_lim g w l -> derivable_pt_lim (fun s => f s * g s) w (k * g w + f w * l).
Proof. apply derivable_pt_lim_mult. Qed.

Lemma dl_eq f w k l : derivable_pt_lim f w k -> k = l -> derivable_pt_lim f w l.
Proof. intros H <-. exact H. Qed.

(** Two functions that agree near a point have the same derivative there. *)
Lemma dl_near f g w l :
  (exists d, 0 < d /\ forall s, Rabs (s - w) < d -> f s = g s) -> derivable_pt_lim g w l -> derivable_pt_lim f w l.
Proof.
  intros [d [D E]] C eps P. destruct (C eps P) as [[r Q] H]. simpl in H.
  exists (mkposreal (Rmin d r) (Rmin_pos _ _ D Q)). simpl. intros h N L.
  pose proof (Rmin_l d r). pose proof (Rmin_r d r).
  rewrite !E; [apply H; [exact N | lra] | rewrite Rminus_eq_0, Rabs_R0; exact D |].
  replace (w + h - w) with h by ring. lra.
Qed.

Lemma dl_same f g w l : (forall s, f s = g s) -> derivable_pt_lim g w l -> derivable_pt_lim f w l.
Proof. intro E. apply dl_near. exists 1. split; [lra | intros s _; apply E]. Qed.

(** A quotient by what does not change. *)
Lemma dl_over f c w k : derivable_pt_lim f w k -> derivable_pt_lim (fun s => f s / c) w (k / c).
Proof. intro H. apply (dl_eq _ _ (k * / c + f w * 0)); [|unfold Rdiv; ring].
  apply (dl_mult f (fun _ => / c)); [exact H | apply dl_const]. Qed.

Lemma dl_div f g w k l :
  derivable_pt_lim f w k -> derivable_pt_lim g w l -> g w <> 0 ->
  derivable_pt_lim (fun s => f s / g s) w ((k * g w - f w * l) / g w ^ 2).
Proof.
  intros F G N. apply (dl_eq _ _ ((k * g w - l * f w) / Rsqr (g w))); [apply derivable_pt_lim_div; assumption|].
  unfold Rsqr. field. exact N.
Qed.

(** The chain rule, and what it says of each function. *)
Lemma dl_chain h f w k l :
  derivable_pt_lim f w k -> derivable_pt_lim h (f w) l -> derivable_pt_lim (fun s => h (f s)) w (l * k).
Proof. apply derivable_pt_lim_comp. Qed.

Lemma dl_exp f w k : derivable_pt_lim f w k -> derivable_pt_lim (fun s => exp (f s)) w (exp (f w) * k).
Proof. intro F. apply dl_chain; [exact F | apply derivable_pt_lim_exp]. Qed.

Lemma dl_ln f w k : derivable_pt_lim f w k -> 0 < f w -> derivable_pt_lim (fun s => ln (f s)) w (k / f w).
Proof.
  intros F P. apply (dl_eq _ _ (/ f w * k)); [|unfold Rdiv; ring].
  apply dl_chain; [exact F | apply derivable_pt_lim_ln, P].
Qed.

Lemma dl_sqrt f w k :
  derivable_pt_lim f w k -> 0 < f w -> derivable_pt_lim (fun s => sqrt (f s)) w (k / (2 * sqrt (f w))).
Proof.
  intros F P. apply (dl_eq _ _ (/ (2 * sqrt (f w)) * k)); [|unfold Rdiv; ring].
  apply dl_chain; [exact F | apply derivable_pt_lim_sqrt, P].
Qed.

(** Powers with a literal exponent: [n + 1], and [- (n + 1)]. *)
Lemma dl_pow f n w k :
  derivable_pt_lim f w k -> derivable_pt_lim (fun s => f s ^ S n) w (IZR (Z.of_nat (S n)) * f w ^ n * k).
Proof.
  intro F. rewrite <- INR_IZR_INZ. apply (dl_chain (fun x => x ^ S n)); [exact F | apply derivable_pt_lim_pow].
Qed.

Lemma dl_inv_pow f n w k :
  derivable_pt_lim f w k -> f w <> 0 ->
  derivable_pt_lim (fun s => / (f s ^ S n)) w (IZR (- Z.of_nat (S n)) * / (f w ^ S (S n)) * k).
Proof.
  intros F N. pose proof (dl_pow f n w k F) as G. pose proof (pow_nonzero (f w) n N) as Z.
  apply (dl_same _ (fun s => 1 / f s ^ S n)); [intro s; unfold Rdiv; rewrite Rmult_1_l; reflexivity|].
  eapply dl_eq; [apply dl_div; [apply dl_const | exact G | apply pow_nonzero, N]|].
  rewrite opp_IZR. simpl pow. field. split; assumption.
Qed.

(** Powers of positive bases, with any exponents. *)
Lemma dl_pw f g w k l :
  derivable_pt_lim f w k -> derivable_pt_lim g w l -> 0 < f w ->
  derivable_pt_lim (fun s => pw (f s) (g s)) w (pw (f w) (g w) * (l * ln (f w) + g w * (k / f w))).
Proof.
  intros F G P. apply (dl_near _ (fun s => exp (g s * ln (f s)))).
  { apply pw_near; [apply derivable_continuous_pt; exists k; exact F | exact P]. }
  rewrite ax_power_exp by exact P. apply (dl_exp (fun s => g s * ln (f s))).
  apply (dl_mult g (fun s => ln (f s))); [exact G | apply dl_ln; assumption].
Qed.

Lemma dl_pw_real f r t w k :
  derivable_pt_lim f w k -> t = r + -1 -> 0 < f w -> derivable_pt_lim (fun s => pw (f s) r) w (r * pw (f w) t * k).
Proof.
  intros F -> P. eapply dl_eq; [apply (dl_pw f (fun _ => r)); [exact F | apply dl_const | exact P]|]. cbv beta.
  rewrite ax_power_sum, (pw_neg (f w) 1) by exact P. simpl. field. lra.
Qed.

(** With an exponent above 1, also where the base is 0: there x^r = x x^(r - 1), and x^(r - 1) tends to 0. *)
Lemma pw_split r x : 1 < r -> pw x r = x * pw x (r + -1).
Proof.
  intro L. destruct (Rlt_or_le 0 x) as [P|P].
  { rewrite ax_power_sum, (pw_neg x 1) by exact P. simpl. field. lra. }
  destruct (int_dec r) as [I|I].
  - assert (is_int (r + -1)) as J by (apply int_add; [exact I | apply int_lit]).
    destruct (natural (r + -1) J) as [j E]; [lra|]. rewrite E. replace r with (INR (S j)) by (rewrite S_INR; lra).
    rewrite !pw_nat. reflexivity.
  - rewrite !pw_at_0; [ring | | exact P | exact I | exact P]. intro J. apply I. replace r with (r + -1 + 1) by ring.
    apply int_add; [exact J | apply int_lit].
Qed.

Lemma dl_pw_root f r t w k :
  derivable_pt_lim f w k -> t = r + -1 -> 1 < r -> 0 <= f w ->
  derivable_pt_lim (fun s => pw (f s) r) w (r * pw (f w) t * k).
Proof.
  intros F E L [P|Z]; [apply dl_pw_real; assumption|]. apply (dl_chain (fun x => pw x r)); [exact F|]. rewrite <- Z, E.
  rewrite ax_power_zero, Rmult_0_r by lra. intros eps P.
  destruct (ct_eps _ 0 (pw_continuous_0 (r + -1) ltac:(lra)) eps P) as [d [D H]]. exists (mkposreal d D). simpl.
  intros h N B. specialize (H h). rewrite Rminus_0_r, (ax_power_zero (r + -1)), Rminus_0_r in H by lra.
  rewrite Rplus_0_l, (ax_power_zero r), Rminus_0_r, (pw_split r), Rminus_0_r by lra.
  replace (h * pw h (r + -1) / h) with (pw h (r + -1)) by (field; exact N). apply H, B.
Qed.

(** With a whole exponent that is a term. *)
Lemma dl_pw_whole f n w k :
  derivable_pt_lim f w k -> is_int n -> f w <> 0 \/ 0 <= n -> f w <> 0 \/ 0 <= n + -1 ->
  derivable_pt_lim (fun s => pw (f s) n) w (n * pw (f w) (n + -1) * k).
Proof.
  intros F I A B. assert (is_int (n + -1)) as J by (apply int_add; [exact I | apply int_lit]).
  destruct (Rlt_or_le n 0) as [L|L].
  - destruct A as [N|]; [|lra]. destruct (whole_inverse n I L) as [j [E V]].
    apply (dl_same _ (fun s => / (f s ^ S j))); [intro s; apply E|].
    eapply dl_eq; [exact (dl_inv_pow f j w k F N)|]. rewrite opp_IZR, <- INR_IZR_INZ, <- V.
    rewrite ax_power_integer_sum, E, (pw_neg (f w) 1) by (first [exact I | apply int_lit | exact N]).
    pose proof (pow_nonzero (f w) j N). simpl. field. split; assumption.
  - destruct (Req_dec n 0) as [->|Z].
    + apply (dl_same _ (fun _ => 1)); [intro s; apply pw_lit0|].
      eapply dl_eq; [apply dl_const | ring].
    + assert (1 <= n) as M by (rewrite <- (Rplus_0_l 1); apply ax_gap; [apply int_lit | exact I | lra]).
      destruct (natural (n + -1) J) as [j V]; [lra|]. rewrite V, pw_nat.
      replace n with (INR (S j)) by (rewrite S_INR; lra).
      apply (dl_same _ (fun s => f s ^ S j)); [intro s; apply pw_nat|].
      rewrite INR_IZR_INZ. apply dl_pow, F.
Qed.

(** With an exponent that is whole only under conditions, unless the base is positive anyway. *)
Lemma ct_pw_either f n w :
  continuity_pt f w -> 0 < f w \/ (is_int n /\ (f w <> 0 \/ 0 <= n)) -> continuity_pt (fun s => pw (f s) n) w.
Proof.
  intros F [P|[I C]]; [|apply ct_pw_whole; assumption].
  apply (ct_pw f (fun _ => n)); [exact F | apply ct_const | exact P].
Qed.

Lemma dl_pw_either f n w k :
  derivable_pt_lim f w k -> 0 < f w \/ (is_int n /\ (f w <> 0 \/ 0 <= n)) ->
  0 < f w \/ (is_int n /\ (f w <> 0 \/ 0 <= n + -1)) ->
  derivable_pt_lim (fun s => pw (f s) n) w (n * pw (f w) (n + -1) * k).
Proof.
  intros F [P|[I A]] [Q|[_ B]]; [| | | apply dl_pw_whole; assumption]; apply dl_pw_real; first [assumption | reflexivity].
Qed.

(** What is known where a square root has a slope that is defined. *)
Lemma root_positive a : 0 <= a -> 2 * sqrt a <> 0 -> 0 < a.
Proof. intros [P| <-] N; [exact P | destruct N; rewrite sqrt_0; ring]. Qed.
