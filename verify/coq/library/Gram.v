(** Inner products multiplied out, norms, and inequalities: small steps of proofs about vectors. *)
From Coq Require Import Reals Lra.
From Verify Require Import Signs Terms Spaces Ranges.
Open Scope R_scope.

Section Gram.
  Variable V : space.
  Implicit Types u v w d : V.

  (** ** Bilinearity *)

  Lemma inner_add_r u v w : inner w (u [+] v) = inner w u + inner w v.
  Proof. rewrite inner_sym, inner_add_l, (inner_sym _ u), (inner_sym _ v). reflexivity. Qed.

  Lemma inner_scale_r a u v : inner u (a [*] v) = a * inner u v.
  Proof. rewrite inner_sym, inner_scale_l, (inner_sym _ v). reflexivity. Qed.

  Lemma inner_zero_l v : inner vzero v = 0.
  Proof.
    assert (inner (vzero [+] vzero) v = inner vzero v + inner vzero v) as H by apply inner_add_l.
    rewrite vadd_zero in H. lra.
  Qed.

  Lemma inner_zero_r v : inner v vzero = 0.
  Proof. rewrite inner_sym. apply inner_zero_l. Qed.

  Lemma inner_opp_l u v : inner (vopp u) v = - inner u v.
  Proof.
    assert (inner (u [-] u) v = inner u v + inner (vopp u) v) as H by apply inner_add_l.
    rewrite vadd_opp, inner_zero_l in H. lra.
  Qed.

  Lemma inner_opp_r u v : inner v (vopp u) = - inner v u.
  Proof. rewrite inner_sym, inner_opp_l, (inner_sym _ u). reflexivity. Qed.

  (** ** Vectors are equal where all their inner products are *)

  Lemma inner_ext u v : (forall d, inner d u = inner d v) -> u = v.
  Proof.
    intro H.
    assert (u [-] v = vzero) as Z.
    { apply inner_zero. rewrite inner_add_r, inner_opp_r, H. ring. }
    rewrite <- (vadd_zero _ v), <- Z, (vadd_comm _ u), vadd_assoc, vadd_opp, (vadd_comm _ vzero), vadd_zero. reflexivity.
  Qed.

  Lemma null v : inner v v <= 0 -> v = vzero.
  Proof. intro H. apply inner_zero. generalize (inner_pos _ v). lra. Qed.

  (** ** Norms *)

  Lemma norm_pos v : 0 <= norm v. Proof. apply sqrt_pos. Qed.
  Lemma norm_square v : norm v * norm v = inner v v. Proof. apply sqrt_sqrt, inner_pos. Qed.

  Lemma norm_even k v : norm v ^ (2 * k) = inner v v ^ k.
  Proof. rewrite pow_mult. f_equal. simpl. rewrite Rmult_1_r. apply norm_square. Qed.

  Lemma norm_as c u v : 0 <= c -> inner u u = c ^ 2 * inner v v -> norm u = c * norm v.
  Proof.
    intros C H. unfold norm. rewrite H, sqrt_mult_alt by apply pow2_ge_0. f_equal.
    rewrite <- Rsqr_pow2. apply sqrt_Rsqr, C.
  Qed.

  Lemma norm_zero v : inner v v = 0 -> norm v = 0.
  Proof. intro H. unfold norm. rewrite H. apply sqrt_0. Qed.

  Lemma schwarz u v : inner u v <= norm u * norm v.
  Proof.
    destruct (Rle_lt_dec (inner v v) 0) as [Z|P].
    { rewrite (null v Z), inner_zero_r. apply Rmult_le_pos; apply norm_pos. }
    assert (0 <= inner v v * inner u u - inner u v ^ 2) as D.
    { generalize (inner_pos _ ((inner v v [*] u) [-] (inner u v [*] v))).
      rewrite ?inner_add_l, ?inner_add_r, ?inner_opp_l, ?inner_opp_r, ?inner_scale_l, ?inner_scale_r, (inner_sym _ v u).
      intro Q. apply (Rmult_le_reg_l (inner v v)); [exact P | nra]. }
    unfold norm. rewrite <- sqrt_mult_alt by apply inner_pos.
    apply Rle_trans with (Rabs (inner u v)); [apply Rle_abs|].
    rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. unfold Rsqr. lra.
  Qed.

  (** ** Sums *)

  Lemma inner_vsums_l a b (f : R -> V) v : inner (vsums a b f) v = sums a b (fun t => inner (f t) v).
  Proof.
    assert (forall x n, inner (vmembers f x n) v = members (fun t => inner (f t) v) x n) as H.
    { intros x n. induction n as [|n IH]; simpl; [apply inner_zero_l | rewrite inner_add_l, IH; reflexivity]. }
    unfold vsums, sums. rewrite inner_add_l, inner_opp_l, !H. ring.
  Qed.

  Lemma inner_vsums_r a b (f : R -> V) v : inner v (vsums a b f) = sums a b (fun t => inner v (f t)).
  Proof.
    assert (forall x n, inner v (vmembers f x n) = members (fun t => inner v (f t)) x n) as H.
    { intros x n. induction n as [|n IH]; simpl; [apply inner_zero_r | rewrite inner_add_r, IH; reflexivity]. }
    unfold vsums, sums. rewrite inner_add_r, inner_opp_r, !H. ring.
  Qed.

  (** ** Self-adjoint maps *)

  Lemma map_zero (A : V -> V) : self_adjoint A -> A vzero = vzero.
  Proof. intro H. apply inner_ext. intro d. rewrite <- (map_adjoint A H), !inner_zero_r. reflexivity. Qed.

  Lemma map_opp (A : V -> V) : self_adjoint A -> forall v, A (vopp v) = vopp (A v).
  Proof.
    intros H v. apply inner_ext. intro d.
    rewrite <- (map_adjoint A H), !inner_opp_r, <- (map_adjoint A H). reflexivity.
  Qed.
End Gram.

(** A self-adjoint map of a sum, multiplied out. *)
Ltac linear H := repeat first
  [ rewrite (map_add _ H) | rewrite (map_scale _ H) | rewrite (map_opp _ _ H) | rewrite (map_zero _ _ H) ].

Ltac gram :=
  repeat first
    [ rewrite inner_add_l | rewrite inner_add_r | rewrite inner_opp_l | rewrite inner_opp_r | rewrite inner_scale_l
    | rewrite inner_scale_r | rewrite inner_zero_l | rewrite inner_zero_r | rewrite inner_vsums_l
    | rewrite inner_vsums_r ].

(** ** Relations whose differences are multiples of each other ([known]) *)

Lemma le_by_le t a b c d : b - a = t * (d - c) -> 0 < t -> c <= d -> a <= b.
Proof. intros E T H. generalize (mul_pP t (d - c) T). lra. Qed.
Lemma le_by_lt t a b c d : b - a = t * (d - c) -> 0 < t -> c < d -> a <= b.
Proof. intros E T H. generalize (mul_pp t (d - c) T). lra. Qed.
Lemma le_by_eq t a b c d : b - a = t * (d - c) -> c = d -> a <= b.
Proof. intros E ->. replace (d - d) with 0 in E; lra. Qed.
Lemma lt_by_lt t a b c d : b - a = t * (d - c) -> 0 < t -> c < d -> a < b.
Proof. intros E T H. generalize (mul_pp t (d - c) T). lra. Qed.
Lemma eq_by_eq t a b c d : b - a = t * (d - c) -> c = d -> a = b.
Proof. intros E ->. replace (d - d) with 0 in E; lra. Qed.
Lemma ne_by_ne t a b c d : b - a = t * (d - c) -> t <> 0 -> c <> d -> a <> b.
Proof. intros E T H ->. apply (mul_xx t (d - c) T); [|rewrite <- E]; lra. Qed.
Lemma ne_by_lt t a b c d : b - a = t * (d - c) -> t <> 0 -> c < d -> a <> b.
Proof. intros E T H. apply (ne_by_ne t a b c d E T). lra. Qed.

(** ** The summands of [combine] *)

Lemma part_le x c d : 0 <= x -> c <= d -> 0 <= x * (d - c). Proof. intros. apply mul_PP; lra. Qed.
Lemma part_eq x c d : 0 <= x -> c = d -> 0 <= x * (d - c). Proof. intros. apply mul_PP; lra. Qed.
Lemma part_lt x c d : 0 < x -> c < d -> 0 < x * (d - c). Proof. intros. apply mul_pp; lra. Qed.
Lemma part_square (V : space) x (v : V) : 0 <= x -> 0 <= x * inner v v.
Proof. intros. apply mul_PP; [assumption | apply inner_pos]. Qed.
Lemma part_number x t : 0 <= x -> 0 <= x * t ^ 2. Proof. intros. apply mul_PP; [assumption | apply pow2_ge_0]. Qed.
Lemma part_zero x l r : l = r -> x * (l - r) = 0. Proof. intros ->. ring. Qed.
Lemma part_vector (V : space) (x l r : V) : l = r -> inner x (l [-] r) = 0.
Proof. intros ->. rewrite vadd_opp. apply inner_zero_r. Qed.
Lemma same_by (V : space) (v w : V) : v [-] w = vzero -> v = w.
Proof.
  intro H. rewrite <- (vadd_zero _ w), <- H, (vadd_comm _ v), vadd_assoc, vadd_opp, (vadd_comm _ vzero), vadd_zero.
  reflexivity.
Qed.
