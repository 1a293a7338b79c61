(** The average over tasks (W, v) of polynomials that are linear in W, with at most one v beside it, or with v' W v. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Substitution Occurrences Gradients Pairings Steps.
Import ListNotations.
Open Scope R_scope.

Section Tasks.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).
  Variable gs : list (nat * mat).
  Variable W v A s : nat. (* weight, optimum, mean of the weights, solution, *)
  Variable K : option nat. (* and, if it is known, the mean of v' W v *)

  Definition plain (w : word) : bool := absent_word W w && absent_word v w.
  Definition plains (L : list loop) : bool := absent_loops W L && absent_loops v L.
  Definition headed_by (w : word) : bool := match w with (x, false) :: _ => Nat.eqb x v | _ => false end.
  (** From the columns of W to its rows, with v in front if it is there *)
  Definition turned (u : word) : word := if headed_by u then u else wtrans sg u.
  Definition average_loops (L : list loop) : option (list loop) :=
    if plains L then Some L
    else match find sg W L with
         | None => None
         | Some (u, M) =>
             if negb (plains M && forallb (fit sg) L) then None
             else if plain u then Some ((rows sg W, (A, false) :: u) :: M)
             else match turned u with
                  | (x, false) :: r =>
                      if negb (Nat.eqb x v) then None
                      else if word_eqb r [(v, true)] then
                        match K with Some k => Some ((0%nat, [(k, false)]) :: M) | None => None end
                      else if plain r then Some ((rows sg W, (A, false) :: (s, false) :: r) :: M)
                      else None
                  | _ => None
                  end
         end.
  Fixpoint average (C : closed) : option closed :=
    match C with
    | [] => Some []
    | (c, L) :: r => match average_loops L, average r with Some M, Some D => Some ((c, M) :: D) | _, _ => None end
    end.
  Definition task_letters : bool :=
    Nat.eqb (rows sg W) (cols sg W) && Nat.eqb (rows sg A) (rows sg W) && Nat.eqb (cols sg A) (rows sg W)
    && Nat.eqb (rows sg v) (rows sg W) && Nat.eqb (cols sg v) 0 && Nat.eqb (rows sg s) (rows sg W)
    && Nat.eqb (cols sg s) 0 && negb (Nat.eqb v W) && negb (symm sg v)
    && match K with Some k => Nat.eqb (rows sg k) 0 && Nat.eqb (cols sg k) 0 | None => true end.

  Variable E : (mat * mat -> R) -> R.
  Variable rho : nat -> mat.
  Notation n := (size (rows sg W)).
  Hypothesis law : tasks n (rho A) (rho s) E.
  Hypothesis squared : match K with Some k => square n (rho k 0%nat 0%nat) E | None => True end.
  Hypothesis letters : task_letters = true.
  Hypothesis ok : env_ok sg size rho.
  Notation at_ t := (upd (upd rho W (fst t)) v (snd t)).

  Lemma T_ext f g : (forall X x, symmetric n X -> f (X, x) = g (X, x)) -> E f = E g.
  Proof. destruct law as [_ [H _]]. apply H. Qed.
  Lemma T_add f g : E (fun t => f t + g t) = E f + E g.
  Proof. destruct law as [[H _] _]. apply H. Qed.
  Lemma T_scal c f : E (fun t => c * f t) = c * E f.
  Proof. destruct law as [[_ [H _]] _]. apply H. Qed.
  Lemma T_const c : E (fun _ => c) = c.
  Proof.
    destruct law as [[_ [H K1]] _]. transitivity (E (fun _ => c * 1)); [apply T_ext; intros; ring|].
    rewrite (H c (fun _ => 1)), K1. ring.
  Qed.
  Lemma T_sum m (f : nat -> mat * mat -> R) : E (fun t => sum m (fun k => f k t)) = sum m (fun k => E (f k)).
  Proof. induction m; simpl; [apply T_const|]. rewrite T_add, IHm. reflexivity. Qed.

  Lemma plain_den t w i j : plain w = true -> wden sg size (at_ t) w i j = wden sg size rho w i j.
  Proof.
    unfold plain. intro P. apply andb_true_iff in P. destruct P as [P Q].
    rewrite wden_upd by (apply absent_word_in, Q). apply wden_upd, absent_word_in, P.
  Qed.
  Lemma plains_den t L : plains L = true -> prod_loops sg size (at_ t) L = prod_loops sg size rho L.
  Proof.
    unfold plains. intro P. apply andb_true_iff in P. destruct P as [P Q].
    pose proof (loops_upd sg size (upd rho W (fst t)) L v (snd t) Q) as U. unfold loops_den in U. rewrite U.
    apply (loops_upd sg size rho L W (fst t) P).
  Qed.

  Record shapes : Prop := {
    W_square : rows sg W = cols sg W; A_rows : rows sg A = rows sg W; A_cols : cols sg A = rows sg W;
    v_rows : rows sg v = rows sg W; v_cols : cols sg v = 0%nat; s_rows : rows sg s = rows sg W;
    s_cols : cols sg s = 0%nat; K_cols : match K with Some k => cols sg k = 0%nat | None => True end; v_W : v <> W;
    v_plain : symm sg v = false }.
  Lemma shapes_ok : shapes.
  Proof.
    pose proof letters as H. unfold task_letters in H. repeat (apply andb_true_iff in H; destruct H as [H ?]).
    repeat match goal with X : Nat.eqb _ _ = true |- _ => apply Nat.eqb_eq in X end.
    repeat match goal with X : negb _ = true |- _ => apply negb_true_iff in X end.
    match goal with X : Nat.eqb v W = false |- _ => apply Nat.eqb_neq in X end.
    constructor; try assumption. destruct K as [k|]; [|exact Logic.I].
    match goal with X : _ && _ = true |- _ => apply andb_true_iff in X; destruct X as [_ X]; apply Nat.eqb_eq, X end.
  Qed.

  Lemma env_at X x : symmetric n X -> env_ok sg size (at_ (X, x)).
  Proof.
    intro S. apply env_upd; [apply shapes_ok|]. intros l L. unfold upd. simpl.
    destruct (Nat.eqb_spec l W) as [->|_]; [exact S | apply ok, L].
  Qed.

  Lemma average_loops_sound L M : average_loops L = Some M ->
    E (fun t => prod_loops sg size (at_ t) L) = prod_loops sg size rho M.
  Proof.
    pose proof shapes_ok as [WS AR AC VR VC SR SC KC VW VP]. destruct law as [_ [_ [EA EAs]]].
    unfold average_loops. destruct (plains L) eqn:PL.
    { intros [= <-]. rewrite (T_ext _ (fun _ => prod_loops sg size rho L)) by (intros; apply plains_den, PL).
      apply T_const. }
    destruct (find sg W L) as [[u N]|] eqn:F; [|discriminate].
    destruct (plains N && forallb (fit sg) L) eqn:PN; [simpl|discriminate].
    apply andb_true_iff in PN. destruct PN as [PN FL].
    assert (FS : forall X x, symmetric n X -> prod_loops sg size (at_ (X, x)) L
      = sum n (fun a => sum n (fun b => X a b * (wden sg size (at_ (X, x)) u b a * prod_loops sg size rho N)))).
    { intros X x S. pose proof (proj1 (find_at sg size W (at_ (X, x)) L u N (env_at X x S) F FL)) as H.
      rewrite H, <- WS, (plains_den (X, x) N PN). simpl. rewrite upd_other, upd_same by auto. reflexivity. }
    assert (FC : chain sg (cols sg W) u = Some (rows sg W)).
    { apply (find_at sg size W rho L u N ok F FL). }
    destruct (plain u) eqn:Pu.
    - intros [= <-]. simpl prod_loops.
      rewrite (T_ext _ (fun t => sum n (fun a => sum n (fun b =>
        (wden sg size rho u b a * prod_loops sg size rho N) * fst t a b)))).
      2:{ intros X x S. rewrite (FS X x S). apply sum_ext. intros a _. apply sum_ext. intros b _.
          rewrite plain_den by exact Pu. simpl. ring. }
      rewrite T_sum. unfold lden. cbn [fst snd]. rewrite <- sum_scal_r. apply sum_ext. intros a HA.
      rewrite T_sum. simpl. unfold tcol. simpl. rewrite AC, <- sum_scal_r. apply sum_ext. intros b HB.
      rewrite (T_scal _ (fun t => fst t a b)).
      assert (Q : E (fun t => fst t a b) = rho A a b) by (apply (EA a b HA HB)). rewrite Q.
      unfold tden. simpl. ring.
    - assert (TU : forall X x, symmetric n X -> prod_loops sg size (at_ (X, x)) L
        = sum n (fun a => sum n (fun b => X a b * (wden sg size (at_ (X, x)) (turned u) b a * prod_loops sg size rho N)))).
      { intros X x S. rewrite (FS X x S). unfold turned. destruct (headed_by u); [reflexivity|].
        rewrite sum_swap. apply sum_ext. intros a HA. apply sum_ext. intros b HB.
        rewrite (S b a HB HA). rewrite <- WS in FC.
        rewrite (wden_trans sg size (at_ (X, x)) u _ _ a b (env_at X x S) FC HA HB). reflexivity. }
      assert (TC : chain sg (cols sg W) (turned u) = Some (rows sg W)).
      { unfold turned. destruct (headed_by u); [exact FC|]. rewrite <- WS in FC |- *. apply chain_wtrans, FC. }
      destruct (turned u) as [|[y [|]] r] eqn:TE; try discriminate.
      destruct (Nat.eqb_spec y v) as [->|_]; [simpl | discriminate].
      destruct (word_eqb r [(v, true)]) eqn:WE.
      + apply word_eqb_eq in WE. subst r. destruct K as [k|]; [|discriminate]. intros [= <-]. simpl prod_loops.
        rewrite (T_ext _ (fun t => prod_loops sg size rho N *
          mmul n (mtrans (snd t)) (mmul n (fst t) (snd t)) 0%nat 0%nat)).
        2:{ intros X x S. rewrite (TU X x S). unfold mmul, mtrans. simpl. rewrite <- sum_scal. apply sum_ext. intros a HA.
            rewrite <- !sum_scal. apply sum_ext. intros b HB.
            unfold tcol, tden, mtrans. simpl. rewrite upd_same, VC, one_ok, VR. simpl.
            rewrite (sum_delta_r n a (fun k => x k 0%nat) HA). ring. }
        rewrite (T_scal _ (fun t => mmul n (mtrans (snd t)) (mmul n (fst t) (snd t)) 0%nat 0%nat)), squared.
        unfold lden. cbn [fst snd]. rewrite one_ok. simpl. unfold tcol, tden. simpl. rewrite KC, one_ok. simpl.
        rewrite delta_same. ring.
      + destruct (plain r) eqn:Pr; [|discriminate]. intros [= <-]. simpl prod_loops.
        rewrite (T_ext _ (fun t => sum n (fun a => (wden sg size rho r 0 a * prod_loops sg size rho N)
          * mmul n (fst t) (snd t) a 0%nat))).
        2:{ intros X x S. rewrite (TU X x S). apply sum_ext. intros a HA. unfold mmul. rewrite <- sum_scal.
            apply sum_ext. intros b HB. simpl. unfold tcol, tden. simpl. rewrite upd_same, VC, one_ok. simpl.
            pose proof (plain_den (X, x) r 0%nat a Pr) as Q. simpl in Q. rewrite Q. ring. }
        rewrite T_sum. unfold lden. cbn [fst snd]. rewrite <- sum_scal_r. apply sum_ext. intros a HA.
        rewrite (T_scal _ (fun t => mmul n (fst t) (snd t) a 0%nat)).
        assert (Q : E (fun t => mmul n (fst t) (snd t) a 0%nat) = mmul n (rho A) (rho s) a 0%nat)
          by (apply (EAs a 0%nat HA); lia).
        rewrite Q. unfold mmul. simpl. unfold tcol, tden. simpl. rewrite AC, <- !sum_scal, <- sum_scal_r.
        apply sum_ext. intros b HB. rewrite SC, one_ok. simpl. ring.
  Qed.

  Lemma average_sound C D : average C = Some D ->
    E (fun t => closed_den sg size val (at_ t) C) = closed_den sg size val rho D.
  Proof.
    unfold closed_den. revert D. induction C as [|[c L] r IH]; intros D; simpl.
    - intros [= <-]. apply T_const.
    - destruct (average_loops L) as [M|] eqn:AL; [|discriminate]. destruct (average r) as [D'|]; [|discriminate].
      intros [= <-]. simpl. rewrite T_add, T_scal, (IH D' eq_refl). f_equal. f_equal. apply average_loops_sound, AL.
  Qed.

  Notation cden_ := (closed_den sg size val).
  Notation oden_ := (open_den sg size val).

  Definition averages (C D : closed) : bool :=
    match average C with Some X => ceq sg units ndims X D | None => false end.
  Lemma average_closed f C D : (forall X x, symmetric n X -> f (X, x) = cden_ (at_ (X, x)) C) ->
    averages C D = true -> E f = cden_ rho D.
  Proof.
    intros F H. unfold averages in H. destruct (average C) as [X|] eqn:AV; [|discriminate].
    rewrite <- (ceq_sound sg size units val ndims units_ok one_ok val_ok rho ok _ _ H), <- (average_sound C X AV).
    apply T_ext. exact F.
  Qed.
End Tasks.

Section Entries.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).
  Variable W v A s : nat.
  Variable K : option nat.
  Variable E : (mat * mat -> R) -> R.
  Variable rho : nat -> mat.
  Notation n := (size (rows sg W)).
  Hypothesis law : tasks n (rho A) (rho s) E.
  Hypothesis squared : match K with Some k => square n (rho k 0%nat 0%nat) E | None => True end.
  Hypothesis letters : task_letters sg W v A s K = true.
  Hypothesis ok : env_ok sg size rho.
  Notation oden_ := (open_den sg size val).

  Definition averages_open (a b U : nat) (C D : open) : bool :=
    shape sg a b C && shape sg a b D && absent U C && absent U D && Nat.eqb (rows sg U) a && Nat.eqb (cols sg U) b
    && negb (symm sg U) && absent_word U [(W, false); (v, false); (A, false); (s, false)]
    && match K with Some k => negb (Nat.eqb k U) | None => true end
    && averages sg units ndims W v A s K (close a U C) (close a U D).

  Lemma average_open f a b U C D :
    (forall X x, symmetric n X -> meq (size a) (size b) (f (X, x)) (oden_ (upd (upd rho W X) v x) C)) ->
    averages_open a b U C D = true -> meq (size a) (size b) (mean E f) (oden_ rho D).
  Proof.
    intros F H i j I J. unfold averages_open in H. repeat (apply andb_true_iff in H; destruct H as [H ?]).
    apply Nat.eqb_eq in H4, H5. apply negb_true_iff in H3. pose proof (absent_word_in _ _ H2) as N. simpl in N.
    assert (NW : W <> U) by (apply (N (W, false)); auto). assert (Nv : v <> U) by (apply (N (v, false)); auto).
    assert (NA : A <> U) by (apply (N (A, false)); auto). assert (Ns : s <> U) by (apply (N (s, false)); auto 6).
    rewrite <- (close_unit sg size val rho a b U D i j) by assumption.
    set (u := fun k l => delta i k * delta j l) in *. unfold mean.
    apply (average_closed sg size units val ndims units_ok one_ok val_ok W v A s K E (upd rho U u)) with (C := close a U C).
    - rewrite !upd_other by assumption. exact law.
    - destruct K as [k|]; [|exact Logic.I]. apply negb_true_iff, Nat.eqb_neq in H1.
      rewrite upd_other by assumption. exact squared.
    - exact letters.
    - apply env_upd; assumption.
    - intros X x S. rewrite (F X x S i j I J), <- (close_unit sg size val _ a b U C i j) by assumption.
      fold u. rewrite (upd_swap rho U W), (upd_swap (upd rho W X) U v) by auto. reflexivity.
    - exact H0.
  Qed.
End Entries.

(** Writes the letters that keep their values by their names. *)
Ltac unfix_letters H :=
  let OK := fresh in let G := fresh in destruct H as [OK G]; cbn [fixes] in G;
  repeat match type of G with _ /\ _ => let A := fresh in destruct G as [A G]; try rewrite A end.
