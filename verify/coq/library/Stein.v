(** From the moments of a matrix Z to Stein's identity for polynomials F in its entries:
    E[Z_ab F(Z)] = sum over c, d of cov(ab, cd) E[dF/dZ_cd],
    proved from Isserlis's recursion for products of entries, as far as the order of the moments allows. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices.
Import ListNotations.
Open Scope R_scope.

Section Stein.
  Variable E : (mat -> R) -> R.
  Variable nr nc order : nat.
  Variable row col : mat.
  Variable sc : R.
  Hypothesis law : moments order nr nc row col sc E.
  Definition cov (a b c d : nat) : R := sc * row a c * col b d.

  Lemma E_ext f g : (forall Z, f Z = g Z) -> E f = E g.
  Proof. intro H. f_equal. apply functional_extensionality, H. Qed.
  Lemma E_add f g : E (fun Z => f Z + g Z) = E f + E g.
  Proof. destruct law as [[H _] _]. apply H. Qed.
  Lemma E_scal c f : E (fun Z => c * f Z) = c * E f.
  Proof. destruct law as [[_ [H _]] _]. apply H. Qed.
  Lemma E_const c : E (fun _ => c) = c.
  Proof.
    destruct law as [[_ [H K]] _]. transitivity (E (fun _ => c * 1)); [apply E_ext; intros; ring|].
    rewrite (H c (fun _ => 1)), K. ring.
  Qed.
  Lemma E_sum n (f : nat -> mat -> R) : E (fun Z => sum n (fun k => f k Z)) = sum n (fun k => E (f k)).
  Proof. induction n; simpl; [apply E_const|]. rewrite E_add, IHn. reflexivity. Qed.
  Lemma E_lsum {A} (f : A -> mat -> R) l : E (fun Z => lsum (fun x => f x Z) l) = lsum (fun x => E (f x)) l.
  Proof. induction l; simpl; [apply E_const|]. rewrite E_add, IHl. reflexivity. Qed.

  (** G, of degree n, has the derivatives dG, and Stein's identity holds for its products with entries. *)
  Definition stein (n : nat) (G : mat -> R) (dG : nat -> nat -> mat -> R) : Prop :=
    forall l a b, (length l + n < order)%nat -> (a < nr)%nat -> (b < nc)%nat ->
      (forall c e, In (c, e) l -> (c < nr)%nat /\ (e < nc)%nat) ->
      E (fun Z => Z a b * product Z l * G Z) =
      lsum (fun p => cov a b (fst (fst p)) (snd (fst p)) * E (fun Z => product Z (snd p) * G Z)) (picks l)
      + sum nr (fun c => sum nc (fun d => cov a b c d * E (fun Z => product Z l * dG c d Z))).

  Lemma stein_ext n G dG G' dG' : stein n G dG -> (forall Z, G Z = G' Z) ->
    (forall c d Z, (c < nr)%nat -> (d < nc)%nat -> dG c d Z = dG' c d Z) -> stein n G' dG'.
  Proof.
    intros H K D l a b L A B I. replace G' with G by (apply functional_extensionality, K).
    rewrite (H l a b L A B I). f_equal. apply sum_ext. intros c C. apply sum_ext. intros d D'. f_equal.
    apply E_ext. intro Z. rewrite D by assumption. reflexivity.
  Qed.

  Lemma stein_weaken n m G dG : (n <= m)%nat -> stein n G dG -> stein m G dG.
  Proof. intros N H l a b L. apply H. lia. Qed.

  Lemma stein_one : stein 0 (fun _ => 1) (fun _ _ _ => 0).
  Proof.
    intros l a b L A B I. destruct law as [_ M].
    transitivity (E (fun Z => Z a b * product Z l)); [apply E_ext; intros; ring|].
    rewrite M by (try assumption; lia). unfold cov. rewrite (sum_ext nr _ (fun _ => 0)).
    - rewrite sum_zero, Rplus_0_r. apply lsum_ext. intros p _. f_equal. apply E_ext. intros; ring.
    - intros c _. rewrite (sum_ext nc _ (fun _ => 0)); [apply sum_zero|]. intros d _.
      rewrite (E_ext _ (fun _ => 0)) by (intros; ring). rewrite E_const. ring.
  Qed.

  Lemma stein_add n G dG H dH : stein n G dG -> stein n H dH ->
    stein n (fun Z => G Z + H Z) (fun c d Z => dG c d Z + dH c d Z).
  Proof.
    intros SG SH l a b L A B I.
    rewrite (E_ext _ (fun Z => Z a b * product Z l * G Z + Z a b * product Z l * H Z)) by (intros; ring).
    rewrite E_add, SG, SH by assumption.
    rewrite (lsum_ext (fun p => _ * E (fun Z => product Z (snd p) * (G Z + H Z)))
      (fun p => cov a b (fst (fst p)) (snd (fst p)) * E (fun Z => product Z (snd p) * G Z)
        + cov a b (fst (fst p)) (snd (fst p)) * E (fun Z => product Z (snd p) * H Z))).
    2:{ intros p _. rewrite <- Rmult_plus_distr_l, <- E_add. f_equal. apply E_ext. intros; ring. }
    rewrite lsum_add.
    rewrite (sum_ext nr (fun c => sum nc (fun d => _ * E (fun Z => product Z l * (dG c d Z + dH c d Z))))
      (fun c => sum nc (fun d => cov a b c d * E (fun Z => product Z l * dG c d Z))
        + sum nc (fun d => cov a b c d * E (fun Z => product Z l * dH c d Z)))).
    2:{ intros c _. rewrite <- sum_add. apply sum_ext. intros d _.
        rewrite <- Rmult_plus_distr_l, <- E_add. f_equal. apply E_ext. intros; ring. }
    rewrite sum_add. ring.
  Qed.

  Lemma stein_scal n k G dG : stein n G dG -> stein n (fun Z => k * G Z) (fun c d Z => k * dG c d Z).
  Proof.
    intros SG l a b L A B I.
    rewrite (E_ext _ (fun Z => k * (Z a b * product Z l * G Z))) by (intros; ring).
    rewrite E_scal, SG by assumption. rewrite Rmult_plus_distr_l, <- lsum_scal, <- sum_scal. f_equal.
    - apply lsum_ext. intros p _. rewrite <- Rmult_assoc, (Rmult_comm k), Rmult_assoc. f_equal. rewrite <- E_scal.
      apply E_ext. intros; ring.
    - apply sum_ext. intros c _. rewrite <- sum_scal. apply sum_ext. intros d _.
      rewrite <- Rmult_assoc, (Rmult_comm k), Rmult_assoc. f_equal. rewrite <- E_scal. apply E_ext. intros; ring.
  Qed.

  Lemma stein_entry e f n G dG : (e < nr)%nat -> (f < nc)%nat -> stein n G dG ->
    stein (S n) (fun Z => Z e f * G Z) (fun c d Z => delta c e * delta d f * G Z + Z e f * dG c d Z).
  Proof.
    intros HE HF SG l a b L A B I.
    rewrite (E_ext _ (fun Z => Z a b * product Z ((e, f) :: l) * G Z)) by (intros; simpl; ring).
    rewrite SG; try assumption; [| simpl; lia |].
    2:{ intros c g [K|K]; [injection K as <- <-; auto | auto]. }
    simpl picks. simpl lsum. rewrite lsum_map. simpl fst. simpl snd.
    rewrite (sum_ext nr (fun c => sum nc (fun d => cov a b c d * E (fun Z => product Z l * (delta c e * delta d f * G Z + Z e f * dG c d Z))))
      (fun c => delta e c * (sum nc (fun d => delta f d * (cov a b c d * E (fun Z => product Z l * G Z))))
        + sum nc (fun d => cov a b c d * E (fun Z => product Z ((e, f) :: l) * dG c d Z)))).
    2:{ intros c _. rewrite <- sum_scal, <- sum_add. apply sum_ext. intros d _.
        rewrite (E_ext _ (fun Z => delta c e * delta d f * (product Z l * G Z) + product Z ((e, f) :: l) * dG c d Z))
          by (intros; simpl; ring).
        rewrite E_add, E_scal, (delta_sym c e), (delta_sym d f). ring. }
    rewrite sum_add, (sum_delta nr e (fun c => sum nc _) HE), (sum_delta nc f (fun d => _ * _) HF).
    rewrite (lsum_ext _ (fun p => cov a b (fst (fst p)) (snd (fst p)) * E (fun Z => product Z (snd p) * (Z e f * G Z)))).
    2:{ intros p _. f_equal. apply E_ext. intros; simpl; ring. }
    ring.
  Qed.

  (** F, of degree m, may be multiplied to whatever has Stein's identity. *)
  Definition good (m : nat) (F : mat -> R) (dF : nat -> nat -> mat -> R) : Prop :=
    forall n G dG, stein n G dG ->
      stein (m + n) (fun Z => F Z * G Z) (fun c d Z => dF c d Z * G Z + F Z * dG c d Z).

  Lemma good_ext m F dF F' dF' : good m F dF -> (forall Z, F Z = F' Z) ->
    (forall c d Z, (c < nr)%nat -> (d < nc)%nat -> dF c d Z = dF' c d Z) -> good m F' dF'.
  Proof.
    intros H K D n G dG SG. apply (stein_ext _ _ _ _ _ (H n G dG SG)).
    - intro Z. rewrite K. reflexivity.
    - intros c d Z C D'. rewrite K, D by assumption. reflexivity.
  Qed.
  Lemma good_weaken n m F dF : (n <= m)%nat -> good n F dF -> good m F dF.
  Proof. intros N H k G dG SG. apply (stein_weaken (n + k)); [lia | apply H, SG]. Qed.
  Lemma good_const k : good 0 (fun _ => k) (fun _ _ _ => 0).
  Proof.
    intros n G dG SG. apply (stein_ext _ _ _ _ _ (stein_scal n k G dG SG)); intros; [reflexivity | ring].
  Qed.
  Lemma good_entry e f : (e < nr)%nat -> (f < nc)%nat -> good 1 (fun Z => Z e f) (fun c d _ => delta c e * delta d f).
  Proof. intros HE HF n G dG SG. apply (stein_entry e f n G dG HE HF SG). Qed.
  Lemma good_add m F dF H dH : good m F dF -> good m H dH ->
    good m (fun Z => F Z + H Z) (fun c d Z => dF c d Z + dH c d Z).
  Proof.
    intros GF GH n G dG SG. apply (stein_ext _ _ _ _ _ (stein_add _ _ _ _ _ (GF n G dG SG) (GH n G dG SG))); intros; ring.
  Qed.
  Lemma good_mul m k F dF H dH : good m F dF -> good k H dH ->
    good (m + k) (fun Z => F Z * H Z) (fun c d Z => dF c d Z * H Z + F Z * dH c d Z).
  Proof.
    intros GF GH n G dG SG. pose proof (GF _ _ _ (GH n G dG SG)) as K.
    apply (stein_weaken (m + (k + n))); [lia|]. apply (stein_ext _ _ _ _ _ K); intros; ring.
  Qed.
  Lemma good_sum m N (F : nat -> mat -> R) dF : (forall k, (k < N)%nat -> good m (F k) (dF k)) ->
    good m (fun Z => sum N (fun k => F k Z)) (fun c d Z => sum N (fun k => dF k c d Z)).
  Proof.
    intro H. induction N as [|N IH]; simpl.
    - apply (good_weaken 0); [lia | apply good_const].
    - apply good_add; [apply IH; auto | apply H; lia].
  Qed.

  (** Stein's identity *)
  Lemma stein_identity m F dF a b : good m F dF -> (m < order)%nat -> (a < nr)%nat -> (b < nc)%nat ->
    E (fun Z => Z a b * F Z) = sum nr (fun c => sum nc (fun d => cov a b c d * E (dF c d))).
  Proof.
    intros G M A B. pose proof (G 0%nat _ _ stein_one [] a b) as K. simpl in K.
    rewrite (E_ext _ (fun Z => Z a b * 1 * (F Z * 1))) by (intros; ring).
    rewrite K by (try assumption; try lia; intros c e []). rewrite Rplus_0_l.
    apply sum_ext. intros c _. apply sum_ext. intros d _. f_equal. apply E_ext. intros; ring.
  Qed.
End Stein.
