(** Polynomials in words, their normal form, and the test that two of them are equal.

    A closed polynomial is a number: a sum of coefficients times loops. An open one is a matrix: its terms have a word
    besides. [close] makes the number tr(P U') of an open polynomial P and a probe U, a letter of P's shape. *)
From Coq Require Import Reals Lra Lia Arith List Bool.
From Verify Require Import Sums Matrices Coefficients Words.
Import ListNotations.
Open Scope R_scope.

Notation closed := (list (coefficient * list (nat * list (nat * bool)))).
Notation open := (list (coefficient * list (nat * list (nat * bool)) * list (nat * bool))).

Fixpoint word_leb (u v : word) : bool :=
  match u, v with
  | [], _ => true
  | _, [] => false
  | (l, b) :: u', (m, c) :: v' =>
      let x := (2 * l + Nat.b2n b)%nat in let y := (2 * m + Nat.b2n c)%nat in
      if Nat.ltb x y then true else if Nat.ltb y x then false else word_leb u' v'
  end.
Fixpoint word_eqb (u v : word) : bool :=
  match u, v with
  | [], [] => true
  | (l, b) :: u', (m, c) :: v' => Nat.eqb l m && Bool.eqb b c && word_eqb u' v'
  | _, _ => false
  end.
Fixpoint loops_eqb (L M : list loop) : bool :=
  match L, M with
  | [], [] => true
  | (a, u) :: L', (b, v) :: M' => Nat.eqb a b && word_eqb u v && loops_eqb L' M'
  | _, _ => false
  end.

Lemma word_eqb_eq u : forall v, word_eqb u v = true -> u = v.
Proof.
  induction u as [|[l b] u IH]; intros [|[m c] v]; simpl; intro H; try discriminate; [reflexivity|].
  apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [H B].
  apply Nat.eqb_eq in H. apply eqb_prop in B. subst. f_equal. apply IH, K.
Qed.
Lemma loops_eqb_eq L : forall M, loops_eqb L M = true -> L = M.
Proof.
  induction L as [|[a u] L IH]; intros [|[b v] M]; simpl; intro H; try discriminate; [reflexivity|].
  apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [H U].
  apply Nat.eqb_eq in H. apply word_eqb_eq in U. subst. f_equal. apply IH, K.
Qed.

(** One loop before another, by their words *)
Fixpoint linsert (l : loop) (L : list loop) : list loop :=
  match L with [] => [l] | m :: r => if word_leb (snd l) (snd m) then l :: L else m :: linsert l r end.
Fixpoint tinsert (L : list loop) (c : coefficient) (T : list (list loop * coefficient)) :=
  match T with
  | [] => [(L, c)]
  | (M, e) :: r => if loops_eqb L M then (M, cadd c e) :: r else (M, e) :: tinsert L c r
  end.
Definition rotations (w : word) : list word := map (fun k => skipn k w ++ firstn k w) (seq 0 (length w)).

Arguments lden : simpl never.
Arguments cmult : simpl never.
Arguments csymbol : simpl never.

Section Polynomials.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat. (* the symbols below this are the dimensions; the dimension 0 is one *)
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).

  Definition closed_fits (C : closed) : bool :=
    forallb (fun t => forallb (fun l => fits sg (fst l) (snd l) (fst l)) (snd t)) C.
  Definition shape (a b : nat) (P : open) : bool :=
    forallb (fun t => fits sg a (snd t) b && forallb (fun l => fits sg (fst l) (snd l) (fst l)) (snd (fst t))) P.
  Definition absent_word (x : nat) (w : word) : bool := forallb (fun t => negb (Nat.eqb (fst t) x)) w.
  Definition absent_loops (x : nat) (L : list loop) : bool := forallb (fun l => absent_word x (snd l)) L.
  Definition absent (x : nat) (P : open) : bool :=
    forallb (fun t => absent_word x (snd t) && absent_loops x (snd (fst t))) P.

  Definition headed (w : word) : loop := (match w with [] => 0%nat | t :: _ => trow sg t end, w).
  Definition canon (l : loop) : loop :=
    if fits sg (fst l) (snd l) (fst l) then
      match rotations (snd l) ++ rotations (wtrans sg (snd l)) with
      | [] => l
      | u :: r => headed (fold_left (fun m v => if word_leb m v then m else v) r u)
      end
    else l.
  Fixpoint nloops (L : list loop) : coefficient * list loop :=
    match L with
    | [] => (cone, [])
    | (a, w) :: r =>
        let (c, M) := nloops r in
        match w with
        | [] => if Nat.eqb a 0 then (c, M) else if Nat.ltb a ndims then (cmult units (csymbol a) c, M)
                else (c, (a, w) :: M)
        | _ => (c, linsert (canon (a, w)) M)
        end
    end.
  Definition cnorm (C : closed) : list (list loop * coefficient) :=
    fold_right (fun t T => let (c, M) := nloops (snd t) in tinsert M (cmult units (fst t) c) T) [] C.
  Definition negated (C : closed) : closed := map (fun t => (cneg (fst t), snd t)) C.
  (** Whether two closed polynomials are equal, as their normal forms say *)
  Definition ceq (C D : closed) : bool := forallb (fun t => cnull (snd t)) (cnorm (C ++ negated D)).
  Definition close (a U : nat) (P : open) : closed :=
    map (fun t => (fst (fst t), (a, snd t ++ [(U, true)]) :: snd (fst t))) P.
  (** Whether two open polynomials of a shape are equal, with the letter U for a probe *)
  Definition peq (a b U : nat) (P Q : open) : bool :=
    shape a b P && shape a b Q && absent U P && absent U Q && Nat.eqb (rows sg U) a && Nat.eqb (cols sg U) b
    && negb (symm sg U) && ceq (close a U P) (close a U Q).

  Section Meaning.
    Variable rho : nat -> mat.
    Notation cd := (cden val).
    Definition loops_den := prod_loops sg size rho.
    Definition closed_den (C : closed) : R := lsum (fun t => cd (fst t) * loops_den (snd t)) C.
    Definition open_den (P : open) (i j : nat) : R :=
      lsum (fun t => cd (fst (fst t)) * loops_den (snd (fst t)) * wden sg size rho (snd t) i j) P.
    Hypothesis ok : env_ok sg size rho.

    Lemma loops_cons l L : loops_den (l :: L) = lden sg size rho l * loops_den L.
    Proof. reflexivity. Qed.

    Lemma rotation_sound a w u : chain sg a w = Some a -> In u (rotations w) ->
      lden sg size rho (headed u) = lden sg size rho (a, w).
    Proof.
      intros H I. unfold rotations in I. apply in_map_iff in I. destruct I as [k [<- I]]. apply in_seq in I.
      pose proof (firstn_skipn k w) as F. rewrite <- F in H. apply chain_app_inv in H. destruct H as [b [U V]].
      transitivity (lden sg size rho (a, firstn k w ++ skipn k w)); [|rewrite F; reflexivity].
      rewrite (lden_rotate _ _ _ _ _ _ _ U V). unfold headed.
      destruct (skipn k w) as [|t r] eqn:S.
      - apply (f_equal (@length token)) in S. rewrite skipn_length in S. simpl in S. lia.
      - apply chain_cons_inv in V. destruct V as [-> _]. reflexivity.
    Qed.

    Lemma canon_sound l : lden sg size rho (canon l) = lden sg size rho l.
    Proof.
      unfold canon. destruct l as [a w]. simpl. destruct (fits sg a w a) eqn:F; [|reflexivity].
      apply fits_chain in F.
      assert (G : forall u, In u (rotations w ++ rotations (wtrans sg w)) -> lden sg size rho (headed u) = lden sg size rho (a, w)).
      { intros u I. apply in_app_iff in I. destruct I as [I|I]; [apply rotation_sound; auto|].
        rewrite <- (lden_trans sg size rho w a ok F). apply rotation_sound; [apply chain_wtrans, F | exact I]. }
      destruct (rotations w ++ rotations (wtrans sg w)) as [|u r]; [reflexivity|].
      assert (K : forall r m, (forall v, In v (m :: r) -> In v (u :: r) \/ True) -> lden sg size rho (headed m) = lden sg size rho (a, w) ->
        (forall v, In v r -> lden sg size rho (headed v) = lden sg size rho (a, w)) ->
        lden sg size rho (headed (fold_left (fun m v => if word_leb m v then m else v) r m)) = lden sg size rho (a, w)).
      { clear. induction r as [|v r IH]; intros m _ M A; simpl; [exact M|]. apply IH; [auto| |auto with datatypes].
        destruct (word_leb m v); [exact M | apply A; simpl; auto]. }
      apply K; auto with datatypes.
    Qed.

    Lemma linsert_sound l L : loops_den (linsert l L) = lden sg size rho l * loops_den L.
    Proof.
      unfold loops_den. induction L as [|m r IH]; simpl; [reflexivity|]. destruct word_leb; simpl; [reflexivity|].
      rewrite IH. ring.
    Qed.

    Lemma nloops_sound L : cd (fst (nloops L)) * loops_den (snd (nloops L)) = loops_den L.
    Proof.
      induction L as [|[a w] r IH]; simpl. { rewrite cone_sound. unfold loops_den. simpl. ring. }
      destruct (nloops r) as [c M] eqn:N. simpl in IH. rewrite <- IH. destruct w as [|t w].
      - match goal with |- context [lden sg size rho ?l] =>
          assert (E : lden sg size rho l = INR (size a))
            by (unfold lden; simpl; rewrite (sum_ext _ _ (fun _ => 1)) by (intros; apply delta_same);
                rewrite sum_const; ring) end.
        rewrite E. destruct (Nat.eqb_spec a 0) as [->|_]; simpl. { rewrite one_ok. simpl. ring. }
        destruct (Nat.ltb_spec a ndims); simpl.
        + rewrite (cmult_sound _ _ units_ok), csymbol_sound, val_ok by assumption. ring.
        + unfold loops_den. simpl. rewrite E. ring.
      - simpl fst. simpl snd. rewrite linsert_sound, canon_sound. ring.
    Qed.

    Definition table_den (T : list (list loop * coefficient)) : R := lsum (fun t => cd (snd t) * loops_den (fst t)) T.

    Lemma tinsert_sound L c T : table_den (tinsert L c T) = cd c * loops_den L + table_den T.
    Proof.
      unfold table_den. induction T as [|[M e] r IH]; simpl; [ring|]. destruct (loops_eqb L M) eqn:Q; simpl.
      - apply loops_eqb_eq in Q. subst. rewrite cadd_sound. ring.
      - rewrite IH. ring.
    Qed.

    Lemma cnorm_sound C : table_den (cnorm C) = closed_den C.
    Proof.
      unfold closed_den. induction C as [|[c L] r IH]; simpl; [reflexivity|].
      pose proof (nloops_sound L) as N. destruct (nloops L) as [e M]. simpl in N.
      rewrite tinsert_sound, IH, (cmult_sound _ _ units_ok), <- N. ring.
    Qed.

    Lemma ceq_sound C D : ceq C D = true -> closed_den C = closed_den D.
    Proof.
      unfold ceq. intro H. assert (Z : table_den (cnorm (C ++ negated D)) = 0).
      { unfold table_den. induction (cnorm (C ++ negated D)) as [|t T IH]; simpl in *; [reflexivity|].
        apply andb_true_iff in H. destruct H as [H K]. rewrite (cnull_sound _ _ H), (IH K). ring. }
      rewrite cnorm_sound in Z. unfold closed_den in *. rewrite lsum_app in Z.
      assert (N : lsum (fun t => cd (fst t) * loops_den (snd t)) (negated D)
                = - lsum (fun t => cd (fst t) * loops_den (snd t)) D).
      { clear Z H. induction D as [|[c L] r IH]; simpl; [ring|]. rewrite IH, cneg_sound. ring. }
      lra.
    Qed.

    (** tr(P U') is the sum of P_ij U_ij. *)
    Lemma close_sound a b U P : shape a b P = true -> rows sg U = a -> cols sg U = b ->
      closed_den (close a U P) = sum (size a) (fun i => sum (size b) (fun j => open_den P i j * rho U i j)).
    Proof.
      intros H A B. unfold closed_den, open_den. induction P as [|[[c L] w] r IH]; simpl in *.
      - rewrite (sum_ext _ _ (fun _ => 0)); [rewrite sum_zero; reflexivity|].
        intros i _. rewrite (sum_ext _ _ (fun _ => 0)); [apply sum_zero | intros; ring].
      - apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [F _].
        apply fits_chain in F. rewrite (IH K). clear IH K.
        transitivity (sum (size a) (fun i =>
          sum (size b) (fun j => cd c * loops_den L * wden sg size rho w i j * rho U i j)
          + sum (size b) (fun j => lsum (fun t => cd (fst (fst t)) * loops_den (snd (fst t))
              * wden sg size rho (snd t) i j) r * rho U i j))).
        2:{ apply sum_ext. intros i _. rewrite <- sum_add. apply sum_ext. intros j _. ring. }
        rewrite sum_add. f_equal.
        transitivity (cd c * loops_den L * lden sg size rho (a, w ++ [(U, true)])); [ring|].
        unfold lden. simpl fst. simpl snd. rewrite <- sum_scal. apply sum_ext. intros i I.
        rewrite (wden_app _ _ _ _ _ _ _ _ _ F I), <- sum_scal. apply sum_ext. intros j J.
        rewrite wden_one by (unfold tcol; simpl; rewrite A; exact I). unfold tden, mtrans. simpl. ring.
    Qed.
  End Meaning.

  Lemma loops_upd rho L x M : absent_loops x L = true -> loops_den (upd rho x M) L = loops_den rho L.
  Proof.
    unfold loops_den. induction L as [|[a w] r IH]; simpl; intro H; [reflexivity|].
    apply andb_true_iff in H. destruct H as [H K]. rewrite (IH K). f_equal. unfold lden. simpl.
    apply sum_ext. intros i _. apply wden_upd. intros t T. unfold absent_word in H. rewrite forallb_forall in H.
    specialize (H t T). apply negb_true_iff, Nat.eqb_neq in H. exact H.
  Qed.

  Lemma open_upd rho P x M i j : absent x P = true -> open_den (upd rho x M) P i j = open_den rho P i j.
  Proof.
    unfold open_den. induction P as [|[[c L] w] r IH]; simpl; intro H; [reflexivity|].
    apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [W H].
    rewrite (IH K), (loops_upd _ _ _ _ H). f_equal. f_equal. apply wden_upd. intros t T.
    unfold absent_word in W. rewrite forallb_forall in W. specialize (W t T).
    apply negb_true_iff, Nat.eqb_neq in W. exact W.
  Qed.

  Lemma env_upd rho x M : symm sg x = false -> env_ok sg size rho -> env_ok sg size (upd rho x M).
  Proof. intros S OK l L. unfold upd. destruct (Nat.eqb_spec l x); [congruence | apply OK, L]. Qed.

  (** The entry i j as a trace: with the unit matrix for the probe *)
  Lemma close_unit rho a b U P i j : shape a b P = true -> absent U P = true -> rows sg U = a -> cols sg U = b ->
    (i < size a)%nat -> (j < size b)%nat ->
    closed_den (upd rho U (fun k l => delta i k * delta j l)) (close a U P) = open_den rho P i j.
  Proof.
    intros S A R C I J. rewrite (close_sound _ a b) by assumption.
    rewrite (sum_ext _ _ (fun k => delta i k * open_den rho P k j)).
    - apply (sum_delta _ i (fun k => open_den rho P k j) I).
    - intros k _. rewrite (sum_ext _ _ (fun l => delta j l * (delta i k * open_den rho P k l))).
      + apply (sum_delta _ j (fun l => delta i k * open_den rho P k l) J).
      + intros l _. rewrite open_upd by exact A. unfold upd. rewrite Nat.eqb_refl. ring.
  Qed.

  Lemma peq_sound rho a b U P Q : peq a b U P Q = true -> env_ok sg size rho ->
    meq (size a) (size b) (open_den rho P) (open_den rho Q).
  Proof.
    unfold peq. intros H OK i j I J. repeat (apply andb_true_iff in H; destruct H as [H ?]).
    apply Nat.eqb_eq in H3, H2. apply negb_true_iff in H1.
    rewrite <- (close_unit rho a b U P i j), <- (close_unit rho a b U Q i j) by assumption.
    apply ceq_sound; [apply env_upd; assumption | assumption].
  Qed.
End Polynomials.
