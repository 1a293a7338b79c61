(** The steps that bind a letter: an expectation, entry by entry, and a gradient. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Show Substitution Occurrences Gradients
  Stein Expectations Steps.
Import ListNotations.
Open Scope R_scope.

Section Binding.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).
  Variable gs : list (nat * mat).
  Notation cden_ := (closed_den sg size val).
  Notation oden_ := (open_den sg size val).
  Notation ceq_ := (ceq sg units ndims).
  Notation ok := (ok sg size gs).

  (** * Expectations *)
  Section Expectation.
    Variable z h : nat.
    Variable Row Col : word.
    Variable scale : coefficient.
    Variable order fuel : nat.
    Variable E : (mat -> R) -> R.
    Variable row col : mat.
    Variable sc : R.
    Variable rho : nat -> mat.
    Hypothesis law : moments order (size (rows sg z)) (size (cols sg z)) row col sc E.
    Hypothesis letters : letters_ok sg z h Row Col = true.
    Hypothesis row_is : row = show_word sg size rho Row.
    Hypothesis col_is : col = show_word sg size rho Col.
    Hypothesis scale_is : sc = show_coefficient val scale.
    Hypothesis rho_ok : ok rho.

    Lemma letters_fits : chain sg (rows sg z) Row = Some (rows sg z) /\ chain sg (cols sg z) Col = Some (cols sg z).
    Proof.
      pose proof letters as K. unfold letters_ok in K. repeat (apply andb_true_iff in K; destruct K as [K ?]).
      split; apply fits_chain; assumption.
    Qed.
    Definition computed (C D : closed) : bool :=
      match expected sg units ndims z h Row Col scale order fuel C with Some X => ceq_ X D | None => false end.

    Lemma computed_sound sigma C D : env_ok sg size sigma -> (forall t, In t (Row ++ Col) -> sigma (fst t) = rho (fst t)) ->
      computed C D = true -> E (fun Z => cden_ (upd sigma z Z) C) = cden_ sigma D.
    Proof.
      destruct letters_fits as [RF CF]. intros OK A H. unfold computed in H.
      destruct (expected sg units ndims z h Row Col scale order fuel C) as [X|] eqn:EX; [|discriminate].
      rewrite <- (ceq_sound sg size units val ndims units_ok one_ok val_ok sigma OK _ _ H).
      assert (W : forall w a b i j, (forall t, In t w -> sigma (fst t) = rho (fst t)) -> chain sg a w = Some b ->
        (i < size a)%nat -> wden sg size rho w i j = wden sg size sigma w i j).
      { intros w a b i j S F I. apply (wden_agree sg size rho sigma w a b i j); [|exact F | exact I].
        intros t T k m _ _. rewrite (S t T). reflexivity. }
      apply (expected_sound sg size units val ndims units_ok one_ok val_ok z h Row Col scale order E row col sc sigma
        law OK letters) with (k := fuel); [| | |exact EX].
      - rewrite row_is. intros i j I J. rewrite (show_word_sound sg size rho _ _ _ i j RF I J).
        apply (W Row _ _ i j) with (2 := RF); [|exact I]. intros t T. apply A, in_app_iff. auto.
      - rewrite col_is. intros i j I J. rewrite (show_word_sound sg size rho _ _ _ i j CF I J).
        apply (W Col _ _ i j) with (2 := CF); [|exact I]. intros t T. apply A, in_app_iff. auto.
      - rewrite scale_is. apply show_coefficient_sound.
    Qed.

    Lemma expect_closed (f : mat -> R) C D : (forall Z, f Z = cden_ (upd rho z Z) C) -> computed C D = true ->
      E f = cden_ rho D.
    Proof.
      intros F H. rewrite (E_ext E f _ F). apply computed_sound; [apply rho_ok | reflexivity | exact H].
    Qed.

    Definition computed_open (a b U : nat) (C D : open) : bool :=
      shape sg a b C && shape sg a b D && absent U C && absent U D && absent_word U Row && absent_word U Col
      && Nat.eqb (rows sg U) a && Nat.eqb (cols sg U) b && negb (symm sg U) && negb (Nat.eqb U z)
      && computed (close a U C) (close a U D).

    Lemma expect_open a b U (f : mat -> mat) C D : (forall Z, meq (size a) (size b) (f Z) (oden_ (upd rho z Z) C)) ->
      computed_open a b U C D = true -> meq (size a) (size b) (mean E f) (oden_ rho D).
    Proof.
      destruct rho_ok as [OK _]. intros F H i j I J. unfold computed_open in H.
      repeat (apply andb_true_iff in H; destruct H as [H ?]).
      apply negb_true_iff, Nat.eqb_neq in H1. apply negb_true_iff in H2. apply Nat.eqb_eq in H3, H4.
      unfold mean. rewrite (E_ext E _ _ (fun Z => F Z i j I J)).
      rewrite <- (close_unit sg size val rho a b U D i j) by assumption.
      set (u := fun k l => delta i k * delta j l) in *.
      rewrite <- (computed_sound (upd rho U u) (close a U C)); [| apply env_upd; assumption | | exact H0].
      - apply E_ext. intro Z. rewrite <- (close_unit sg size val (upd rho z Z) a b U C i j) by assumption.
        rewrite upd_swap by auto. reflexivity.
      - intros t T. apply in_app_iff in T. apply upd_other.
        destruct T as [T|T]; [apply (absent_word_in U Row) | apply (absent_word_in U Col)]; assumption.
    Qed.
  End Expectation.

  (** * Gradients *)
  Lemma gradient_step rho h v f g C G : ok rho -> (forall V, f V = cden_ (upd rho v V) C) ->
    meq (size (rows sg v)) 1 g (oden_ rho G) -> is_gradient sg units ndims h v C G = true ->
    gradient (size (rows sg v)) f (rho v) g.
  Proof.
    intros [OK _] F M H. apply (gradient_ext _ _ _ _ _ _ F M).
    apply (gradient_sound sg size units val ndims units_ok one_ok val_ok rho h v C G H OK).
  Qed.
End Binding.
