(** An equation M e + rest = 0 for a column e, where R is a two-sided inverse of M: it has the one solution - R rest. *)
From Coq Require Import Reals Lra Lia Arith List Bool.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Substitution Occurrences Steps.
Import ListNotations.
Open Scope R_scope.

Section Inverses.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).
  Variable gs : list (nat * mat).
  Notation oden_ := (open_den sg size val).
  Notation peq_ := (peq sg units ndims).

  Variable a U r e : nat. (* the dimension, a probe for columns, the letters R and e *)
  Variable M rest : open.
  Variable Mat : mat.
  Variable rho : nat -> mat.
  Hypothesis rho_ok : ok sg size gs rho.
  Hypothesis Mat_is : meq (size a) (size a) Mat (oden_ rho M).
  Hypothesis inverses : inverse (size a) Mat (rho r).
  Definition letter (l : nat) : open := [(cone, [], [(l, false)])].
  Definition onegated (P : open) : open := map (fun t => (cneg (fst (fst t)), snd (fst t), snd t)) P.
  Hypothesis shapes : shape sg a a M && shape sg a 0 rest && shape sg a a (letter r) && shape sg a 0 (letter e) = true.

  Lemma letter_den l i j c : shape sg (rows sg l) c (letter l) = true -> (j < size c)%nat -> oden_ rho (letter l) i j = rho l i j.
  Proof.
    unfold shape, letter. simpl. intros H J. rewrite !andb_true_r in H. apply fits_chain in H. simpl in H.
    unfold trow in H. simpl in H. rewrite Nat.eqb_refl in H. injection H as H.
    unfold open_den. simpl lsum. rewrite cone_sound. unfold loops_den. 
    transitivity (wden sg size rho [(l, false)] i j); [simpl; ring|].
    rewrite wden_one; [reflexivity | rewrite H; exact J].
  Qed.
  Lemma letter_rows l b c : shape sg b c (letter l) = true -> b = rows sg l.
  Proof.
    unfold shape, letter. simpl. intros H. rewrite !andb_true_r in H. apply fits_chain in H.
    apply chain_cons_inv in H. exact (proj1 H).
  Qed.
  Lemma onegated_den P i j : oden_ rho (onegated P) i j = - oden_ rho P i j.
  Proof.
    unfold open_den, onegated. rewrite lsum_map. rewrite (lsum_ext _ (fun t => -1 *
      (cden val (fst (fst t)) * loops_den sg size rho (snd (fst t)) * wden sg size rho (snd t) i j))).
    - rewrite lsum_scal. ring.
    - intros t _. cbn [fst snd]. rewrite cneg_sound. ring.
  Qed.
  Lemma mid_left f i : (i < size a)%nat -> sum (size a) (fun k => mid i k * f k) = f i.
  Proof. intro I. apply (sum_delta _ i f I). Qed.

  Lemma shapes_apart : shape sg a a M = true /\ shape sg a 0 rest = true /\ shape sg a a (letter r) = true
    /\ shape sg a 0 (letter e) = true.
  Proof. pose proof shapes as H. repeat (apply andb_true_iff in H; destruct H as [H ?]). auto. Qed.
  Lemma r_den i j : (j < size a)%nat -> oden_ rho (letter r) i j = rho r i j.
  Proof.
    destruct shapes_apart as [_ [_ [H _]]]. intro J. apply (letter_den r i j a); [|exact J].
    rewrite <- (letter_rows r a a H). exact H.
  Qed.

  (** A solution: P at - R rest, which is P', is M (- R rest) + rest. *)
  Lemma solution P' X : meq (size a) (size 0) X (oden_ rho P') ->
    peq_ a 0 U P' (onegated (omul units M (omul units (letter r) rest)) ++ rest) = true ->
    meq (size a) (size 0) X mzero.
  Proof.
    intros HX H i j I J. rewrite (HX i j I J). destruct rho_ok as [OK _]. destruct shapes_apart as [SM [SR [Sr _]]].
    rewrite (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ H OK i j I J).
    unfold open_den at 1. rewrite lsum_app. fold (oden_ rho rest i j).
    change (lsum _ (onegated (omul units M (omul units (letter r) rest))))
      with (oden_ rho (onegated (omul units M (omul units (letter r) rest))) i j).
    rewrite onegated_den, (omul_sound sg size units val units_ok rho _ _ a a i j SM I).
    rewrite (sum_ext _ _ (fun k => sum (size a) (fun l => Mat i k * rho r k l * oden_ rho rest l j))).
    2:{ intros k K. rewrite (omul_sound sg size units val units_ok rho _ _ a a k j Sr K), <- (Mat_is i k I K), <- sum_scal.
        apply sum_ext. intros l L. rewrite r_den by exact L. ring. }
    rewrite sum_swap.
    rewrite (sum_ext _ _ (fun l => mid i l * oden_ rho rest l j)).
    2:{ intros l L. rewrite <- (proj1 inverses i l I L). unfold mmul. rewrite <- sum_scal_r. reflexivity. }
    rewrite mid_left by exact I. unfold mzero. ring.
  Qed.

  (** The only one *)
  Lemma solution_unique P Q X Y : meq (size a) (size 0) X (oden_ rho P) -> meq (size a) (size 0) X mzero ->
    meq (size a) (size 0) Y (oden_ rho Q) ->
    peq_ a 0 U P (omul units M (letter e) ++ rest) && peq_ a 0 U Q (onegated (omul units (letter r) rest)) = true ->
    meq (size a) (size 0) (rho e) Y.
  Proof.
    intros HX Zero HY H i j I J. apply andb_true_iff in H. destruct H as [H K]. destruct rho_ok as [OK _].
    destruct shapes_apart as [SM [SR [Sr Se]]]. rewrite (HY i j I J).
    rewrite (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ K OK i j I J).
    rewrite onegated_den, (omul_sound sg size units val units_ok rho _ _ a a i j Sr I).
    assert (Eq : forall k, (k < size a)%nat -> sum (size a) (fun l => Mat k l * rho e l j) = - oden_ rho rest k j).
    { intros k L. pose proof (Zero k j L J) as Z. rewrite (HX k j L J) in Z.
      rewrite (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ H OK k j L J) in Z.
      unfold open_den at 1 in Z. rewrite lsum_app in Z. fold (oden_ rho rest k j) in Z.
      change (lsum _ (omul units M (letter e))) with (oden_ rho (omul units M (letter e)) k j) in Z.
      rewrite (omul_sound sg size units val units_ok rho _ _ a a k j SM L) in Z.
      rewrite (sum_ext _ _ (fun l => oden_ rho M k l * oden_ rho (letter e) l j)).
      - unfold mzero in Z. lra.
      - intros l L'. rewrite (Mat_is k l L L'). rewrite (letter_den e l j 0); [reflexivity | | exact J].
        rewrite <- (letter_rows e a 0 Se). exact Se. }
    rewrite <- (mid_left (fun l => rho e l j) i I).
    rewrite (sum_ext _ _ (fun l => sum (size a) (fun k => rho r i k * (Mat k l * rho e l j)))).
    2:{ intros l L. rewrite <- (proj2 inverses i l I L). unfold mmul. rewrite <- sum_scal_r. apply sum_ext. intros; ring. }
    rewrite sum_swap.
    rewrite (sum_ext _ _ (fun k => -1 * (oden_ rho (letter r) i k * oden_ rho rest k j))).
    - rewrite sum_scal. ring.
    - intros k L. rewrite sum_scal, (Eq k L), r_den by exact L. ring.
  Qed.
End Inverses.
