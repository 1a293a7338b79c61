(** One letter of a product of loops paired with each of the others in turn: the step of Isserlis's theorem on words. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Occurrences Stein.
Import ListNotations.
Open Scope R_scope.

Section Pairings.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable z h : nat. (* the random letter, and one of its shape that stands for the unit matrices *)
  Variable Row Col : word. (* its covariances *)

  (** The first loop with z, without z, and the other loops *)
  Fixpoint find (L : list loop) : option (word * list loop) :=
    match L with
    | [] => None
    | l :: r =>
        match splits z (snd l) with
        | x :: _ => Some (cut sg (snd (fst x)) (snd x ++ fst (fst x)), r)
        | [] => match find r with Some (w, M) => Some (w, l :: M) | None => None end
        end
    end.
  (** The letter that was found paired with one in its own loop, *)
  Definition own (M : list loop) (x : word * bool * word) : list loop :=
    if snd (fst x) then (rows sg z, Row ++ snd x) :: (cols sg z, Col ++ wtrans sg (fst (fst x))) :: M
    else (rows sg z, Row ++ wtrans sg (fst (fst x)) ++ Col ++ snd x) :: M.
  (** and with one in another loop *)
  Definition joined (w : word) (x : word * bool * word) : loop :=
    (cols sg z, w ++ Row ++ wtrans sg (cut sg (snd (fst x)) (snd x ++ fst (fst x))) ++ wtrans sg Col).
  Fixpoint others (w : word) (M : list loop) : list (list loop) :=
    match M with
    | [] => []
    | l :: r => map (fun x => joined w x :: r) (splits z (snd l)) ++ map (cons l) (others w r)
    end.
  Definition paired (w : word) (M : list loop) : list (list loop) := map (own M) (splits z w) ++ others w M.

  Definition fit (l : loop) : bool := fits sg (fst l) (snd l) (fst l).

  Lemma find_at rho L w M : env_ok sg size rho -> find L = Some (w, M) -> forallb fit L = true ->
    prod_loops sg size rho L =
    sum (size (rows sg z)) (fun a => sum (size (cols sg z)) (fun b =>
      rho z a b * (wden sg size rho w b a * prod_loops sg size rho M)))
    /\ chain sg (cols sg z) w = Some (rows sg z) /\ forallb fit M = true.
  Proof.
    intro OK. revert w M. induction L as [|[e u] r IH]; intros w M F H; simpl in F; [discriminate|].
    simpl in H. apply andb_true_iff in H. destruct H as [Fu H]. pose proof Fu as Fu'.
    unfold fit in Fu. simpl in Fu. apply fits_chain in Fu.
    destruct (splits z u) as [|[[p b] s] rest] eqn:S.
    - destruct (find r) as [[w' M']|]; [|discriminate]. injection F as <- <-.
      destruct (IH w' M' eq_refl H) as [A [B C]]. simpl. rewrite A, Fu', C. split; [|auto].
      rewrite <- sum_scal. apply sum_ext. intros a _. rewrite <- sum_scal. apply sum_ext. intros; ring.
    - injection F as <- <-. assert (W : u = p ++ (z, b) :: s) by (apply splits_word; rewrite S; left; reflexivity).
      subst u. split; [|split; [apply (split_chain sg e); exact Fu | exact H]]. simpl.
      rewrite (loop_at sg size rho OK _ _ _ _ _ Fu), <- sum_scal_r. apply sum_ext. intros a _.
      rewrite <- sum_scal_r. apply sum_ext. intros; ring.
  Qed.

  Variable E : (mat -> R) -> R.
  Variable order : nat.
  Variable row col : mat.
  Variable sc : R.
  Variable rho : nat -> mat.
  Notation nr := (size (rows sg z)).
  Notation nc := (size (cols sg z)).
  Hypothesis law : moments order nr nc row col sc E.
  Hypothesis ok : forall Z, env_ok sg size (upd rho z Z).
  Hypothesis different : h <> z.
  Hypothesis alike : rows sg h = rows sg z /\ cols sg h = cols sg z.
  Hypothesis Row_fits : chain sg (rows sg z) Row = Some (rows sg z).
  Hypothesis Col_fits : chain sg (cols sg z) Col = Some (cols sg z).
  Notation at_ Z := (upd rho z Z).
  Hypothesis row_is : forall Z a c, (a < nr)%nat -> (c < nr)%nat -> row a c = wden sg size (at_ Z) Row a c.
  Hypothesis col_is : forall Z b d, (b < nc)%nat -> (d < nc)%nat -> col b d = wden sg size (at_ Z) Col b d.
  Notation dat Z c d := (upd (upd rho z Z) h (unit c d)).
  Notation good := (good E nr nc order row col sc).

  Lemma good_token t i j : (i < size (trow sg t))%nat -> (j < size (tcol sg t))%nat ->
    good (count z [t]) (fun Z => tden (at_ Z) t i j)
      (fun c d Z => if Nat.eqb (fst t) z then tden (dat Z c d) (h, snd t) i j else 0).
  Proof.
    destruct t as [l b]. unfold trow, tcol. simpl. intros I J. destruct (Nat.eqb_spec l z) as [->|N]; simpl.
    - destruct b; unfold tden, mtrans; simpl.
      + apply (good_ext _ _ _ _ _ _ _ _ _ _ _ _ (good_entry E nr nc order row col sc law j i J I)).
        * intro Z. rewrite upd_same. reflexivity.
        * intros c d Z _ _. rewrite upd_same. reflexivity.
      + apply (good_ext _ _ _ _ _ _ _ _ _ _ _ _ (good_entry E nr nc order row col sc law i j I J)).
        * intro Z. rewrite upd_same. reflexivity.
        * intros c d Z _ _. rewrite upd_same. reflexivity.
    - apply (good_ext _ _ _ _ _ _ _ _ _ _ _ _ (good_const E nr nc order row col sc law (tden rho (l, b) i j))).
      + intro Z. rewrite tden_upd by exact N. reflexivity.
      + reflexivity.
  Qed.

  Lemma count_cons t w : count z (t :: w) = (count z [t] + count z w)%nat.
  Proof. simpl. destruct (Nat.eqb (fst t) z); reflexivity. Qed.

  Lemma good_word w a b i j : absent_word h w = true -> chain sg a w = Some b -> (i < size a)%nat ->
    good (count z w) (fun Z => wden sg size (at_ Z) w i j)
      (fun c d Z => lsum (fun u => wden sg size (dat Z c d) u i j) (dword h z w)).
  Proof.
    revert a i. induction w as [|t w IH]; intros a i Ab H I.
    - apply (good_const E nr nc order row col sc law (delta i j)).
    - simpl in Ab. apply andb_true_iff in Ab. destruct Ab as [At Aw]. apply negb_true_iff, Nat.eqb_neq in At.
      apply chain_cons_inv in H. destruct H as [-> H].
      rewrite count_cons. simpl wden.
      eapply good_ext.
      + apply (good_sum E nr nc order row col sc law). intros k K. apply (good_mul E nr nc order row col sc).
        * apply (good_token t i k I K).
        * apply (IH (tcol sg t) k Aw H K).
      + reflexivity.
      + intros c d Z _ _. simpl. rewrite sum_add, lsum_app, lsum_map. f_equal.
        * destruct t as [l e]. simpl. destruct (Nat.eqb_spec l z) as [->|N]; simpl.
          -- unfold tcol. simpl. destruct alike as [-> ->]. rewrite Rplus_0_r. apply sum_ext. intros k _. f_equal.
             symmetry. apply wden_upd. apply absent_word_in, Aw.
          -- rewrite (sum_ext _ _ (fun _ => 0)) by (intros; ring). apply sum_zero.
        * simpl. rewrite <- sum_lsum. apply sum_ext. intros k _. rewrite lsum_scal. f_equal.
          rewrite (tden_upd (upd rho z Z) h) by exact At. reflexivity.
  Qed.

  Lemma good_loops L : absent_loops h L = true -> forallb fit L = true ->
    good (counts z L) (fun Z => prod_loops sg size (at_ Z) L)
      (fun c d Z => lsum (prod_loops sg size (dat Z c d)) (dloops h z L)).
  Proof.
    induction L as [|[a w] L IH]; intros Ab F.
    - apply (good_const E nr nc order row col sc law 1).
    - simpl in Ab, F. apply andb_true_iff in Ab, F. destruct Ab as [Aw AL], F as [Fw FL].
      unfold fit in Fw. simpl in Fw. apply fits_chain in Fw. simpl counts. simpl prod_loops.
      eapply good_ext.
      + apply (good_mul E nr nc order row col sc); [|apply (IH AL FL)].
        apply (good_sum E nr nc order row col sc law). intros i I. apply (good_word w a a i i Aw Fw I).
      + reflexivity.
      + intros c d Z _ _. cbn beta. rewrite sum_lsum. simpl dloops. rewrite lsum_app, !lsum_map. simpl.
        rewrite (lsum_scal_r _ (fun x => lden sg size (dat Z c d) (a, x))), (lsum_scal (lden sg size (dat Z c d) (a, w))).
        f_equal; f_equal.
        * symmetry. apply (loops_upd sg size (at_ Z) L h (unit c d) AL).
        * unfold lden. simpl. apply sum_ext. intros i _. symmetry. apply wden_upd, absent_word_in, Aw.
  Qed.

  Lemma find_sound Z L w M : find L = Some (w, M) -> forallb fit L = true ->
    prod_loops sg size (at_ Z) L =
    sum nr (fun a => sum nc (fun b => Z a b * (wden sg size (at_ Z) w b a * prod_loops sg size (at_ Z) M)))
    /\ chain sg (cols sg z) w = Some (rows sg z) /\ forallb fit M = true.
  Proof. intros F H. pose proof (find_at (at_ Z) L w M (ok Z) F H) as K. rewrite upd_same in K. exact K. Qed.
End Pairings.
