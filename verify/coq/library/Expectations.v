(** The expectation of a polynomial in a random letter, computed by pairings and proved right. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Occurrences Stein Pairings Isserlis Gradients.
Import ListNotations.
Open Scope R_scope.

Section Expectations.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).

  (** Like terms together; those that are 0 are gone. *)
  Definition tidy (C : closed) : closed :=
    map (fun t => (snd t, fst t)) (filter (fun t => negb (cnull (snd t))) (cnorm sg units ndims C)).

  Lemma tidy_sound rho C : env_ok sg size rho -> closed_den sg size val rho (tidy C) = closed_den sg size val rho C.
  Proof.
    intro OK. rewrite <- (cnorm_sound sg size units val ndims units_ok one_ok val_ok rho OK C).
    unfold tidy, closed_den, table_den. rewrite lsum_map. cbn [fst snd].
    induction (cnorm sg units ndims C) as [|[L c] T IH]; [reflexivity|].
    simpl. destruct (cnull c) eqn:N; simpl; rewrite IH; [|reflexivity]. rewrite (cnull_sound val _ N). ring.
  Qed.

  Variable z h : nat.
  Variable Row Col : word.
  Variable scale : coefficient.
  Variable order : nat.

  Definition letters_ok : bool :=
    negb (Nat.eqb h z) && negb (symm sg z) && negb (symm sg h) && Nat.eqb (rows sg h) (rows sg z)
    && Nat.eqb (cols sg h) (cols sg z) && fits sg (rows sg z) Row (rows sg z) && fits sg (cols sg z) Col (cols sg z)
    && absent_word z Row && absent_word z Col.

  Definition pair_ok (L : list loop) : bool :=
    match find sg z L with
    | None => true
    | Some (w, M) => forallb (fit sg) L && absent_word h w && absent_loops h M && Nat.ltb (count z w + counts z M) order
    end.
  Definition pair_term (t : coefficient * list loop) : closed :=
    match find sg z (snd t) with
    | None => [t]
    | Some (w, M) => map (fun L => (cmult units (fst t) scale, L)) (paired sg z Row Col w M)
    end.
  Fixpoint expected (k : nat) (C : closed) : option closed :=
    if absent_closed z C then Some C
    else match k with
         | O => None
         | S k => if forallb (fun t => pair_ok (snd t)) C then expected k (tidy (flat_map pair_term C)) else None
         end.

  Variable E : (mat -> R) -> R.
  Variable row col : mat.
  Variable sc : R.
  Variable rho : nat -> mat.
  Notation nr := (size (rows sg z)).
  Notation nc := (size (cols sg z)).
  Hypothesis law : moments order nr nc row col sc E.
  Hypothesis ok : env_ok sg size rho.
  Hypothesis letters : letters_ok = true.
  Hypothesis row_is : meq nr nr row (wden sg size rho Row).
  Hypothesis col_is : meq nc nc col (wden sg size rho Col).
  Hypothesis scale_is : sc = cden val scale.
  Notation at_ Z := (upd rho z Z).

  Lemma pair_sound L w M : find sg z L = Some (w, M) -> forallb (fit sg) L = true -> absent_word h w = true ->
    absent_loops h M = true -> (count z w + counts z M < order)%nat ->
    E (fun Z => prod_loops sg size (at_ Z) L)
    = E (fun Z => sc * lsum (prod_loops sg size (at_ Z)) (paired sg z Row Col w M)).
  Proof.
    intros F FL Aw AM D. pose proof letters as K. unfold letters_ok in K.
    repeat (apply andb_true_iff in K; destruct K as [K ?]).
    apply negb_true_iff, Nat.eqb_neq in K. apply negb_true_iff in H6, H5. apply Nat.eqb_eq in H4, H3.
    apply fits_chain in H2, H1.
    assert (OK : forall Z, env_ok sg size (at_ Z)) by (intro Z; apply env_upd; assumption).
    assert (RI : forall Z a c, (a < nr)%nat -> (c < nr)%nat -> row a c = wden sg size (at_ Z) Row a c).
    { intros Z a c A C. rewrite row_is by assumption. symmetry. apply wden_upd, absent_word_in, H0. }
    assert (CI : forall Z b d, (b < nc)%nat -> (d < nc)%nat -> col b d = wden sg size (at_ Z) Col b d).
    { intros Z b d A C. rewrite col_is by assumption. symmetry. apply wden_upd, absent_word_in, H. }
    pose proof (fun Z => find_sound sg size z rho OK Z L w M F FL) as FS.
    destruct (FS mzero) as [_ [W FM]].
    rewrite (E_ext E _ _ (fun Z => proj1 (FS Z))).
    rewrite (E_sum E nr nc order row col sc law nr).
    transitivity (quad nr nc (fun a b c d => cov row col sc a b c d * E (fun Z =>
      lsum (fun u => wden sg size (upd (at_ Z) h (unit c d)) u b a) (dword h z w) * prod_loops sg size (at_ Z) M
      + wden sg size (at_ Z) w b a * lsum (prod_loops sg size (upd (at_ Z) h (unit c d))) (dloops h z M)))).
    { unfold quad. apply sum_ext. intros a HA. rewrite (E_sum E nr nc order row col sc law nc). apply sum_ext. intros b HB.
      apply (stein_identity E nr nc order row col sc law (count z w + counts z M)
        (fun Z => wden sg size (at_ Z) w b a * prod_loops sg size (at_ Z) M)
        (fun c d Z => lsum (fun u => wden sg size (upd (at_ Z) h (unit c d)) u b a) (dword h z w) * prod_loops sg size (at_ Z) M
      + wden sg size (at_ Z) w b a * lsum (prod_loops sg size (upd (at_ Z) h (unit c d))) (dloops h z M)) a b); try assumption.
      apply (good_mul E nr nc order row col sc).
      - apply (good_word sg size z h E order row col sc rho law (conj H4 H3) w (cols sg z) (rows sg z)); assumption.
      - apply (good_loops sg size z h E order row col sc rho law (conj H4 H3)); assumption. }
    transitivity (E (fun Z => quad nr nc (fun a b c d => cov row col sc a b c d * (
      lsum (fun u => wden sg size (upd (at_ Z) h (unit c d)) u b a) (dword h z w) * prod_loops sg size (at_ Z) M
      + wden sg size (at_ Z) w b a * lsum (prod_loops sg size (upd (at_ Z) h (unit c d))) (dloops h z M))))).
    { unfold quad. rewrite (E_sum E nr nc order row col sc law nr). apply sum_ext. intros a _.
      rewrite (E_sum E nr nc order row col sc law nc). apply sum_ext. intros b _.
      rewrite (E_sum E nr nc order row col sc law nr). apply sum_ext. intros c _.
      rewrite (E_sum E nr nc order row col sc law nc). apply sum_ext. intros d _.
      symmetry. apply (E_scal E nr nc order row col sc law). }
    apply E_ext. intro Z. unfold paired. rewrite lsum_app, lsum_map.
    rewrite <- (others_sound sg size z h Row Col (at_ Z) (OK Z) H5 (conj H4 H3) H2 H1 w W M AM FM).
    rewrite (lsum_ext _ _ _ (fun x X => eq_sym (own_sound sg size z h Row Col (at_ Z) (OK Z) (conj H4 H3) H2 H1 w M x W Aw X))).
    rewrite lsum_scal_r, <- quad_lsum, Rmult_plus_distr_l, <- quad_scal.
    rewrite <- Rmult_assoc, <- quad_scal, (Rmult_comm _ (prod_loops sg size (at_ Z) M)), <- quad_scal, <- quad_add.
    apply quad_ext. intros a b c d HA HB HC HD. unfold cov.
    rewrite (RI Z a c HA HC), (CI Z b d HB HD), dword_splits, lsum_map, lsum_scal. ring.
  Qed.

  Lemma pass_sound C : forallb (fun t => pair_ok (snd t)) C = true ->
    E (fun Z => closed_den sg size val (at_ Z) C) = E (fun Z => closed_den sg size val (at_ Z) (flat_map pair_term C)).
  Proof.
    unfold closed_den, loops_den. intro H.
    rewrite (E_lsum E nr nc order row col sc law (fun t Z => cden val (fst t) * prod_loops sg size (at_ Z) (snd t))).
    rewrite (E_lsum E nr nc order row col sc law (fun t Z => cden val (fst t) * prod_loops sg size (at_ Z) (snd t))).
    rewrite lsum_flat_map. apply lsum_ext. intros [c L] T. rewrite forallb_forall in H. specialize (H _ T). cbn [fst snd] in *.
    unfold pair_ok in H. unfold pair_term. cbn [fst snd]. destruct (find sg z L) as [[w M]|] eqn:F; [|simpl; ring].
    apply andb_true_iff in H. destruct H as [H D]. apply andb_true_iff in H. destruct H as [H AM].
    apply andb_true_iff in H. destruct H as [FL Aw]. apply Nat.ltb_lt in D.
    rewrite (E_scal E nr nc order row col sc law), (pair_sound L w M F FL Aw AM D).
    rewrite (E_scal E nr nc order row col sc law), (E_lsum E nr nc order row col sc law (fun L Z => prod_loops sg size (at_ Z) L)).
    rewrite lsum_map, scale_is, <- !lsum_scal. apply lsum_ext. intros N _. cbn [fst snd].
    rewrite (cmult_sound units val units_ok), (E_scal E nr nc order row col sc law). ring.
  Qed.

  Lemma expected_sound k C D : expected k C = Some D ->
    E (fun Z => closed_den sg size val (at_ Z) C) = closed_den sg size val rho D.
  Proof.
    assert (S : symm sg z = false).
    { pose proof letters as K. unfold letters_ok in K. repeat (apply andb_true_iff in K; destruct K as [K ?]).
      apply negb_true_iff in H6. exact H6. }
    revert C. induction k as [|k IH]; intros C; simpl; destruct (absent_closed z C) eqn:A.
    1,3: intros [= <-]; rewrite (E_ext E _ (fun _ => closed_den sg size val rho C))
      by (intro Z; apply closed_upd, A); apply (E_const E nr nc order row col sc law).
    - discriminate.
    - destruct (forallb (fun t => pair_ok (snd t)) C) eqn:P; [|discriminate]. intro X.
      rewrite (pass_sound C P), <- (IH _ X). apply E_ext. intro Z. symmetry. apply tidy_sound, env_upd; assumption.
  Qed.
End Expectations.
