(** Where a letter stands in words and loops, and the words in which another letter stands at one of these places:
    the terms of the product rule. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials.
Import ListNotations.
Open Scope R_scope.

(** All (p, b, s) with w = p (z, b) s *)
Fixpoint splits (z : nat) (w : word) : list (word * bool * word) :=
  match w with
  | [] => []
  | t :: r => (if Nat.eqb (fst t) z then [([], snd t, r)] else [])
              ++ map (fun x => (t :: fst (fst x), snd (fst x), snd x)) (splits z r)
  end.
(** A word with h once in the place of z, at each place *)
Fixpoint dword (h z : nat) (w : word) : list word :=
  match w with
  | [] => []
  | t :: r => (if Nat.eqb (fst t) z then [(h, snd t) :: r] else []) ++ map (cons t) (dword h z r)
  end.
Fixpoint dloops (h z : nat) (L : list loop) : list (list loop) :=
  match L with
  | [] => []
  | l :: r => map (fun w => (fst l, w) :: r) (dword h z (snd l)) ++ map (cons l) (dloops h z r)
  end.
Fixpoint count (z : nat) (w : word) : nat :=
  match w with [] => 0 | t :: r => if Nat.eqb (fst t) z then S (count z r) else count z r end.
Fixpoint counts (z : nat) (L : list loop) : nat := match L with [] => 0 | l :: r => count z (snd l) + counts z r end.

Lemma splits_word z w p b s : In (p, b, s) (splits z w) -> w = p ++ (z, b) :: s.
Proof.
  revert p. induction w as [|[l c] w IH]; intros p; simpl; [intros []|]. intro H. apply in_app_iff in H.
  destruct H as [H|H].
  - destruct (Nat.eqb_spec l z) as [->|_]; [|destruct H]. destruct H as [H|[]]. injection H as <- <- <-. reflexivity.
  - apply in_map_iff in H. destruct H as [[[q c'] r] [E I]]. injection E as <- <- <-. simpl. f_equal. apply IH, I.
Qed.

Lemma dword_splits h z w : dword h z w = map (fun x => fst (fst x) ++ (h, snd (fst x)) :: snd x) (splits z w).
Proof.
  induction w as [|t w IH]; simpl; [reflexivity|]. rewrite map_app, IH, !map_map.
  f_equal. destruct (Nat.eqb (fst t) z); reflexivity.
Qed.

Definition unit (c d : nat) : mat := fun k l => delta c k * delta d l.

Section Occurrences.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable rho : nat -> mat.
  Hypothesis ok : env_ok sg size rho.

  (** What is left of a loop when a letter is cut out, from the letter's columns to its rows *)
  Definition cut (b : bool) (u : word) : word := if b then wtrans sg u else u.

  Lemma cut_chain x b u : chain sg (tcol sg (x, b)) u = Some (trow sg (x, b)) ->
    chain sg (cols sg x) (cut b u) = Some (rows sg x).
  Proof. destruct b; unfold cut, tcol, trow; simpl; [apply chain_wtrans | auto]. Qed.

  Lemma split_chain e p x b s : chain sg e (p ++ (x, b) :: s) = Some e ->
    chain sg (cols sg x) (cut b (s ++ p)) = Some (rows sg x).
  Proof.
    intro H. apply chain_app_inv in H. destruct H as [c [P H]]. apply chain_cons_inv in H. destruct H as [-> S].
    apply (cut_chain x b). rewrite chain_app, S. exact P.
  Qed.

  (** tr(p x s) = sum of x_ij (s p)_ji, and with s p transposed where x is *)
  Lemma loop_at e p x b s : chain sg e (p ++ (x, b) :: s) = Some e ->
    lden sg size rho (e, p ++ (x, b) :: s) =
    sum (size (rows sg x)) (fun i => sum (size (cols sg x)) (fun j =>
      rho x i j * wden sg size rho (cut b (s ++ p)) j i)).
  Proof.
    intro H. apply chain_app_inv in H. destruct H as [c [P H]]. rewrite (lden_rotate _ _ _ _ _ _ _ P H).
    apply chain_cons_inv in H. destruct H as [-> S].
    assert (C : chain sg (tcol sg (x, b)) (s ++ p) = Some (trow sg (x, b))) by (rewrite chain_app, S; exact P).
    unfold lden. simpl. destruct b; unfold cut, tden, trow, tcol, mtrans in *; simpl in *; [|reflexivity].
    rewrite sum_swap. apply sum_ext. intros i I. apply sum_ext. intros j J.
    rewrite (wden_trans _ _ _ _ _ _ _ _ ok C I J). reflexivity.
  Qed.

  Lemma word_at a p x b s c i j : chain sg a (p ++ (x, b) :: s) = Some c -> (i < size a)%nat ->
    wden sg size rho (p ++ (x, b) :: s) i j =
    sum (size (trow sg (x, b))) (fun k => sum (size (tcol sg (x, b))) (fun l =>
      wden sg size rho p i k * (tden rho (x, b) k l * wden sg size rho s l j))).
  Proof.
    intros H I. apply chain_app_inv in H. destruct H as [e [P H]]. rewrite (wden_app _ _ _ _ _ _ _ _ _ P I).
    apply chain_cons_inv in H. destruct H as [-> S]. apply sum_ext. intros k _.
    simpl. rewrite <- sum_scal. reflexivity.
  Qed.

  Lemma unit_sum n m c d (f : nat -> nat -> R) : (c < n)%nat -> (d < m)%nat ->
    sum n (fun k => sum m (fun l => unit c d k l * f k l)) = f c d.
  Proof.
    intros C D. rewrite (sum_ext _ _ (fun k => delta c k * f k d)).
    - apply (sum_delta _ c (fun k => f k d) C).
    - intros k _. rewrite (sum_ext _ _ (fun l => delta d l * (delta c k * f k l))) by (intros; unfold unit; ring).
      apply (sum_delta _ d (fun l => delta c k * f k l) D).
  Qed.
End Occurrences.

Lemma absent_word_in x w : absent_word x w = true -> forall t : token, In t w -> fst t <> x.
Proof.
  unfold absent_word. rewrite forallb_forall. intros H t T. specialize (H t T).
  apply negb_true_iff, Nat.eqb_neq in H. exact H.
Qed.

Lemma upd_same rho x M : upd rho x M x = M.
Proof. unfold upd. rewrite Nat.eqb_refl. reflexivity. Qed.

Lemma upd_other rho x M l : l <> x -> upd rho x M l = rho l.
Proof. unfold upd. destruct (Nat.eqb_spec l x); [contradiction | reflexivity]. Qed.

Lemma tden_upd rho x M t : fst t <> x -> tden (upd rho x M) t = tden rho t.
Proof. intro N. unfold tden. rewrite upd_other by exact N. reflexivity. Qed.

Lemma upd_swap rho x y M N : x <> y -> upd (upd rho x M) y N = upd (upd rho y N) x M.
Proof.
  intro D. apply functional_extensionality. intro l. unfold upd.
  destruct (Nat.eqb_spec l y), (Nat.eqb_spec l x); congruence.
Qed.

Lemma upd_id rho x : upd rho x (rho x) = rho.
Proof. apply functional_extensionality. intro l. unfold upd. destruct (Nat.eqb_spec l x); congruence. Qed.
