(** The step on words is right: E of a product of loops is E of the loops in which one letter has been paired. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Occurrences Stein Pairings.
Import ListNotations.
Open Scope R_scope.

Definition quad (n m : nat) (W : nat -> nat -> nat -> nat -> R) : R :=
  sum n (fun a => sum m (fun b => sum n (fun c => sum m (fun d => W a b c d)))).

Lemma quad_ext n m V W : (forall a b c d, (a < n)%nat -> (b < m)%nat -> (c < n)%nat -> (d < m)%nat ->
  V a b c d = W a b c d) -> quad n m V = quad n m W.
Proof. intro H. unfold quad. repeat (apply sum_ext; intros). apply H; assumption. Qed.
Lemma quad_add n m V W : quad n m (fun a b c d => V a b c d + W a b c d) = quad n m V + quad n m W.
Proof.
  unfold quad. rewrite <- sum_add. apply sum_ext. intros a _. rewrite <- sum_add. apply sum_ext. intros b _.
  rewrite <- sum_add. apply sum_ext. intros c _. apply sum_add.
Qed.
Lemma quad_scal n m k W : quad n m (fun a b c d => k * W a b c d) = k * quad n m W.
Proof.
  unfold quad. rewrite <- sum_scal. apply sum_ext. intros a _. rewrite <- sum_scal. apply sum_ext. intros b _.
  rewrite <- sum_scal. apply sum_ext. intros c _. apply sum_scal.
Qed.
Lemma quad_lsum {A} n m (W : A -> nat -> nat -> nat -> nat -> R) l :
  quad n m (fun a b c d => lsum (fun x => W x a b c d) l) = lsum (fun x => quad n m (W x)) l.
Proof.
  induction l; simpl.
  - rewrite (quad_ext _ _ _ (fun _ _ _ _ => 0 * 0)) by (intros; ring).
    rewrite (quad_scal n m 0 (fun _ _ _ _ => 0)). ring.
  - rewrite quad_add, IHl. reflexivity.
Qed.

Section Isserlis.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable z h : nat.
  Variable Row Col : word.
  Variable rho : nat -> mat. (* with the value of z *)
  Notation nr := (size (rows sg z)).
  Notation nc := (size (cols sg z)).
  Hypothesis ok : env_ok sg size rho.
  Hypothesis h_plain : symm sg h = false.
  Hypothesis alike : rows sg h = rows sg z /\ cols sg h = cols sg z.
  Hypothesis Row_fits : chain sg (rows sg z) Row = Some (rows sg z).
  Hypothesis Col_fits : chain sg (cols sg z) Col = Some (cols sg z).
  Notation wd := (wden sg size rho).
  Notation dat c d := (upd rho h (unit c d)).
  Notation weight a b c d := (wd Row a c * wd Col b d).

  Lemma chain_alike a p b s : chain sg a (p ++ (h, b) :: s) = chain sg a (p ++ (z, b) :: s).
  Proof. rewrite !chain_app. simpl. unfold trow, tcol. simpl. destruct alike as [-> ->]. reflexivity. Qed.

  Lemma absent_app x u v : absent_word x (u ++ v) = absent_word x u && absent_word x v.
  Proof. unfold absent_word. apply forallb_app. Qed.

  Lemma wd_dat u c d i j : absent_word h u = true -> wden sg size (dat c d) u i j = wd u i j.
  Proof. intro A. apply wden_upd, absent_word_in, A. Qed.

  Lemma own_sound w M x : chain sg (cols sg z) w = Some (rows sg z) -> absent_word h w = true -> In x (splits z w) ->
    quad nr nc (fun a b c d => weight a b c d * wden sg size (dat c d) (fst (fst x) ++ (h, snd (fst x)) :: snd x) b a)
      * prod_loops sg size rho M = prod_loops sg size rho (own sg z Row Col M x).
  Proof.
    destruct x as [[p b] s]. simpl. intros H A I. apply splits_word in I. subst w.
    rewrite absent_app in A. simpl in A. apply andb_true_iff in A. destruct A as [Ap As].
    apply andb_true_iff in As. destruct As as [_ As].
    pose proof H as H'. rewrite <- chain_alike in H'.
    apply chain_app_inv in H. destruct H as [e [P H]]. apply chain_cons_inv in H. destruct H as [-> S].
    rewrite (quad_ext _ _ _ (fun a b' c d => weight a b' c d *
      (if b then wd p b' d * wd s c a else wd p b' c * wd s d a))).
    2:{ intros a b' c d HA HB HC HD. f_equal. rewrite (word_at sg size (dat c d) _ _ _ _ _ _ _ _ H' HB).
        destruct b; unfold trow, tcol, tden, mtrans; simpl; rewrite upd_same; destruct alike as [-> ->].
        - rewrite sum_swap. rewrite <- (unit_sum nr nc c d (fun l k => wd p b' k * wd s l a) HC HD).
          apply sum_ext. intros k _. apply sum_ext. intros l _. rewrite !wd_dat by assumption. ring.
        - rewrite <- (unit_sum nr nc c d (fun k l => wd p b' k * wd s l a) HC HD).
          apply sum_ext. intros k _. apply sum_ext. intros l _. rewrite !wd_dat by assumption. ring. }
    unfold own. cbn [fst snd]. unfold trow, tcol in P, S. cbn [fst snd] in P, S. destruct b; simpl.
    - rewrite <- Rmult_assoc. f_equal. unfold quad, lden. cbn [fst snd].
      rewrite <- sum_scal_r. apply sum_ext. intros a HA. rewrite <- sum_scal. apply sum_ext. intros b HB.
      rewrite (wden_app _ _ _ _ _ _ _ _ _ Row_fits HA), (wden_app _ _ _ _ _ _ _ _ _ Col_fits HB), <- sum_scal_r.
      apply sum_ext. intros c HC. rewrite <- sum_scal. apply sum_ext. intros d HD.
      rewrite (wden_trans _ _ _ _ _ _ _ _ ok P HB HD). ring.
    - f_equal. unfold quad, lden. cbn [fst snd]. apply sum_ext. intros a HA.
      rewrite (wden_app _ _ _ _ _ _ _ _ _ Row_fits HA), sum_swap. apply sum_ext. intros c HC.
      rewrite (wden_app _ _ _ _ _ _ _ _ _ (chain_wtrans _ _ _ _ P) HC), <- sum_scal. apply sum_ext. intros b HB.
      rewrite (wden_app _ _ _ _ _ _ _ _ _ Col_fits HB), <- !sum_scal. apply sum_ext. intros d HD.
      rewrite (wden_trans _ _ _ _ _ _ _ _ ok P HB HC). ring.
  Qed.

  Variable w : word.
  Hypothesis w_fits : chain sg (cols sg z) w = Some (rows sg z).

  Lemma joined_sound e u x : chain sg e u = Some e -> absent_word h u = true -> In x (splits z u) ->
    quad nr nc (fun a b c d => weight a b c d *
      (wd w b a * lden sg size (dat c d) (e, fst (fst x) ++ (h, snd (fst x)) :: snd x)))
    = lden sg size rho (joined sg z Row Col w x).
  Proof.
    destruct x as [[p t] s]. simpl. intros H A I. apply splits_word in I. subst u.
    rewrite absent_app in A. simpl in A. apply andb_true_iff in A. destruct A as [Ap As].
    apply andb_true_iff in As. destruct As as [_ As].
    pose proof (split_chain sg _ _ _ _ _ H) as Q. pose proof H as H'. rewrite <- chain_alike in H'.
    set (q := cut sg t (s ++ p)) in *.
    assert (Aq : absent_word h q = true).
    { unfold q, cut. assert (Au : absent_word h (s ++ p) = true) by (rewrite absent_app, As, Ap; reflexivity).
      destruct t; [|exact Au]. unfold absent_word, wtrans in *. apply forallb_forall. intros y Y.
      apply in_rev in Y. apply in_map_iff in Y. destruct Y as [y' [<- Y]]. rewrite forallb_forall in Au. apply (Au y' Y). }
    rewrite (quad_ext _ _ _ (fun a b c d => weight a b c d * (wd w b a * wd q d c))).
    2:{ intros a b c d HA HB HC HD. f_equal. f_equal.
        rewrite (loop_at sg size (dat c d) (env_upd sg size rho h _ h_plain ok) _ _ _ _ _ H'), upd_same.
        fold q. destruct alike as [-> ->]. rewrite <- (unit_sum nr nc c d (fun i j => wd q j i) HC HD).
        apply sum_ext. intros i _. apply sum_ext. intros j _. rewrite wd_dat by exact Aq. reflexivity. }
    unfold joined. cbn [fst snd]. fold q. unfold quad, lden. cbn [fst snd]. rewrite sum_swap.
    apply sum_ext. intros b HB. rewrite (wden_app _ _ _ _ _ _ _ _ _ w_fits HB). apply sum_ext. intros a HA.
    rewrite (wden_app _ _ _ _ _ _ _ _ _ Row_fits HA), <- sum_scal. apply sum_ext. intros c HC.
    rewrite (wden_app _ _ _ _ _ _ _ _ _ (chain_wtrans _ _ _ _ Q) HC), <- !sum_scal. apply sum_ext. intros d HD.
    rewrite (wden_trans _ _ _ _ _ _ _ _ ok Q HD HC), (wden_trans _ _ _ _ _ _ _ _ ok Col_fits HB HD). ring.
  Qed.

  Lemma others_sound M : absent_loops h M = true -> forallb (fit sg) M = true ->
    quad nr nc (fun a b c d => weight a b c d * (wd w b a * lsum (prod_loops sg size (dat c d)) (dloops h z M)))
    = lsum (prod_loops sg size rho) (others sg z Row Col w M).
  Proof.
    induction M as [|[e u] M IH]; intros A F.
    - simpl. rewrite (quad_ext _ _ _ (fun _ _ _ _ => 0 * 0)) by (intros; ring).
      rewrite (quad_scal nr nc 0 (fun _ _ _ _ => 0)). ring.
    - simpl in A, F. apply andb_true_iff in A, F. destruct A as [Au AM], F as [Fu FM].
      unfold fit in Fu. simpl in Fu. apply fits_chain in Fu. simpl others. rewrite lsum_app, !lsum_map.
      simpl prod_loops. rewrite lsum_scal, <- (IH AM FM), <- quad_scal.
      rewrite (lsum_ext _ (fun x => quad nr nc (fun a b c d => weight a b c d * (wd w b a *
        (lden sg size (dat c d) (e, fst (fst x) ++ (h, snd (fst x)) :: snd x) * prod_loops sg size rho M))))).
      2:{ intros x X. rewrite <- (joined_sound e u x Fu Au X), Rmult_comm, <- quad_scal. apply quad_ext. intros; ring. }
      rewrite <- quad_lsum, <- quad_add. apply quad_ext. intros a b c d _ _ _ _. simpl dloops.
      rewrite lsum_app, !lsum_map, dword_splits, lsum_map. simpl prod_loops. rewrite !lsum_scal.
      assert (G : lden sg size (dat c d) (e, u) = lden sg size rho (e, u)).
      { unfold lden. apply sum_ext. intros i _. apply wd_dat, Au. }
      pose proof (loops_upd sg size rho M h (unit c d) AM) as U. unfold loops_den in U. rewrite G, U.
      rewrite (lsum_scal_r (prod_loops sg size rho M)).
      ring.
  Qed.
End Isserlis.
