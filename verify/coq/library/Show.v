(** Polynomials as one writes them, in the vocabulary of Matrices.v: what a theorem states is convertible to this,
    so that nobody has to trust the printing of a certificate. *)
From Coq Require Import Reals Lra Lia Arith ZArith QArith List Bool.
From Verify Require Import Sums Matrices Coefficients Words Polynomials.
Import ListNotations.
Open Scope R_scope.

Section Show.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable val : nat -> R.
  Variable rho : nat -> mat.

  Fixpoint show_from (t : token) (w : word) : mat :=
    match w with [] => tden rho t | u :: r => mmul (size (tcol sg t)) (tden rho t) (show_from u r) end.
  Definition show_word (w : word) : mat := match w with [] => mid | t :: r => show_from t r end.
  Definition show_loop (l : loop) : R := mtrace (size (fst l)) (show_word (snd l)).
  Fixpoint show_loops (l : loop) (L : list loop) : R :=
    match L with [] => show_loop l | m :: r => show_loop l * show_loops m r end.
  Definition is_one (c : coefficient) : bool := match c with [([], 1 # 1)%Q] => true | _ => false end.
  Definition show_number_term (c : coefficient) (L : list loop) : R :=
    match L with
    | [] => show_coefficient val c
    | l :: r => if is_one c then show_loops l r else show_coefficient val c * show_loops l r
    end.
  Fixpoint show_numbers (t : coefficient * list loop) (C : closed) : R :=
    match C with [] => show_number_term (fst t) (snd t)
    | u :: r => show_number_term (fst t) (snd t) + show_numbers u r end.
  Definition show_closed (C : closed) : R := match C with [] => 0 | t :: r => show_numbers t r end.
  Definition show_term (t : coefficient * list loop * word) : mat :=
    if is_one (fst (fst t)) then
      match snd (fst t) with [] => show_word (snd t) | l :: r => mscale (show_loops l r) (show_word (snd t)) end
    else mscale (show_number_term (fst (fst t)) (snd (fst t))) (show_word (snd t)).
  Fixpoint show_terms (t : coefficient * list loop * word) (P : open) : mat :=
    match P with [] => show_term t | u :: r => madd (show_term t) (show_terms u r) end.
  Definition show_open (P : open) : mat := match P with [] => mzero | t :: r => show_terms t r end.

  Lemma is_one_sound c : is_one c = true -> cden val c = 1.
  Proof.
    unfold is_one. destruct c as [|[[|x m] [[|[p|p|]|p] [d|d|]]] [|y c]]; try discriminate. intros _. apply cone_sound.
  Qed.

  Lemma show_word_sound w a b i j : chain sg a w = Some b -> (i < size a)%nat -> (j < size b)%nat ->
    show_word w i j = wden sg size rho w i j.
  Proof.
    destruct w as [|t w]; [reflexivity|]. simpl show_word. revert t a i.
    induction w as [|u w IH]; intros t a i H I J; apply chain_cons_inv in H; destruct H as [-> H].
    - injection H as H. rewrite wden_one; [reflexivity | rewrite H; exact J].
    - simpl. unfold mmul. apply sum_ext. intros k K. f_equal. apply (IH u (tcol sg t) k H K J).
  Qed.

  Definition fit (l : loop) : bool := fits sg (fst l) (snd l) (fst l).

  Lemma show_loop_sound l : fit l = true -> show_loop l = lden sg size rho l.
  Proof.
    intro H. apply fits_chain in H. unfold show_loop, mtrace, lden. apply sum_ext. intros i I.
    apply (show_word_sound _ _ _ _ _ H I I).
  Qed.

  Lemma show_loops_sound L : forall l, forallb fit (l :: L) = true -> show_loops l L = loops_den sg size rho (l :: L).
  Proof.
    induction L as [|m r IH]; intros l H; apply andb_true_iff in H; destruct H as [F H].
    - simpl. rewrite (show_loop_sound _ F). unfold loops_den. simpl. ring.
    - simpl. rewrite (show_loop_sound _ F), (IH m H). reflexivity.
  Qed.

  Lemma show_number_term_sound c L : forallb fit L = true ->
    show_number_term c L = cden val c * loops_den sg size rho L.
  Proof.
    intro H. unfold show_number_term. destruct L as [|l r].
    - rewrite show_coefficient_sound. unfold loops_den. simpl. ring.
    - rewrite (show_loops_sound _ _ H). destruct (is_one c) eqn:O.
      + rewrite (is_one_sound _ O). ring.
      + rewrite show_coefficient_sound. reflexivity.
  Qed.

  Lemma show_closed_sound C : closed_fits sg C = true -> show_closed C = closed_den sg size val rho C.
  Proof.
    unfold show_closed, closed_den. destruct C as [|t C]; [reflexivity|]. revert t.
    induction C as [|u C IH]; intros t H; simpl in H; apply andb_true_iff in H; destruct H as [F H].
    - simpl. rewrite show_number_term_sound by exact F. ring.
    - simpl. rewrite show_number_term_sound by exact F. rewrite (IH u H). reflexivity.
  Qed.

  Lemma show_term_sound t a b i j : shape sg a b [t] = true -> (i < size a)%nat -> (j < size b)%nat ->
    show_term t i j = cden val (fst (fst t)) * loops_den sg size rho (snd (fst t)) * wden sg size rho (snd t) i j.
  Proof.
    destruct t as [[c L] w]. simpl. intros H I J. rewrite andb_true_r in H. apply andb_true_iff in H.
    destruct H as [F H]. apply fits_chain in F. unfold show_term. cbn [fst snd].
    destruct (is_one c) eqn:O.
    - rewrite (is_one_sound _ O). destruct L as [|l r].
      + rewrite (show_word_sound _ _ _ _ _ F I J). unfold loops_den. simpl. ring.
      + unfold mscale. rewrite (show_word_sound _ _ _ _ _ F I J), (show_loops_sound _ _ H). ring.
    - unfold mscale. rewrite (show_word_sound _ _ _ _ _ F I J), (show_number_term_sound _ _ H). reflexivity.
  Qed.

  Lemma show_open_sound P a b : shape sg a b P = true ->
    meq (size a) (size b) (show_open P) (open_den sg size val rho P).
  Proof.
    intros H i j I J. unfold show_open, open_den. destruct P as [|t P]; [reflexivity|]. revert t H.
    induction P as [|u P IH]; intros t H.
    - simpl. rewrite (show_term_sound t a b) by assumption. ring.
    - simpl in H. apply andb_true_iff in H. destruct H as [F H]. simpl. unfold madd.
      rewrite (show_term_sound t a b) by (try assumption; simpl; rewrite F; reflexivity).
      rewrite (IH u H). reflexivity.
  Qed.
End Show.
