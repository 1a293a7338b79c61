(** Other letters in a polynomial: the polynomial at q instead of a letter x. *)
From Coq Require Import Reals Lra Lia Arith List Bool.
From Verify Require Import Sums Matrices Coefficients Words Polynomials.
Import ListNotations.
Open Scope R_scope.

Section Substitution.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Notation cd := (cden val).

  Definition term_mul (t u : coefficient * list loop * word) : coefficient * list loop * word :=
    (cmult units (fst (fst t)) (fst (fst u)), snd (fst t) ++ snd (fst u), snd t ++ snd u).
  Definition omul (P Q : open) : open := flat_map (fun t => map (term_mul t) Q) P.
  Definition otrans (P : open) : open := map (fun t => (fst t, wtrans sg (snd t))) P.
  Definition cmul (C D : closed) : closed :=
    flat_map (fun t => map (fun u => (cmult units (fst t) (fst u), snd t ++ snd u)) D) C.

  Fixpoint find_letter (l : nat) (s : list (nat * open)) : option open :=
    match s with [] => None | (x, Q) :: r => if Nat.eqb l x then Some Q else find_letter l r end.
  Definition token_sub (s : list (nat * open)) (t : token) : open :=
    match find_letter (fst t) s with
    | None => [(cone, [], [t])]
    | Some Q => if snd t then otrans Q else Q
    end.
  Fixpoint word_sub (s : list (nat * open)) (w : word) : open :=
    match w with [] => [(cone, [], [])] | t :: r => omul (token_sub s t) (word_sub s r) end.
  Definition loop_sub (s : list (nat * open)) (l : loop) : closed :=
    map (fun t => (fst (fst t), (fst l, snd t) :: snd (fst t))) (word_sub s (snd l)).
  Fixpoint loops_sub (s : list (nat * open)) (L : list loop) : closed :=
    match L with [] => [(cone, [])] | l :: r => cmul (loop_sub s l) (loops_sub s r) end.
  Definition closed_sub (s : list (nat * open)) (C : closed) : closed :=
    flat_map (fun t => map (fun u => (cmult units (fst t) (fst u), snd u)) (loops_sub s (snd t))) C.
  (** Every letter is replaced by something of its shape. *)
  Definition sub_ok (s : list (nat * open)) : bool :=
    forallb (fun p => shape sg (rows sg (fst p)) (cols sg (fst p)) (snd p)) s.

  Section Meaning.
    Variable rho sigma : nat -> mat.
    Variable s : list (nat * open).
    Hypothesis ok : env_ok sg size rho.
    Hypothesis s_ok : sub_ok s = true.
    (** sigma is rho with the new values, below the dimensions *)
    Hypothesis new : forall l, match find_letter l s with
      | None => agree sg size rho sigma l
      | Some Q => meq (size (rows sg l)) (size (cols sg l)) (sigma l) (open_den sg size val rho Q) end.
    Notation od := (open_den sg size val rho).

    Lemma omul_sound P Q a b i j : shape sg a b P = true -> (i < size a)%nat ->
      od (omul P Q) i j = sum (size b) (fun k => od P i k * od Q k j).
    Proof.
      intros H I. unfold omul, open_den. rewrite lsum_flat_map. induction P as [|[[c L] w] r IH]; simpl in *.
      - rewrite (sum_ext _ _ (fun _ => 0)); [rewrite sum_zero; reflexivity | intros; ring].
      - apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [F _].
        apply fits_chain in F. rewrite (IH K). clear IH.
        rewrite (sum_ext (size b) (fun k => (_ + _) * _) (fun k =>
          cd c * loops_den sg size rho L * wden sg size rho w i k * od Q k j + od r i k * od Q k j))
          by (intros; unfold open_den; ring).
        rewrite sum_add. f_equal. rewrite lsum_map. unfold open_den.
        rewrite (sum_ext (size b) _ (fun k => lsum (fun u => cd c * loops_den sg size rho L * wden sg size rho w i k
          * (cd (fst (fst u)) * loops_den sg size rho (snd (fst u)) * wden sg size rho (snd u) k j)) Q))
          by (intros; rewrite lsum_scal; reflexivity).
        rewrite sum_lsum. apply lsum_ext. intros [[e M] v] _. unfold term_mul. cbn [fst snd].
        rewrite (cmult_sound _ _ units_ok). unfold loops_den at 1. rewrite prod_loops_app.
        rewrite (wden_app _ _ _ _ _ _ _ _ _ F I). rewrite <- sum_scal. apply sum_ext. intros k _.
        unfold loops_den. ring.
    Qed.

    Lemma otrans_sound P a b i j : shape sg a b P = true -> (i < size a)%nat -> (j < size b)%nat ->
      od (otrans P) j i = od P i j.
    Proof.
      intros H I J. unfold otrans, open_den. rewrite lsum_map. induction P as [|[[c L] w] r IH]; simpl in *; [reflexivity|].
      apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [F _].
      apply fits_chain in F. rewrite (IH K), (wden_trans _ _ _ _ _ _ _ _ ok F I J). reflexivity.
    Qed.

    Lemma shape_otrans P a b : shape sg a b P = true -> shape sg b a (otrans P) = true.
    Proof.
      unfold shape, otrans. induction P as [|[[c L] w] r IH]; simpl; intro H; [reflexivity|].
      apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [F M].
      rewrite (IH K), M. apply fits_chain in F. apply chain_wtrans in F. apply fits_chain in F. rewrite F. reflexivity.
    Qed.

    Lemma find_shape l Q : find_letter l s = Some Q -> shape sg (rows sg l) (cols sg l) Q = true.
    Proof.
      clear new. induction s as [|[x P] r IH]; simpl in *; [discriminate|].
      apply andb_true_iff in s_ok. destruct s_ok as [H K]. destruct (Nat.eqb_spec l x) as [->|_]; [|auto].
      intros [= <-]. exact H.
    Qed.

    Lemma token_shape t : shape sg (trow sg t) (tcol sg t) (token_sub s t) = true.
    Proof.
      destruct t as [l b]. unfold token_sub. cbn [fst snd]. destruct (find_letter l s) as [Q|] eqn:F.
      - pose proof (find_shape _ _ F) as H. unfold trow, tcol. cbn [fst snd]. destruct b; [apply shape_otrans|]; exact H.
      - unfold shape. simpl. unfold fits. simpl. rewrite !Nat.eqb_refl. reflexivity.
    Qed.

    Lemma token_sub_sound t i j : (i < size (trow sg t))%nat -> (j < size (tcol sg t))%nat ->
      od (token_sub s t) i j = tden sigma t i j.
    Proof.
      destruct t as [l b]. intros I J. unfold token_sub. cbn [fst snd]. pose proof (new l) as N.
      destruct (find_letter l s) as [Q|] eqn:F.
      - pose proof (find_shape _ _ F) as H. unfold trow, tcol, tden in *. cbn [fst snd] in *. destruct b.
        + rewrite (otrans_sound _ _ _ _ _ H J I). symmetry. apply N; assumption.
        + symmetry. apply N; assumption.
      - transitivity (wden sg size rho [(l, b)] i j).
        { unfold open_den. simpl. rewrite cone_sound. unfold loops_den. simpl. ring. }
        rewrite wden_one by exact J. unfold trow, tcol, tden in *. cbn [fst snd] in *.
        destruct b; unfold mtrans; rewrite <- N by assumption; ring.
    Qed.

    Lemma word_sub_sound w a b i j : chain sg a w = Some b -> (i < size a)%nat ->
      od (word_sub s w) i j = wden sg size sigma w i j.
    Proof.
      revert a i. induction w as [|t w IH]; intros a i H I.
      - unfold open_den. simpl. rewrite cone_sound. unfold loops_den. simpl. ring.
      - apply chain_cons_inv in H. destruct H as [-> H]. simpl word_sub.
        rewrite (omul_sound _ _ _ _ _ _ (token_shape t) I). simpl wden. apply sum_ext. intros k K.
        rewrite (token_sub_sound t i k I K), (IH _ _ H K). reflexivity.
    Qed.

    Lemma loop_sub_sound l : chain sg (fst l) (snd l) = Some (fst l) ->
      closed_den sg size val rho (loop_sub s l) = lden sg size sigma l.
    Proof.
      intro H. unfold lden. rewrite (sum_ext _ _ (fun i => od (word_sub s (snd l)) i i)).
      2:{ intros i I. symmetry. apply (word_sub_sound _ _ _ _ _ H I). }
      unfold closed_den, loop_sub, open_den. rewrite lsum_map, sum_lsum. apply lsum_ext. intros [[c L] w] _.
      cbn [fst snd]. unfold loops_den. simpl prod_loops. unfold lden. cbn [fst snd]. rewrite sum_scal. ring.
    Qed.

    Lemma cmul_sound C D :
      closed_den sg size val rho (cmul C D) = closed_den sg size val rho C * closed_den sg size val rho D.
    Proof.
      unfold closed_den, cmul. rewrite lsum_flat_map, <- lsum_scal_r. apply lsum_ext. intros t _.
      rewrite lsum_map, <- lsum_scal. apply lsum_ext. intros u _. cbn [fst snd].
      rewrite (cmult_sound _ _ units_ok). unfold loops_den. rewrite prod_loops_app. ring.
    Qed.

    Lemma loops_sub_sound L : forallb (fun l => fits sg (fst l) (snd l) (fst l)) L = true ->
      closed_den sg size val rho (loops_sub s L) = loops_den sg size sigma L.
    Proof.
      induction L as [|l r IH]; simpl; intro H.
      - unfold closed_den, loops_den. simpl. rewrite cone_sound. ring.
      - apply andb_true_iff in H. destruct H as [F H]. apply fits_chain in F.
        rewrite cmul_sound, (loop_sub_sound _ F), (IH H). reflexivity.
    Qed.

    Lemma closed_sub_sound C : closed_fits sg C = true ->
      closed_den sg size val sigma C = closed_den sg size val rho (closed_sub s C).
    Proof.
      unfold closed_den at 2. unfold closed_sub. rewrite lsum_flat_map. unfold closed_den. induction C as [|[c L] r IH]; simpl; intro H; [reflexivity|].
      apply andb_true_iff in H. destruct H as [F H]. rewrite (IH H). f_equal.
      rewrite <- (loops_sub_sound L F). unfold closed_den. rewrite <- lsum_scal, lsum_map. apply lsum_ext.
      intros u _. cbn [fst snd]. rewrite (cmult_sound _ _ units_ok). ring.
    Qed.
  End Meaning.
End Substitution.
