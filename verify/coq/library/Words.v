(** Words: products of lettered matrices and their transposes, and loops: traces of such products. *)
From Coq Require Import Reals Lra Lia Arith List Bool.
From Verify Require Import Sums Matrices.
Import ListNotations.
Open Scope R_scope.

Notation token := (nat * bool)%type. (* a letter, and whether it is transposed *)
Notation word := (list (nat * bool)).
Notation loop := (nat * list (nat * bool))%type. (* a dimension, and the word from there to there *)
Notation signature := (list (nat * nat * bool)). (* of each letter: dimension of its rows and columns, symmetric *)

Definition upd (rho : nat -> mat) (x : nat) (M : mat) : nat -> mat := fun l => if Nat.eqb l x then M else rho l.

Section Words.
  Variable sg : signature.
  Variable size : nat -> nat. (* the dimensions *)

  Definition rows (l : nat) : nat := fst (fst (nth l sg (0, 0, false)%nat)).
  Definition cols (l : nat) : nat := snd (fst (nth l sg (0, 0, false)%nat)).
  Definition symm (l : nat) : bool := snd (nth l sg (0, 0, false)%nat) && Nat.eqb (rows l) (cols l).
  Definition trow (t : token) : nat := if snd t then cols (fst t) else rows (fst t).
  Definition tcol (t : token) : nat := if snd t then rows (fst t) else cols (fst t).

  (** Where a word that starts at a dimension ends, if its shapes fit *)
  Fixpoint chain (a : nat) (w : word) : option nat :=
    match w with [] => Some a | t :: r => if Nat.eqb (trow t) a then chain (tcol t) r else None end.
  Definition fits (a : nat) (w : word) (b : nat) : bool :=
    match chain a w with Some c => Nat.eqb c b | None => false end.

  Lemma fits_chain a w b : fits a w b = true <-> chain a w = Some b.
  Proof.
    unfold fits. destruct (chain a w) as [c|]; [|split; discriminate].
    rewrite Nat.eqb_eq. split; [intros ->; reflexivity | intros [= ->]; reflexivity].
  Qed.

  Lemma chain_app u v a : chain a (u ++ v) = match chain a u with Some b => chain b v | None => None end.
  Proof. revert a. induction u as [|t u IH]; intro a; simpl; [reflexivity|]. destruct Nat.eqb; auto. Qed.

  Lemma chain_app_inv u v a c : chain a (u ++ v) = Some c -> exists b, chain a u = Some b /\ chain b v = Some c.
  Proof. rewrite chain_app. destruct (chain a u) as [b|]; [|discriminate]. intro H. exists b. auto. Qed.

  Lemma chain_cons_inv t w a c : chain a (t :: w) = Some c -> a = trow t /\ chain (tcol t) w = Some c.
  Proof. simpl. destruct (Nat.eqb_spec (trow t) a); [auto|discriminate]. Qed.

  Lemma chain_cons t w c : chain (tcol t) w = Some c -> chain (trow t) (t :: w) = Some c.
  Proof. simpl. rewrite Nat.eqb_refl. auto. Qed.

  Definition flip (t : token) : token := (fst t, if symm (fst t) then false else negb (snd t)).
  Definition wtrans (w : word) : word := rev (map flip w).

  Lemma symm_square l : symm l = true -> rows l = cols l.
  Proof. unfold symm. intro H. apply andb_true_iff in H. apply Nat.eqb_eq, H. Qed.

  Lemma trow_flip t : trow (flip t) = tcol t.
  Proof.
    destruct t as [l b]. unfold flip, trow, tcol. simpl. destruct (symm l) eqn:S; simpl.
    - apply symm_square in S. destruct b; congruence.
    - destruct b; reflexivity.
  Qed.

  Lemma tcol_flip t : tcol (flip t) = trow t.
  Proof.
    destruct t as [l b]. unfold flip, trow, tcol. simpl. destruct (symm l) eqn:S; simpl.
    - apply symm_square in S. destruct b; congruence.
    - destruct b; reflexivity.
  Qed.

  Lemma wtrans_cons t w : wtrans (t :: w) = wtrans w ++ [flip t].
  Proof. reflexivity. Qed.

  Lemma chain_wtrans w a b : chain a w = Some b -> chain b (wtrans w) = Some a.
  Proof.
    revert a. induction w as [|t w IH]; intros a H. { simpl in *. congruence. }
    apply chain_cons_inv in H. destruct H as [-> H]. rewrite wtrans_cons, chain_app, (IH _ H).
    simpl. rewrite trow_flip, Nat.eqb_refl, tcol_flip. reflexivity.
  Qed.

  Section Meaning.
    Variable rho : nat -> mat.
    Definition tden (t : token) : mat := if snd t then mtrans (rho (fst t)) else rho (fst t).
    Fixpoint wden (w : word) (i j : nat) : R :=
      match w with [] => delta i j | t :: r => sum (size (tcol t)) (fun k => tden t i k * wden r k j) end.
    Definition lden (l : loop) : R := sum (size (fst l)) (fun i => wden (snd l) i i).
    Fixpoint prod_loops (L : list loop) : R := match L with [] => 1 | l :: r => lden l * prod_loops r end.

    Definition env_ok : Prop := forall l, symm l = true -> symmetric (size (rows l)) (rho l).

    Lemma wden_app u v a b i j : chain a u = Some b -> (i < size a)%nat ->
      wden (u ++ v) i j = sum (size b) (fun k => wden u i k * wden v k j).
    Proof.
      revert a i. induction u as [|t u IH]; intros a i H I.
      - injection H as <-. simpl. rewrite (sum_delta _ i (fun k => wden v k j)); auto.
      - apply chain_cons_inv in H. destruct H as [-> H]. simpl.
        rewrite (sum_ext _ _ (fun k => sum (size b) (fun l => tden t i k * (wden u k l * wden v l j)))).
        + rewrite sum_swap. apply sum_ext. intros l _. rewrite <- sum_scal_r. apply sum_ext. intros; ring.
        + intros k K. rewrite (IH _ _ H K), <- sum_scal. reflexivity.
    Qed.

    Lemma wden_one t i j : (j < size (tcol t))%nat -> wden [t] i j = tden t i j.
    Proof. intro J. simpl. apply (sum_delta_r _ j (fun k => tden t i k) J). Qed.

    Lemma tden_flip t i j : env_ok -> (i < size (trow t))%nat -> (j < size (tcol t))%nat ->
      tden (flip t) j i = tden t i j.
    Proof.
      destruct t as [l b]. unfold flip, tden, trow, tcol. simpl. intros OK I J.
      destruct (symm l) eqn:S; simpl.
      - pose proof (symm_square _ S) as Q. destruct b; simpl; unfold mtrans; [reflexivity|].
        apply OK; [exact S | rewrite Q; exact J | exact I].
      - destruct b; reflexivity.
    Qed.

    Lemma wden_trans w a b i j : env_ok -> chain a w = Some b -> (i < size a)%nat -> (j < size b)%nat ->
      wden (wtrans w) j i = wden w i j.
    Proof.
      intro OK. revert a i. induction w as [|t w IH]; intros a i H I J.
      - simpl. apply delta_sym.
      - apply chain_cons_inv in H. destruct H as [-> H]. rewrite wtrans_cons.
        rewrite (wden_app _ _ b (tcol t)); [| apply chain_wtrans, H | exact J].
        simpl wden at 3. apply sum_ext. intros k K. rewrite (IH _ _ H K J).
        rewrite wden_one by (rewrite tcol_flip; exact I). rewrite tden_flip by assumption. ring.
    Qed.

    (** tr(u v) = tr(v u) *)
    Lemma lden_rotate u v a b : chain a u = Some b -> chain b v = Some a -> lden (a, u ++ v) = lden (b, v ++ u).
    Proof.
      intros U V. unfold lden. simpl.
      rewrite (sum_ext _ _ _ (fun i I => wden_app u v a b i i U I)).
      rewrite (sum_ext (size b) _ _ (fun i I => wden_app v u b a i i V I)).
      rewrite sum_swap. apply sum_ext. intros k _. apply sum_ext. intros; ring.
    Qed.

    (** tr(w) = tr(w') *)
    Lemma lden_trans w a : env_ok -> chain a w = Some a -> lden (a, wtrans w) = lden (a, w).
    Proof. intros OK H. unfold lden. simpl. apply sum_ext. intros i I. apply (wden_trans w a a); auto. Qed.

    Lemma prod_loops_app L M : prod_loops (L ++ M) = prod_loops L * prod_loops M.
    Proof. induction L; simpl; [ring|]. rewrite IHL. ring. Qed.
  End Meaning.

  (** A word speaks of the entries below the dimensions only, of the letters that are written in it. *)
  Definition agree (rho sigma : nat -> mat) (l : nat) : Prop := meq (size (rows l)) (size (cols l)) (rho l) (sigma l).

  Lemma wden_agree rho sigma w a b i j : (forall t, In t w -> agree rho sigma (fst t)) -> chain a w = Some b ->
    (i < size a)%nat -> wden rho w i j = wden sigma w i j.
  Proof.
    revert a i. induction w as [|t w IH]; intros a i A H I; simpl; [reflexivity|].
    apply chain_cons_inv in H. destruct H as [-> H]. apply sum_ext. intros k K.
    rewrite (IH (tcol t) k) by (auto with datatypes). f_equal.
    destruct t as [l [|]]; unfold tden, trow, tcol, mtrans in *; simpl in *; apply (A (l, _) (or_introl eq_refl)); auto.
  Qed.

  Lemma lden_agree rho sigma l : (forall t, In t (snd l) -> agree rho sigma (fst t)) ->
    chain (fst l) (snd l) = Some (fst l) -> lden rho l = lden sigma l.
  Proof. intros A H. unfold lden. apply sum_ext. intros i I. apply (wden_agree _ _ _ _ _ i i A H I). Qed.

  Lemma agree_refl rho l : agree rho rho l.
  Proof. intros i j _ _. reflexivity. Qed.

  Lemma wden_upd rho w x M i j : (forall t, In t w -> fst t <> x) -> wden (upd rho x M) w i j = wden rho w i j.
  Proof.
    revert i. induction w as [|[l b] w IH]; intros i N; simpl; [reflexivity|]. apply sum_ext. intros k _.
    rewrite IH by (auto with datatypes). f_equal. unfold tden, upd. simpl.
    destruct (Nat.eqb_spec l x); [|reflexivity]. exfalso. apply (N (l, b)); auto with datatypes.
  Qed.
End Words.
