(** One lemma for each step of a certificate: from the meaning of the polynomials before to that of the one after. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Show Substitution.
Import ListNotations.
Open Scope R_scope.

Fixpoint fixes (rho : nat -> mat) (gs : list (nat * mat)) : Prop :=
  match gs with [] => True | (l, M) :: r => rho l = M /\ fixes rho r end.
Definition is_fixed (x : nat) (gs : list (nat * mat)) : bool := existsb (fun p => Nat.eqb (fst p) x) gs.
(** New values of letters, with the polynomials that they are *)
Fixpoint upds (rho : nat -> mat) (vs : list (nat * mat * open)) (l : nat) : mat :=
  match vs with [] => rho l | (x, M, _) :: r => if Nat.eqb l x then M else upds rho r l end.
Definition replaced (vs : list (nat * mat * open)) : list (nat * open) := map (fun v => (fst (fst v), snd v)) vs.
Definition scaled (units : nat -> bool) (c : coefficient) (C : closed) : closed :=
  map (fun t => (cmult units c (fst t), snd t)) C.
Definition opened (C : closed) : open := map (fun t => (fst t, snd t, [])) C.

Lemma meq_trans n m A B C : meq n m A B -> meq n m B C -> meq n m A C.
Proof. intros H K i j I J. rewrite H, K by assumption. reflexivity. Qed.
Lemma meq_sym n m A B : meq n m A B -> meq n m B A.
Proof. intros H i j I J. symmetry. apply H; assumption. Qed.
Lemma meq_refl n m A : meq n m A A.
Proof. intros i j _ _. reflexivity. Qed.

Section Steps.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).
  Variable gs : list (nat * mat). (* letters that keep their values *)
  Notation cden_ := (closed_den sg size val).
  Notation oden_ := (open_den sg size val).
  Notation ceq_ := (ceq sg units ndims).
  Notation peq_ := (peq sg units ndims).
  Definition ok (rho : nat -> mat) : Prop := env_ok sg size rho /\ fixes rho gs.

  Lemma fixes_upd rho x M g : is_fixed x g = false -> fixes rho g -> fixes (upd rho x M) g.
  Proof.
    induction g as [|[l N] r IH]; simpl; [auto|]. intro H. apply orb_false_iff in H. destruct H as [H K]. intros [F R].
    unfold upd at 1. rewrite H. auto.
  Qed.
  Lemma ok_upd rho x M : symm sg x = false -> is_fixed x gs = false -> ok rho -> ok (upd rho x M).
  Proof. intros S F [OK G]. split; [apply env_upd; assumption | apply fixes_upd; assumption]. Qed.

  Lemma same_closed rho A C : ok rho -> ceq_ A C = true -> cden_ rho A = cden_ rho C.
  Proof. intros [OK _] H. apply (ceq_sound sg size units val ndims units_ok one_ok val_ok rho OK _ _ H). Qed.
  Lemma same_open rho a b U A C : ok rho -> peq_ a b U A C = true ->
    meq (size a) (size b) (oden_ rho A) (oden_ rho C).
  Proof. intros [OK _] H. apply (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ H OK). Qed.

  Lemma ok_upd_symmetric rho x M : symmetric (size (rows sg x)) M -> is_fixed x gs = false -> ok rho -> ok (upd rho x M).
  Proof.
    intros S F [OK G]. split; [|apply fixes_upd; assumption]. intros l L. unfold upd.
    destruct (Nat.eqb_spec l x) as [->|_]; [exact S | apply OK, L].
  Qed.

  (** * Sums, multiples, products *)
  Lemma add_closed rho x y A B C : ok rho -> x = cden_ rho A -> y = cden_ rho B -> ceq_ (A ++ B) C = true ->
    x + y = cden_ rho C.
  Proof.
    intros [OK _] -> -> H. rewrite <- (ceq_sound sg size units val ndims units_ok one_ok val_ok rho OK _ _ H).
    unfold closed_den. rewrite lsum_app. reflexivity.
  Qed.
  Lemma add_open rho a b U X Y A B C : ok rho -> meq (size a) (size b) X (oden_ rho A) ->
    meq (size a) (size b) Y (oden_ rho B) -> peq_ a b U (A ++ B) C = true ->
    meq (size a) (size b) (madd X Y) (oden_ rho C).
  Proof.
    intros [OK _] HX HY H i j I J. rewrite <- (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ H OK i j I J).
    unfold madd, open_den. rewrite lsum_app, (HX i j I J), (HY i j I J). reflexivity.
  Qed.
  Lemma scale_closed rho c k x A C : ok rho -> x = cden_ rho A -> k = show_coefficient val c ->
    ceq_ (scaled units c A) C = true -> k * x = cden_ rho C.
  Proof.
    intros [OK _] -> -> H. rewrite <- (ceq_sound sg size units val ndims units_ok one_ok val_ok rho OK _ _ H).
    unfold closed_den, scaled. rewrite lsum_map, show_coefficient_sound, <- lsum_scal. apply lsum_ext. intros t _.
    cbn [fst snd]. rewrite (cmult_sound _ _ units_ok). ring.
  Qed.
  Lemma scale_open rho a b U c k X A C : ok rho -> meq (size a) (size b) X (oden_ rho A) -> k = show_coefficient val c ->
    peq_ a b U (map (fun t => (cmult units c (fst (fst t)), snd (fst t), snd t)) A) C = true ->
    meq (size a) (size b) (mscale k X) (oden_ rho C).
  Proof.
    intros [OK _] HX -> H i j I J. rewrite <- (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ H OK i j I J).
    unfold mscale, open_den. rewrite lsum_map, show_coefficient_sound, (HX i j I J). unfold open_den. rewrite <- lsum_scal.
    apply lsum_ext. intros t _. cbn [fst snd]. rewrite (cmult_sound _ _ units_ok). ring.
  Qed.
  Lemma mul_open rho a b c U X Y A B C : ok rho -> meq (size a) (size b) X (oden_ rho A) ->
    meq (size b) (size c) Y (oden_ rho B) -> shape sg a b A && peq_ a c U (omul units A B) C = true ->
    meq (size a) (size c) (mmul (size b) X Y) (oden_ rho C).
  Proof.
    intros [OK _] HX HY H i j I J. apply andb_true_iff in H. destruct H as [S H].
    rewrite <- (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ H OK i j I J).
    rewrite (omul_sound sg size units val units_ok rho A B a b i j S I). apply sum_ext. intros k K.
    rewrite (HX i k I K), (HY k j K J). reflexivity.
  Qed.
  Lemma scalar_open rho r C : r = cden_ rho C -> meq (size 0) (size 0) (scalar r) (oden_ rho (opened C)).
  Proof.
    intros -> i j I J. rewrite one_ok in I, J. replace i with 0%nat by lia. replace j with 0%nat by lia.
    unfold scalar, closed_den, open_den, opened. rewrite lsum_map. apply lsum_ext. intros t _. cbn [fst snd wden].
    rewrite delta_same. ring.
  Qed.

  (** * Substitution *)
  Fixpoint values_ok (rho : nat -> mat) (vs : list (nat * mat * open)) : Prop :=
    match vs with
    | [] => True
    | (x, M, Q) :: r => meq (size (rows sg x)) (size (cols sg x)) M (oden_ rho Q) /\ values_ok rho r
    end.
  (** Symmetric letters get symmetric values; U is a probe of the letters' shape. *)
  Definition symmetric_ok (V : nat -> nat) (vs : list (nat * open)) : bool :=
    forallb (fun v => negb (symm sg (fst v))
      || peq_ (rows sg (fst v)) (rows sg (fst v)) (V (fst v)) (otrans sg (snd v)) (snd v)) vs.
  Definition free (vs : list (nat * open)) : bool := forallb (fun v => negb (is_fixed (fst v) gs)) vs.

  Lemma ok_upds V rho vs : sub_ok sg (replaced vs) = true -> symmetric_ok V (replaced vs) = true -> free (replaced vs) = true ->
    values_ok rho vs -> ok rho -> ok (upds rho vs).
  Proof.
    intros SH S F W [OK G]. assert (K : forall l, upds rho vs l = rho l \/ In l (map (fun v => fst (fst v)) vs)).
    { clear. intro l. induction vs as [|[[x M] Q] r IH]; simpl; [auto|]. destruct (Nat.eqb_spec l x); [subst; auto|]. tauto. }
    split.
    - intros l L. clear K G F. induction vs as [|[[x M] Q] r IH]; simpl in *; [apply OK, L|].
      apply andb_true_iff in S, SH. destruct S as [S S'], SH as [SH SH'], W as [W W'].
      destruct (Nat.eqb_spec l x) as [->|N]; [|apply IH; assumption].
      rewrite L in S. simpl in S. rewrite <- (symm_square _ _ L) in W, SH. intros i j I J.
      rewrite (W i j I J), (W j i J I).
      rewrite <- (peq_sound sg size units val ndims units_ok one_ok val_ok rho _ _ _ _ _ S OK i j I J).
      apply (otrans_sound sg size val rho OK _ (rows sg x) (rows sg x)); assumption.
    - clear S SH W. unfold free in F. rewrite forallb_forall in F.
      assert (N : forall l M, In (l, M) gs -> upds rho vs l = rho l).
      { intros l M I. destruct (K l) as [E|E]; [exact E|]. apply in_map_iff in E. destruct E as [v [E V']].
        assert (I' : In (fst (fst v), snd v) (replaced vs)) by (apply (in_map (fun v => (fst (fst v), snd v))), V').
        specialize (F _ I'). simpl in F. apply negb_true_iff in F. exfalso. unfold is_fixed in F.
        rewrite <- not_true_iff_false in F. apply F. apply existsb_exists. exists (l, M). split; [exact I|].
        apply Nat.eqb_eq. symmetry. exact E. }
      clear F K. induction gs as [|[l M] r IH]; simpl in *; [auto|]. destruct G as [E G]. split.
      + rewrite (N l M) by auto. exact E.
      + apply IH; [exact G | intros m M' I; apply (N m M'); auto].
  Qed.

  Lemma upds_new rho vs l : values_ok rho vs -> match find_letter l (replaced vs) with
      | None => agree sg size rho (upds rho vs) l
      | Some Q => meq (size (rows sg l)) (size (cols sg l)) (upds rho vs l) (oden_ rho Q) end.
  Proof.
    induction vs as [|[[x M] Q] r IH]; simpl; intro W; [intros i j _ _; reflexivity|]. destruct W as [W W'].
    unfold agree. simpl. destruct (Nat.eqb_spec l x) as [->|N]; [exact W|]. apply (IH W').
  Qed.

  Lemma sub_closed rho vs A C : ok rho -> sub_ok sg (replaced vs) = true -> values_ok rho vs -> closed_fits sg A = true ->
    ceq_ (closed_sub sg units (replaced vs) A) C = true -> cden_ (upds rho vs) A = cden_ rho C.
  Proof.
    intros [OK _] S W F H. rewrite <- (ceq_sound sg size units val ndims units_ok one_ok val_ok rho OK _ _ H).
    apply (closed_sub_sound sg size units val units_ok rho (upds rho vs) (replaced vs) OK S); [|exact F].
    intro l. apply upds_new, W.
  Qed.

  (** Letters that have the values already *)
  Lemma known_closed rho vs A C : ok rho -> sub_ok sg (replaced vs) = true -> values_ok rho vs ->
    (forall l, upds rho vs l = rho l) -> closed_fits sg A = true ->
    ceq_ (closed_sub sg units (replaced vs) A) C = true -> cden_ rho A = cden_ rho C.
  Proof.
    intros OK S W K F H. rewrite <- (sub_closed rho vs A C OK S W F H). f_equal.
    apply functional_extensionality. intro l. symmetry. apply K.
  Qed.

  Definition sub_open_ok (a b U : nat) (s : list (nat * open)) (A C : open) : bool :=
    sub_ok sg s && shape sg a b A && shape sg a b C && absent U A && absent U C && Nat.eqb (rows sg U) a
    && Nat.eqb (cols sg U) b && negb (symm sg U) && forallb (fun v => negb (Nat.eqb (fst v) U) && absent U (snd v)) s
    && closed_fits sg (close a U A) && ceq_ (closed_sub sg units s (close a U A)) (close a U C).

  Lemma sub_open rho a b U vs A C : ok rho -> values_ok rho vs -> sub_open_ok a b U (replaced vs) A C = true ->
    meq (size a) (size b) (oden_ (upds rho vs) A) (oden_ rho C).
  Proof.
    intros [OK _] W H i j I J. unfold sub_open_ok in H. repeat (apply andb_true_iff in H; destruct H as [H ?]).
    apply Nat.eqb_eq in H4, H5. apply negb_true_iff in H3.
    rewrite <- (close_unit sg size val rho a b U C i j), <- (close_unit sg size val (upds rho vs) a b U A i j) by assumption.
    set (u := fun k l => delta i k * delta j l) in *. assert (OKU : env_ok sg size (upd rho U u)) by (apply env_upd; assumption).
    rewrite <- (ceq_sound sg size units val ndims units_ok one_ok val_ok (upd rho U u) OKU _ _ H0).
    apply (closed_sub_sound sg size units val units_ok (upd rho U u) (upd (upds rho vs) U u) (replaced vs) OKU H); [|exact H1].
    intro l. pose proof (upds_new rho vs l W) as N. rewrite forallb_forall in H2. unfold upd at 2.
    destruct (find_letter l (replaced vs)) as [Q|] eqn:F.
    - assert (P : In (l, Q) (replaced vs)).
      { clear - F. induction (replaced vs) as [|[x P] r IH]; simpl in *; [discriminate|].
        destruct (Nat.eqb_spec l x) as [->|_]; [injection F as ->; auto | auto]. }
      specialize (H2 _ P). apply andb_true_iff in H2. destruct H2 as [X Y]. apply negb_true_iff, Nat.eqb_neq in X. simpl in X.
      intros k m K M. unfold upd at 1. destruct (Nat.eqb_spec l U) as [->|_]; [contradiction|].
      rewrite (N k m K M). symmetry. apply (open_upd sg size val rho Q U u k m Y).
    - unfold agree, upd. intros k m K M. destruct (Nat.eqb_spec l U); [reflexivity | apply N; assumption].
  Qed.

End Steps.

(** Writes the letters that keep their values as an assignment has them. *)
Ltac fix_letters H :=
  let OK := fresh in let G := fresh in destruct H as [OK G]; cbn [fixes] in G;
  repeat match type of G with _ /\ _ => let A := fresh in destruct G as [A G]; try rewrite <- A end.
