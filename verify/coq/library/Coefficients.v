(** Coefficients: Laurent polynomials in symbols with rational numbers, computed with and proved right. *)
From Coq Require Import Reals Lra Lia Arith ZArith QArith Qreals List Bool.
From Verify Require Import Sums.
Import ListNotations.
Open Scope R_scope.

Arguments Qred : simpl never.
Arguments Q2R : simpl never.
Arguments Qplus : simpl never.
Arguments Qmult : simpl never.
Arguments Qopp : simpl never.

Notation monomial := (list (nat * Z)).
Notation coefficient := (list (list (nat * Z) * Q)).

Fixpoint monomial_eqb (m n : monomial) : bool :=
  match m, n with
  | [], [] => true
  | (s, e) :: r, (s', e') :: r' => Nat.eqb s s' && Z.eqb e e' && monomial_eqb r r'
  | _, _ => false
  end.

Lemma monomial_eqb_eq m : forall n, monomial_eqb m n = true -> m = n.
Proof.
  induction m as [|[s e] r IH]; intros [|[s' e'] r']; simpl; intro H; try discriminate; [reflexivity|].
  apply andb_true_iff in H. destruct H as [H K]. apply andb_true_iff in H. destruct H as [H L].
  apply Nat.eqb_eq in H. apply Z.eqb_eq in L. subst. f_equal. apply IH, K.
Qed.

Section Coefficients.
  Variable units : nat -> bool. (* the symbols that are known not to be 0 *)
  Variable val : nat -> R.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.

  Fixpoint mden (m : monomial) : R := match m with [] => 1 | (s, e) :: r => powerRZ (val s) e * mden r end.
  Definition cden (c : coefficient) : R := lsum (fun x => Q2R (snd x) * mden (fst x)) c.

  Fixpoint minsert (s : nat) (e : Z) (m : monomial) : monomial :=
    match m with
    | [] => [(s, e)]
    | (s', e') :: r =>
        if Nat.eqb s s' then
          if units s || ((0 <=? e)%Z && (0 <=? e')%Z) then
            if (e + e' =? 0)%Z then r else (s, (e + e')%Z) :: r
          else (s, e) :: m
        else if Nat.ltb s s' then (s, e) :: m else (s', e') :: minsert s e r
    end.

  Lemma powerRZ_sum s e e' : units s || ((0 <=? e)%Z && (0 <=? e')%Z) = true ->
    powerRZ (val s) (e + e') = powerRZ (val s) e * powerRZ (val s) e'.
  Proof.
    intro H. apply orb_true_iff in H. destruct H as [H|H]. { apply powerRZ_add, units_ok, H. }
    apply andb_true_iff in H. destruct H as [H K]. apply Z.leb_le in H, K.
    rewrite <- (Z2Nat.id e), <- (Z2Nat.id e') by assumption. rewrite <- Nat2Z.inj_add, <- !pow_powerRZ. apply pow_add.
  Qed.

  Lemma minsert_sound s e m : mden (minsert s e m) = powerRZ (val s) e * mden m.
  Proof.
    induction m as [|[s' e'] r IH]; simpl; [reflexivity|].
    destruct (Nat.eqb_spec s s') as [<-|N].
    - destruct (units s || ((0 <=? e)%Z && (0 <=? e')%Z)) eqn:U; [|reflexivity].
      destruct (Z.eqb_spec (e + e') 0) as [Z|_]; simpl.
      + rewrite <- Rmult_assoc, <- powerRZ_sum by exact U. rewrite Z. simpl. ring.
      + rewrite powerRZ_sum by exact U. ring.
    - destruct (Nat.ltb s s'); simpl; [reflexivity|]. rewrite IH. ring.
  Qed.

  Fixpoint mmult (m n : monomial) : monomial := match m with [] => n | (s, e) :: r => minsert s e (mmult r n) end.

  Lemma mmult_sound m n : mden (mmult m n) = mden m * mden n.
  Proof. induction m as [|[s e] r IH]; simpl; [ring|]. rewrite minsert_sound, IH. ring. Qed.

  Fixpoint cinsert (m : monomial) (q : Q) (c : coefficient) : coefficient :=
    match c with
    | [] => [(m, q)]
    | (n, r) :: t => if monomial_eqb m n then (n, Qred (q + r)) :: t else (n, r) :: cinsert m q t
    end.

  Lemma cinsert_sound m q c : cden (cinsert m q c) = Q2R q * mden m + cden c.
  Proof.
    unfold cden. induction c as [|[n r] t IH]; simpl; [ring|].
    destruct (monomial_eqb m n) eqn:H; simpl.
    - apply monomial_eqb_eq in H. subst n. rewrite (Qeq_eqR _ _ (Qred_correct (q + r))), Q2R_plus. ring.
    - rewrite IH. ring.
  Qed.

  Definition cadd (c e : coefficient) : coefficient := fold_right (fun x t => cinsert (fst x) (snd x) t) e c.

  Lemma cadd_sound c e : cden (cadd c e) = cden c + cden e.
  Proof.
    unfold cden at 2. induction c as [|[m q] t IH]; simpl; [ring|]. rewrite cinsert_sound, IH. ring.
  Qed.

  Definition cmult (c e : coefficient) : coefficient :=
    fold_right (fun x t => cadd (map (fun y => (mmult (fst x) (fst y), Qred (snd x * snd y))) e) t) [] c.

  Lemma cmult_sound c e : cden (cmult c e) = cden c * cden e.
  Proof.
    induction c as [|[m q] t IH]; simpl; [unfold cden; simpl; ring|].
    rewrite cadd_sound, IH. change (cden ((m, q) :: t)) with (Q2R q * mden m + cden t).
    assert (G : cden (map (fun y => (mmult m (fst y), Qred (q * snd y))) e) = Q2R q * mden m * cden e).
    { unfold cden. rewrite lsum_map, <- lsum_scal. apply lsum_ext. intros y _. cbn [fst snd].
      rewrite mmult_sound, (Qeq_eqR _ _ (Qred_correct _)), Q2R_mult. ring. }
    rewrite G. ring.
  Qed.

  Definition cone : coefficient := [([], 1%Q)].
  Lemma cone_sound : cden cone = 1.
  Proof. unfold cden, cone. simpl. unfold Q2R. cbn [Qnum Qden]. field. Qed.

  Definition cneg (c : coefficient) : coefficient := map (fun x => (fst x, Qred (- snd x))) c.
  Lemma cneg_sound c : cden (cneg c) = - cden c.
  Proof.
    unfold cden, cneg. rewrite lsum_map. simpl. rewrite (lsum_ext _ (fun x => -1 * (Q2R (snd x) * mden (fst x)))).
    - rewrite lsum_scal. ring.
    - intros x _. rewrite (Qeq_eqR _ _ (Qred_correct _)), Q2R_opp. ring.
  Qed.

  Definition csymbol (s : nat) : coefficient := [([(s, 1%Z)], 1%Q)].
  Lemma csymbol_sound s : cden (csymbol s) = val s.
  Proof. unfold cden, csymbol. simpl. unfold Q2R. cbn [Qnum Qden]. field. Qed.

  Definition cnull (c : coefficient) : bool := forallb (fun x => Qeq_bool (snd x) 0) c.
  Lemma cnull_sound c : cnull c = true -> cden c = 0.
  Proof.
    unfold cnull, cden. induction c as [|[m q] t IH]; simpl; intro H; [reflexivity|].
    apply andb_true_iff in H. destruct H as [H K]. apply Qeq_bool_eq in H.
    rewrite (Qeq_eqR _ _ H), (IH K). unfold Q2R. cbn [Qnum Qden]. ring.
  Qed.

  (** As one writes it: what theorems state is convertible to this. *)
  Definition show_number (q : Q) : R := match Qden q with xH => IZR (Qnum q) | p => IZR (Qnum q) / IZR (Zpos p) end.
  Definition show_power (s : nat) (e : Z) : R :=
    match e with Zpos xH => val s | Zneg xH => / val s | Zneg p => / val s ^ Pos.to_nat p
    | Zpos p => val s ^ Pos.to_nat p | Z0 => 1 end.
  Fixpoint show_powers (s : nat) (e : Z) (m : monomial) : R :=
    match m with [] => show_power s e | (s', e') :: r => show_power s e * show_powers s' e' r end.
  Definition show_monomial (m : monomial) (q : Q) : R :=
    match m with [] => show_number q | (s, e) :: r =>
      match q with (1 # 1)%Q => show_powers s e r | _ => show_number q * show_powers s e r end end.
  Fixpoint show_sum (m : monomial) (q : Q) (c : coefficient) : R :=
    match c with [] => show_monomial m q | (n, r) :: t => show_monomial m q + show_sum n r t end.
  Definition show_coefficient (c : coefficient) : R := match c with [] => 0 | (m, q) :: t => show_sum m q t end.

  Lemma show_number_sound q : show_number q = Q2R q.
  Proof. destruct q as [n d]. unfold show_number, Q2R. simpl. destruct d; simpl; try reflexivity. field. Qed.
  Lemma show_power_sound s e : show_power s e = powerRZ (val s) e.
  Proof. destruct e as [|[p|p|]|[p|p|]]; unfold show_power; simpl; try reflexivity; try ring. f_equal; ring. Qed.
  Lemma show_powers_sound m : forall s e, show_powers s e m = mden ((s, e) :: m).
  Proof.
    induction m as [|[s' e'] r IH]; intros s e; simpl; rewrite show_power_sound; [ring|].
    rewrite IH. reflexivity.
  Qed.
  Lemma show_monomial_sound m q : show_monomial m q = Q2R q * mden m.
  Proof.
    destruct m as [|[s e] r]; simpl. { rewrite show_number_sound. ring. }
    assert (G : show_number q * show_powers s e r = Q2R q * (powerRZ (val s) e * mden r)).
    { rewrite show_number_sound, show_powers_sound. reflexivity. }
    destruct q as [[|[p|p|]|p] [d|d|]]; try exact G. rewrite show_powers_sound. cbn [mden]. unfold Q2R. cbn [Qnum Qden]. field.
  Qed.
  Lemma show_coefficient_sound c : show_coefficient c = cden c.
  Proof.
    destruct c as [|[m q] t]; [reflexivity|]. simpl. revert m q.
    induction t as [|[n r] t IH]; intros m q; simpl; rewrite show_monomial_sound; unfold cden; simpl; [ring|].
    rewrite IH. reflexivity.
  Qed.
End Coefficients.
