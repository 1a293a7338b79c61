(** Values of exp, ln, sqrt and powers at rational numbers between rational bounds: the rule [numeric].

    Everything comes down to one inequality: e^q >= (1 + q / 2^k)^(2^k), for the tangent of exp at 0 lies below it. The
    right side is computed by k squarings of whole numbers, multiples of 2^-p that are rounded down; and upper bounds
    follow by e^q = 1 / e^(-q). What is computed is computed by [vm_compute] on integers. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Signs Powers Axioms PowerAxioms.
Open Scope R_scope.

(** ** Rational numbers *)

(** The literal [q] is [a / b]; [ratio_literal] for an integer, [eq_refl] for a fraction. *)
Definition ratio (q : R) (a : Z) (b : positive) : Prop := q = IZR a / IZR (Zpos b).

Lemma ratio_literal z : ratio (IZR z) z 1. Proof. unfold ratio. field. Qed.

Lemma IZR_pos b : 0 < IZR (Zpos b). Proof. apply IZR_lt. reflexivity. Qed.

Lemma IZR_power b k : IZR (Z.pow b (Z.of_nat k)) = IZR b ^ k. Proof. symmetry. apply pow_IZR. Qed.

(** ** The exponential from below *)

Fixpoint squares (k : nat) (p a : Z) : Z :=
  match k with O => a | S j => squares j p (Z.shiftr (a * a) p) end.

(** [below k p c d] / 2^p is at most e^(c / d). *)
Definition below (k : nat) (p c d : Z) : Z :=
  let e := Z.shiftl d (Z.of_nat k) in squares k p (Z.shiftl (e + c) p / e).

Lemma shiftl_IZR a p : (0 <= p)%Z -> IZR (Z.shiftl a p) = IZR a * IZR (2 ^ p).
Proof. intro P. rewrite Z.shiftl_mul_pow2, mult_IZR by exact P. reflexivity. Qed.

Lemma two_pos p : (0 <= p)%Z -> 0 < IZR (2 ^ p).
Proof. intro P. apply IZR_lt, Z.pow_pos_nonneg; lia. Qed.

(** A quotient that is rounded down. *)
Lemma floor_le a b : (0 < b)%Z -> IZR (a / b) * IZR b <= IZR a.
Proof. intro B. rewrite <- mult_IZR. apply IZR_le. rewrite Z.mul_comm. apply Z.mul_div_le, B. Qed.

Lemma squares_below k p a v :
  (0 <= p)%Z -> (0 <= a)%Z -> IZR a <= v * IZR (2 ^ p) -> IZR (squares k p a) <= v ^ (2 ^ k) * IZR (2 ^ p).
Proof.
  intros P. revert a v. induction k as [|k IH]; intros a v A H; [simpl; lra|].
  replace (v ^ (2 ^ S k)) with ((v * v) ^ (2 ^ k)) by (rewrite Rpow_mult_distr, <- pow_add; f_equal; simpl; lia).
  pose proof (two_pos p P) as T. apply IH; [apply Z.shiftr_nonneg; lia|].
  rewrite Z.shiftr_div_pow2 by exact P. apply (Rmult_le_reg_r (IZR (2 ^ p))); [exact T|].
  eapply Rle_trans; [apply floor_le, Z.pow_pos_nonneg; lia|]. rewrite mult_IZR. apply IZR_le in A.
  apply Rle_trans with ((v * IZR (2 ^ p)) * (v * IZR (2 ^ p))); [apply Rmult_le_compat; assumption|].
  right. ring.
Qed.

Lemma exp_double x k : exp x = exp (x / 2 ^ k) ^ (2 ^ k).
Proof.
  revert x. induction k as [|k IH]; intro x; [simpl; rewrite Rmult_1_r; f_equal; field|].
  replace (exp (x / 2 ^ S k) ^ (2 ^ S k)) with ((exp (x / 2 ^ S k) ^ 2) ^ (2 ^ k))
    by (rewrite <- pow_mult; reflexivity).
  replace (exp (x / 2 ^ S k) ^ 2) with (exp (x / 2 ^ k)); [apply IH|].
  simpl. rewrite Rmult_1_r, <- exp_plus. f_equal. field. apply pow_nonzero. lra.
Qed.

Lemma below_exp k p c d :
  (0 <= p)%Z -> (0 <= Z.shiftl (Zpos d) (Z.of_nat k) + c)%Z ->
  IZR (below k p c (Zpos d)) <= exp (IZR c / IZR (Zpos d)) * IZR (2 ^ p).
Proof.
  intros P B. unfold below. set (e := Z.shiftl (Zpos d) (Z.of_nat k)) in *.
  assert (IZR e = IZR (Zpos d) * 2 ^ k) as E by (unfold e; rewrite shiftl_IZR, IZR_power by lia; reflexivity).
  assert (0 < IZR e) as E0 by (rewrite E; apply mul_pp; [apply IZR_pos | apply pow_lt; lra]).
  assert (0 < e)%Z as E1 by (apply lt_IZR; exact E0).
  rewrite (exp_double _ k). apply squares_below; [exact P | apply Z.div_pos; [apply Z.shiftl_nonneg|]; assumption |].
  apply (Rmult_le_reg_r (IZR e)); [exact E0|]. eapply Rle_trans; [apply floor_le, E1|].
  rewrite shiftl_IZR, plus_IZR by exact P.
  pose proof (ax_exp_tangent (IZR c / IZR (Zpos d) / 2 ^ k)) as T.
  replace (IZR e + IZR c) with ((1 + IZR c / IZR (Zpos d) / 2 ^ k) * IZR e)
    by (rewrite E; field; split; first [apply pow_nonzero; lra | apply Rgt_not_eq, IZR_pos]).
  pose proof (two_pos p P). rewrite Rmult_assoc, (Rmult_comm (IZR e)), <- Rmult_assoc.
  apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_r; lra.
Qed.

(** a / b <= e^(c / d), by computation. *)
Definition exp_check (k : nat) (p : Z) (a : Z) (b : positive) (c : Z) (d : positive) : bool :=
  ((0 <=? p) && (0 <=? Z.shiftl (Zpos d) (Z.of_nat k) + c) && (Z.shiftl a p <=? Zpos b * below k p c (Zpos d)))%Z%bool.

Lemma exp_checked k p a b c d : exp_check k p a b c d = true -> IZR a / IZR (Zpos b) <= exp (IZR c / IZR (Zpos d)).
Proof.
  unfold exp_check. intro H. apply andb_prop in H as [H K]. apply andb_prop in H as [P B].
  apply Z.leb_le in P, B, K. apply IZR_le in K. rewrite shiftl_IZR, mult_IZR in K by exact P.
  pose proof (below_exp k p c d P B) as E. pose proof (two_pos p P) as T. pose proof (IZR_pos b) as Q.
  apply (Rmult_le_reg_r (IZR (Zpos b) * IZR (2 ^ p))); [apply mul_pp; assumption|].
  replace (IZR a / IZR (Zpos b) * (IZR (Zpos b) * IZR (2 ^ p))) with (IZR a * IZR (2 ^ p)) by (field; lra).
  eapply Rle_trans; [exact K|].
  replace (exp (IZR c / IZR (Zpos d)) * (IZR (Zpos b) * IZR (2 ^ p)))
    with (IZR (Zpos b) * (exp (IZR c / IZR (Zpos d)) * IZR (2 ^ p))) by ring.
  apply Rmult_le_compat_l; [lra | exact E].
Qed.

(** l <= e^q. *)
Lemma exp_low l a b q c d k p : ratio l a b -> ratio q c d -> exp_check k p a b c d = true -> l <= exp q.
Proof. intros -> ->. apply exp_checked. Qed.

(** e^q <= h for a positive h = a / b: b / a <= e^(-q). *)
Lemma exp_high h a b q c d k p :
  ratio h (Zpos a) b -> ratio q c d -> exp_check k p (Zpos b) a (- c) d = true -> exp q <= h.
Proof.
  intros -> -> H. apply exp_checked in H. pose proof (IZR_pos a) as A. pose proof (IZR_pos b) as B.
  replace (IZR (- c) / IZR (Zpos d)) with (- (IZR c / IZR (Zpos d))) in H
    by (rewrite opp_IZR; field; apply Rgt_not_eq, IZR_pos).
  rewrite exp_Ropp in H. rewrite <- (Rinv_inv (exp _)).
  replace (IZR (Zpos a) / IZR (Zpos b)) with (/ (IZR (Zpos b) / IZR (Zpos a))) by (field; lra).
  apply Rinv_le_contravar; [apply mul_pp; [exact B | apply inv_p, A] | exact H].
Qed.

(** ** The logarithm: l <= ln q says e^l <= q *)

Lemma log_low q l : exp l <= q -> l <= ln q.
Proof. intro H. rewrite <- (ln_exp l). apply ax_log_at_most; [apply exp_pos | exact H]. Qed.

Lemma log_high q h : 0 < q -> q <= exp h -> ln q <= h.
Proof. intros Q H. rewrite <- (ln_exp h). apply ax_log_at_most; assumption. Qed.

Lemma ratio_pos q a b : ratio q (Zpos a) b -> 0 < q.
Proof. intros ->. apply mul_pp; [|apply inv_p]; apply IZR_pos. Qed.

(** ** Roots and powers: l <= q^(n / d) says l^d <= q^n *)

Lemma pow_less a b k : 0 <= b -> b < a -> b ^ S k < a ^ S k.
Proof.
  intros B L. simpl. apply Rle_lt_trans with (b * a ^ k).
  - apply Rmult_le_compat_l; [exact B | apply pow_incr; lra].
  - apply Rmult_lt_compat_r; [apply pow_lt; lra | exact L].
Qed.

Lemma pow_reg a b k : 0 <= b -> a ^ S k <= b ^ S k -> a <= b.
Proof.
  intros B H. destruct (Rle_or_lt a b) as [L|L]; [exact L|]. pose proof (pow_less a b k B L). lra.
Qed.

(** Numerator and denominator of (c / e)^n. *)
Definition top (c e : positive) (n : Z) : Z := match n with Zneg k => Zpos e ^ Zpos k | _ => Zpos c ^ n end.
Definition bottom (c e : positive) (n : Z) : Z := top e c n.

Lemma top_pos c e n : (0 < top c e n)%Z.
Proof. destruct n; apply Z.pow_pos_nonneg; easy. Qed.

Lemma pow_pos_IZR c k : IZR (Zpos c ^ Zpos k) = IZR (Zpos c) ^ Pos.to_nat k.
Proof. rewrite pow_IZR, positive_nat_Z. reflexivity. Qed.

Lemma power_ratio c e n : powerRZ (IZR (Zpos c) / IZR (Zpos e)) n = IZR (top c e n) / IZR (bottom c e n).
Proof.
  pose proof (IZR_pos c) as C. pose proof (IZR_pos e) as E. unfold bottom, top. destruct n as [|k|k]; simpl powerRZ.
  - simpl. field.
  - rewrite !pow_pos_IZR. unfold Rdiv. rewrite Rpow_mult_distr, pow_inv. reflexivity.
  - rewrite !pow_pos_IZR. unfold Rdiv. rewrite Rpow_mult_distr, pow_inv, Rinv_mult, Rinv_inv. apply Rmult_comm.
Qed.

(** The power of degree d of q^(n / d) is q^n. *)
Lemma root_power q y n d : 0 < q -> ratio y n d -> pw q y ^ Pos.to_nat d = powerRZ q n.
Proof.
  intros Q ->. rewrite <- pw_int, <- pw_nat, (ax_power_power q) by exact Q. f_equal.
  rewrite INR_IZR_INZ, positive_nat_Z. field. apply Rgt_not_eq, IZR_pos.
Qed.

(** (a / b)^d - (c / e)^n has the sign of a difference of integers. *)
Lemma root_gap a b c e n d : exists k, 0 < k /\
  (IZR a / IZR (Zpos b)) ^ Pos.to_nat d - powerRZ (IZR (Zpos c) / IZR (Zpos e)) n =
  k * (IZR (a ^ Zpos d * bottom c e n) - IZR (top c e n * Zpos b ^ Zpos d)).
Proof.
  pose proof (IZR_lt _ _ (top_pos e c n)) as T. pose proof (pow_lt _ (Pos.to_nat d) (IZR_pos b)) as B.
  exists (/ (IZR (bottom c e n) * IZR (Zpos b) ^ Pos.to_nat d)).
  split; [apply inv_p, mul_pp; assumption|]. rewrite power_ratio, !mult_IZR, pow_pos_IZR.
  replace (IZR (a ^ Zpos d)) with (IZR a ^ Pos.to_nat d) by (rewrite pow_IZR, positive_nat_Z; reflexivity).
  unfold Rdiv. rewrite Rpow_mult_distr, pow_inv. field. unfold bottom in *. split; lra.
Qed.

Lemma ratio_nonneg q a b : ratio q a b -> (0 <=? a)%Z = true -> 0 <= q.
Proof. intros -> H. apply Z.leb_le, IZR_le in H. apply mul_PP; [exact H | apply inv_P, Rlt_le, IZR_pos]. Qed.

Definition low_check (a : Z) (b c e : positive) (n : Z) (d : positive) : bool :=
  (a ^ Zpos d * bottom c e n <=? top c e n * Zpos b ^ Zpos d)%Z.

Definition high_check (a : Z) (b c e : positive) (n : Z) (d : positive) : bool :=
  ((0 <=? a) && (top c e n * Zpos b ^ Zpos d <=? a ^ Zpos d * bottom c e n))%Z%bool.

Lemma root_low l a b q c e y n d :
  ratio l a b -> ratio q (Zpos c) e -> ratio y n d -> low_check a b c e n d = true -> l <= pw q y.
Proof.
  intros L Q Y H. pose proof (ratio_pos q c e Q) as P. pose proof (root_power q y n d P Y) as E.
  destruct (root_gap a b c e n d) as [k [K G]]. rewrite <- L, <- Q in G. apply Z.leb_le, IZR_le in H.
  assert (l ^ Pos.to_nat d <= pw q y ^ Pos.to_nat d) as D by (rewrite E; nra).
  destruct (Pos2Nat.is_succ d) as [j J]. rewrite J in D. apply (pow_reg _ _ j); [|exact D].
  left. apply ax_power_positive, P.
Qed.

Lemma root_high h a b q c e y n d :
  ratio h a b -> ratio q (Zpos c) e -> ratio y n d -> high_check a b c e n d = true -> pw q y <= h.
Proof.
  intros L Q Y H. pose proof (ratio_pos q c e Q) as P. pose proof (root_power q y n d P Y) as E.
  destruct (root_gap a b c e n d) as [k [K G]]. rewrite <- L, <- Q in G.
  apply andb_prop in H as [A H]. apply Z.leb_le, IZR_le in A, H.
  assert (pw q y ^ Pos.to_nat d <= h ^ Pos.to_nat d) as D by (rewrite E; nra).
  destruct (Pos2Nat.is_succ d) as [j J]. rewrite J in D. apply (pow_reg _ _ j); [|exact D].
  rewrite L. apply mul_PP; [exact A | apply inv_P, Rlt_le, IZR_pos].
Qed.

Lemma sqrt_pw q : 0 < q -> pw q (1 / 2) = sqrt q.
Proof. intro Q. rewrite pw_pos, <- Rpower_sqrt by exact Q. f_equal. field. Qed.
