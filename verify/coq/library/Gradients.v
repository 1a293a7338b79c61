(** The gradient of a number in a column: the product rule, proved with the derivatives of Coq's reals. *)
From Coq Require Import Reals Lra Lia Arith List Bool FunctionalExtensionality.
From Verify Require Import Sums Matrices Coefficients Words Polynomials Occurrences.
Import ListNotations.
Open Scope R_scope.

Definition lim (f : R -> R) (d : R) : Prop := derivable_pt_lim f 0 d.

Lemma lim_const c : lim (fun _ => c) 0.
Proof. apply derivable_pt_lim_const. Qed.
Lemma lim_linear a b : lim (fun t => a + t * b) b.
Proof.
  intros eps P. exists (mkposreal 1 Rlt_0_1). intros h H _.
  replace ((a + (0 + h) * b - (a + 0 * b)) / h - b) with 0 by (field; exact H). rewrite Rabs_R0. exact P.
Qed.
Lemma lim_add f g a b : lim f a -> lim g b -> lim (fun t => f t + g t) (a + b).
Proof. apply derivable_pt_lim_plus. Qed.
Lemma lim_mul f g a b : lim f a -> lim g b -> lim (fun t => f t * g t) (a * g 0 + f 0 * b).
Proof. apply derivable_pt_lim_mult. Qed.
Lemma lim_sum n (f : nat -> R -> R) d : (forall k, lim (f k) (d k)) -> lim (fun t => sum n (fun k => f k t)) (sum n d).
Proof. intro H. induction n; simpl; [apply lim_const | apply lim_add; auto]. Qed.
Lemma lim_is f a b : a = b -> lim f a -> lim f b.
Proof. intros ->. auto. Qed.

Definition cgradient (h v : nat) (C : closed) : closed :=
  flat_map (fun t => map (fun L => (fst t, L)) (dloops h v (snd t))) C.

Section Gradients.
  Variable sg : signature.
  Variable size : nat -> nat.
  Variable units : nat -> bool.
  Variable val : nat -> R.
  Variable ndims : nat.
  Hypothesis units_ok : forall s, units s = true -> val s <> 0.
  Hypothesis one_ok : size 0 = 1%nat.
  Hypothesis val_ok : forall a, (a < ndims)%nat -> val a = INR (size a).

  Section Derivative.
    Variable rho : nat -> mat.
    Variable h v : nat.
    Variable H : mat.
    Hypothesis different : h <> v.
    Hypothesis alike : rows sg h = rows sg v /\ cols sg h = cols sg v.
    Definition along (t : R) : nat -> mat := upd (upd rho h H) v (madd (rho v) (mscale t H)).

    Lemma along_0 : along 0 = upd rho h H.
    Proof.
      unfold along. rewrite <- (upd_id (upd rho h H) v) at 2. f_equal. rewrite upd_other by auto.
      apply functional_extensionality. intro i. apply functional_extensionality. intro j. unfold madd, mscale. ring.
    Qed.

    Lemma lim_token x i j :
      lim (fun t => tden (along t) x i j) (if Nat.eqb (fst x) v then tden (along 0) (h, snd x) i j else 0).
    Proof.
      destruct x as [l b]. unfold tden, along. simpl. destruct (Nat.eqb_spec l v) as [->|N].
      - unfold upd. rewrite !Nat.eqb_refl. destruct (Nat.eqb_spec h v); [contradiction|].
        destruct b; unfold mtrans; apply lim_linear.
      - apply (lim_is _ 0 0 eq_refl). destruct b; unfold mtrans, upd; destruct (Nat.eqb_spec l v); try contradiction;
          apply lim_const.
    Qed.

    Lemma lim_word w i j :
      lim (fun t => wden sg size (along t) w i j) (lsum (fun u => wden sg size (along 0) u i j) (dword h v w)).
    Proof.
      revert i. induction w as [|x w IH]; intro i; simpl; [apply lim_const|].
      eapply lim_is; [|apply lim_sum; intro k; apply lim_mul; [apply lim_token | apply IH]].
      rewrite sum_add, lsum_app, lsum_map. f_equal.
      - destruct x as [l b]. simpl. destruct (Nat.eqb_spec l v) as [->|N].
        + simpl. unfold tcol. simpl. destruct alike as [-> ->]. ring.
        + simpl. rewrite (sum_ext _ _ (fun _ => 0)) by (intros; ring). apply sum_zero.
      - simpl. rewrite <- sum_lsum. apply sum_ext. intros k _. rewrite lsum_scal. reflexivity.
    Qed.

    Lemma lim_loop a w : lim (fun t => lden sg size (along t) (a, w))
      (lsum (fun u => lden sg size (along 0) (a, u)) (dword h v w)).
    Proof.
      eapply lim_is; [|apply lim_sum; intro i; apply lim_word]. rewrite sum_lsum. reflexivity.
    Qed.

    Lemma lim_loops L : lim (fun t => prod_loops sg size (along t) L)
      (lsum (prod_loops sg size (along 0)) (dloops h v L)).
    Proof.
      induction L as [|[a w] L IH]; simpl; [apply lim_const|].
      eapply lim_is; [|apply lim_mul; [apply lim_loop | apply IH]].
      rewrite lsum_app, !lsum_map. simpl. rewrite lsum_scal_r, lsum_scal. reflexivity.
    Qed.

    Lemma lim_closed C : lim (fun t => closed_den sg size val (along t) C)
      (closed_den sg size val (along 0) (cgradient h v C)).
    Proof.
      unfold closed_den, cgradient, loops_den. induction C as [|[c L] C IH]; simpl; [apply lim_const|].
      rewrite lsum_app. apply lim_add; [|exact IH]. eapply lim_is; [|apply lim_mul; [apply lim_const | apply lim_loops]].
      rewrite lsum_map. simpl. rewrite lsum_scal. ring.
    Qed.
  End Derivative.

  Definition absent_closed (x : nat) (C : closed) : bool := forallb (fun t => absent_loops x (snd t)) C.

  Lemma closed_upd rho x M C : absent_closed x C = true ->
    closed_den sg size val (upd rho x M) C = closed_den sg size val rho C.
  Proof.
    unfold closed_den. induction C as [|[c L] r IH]; simpl; intro H; [reflexivity|].
    apply andb_true_iff in H. destruct H as [H K]. rewrite (IH K), (loops_upd _ _ _ _ _ _ H). reflexivity.
  Qed.

  (** Whether G is the gradient of C in the column v; h is a letter like v for the direction. *)
  Definition is_gradient (h v : nat) (C : closed) (G : open) : bool :=
    negb (Nat.eqb h v) && Nat.eqb (rows sg h) (rows sg v) && Nat.eqb (cols sg h) (cols sg v) && Nat.eqb (cols sg v) 0
    && negb (symm sg h) && absent_closed h C && absent h G && shape sg (rows sg v) 0 G
    && ceq sg units ndims (cgradient h v C) (close (rows sg v) h G).

  Lemma gradient_sound rho h v C G : is_gradient h v C G = true -> env_ok sg size rho ->
    gradient (size (rows sg v)) (fun V => closed_den sg size val (upd rho v V) C) (rho v) (open_den sg size val rho G).
  Proof.
    unfold is_gradient. intros B OK H. repeat (apply andb_true_iff in B; destruct B as [B ?]).
    apply negb_true_iff, Nat.eqb_neq in B. apply negb_true_iff in H4.
    apply Nat.eqb_eq in H7, H6, H5.
    assert (D : lim (fun t => closed_den sg size val (along rho h v H t) C)
      (closed_den sg size val (along rho h v H 0) (cgradient h v C))) by (apply lim_closed; auto).
    rewrite along_0 in D by exact B.
    rewrite (ceq_sound sg size units val ndims units_ok one_ok val_ok _ (env_upd sg size rho h H H4 OK) _ _ H0) in D.
    rewrite (close_sound sg size val (upd rho h H) (rows sg v) 0) in D by congruence.
    assert (F : (fun t => closed_den sg size val (along rho h v H t) C)
      = (fun t => closed_den sg size val (upd rho v (madd (rho v) (mscale t H))) C)).
    { apply functional_extensionality. intro t. unfold along. rewrite upd_swap by exact B. apply closed_upd. assumption. }
    rewrite F in D. unfold lim in D.
    match type of D with derivable_pt_lim _ _ ?x =>
      replace (sum (size (rows sg v)) (fun i => open_den sg size val rho G i 0%nat * H i 0%nat)) with x; [exact D|] end.
    apply sum_ext. intros i _. rewrite one_ok. simpl. rewrite open_upd, upd_same by assumption. ring.
  Qed.
End Gradients.

Lemma gradient_ext n f g v a b : (forall V, f V = g V) -> meq n 1 a b -> gradient n g v b -> gradient n f v a.
Proof.
  intros E M G h. replace f with g by (apply functional_extensionality; intro; symmetry; apply E).
  rewrite (sum_ext n _ (fun i => b i 0%nat * h i 0%nat)); [apply G|]. intros i I. rewrite M; auto.
Qed.

(** There is at most one gradient. *)
Lemma gradient_unique n f v a b : gradient n f v a -> gradient n f v b -> meq n 1 a b.
Proof.
  intros A B i j I J. replace j with 0%nat by lia.
  assert (S : forall g : mat, sum n (fun k => g k 0%nat * delta k i) = g i 0%nat)
    by (intro g; apply (sum_delta_r n i (fun k => g k 0%nat) I)).
  rewrite <- (S a), <- (S b). apply (uniqueness_limite _ _ _ _ (A (fun k _ => delta k i)) (B (fun k _ => delta k i))).
Qed.
