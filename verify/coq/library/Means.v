(** Expectations in small steps of proofs. *)
From Coq Require Import Reals Lra ZArith.
From Coq Require Classical_Prop FunctionalExtensionality.
From Verify Require Import Statements Signs Terms Spaces Gram Chance.
Open Scope R_scope.

Section Means.
  Variable V : space.
  Variable P : chance V.
  Implicit Types X Y c : P -> R.

  (** ** Almost surely *)

  Lemma almost_use (Q S : P -> Prop) : almost P Q -> almost P (fun w => Q w -> S w) -> almost P S.
  Proof. apply almost_mp. Qed.

  Lemma almost_and (Q S : P -> Prop) : almost P (fun w => Q w /\ S w) -> almost P Q /\ almost P S.
  Proof. intro H. split; apply (almost_use _ _ H), almost_all; intros w K; apply K. Qed.

  Lemma almost_never (Q : Prop) : almost P (fun _ => Q) -> Q.
  Proof.
    intro H. apply Classical_Prop.NNPP. intro N. apply (almost_false _ P). apply (almost_use _ _ H), almost_all. intros _ K. apply N, K.
  Qed.

  Lemma almost_range (Q : R -> P -> Prop) a b :
    (forall t, is_int t -> a <= t -> t <= b -> almost P (Q t)) ->
    almost P (fun w => forall t, is_int t -> a <= t -> t <= b -> Q t w).
  Proof.
    intro H.
    assert (forall z, almost P (fun w => a <= IZR z -> IZR z <= b -> Q (IZR z) w)) as K.
    { intro z. destruct (Classical_Prop.classic (a <= IZR z /\ IZR z <= b)) as [[L U]|N].
      - apply (almost_use _ _ (H (IZR z) (ex_intro _ z eq_refl) L U)), almost_all. auto.
      - apply almost_all. intros w L U. destruct N. auto. }
    apply (almost_use _ _ (almost_countable _ P _ K)), almost_all. intros w J t [z ->]. apply J.
  Qed.

  (** ** What is known *)

  Lemma later j k X : Nat.leb j k = true -> known P j X -> known P k X.
  Proof. intro H. apply known_later, Nat.leb_le, H. Qed.

  Lemma laterv j k (X : P -> V) : Nat.leb j k = true -> knownv P j X -> knownv P k X.
  Proof. intro H. apply knownv_later, Nat.leb_le, H. Qed.

  Lemma known_opp k X : known P k X -> known P k (fun w => - X w).
  Proof.
    intro H. replace (fun w => - X w) with (fun w => (-1) * X w) by (apply FunctionalExtensionality.functional_extensionality; intro; ring).
    apply (known_mult _ P k (fun _ => -1)); [apply known_const | exact H].
  Qed.

  Lemma known_sub k X Y : known P k X -> known P k Y -> known P k (fun w => X w - Y w).
  Proof. intros H K. apply (known_add _ P k X (fun w => - Y w)); [exact H | apply known_opp, K]. Qed.

  Lemma known_div k X (c : R) : known P k X -> known P k (fun w => X w / c).
  Proof. intro H. apply (known_mult _ P k X (fun _ => / c)); [exact H | apply known_const]. Qed.

  Lemma known_pow k X n : known P k X -> known P k (fun w => X w ^ n).
  Proof. intro H. induction n; [exact (known_const _ P k 1) | apply (known_mult _ P k X (fun w => X w ^ n)); assumption]. Qed.

  Lemma known_max k X Y : known P k X -> known P k Y -> known P k (fun w => Rmax (X w) (Y w)).
  Proof.
    intros H K.
    replace (fun w => Rmax (X w) (Y w)) with (fun w => (X w + Y w + Rabs (X w - Y w)) / 2).
    - apply known_div, known_add; [apply known_add; assumption | apply known_abs, known_sub; assumption].
    - apply FunctionalExtensionality.functional_extensionality; intro w. unfold Rmax, Rabs.
      destruct (Rle_dec (X w) (Y w)), (Rcase_abs (X w - Y w)); lra.
  Qed.

  Lemma known_min k X Y : known P k X -> known P k Y -> known P k (fun w => Rmin (X w) (Y w)).
  Proof.
    intros H K.
    replace (fun w => Rmin (X w) (Y w)) with (fun w => (X w + Y w - Rabs (X w - Y w)) / 2).
    - apply known_div, known_sub; [apply known_add; assumption | apply known_abs, known_sub; assumption].
    - apply FunctionalExtensionality.functional_extensionality; intro w. unfold Rmin, Rabs.
      destruct (Rle_dec (X w) (Y w)), (Rcase_abs (X w - Y w)); lra.
  Qed.

  Lemma knownv_opp k (X : P -> V) : knownv P k X -> knownv P k (fun w => vopp (X w)).
  Proof.
    intro H. replace (fun w => vopp (X w)) with (fun w => (-1) [*] X w).
    - apply (knownv_scale _ P k (fun _ => -1)); [apply known_const | exact H].
    - apply FunctionalExtensionality.functional_extensionality; intro w. apply inner_ext. intro d.
      rewrite inner_scale_r, inner_opp_r. ring.
  Qed.

  (** ** Expectations *)

  Lemma E_zero k : almost P (fun w => E P k (fun _ => 0) w = 0).
  Proof.
    apply (almost_use _ _ (E_linear _ P k k (fun _ => -1) (fun _ => 0) (fun _ => 0)
      (known_const _ P k (-1)) (known_const _ P k 0) (known_const _ P k 0))), almost_all.
    intros w H. cbv beta in H. replace (fun _ : P => -1 * 0 + 0) with (fun _ : P => 0) in H; [lra|].
    apply FunctionalExtensionality.functional_extensionality; intro; ring.
  Qed.

  Lemma E_mono j k X Y :
    known P j X -> known P j Y -> almost P (fun w => X w <= Y w) -> almost P (fun w => E P k X w <= E P k Y w).
  Proof.
    intros HX HY H.
    assert (almost P (fun w => 0 <= E P k (fun w => (-1) * X w + Y w) w)) as D.
    { apply (E_positive _ P j).
      - apply (known_add _ P j (fun w => (-1) * X w)); [|exact HY].
        apply (known_mult _ P j (fun _ => -1)); [apply known_const | exact HX].
      - apply (almost_use _ _ H), almost_all. intros w K. lra. }
    apply (almost_use _ _ (E_linear _ P j k (fun _ => -1) X Y (known_const _ P k _) HX HY)).
    apply (almost_use _ _ D), almost_all. intros w K L. cbv beta in K, L. rewrite L in K. lra.
  Qed.

  Lemma E_same j k X Y :
    known P j X -> known P j Y -> almost P (fun w => X w = Y w) -> almost P (fun w => E P k X w = E P k Y w).
  Proof.
    intros HX HY H.
    assert (almost P (fun w => X w <= Y w)) as A by (apply (almost_use _ _ H), almost_all; intros; cbv beta in *; lra).
    assert (almost P (fun w => Y w <= X w)) as B by (apply (almost_use _ _ H), almost_all; intros; cbv beta in *; lra).
    apply (almost_use _ _ (E_mono j k X Y HX HY A)), (almost_use _ _ (E_mono j k Y X HY HX B)), almost_all.
    intros; cbv beta in *; lra.
  Qed.

  (** What is known comes out. *)
  Lemma E_out j k c X : known P k c -> known P j X -> almost P (fun w => E P k (fun w => c w * X w) w = c w * E P k X w).
  Proof.
    intros HC HX.
    apply (almost_use _ _ (E_linear _ P j k c X (fun _ => 0) HC HX (known_const _ P j 0))).
    apply (almost_use _ _ (E_zero k)), almost_all. intros w Z H. cbv beta in Z, H. rewrite Z in H.
    replace (fun w => c w * X w + 0) with (fun w => c w * X w) in H; [lra|].
    apply FunctionalExtensionality.functional_extensionality; intro; ring.
  Qed.

  Lemma E_known k X : known P k X -> almost P (fun w => E P k X w = X w).
  Proof.
    intro H. apply (almost_use _ _ (E_out k k X (fun _ => 1) H (known_const _ P k 1))).
    apply (almost_use _ _ (E_one _ P k)), almost_all. intros w O K. cbv beta in O, K. rewrite O in K.
    replace (fun w => X w * 1) with X in K; [lra|]. apply FunctionalExtensionality.functional_extensionality; intro; ring.
  Qed.

  (** E_i (x E_j y) = E_i (x y), where x is known at stage j. *)
  Lemma E_inside i j k n c X : Nat.leb i j = true -> Nat.leb j n = true -> Nat.leb k n = true ->
    known P j c -> known P k X -> almost P (fun w => E P i (fun w => c w * E P j X w) w = E P i (fun w => c w * X w) w).
  Proof.
    intros L M N HC HX.
    assert (known P n (fun w => c w * X w)) as K.
    { apply known_mult; [apply (later j) | apply (later k)]; assumption. }
    assert (known P j (fun w => c w * E P j X w)) as K'.
    { apply known_mult; [exact HC | apply (known_E _ P k), HX]. }
    assert (known P j (E P j (fun w => c w * X w))) as K'' by apply (known_E _ P n), K.
    apply (almost_use _ _ (E_tower _ P n i j _ (proj1 (Nat.leb_le i j) L) K)).
    apply (almost_use _ _ (E_same j i _ _ K'' K' (E_out k j c X HC HX))), almost_all. intros; cbv beta in *; lra.
  Qed.

  (** E_i (x <y, E_j z>) = E_i (x <E_j y, E_j z>), likewise. *)
  Lemma E_projected i j n c (X Y : P -> V) : Nat.leb i j = true -> Nat.leb j n = true ->
    known P j c -> knownv P n X -> knownv P n Y ->
    almost P (fun w => E P i (fun w => c w * inner (X w) (Ev P j Y w)) w
      = E P i (fun w => c w * inner (Ev P j X w) (Ev P j Y w)) w).
  Proof.
    intros L M HC HX HY.
    assert (knownv P j (Ev P j Y)) as KY by apply (knownv_E _ P n), HY.
    assert (known P n (fun w => inner (X w) (Ev P j Y w))) as K.
    { apply known_inner; [exact HX | apply (laterv j), KY; exact M]. }
    apply (almost_use _ _ (E_inside i j n n c _ L M (Nat.leb_refl n) HC K)).
    assert (known P j (fun w => c w * E P j (fun w => inner (X w) (Ev P j Y w)) w)) as A.
    { apply known_mult; [exact HC | apply (known_E _ P n), K]. }
    assert (known P j (fun w => c w * inner (Ev P j X w) (Ev P j Y w))) as B.
    { apply known_mult; [exact HC | apply known_inner; [apply (knownv_E _ P n), HX | exact KY]]. }
    apply (almost_use _ _ (E_same j i _ _ A B
      (almost_use _ _ (E_inner _ P n j X (Ev P j Y) HX KY) (almost_all _ P _ (fun w H => f_equal (Rmult (c w)) (eq_sym H)))))).
    apply almost_all. intros; cbv beta in *; lra.
  Qed.

  (** ** Expectations of vectors *)

  Lemma knownv_sub k (X Y : P -> V) : knownv P k X -> knownv P k Y -> knownv P k (fun w => X w [-] Y w).
  Proof. intros H K. apply (knownv_add _ P k X (fun w => vopp (Y w))); [exact H | apply knownv_opp, K]. Qed.

  (** A vector that is known is the expectation where it has its inner products. *)
  Lemma Ev_by j k (X Y : P -> V) : knownv P j X -> knownv P k Y ->
    (forall Z, knownv P k Z -> almost P (fun w => inner (Y w) (Z w) = E P k (fun w => inner (X w) (Z w)) w)) ->
    almost P (fun w => Ev P k X w = Y w).
  Proof.
    intros HX HY H.
    assert (knownv P k (fun w => Ev P k X w [-] Y w)) as K by (apply knownv_sub; [apply (knownv_E _ P j), HX | exact HY]).
    apply (almost_use _ _ (H _ K)).
    apply (almost_use _ _ (E_inner _ P j k X _ HX K)), almost_all. intros w A B. cbv beta in A, B.
    apply same_by, inner_zero. rewrite inner_add_l, inner_opp_l, A, B. ring.
  Qed.

  Lemma Ev_linear j k c (X Y : P -> V) : Nat.leb k j = true -> known P k c -> knownv P j X -> knownv P j Y ->
    almost P (fun w => Ev P k (fun w => c w [*] X w [+] Y w) w = c w [*] Ev P k X w [+] Ev P k Y w).
  Proof.
    intros M HC HX HY.
    pose proof (knownv_E _ P j k X HX) as KX. pose proof (knownv_E _ P j k Y HY) as KY.
    apply (Ev_by j).
    - apply (knownv_add _ P j (fun w => c w [*] X w)); [apply knownv_scale; [apply (later k), HC; exact M | exact HX] | exact HY].
    - apply (knownv_add _ P k (fun w => c w [*] Ev P k X w)); [apply knownv_scale; assumption | exact KY].
    - intros Z HZ. assert (knownv P j Z) as HZ' by (apply (laterv k); assumption).
      apply (almost_use _ _ (E_linear _ P j k c _ _ HC (known_inner _ P j X Z HX HZ') (known_inner _ P j Y Z HY HZ'))).
      apply (almost_use _ _ (E_inner _ P j k X Z HX HZ)), (almost_use _ _ (E_inner _ P j k Y Z HY HZ)), almost_all.
      intros w A B C. cbv beta in A, B, C. rewrite inner_add_l, inner_scale_l, A, B, <- C. f_equal.
      apply FunctionalExtensionality.functional_extensionality; intro. rewrite inner_add_l, inner_scale_l. reflexivity.
  Qed.

  Lemma Ev_known k (X : P -> V) : knownv P k X -> almost P (fun w => Ev P k X w = X w).
  Proof.
    intro H. apply (Ev_by k); [exact H | exact H |]. intros Z HZ.
    apply (almost_use _ _ (E_known k _ (known_inner _ P k X Z H HZ))), almost_all. intros w K. symmetry. exact K.
  Qed.

  Lemma Ev_tower i j k (X : P -> V) : Nat.leb i j = true -> Nat.leb i k = true -> Nat.leb j k = true -> knownv P k X ->
    almost P (fun w => Ev P i (Ev P j X) w = Ev P i X w).
  Proof.
    intros L M N H. pose proof (knownv_E _ P k j X H) as K.
    apply (Ev_by j); [exact K | apply (knownv_E _ P k), H |]. intros Z HZ.
    assert (knownv P j Z) as HZ' by (apply (laterv i); assumption).
    assert (knownv P k Z) as HZ'' by (apply (laterv i); assumption).
    pose proof (known_inner _ P k X Z H HZ'') as I.
    apply (almost_use _ _ (E_inner _ P k i X Z H HZ)).
    apply (almost_use _ _ (E_tower _ P k i j _ (proj1 (Nat.leb_le i j) L) I)).
    apply (almost_use _ _ (E_same j i _ _ (known_inner _ P j _ Z K HZ') (known_E _ P k j _ I) (E_inner _ P k j X Z H HZ'))).
    apply almost_all. intros; cbv beta in *; lra.
  Qed.

  Lemma Ev_same j k (X Y : P -> V) : Nat.leb k j = true ->
    knownv P j X -> knownv P j Y -> almost P (fun w => X w = Y w) -> almost P (fun w => Ev P k X w = Ev P k Y w).
  Proof.
    intros M HX HY H. apply (Ev_by j); [exact HX | apply (knownv_E _ P j), HY |]. intros Z HZ.
    assert (knownv P j Z) as HZ' by (apply (laterv k); assumption).
    apply (almost_use _ _ (E_inner _ P j k Y Z HY HZ)).
    apply (almost_use _ _ (E_same j k _ _ (known_inner _ P j X Z HX HZ') (known_inner _ P j Y Z HY HZ')
      (almost_use _ _ H (almost_all _ P _ (fun w e => f_equal (fun v => inner v (Z w)) e))))), almost_all.
    intros; cbv beta in *; lra.
  Qed.
End Means.

(** Proves that something is known at a stage, by its form; what has moments is known at stage [n]. *)
Ltac stage n := repeat lazymatch goal with
  | |- known _ _ (fun _ => ?c) => apply known_const
  | |- known _ _ (fun w => @?X w + @?Y w) => apply (known_add _ _ _ X Y)
  | |- known _ _ (fun w => @?X w - @?Y w) => apply (known_sub _ _ _ X Y)
  | |- known _ _ (fun w => @?X w * @?Y w) => apply (known_mult _ _ _ X Y)
  | |- known _ _ (fun w => - @?X w) => apply (known_opp _ _ _ X)
  | |- known _ _ (fun w => @?X w / ?c) => apply (known_div _ _ _ X c)
  | |- known _ _ (fun w => @?X w ^ ?m) => apply (known_pow _ _ _ X m)
  | |- known _ _ (fun w => Rabs (@?X w)) => apply (known_abs _ _ _ X)
  | |- known _ _ (fun w => Rmin (@?X w) (@?Y w)) => apply (known_min _ _ _ X Y)
  | |- known _ _ (fun w => Rmax (@?X w) (@?Y w)) => apply (known_max _ _ _ X Y)
  | |- known _ _ (fun w => inner (@?X w) (@?Y w)) => apply (known_inner _ _ _ X Y)
  | |- known _ _ (fun w => norm (@?X w)) => apply (known_norm _ _ _ X)
  | |- known ?P ?k (fun w => E _ ?j ?X w) => apply (later _ P j k); [reflexivity | apply (known_E _ P n j X)]
  | |- known ?P ?k (E _ ?j ?X) => apply (later _ P j k); [reflexivity | apply (known_E _ P n j X)]
  | |- knownv _ _ (fun _ => ?c) => apply knownv_const
  | |- knownv _ _ (fun w => @?X w [+] vopp (@?Y w)) => apply (knownv_sub _ _ _ X Y)
  | |- knownv _ _ (fun w => @?X w [+] @?Y w) => apply (knownv_add _ _ _ X Y)
  | |- knownv _ _ (fun w => vopp (@?X w)) => apply (knownv_opp _ _ _ X)
  | |- knownv _ _ (fun w => @?c w [*] @?X w) => apply (knownv_scale _ _ _ c X)
  | |- knownv ?P ?k (fun w => Ev _ ?j ?X w) => apply (laterv _ P j k); [reflexivity | apply (knownv_E _ P n j X)]
  | |- knownv ?P ?k (Ev _ ?j ?X) => apply (laterv _ P j k); [reflexivity | apply (knownv_E _ P n j X)]
  | H : known ?P ?j ?X |- known ?P ?k ?X => apply (later _ P j k X); [reflexivity | exact H]
  | H : known ?P ?j ?X |- known ?P ?k (fun w => ?X w) => apply (later _ P j k X); [reflexivity | exact H]
  | H : knownv ?P ?j ?X |- knownv ?P ?k ?X => apply (laterv _ P j k X); [reflexivity | exact H]
  | H : knownv ?P ?j ?X |- knownv ?P ?k (fun w => ?X w) => apply (laterv _ P j k X); [reflexivity | exact H]
  | H : self_adjoint ?A |- knownv _ _ (fun w => ?A (@?X w)) => apply (knownv_map _ _ _ A X H)
  end.
