(** A quotient of integers that would be an irrational root: the rule [irrational].

    Let a^k = (N / D) b^k in integers, where b is not zero and N / D is in lowest terms. With a and b divided by their
    greatest common divisor, a^k and b^k have no common divisor, so that |N| = |a|^k and D = |b|^k. That |N| or D lies
    between the powers of two neighbouring numbers is computed. *)
From Coq Require Import Reals Lra Lia ZArith Bool.
From Coq Require Znumtheory Zpow_facts.
From Verify Require Import Statements Integers.
Open Scope R_scope.

(** Between r^k and (r + 1)^k lies no k-th power. *)
Definition between (k n r : Z) : bool := ((0 <=? r) && (r ^ k <? n) && (n <? (r + 1) ^ k))%Z.

Lemma no_power k n r u : (0 < k)%Z -> between k n r = true -> (n <> Z.abs u ^ k)%Z.
Proof.
  unfold between. intros K B E. apply andb_prop in B as [B C]. apply andb_prop in B as [A B].
  apply Z.leb_le in A. apply Z.ltb_lt in B. apply Z.ltb_lt in C. subst n.
  destruct (Z_le_gt_dec (Z.abs u) r) as [L | G].
  - pose proof (Z.pow_le_mono_l (Z.abs u) r k). lia.
  - pose proof (Z.pow_le_mono_l (r + 1) (Z.abs u) k). lia.
Qed.

Lemma lowest_powers k N D a b :
  (0 < k -> 0 < D -> Z.gcd N D = 1 -> b <> 0 -> D * a ^ k = N * b ^ k ->
   exists u v, Z.abs N = Z.abs u ^ k /\ D = Z.abs v ^ k)%Z.
Proof.
  intros K P C B E. set (g := Z.gcd a b).
  assert (G : (0 < g)%Z).
  { pose proof (Z.gcd_nonneg a b). assert (g <> 0)%Z by (intro Z0; apply Z.gcd_eq_0_r in Z0; lia). lia. }
  destruct (Z.gcd_divide_l a b) as [u U], (Z.gcd_divide_r a b) as [v V]. fold g in U, V.
  assert (R : Z.gcd u v = 1%Z).
  { assert (I : Z.gcd (a / g) (b / g) = 1%Z) by (apply Z.gcd_div_gcd; [lia | reflexivity]).
    rewrite U in I at 1. rewrite V in I at 1. rewrite !Z.div_mul in I by lia. exact I. }
  assert (F : (D * u ^ k = N * v ^ k)%Z).
  { rewrite U, V, !Z.pow_mul_l in E. apply (Z.mul_reg_r _ _ (g ^ k)); [pose proof (Z.pow_pos_nonneg g k); lia | lia]. }
  assert (S : Znumtheory.rel_prime (u ^ k) (v ^ k)).
  { apply Zpow_facts.rel_prime_Zpower; [lia | lia | apply Znumtheory.Zgcd_1_rel_prime; exact R]. }
  assert (T : Znumtheory.rel_prime N D) by (apply Znumtheory.Zgcd_1_rel_prime; exact C).
  exists u, v. rewrite <- !Z.abs_pow. split.
  - assert (X : Z.divide (u ^ k) N). { apply (Znumtheory.Gauss _ (v ^ k)); [exists D; lia | exact S]. }
    assert (Y : Z.divide N (u ^ k)). { apply (Znumtheory.Gauss _ D); [exists (v ^ k)%Z; lia | exact T]. }
    apply Z.divide_antisym_abs; assumption.
  - apply Znumtheory.rel_prime_sym in S, T.
    assert (X : Z.divide (v ^ k) D). { apply (Znumtheory.Gauss _ (u ^ k)); [exists N; lia | exact S]. }
    assert (Y : Z.divide D (v ^ k)). { apply (Znumtheory.Gauss _ N); [exists (u ^ k)%Z; lia | exact T]. }
    rewrite <- (Z.divide_antisym_abs D (v ^ k)) by assumption. lia.
Qed.

(** What is computed: N / D is in lowest terms, and no k-th power of a rational number, since |N| or D lies between two
    powers, or since it is negative and k is even. *)
Definition no_root (k N D r : Z) : bool :=
  ((0 <? k) && (0 <? D) && (Z.gcd N D =? 1)
   && (between k (Z.abs N) r || between k D r || ((N <? 0) && Z.even k)))%Z.

Lemma no_quotient k N D r a b : no_root k N D r = true -> b <> 0%Z -> (D * a ^ k <> N * b ^ k)%Z.
Proof.
  unfold no_root. intros F B E.
  apply andb_prop in F as [F H]. apply andb_prop in F as [F C]. apply andb_prop in F as [K P].
  apply Z.ltb_lt in K. apply Z.ltb_lt in P. apply Z.eqb_eq in C.
  destruct (lowest_powers k N D a b K P C B E) as [u [v [U V]]].
  apply orb_prop in H as [H | H]; [apply orb_prop in H as [H | H]|].
  - exact (no_power _ _ _ u K H U).
  - exact (no_power _ _ _ v K H V).
  - apply andb_prop in H as [S Q]. apply Z.ltb_lt in S. apply Z.even_spec in Q.
    pose proof (Z.pow_even_nonneg a k Q). pose proof (Z.pow_even_nonneg b k Q).
    assert (b ^ k <> 0)%Z by (apply Z.pow_nonzero; lia).
    nia.
Qed.

Lemma irrational (k : nat) N D r a b :
  is_int a -> is_int b -> b <> 0 -> IZR D * a ^ k - IZR N * b ^ k = 0 -> no_root (Z.of_nat k) N D r = true -> False.
Proof.
  intros [x ->] [y ->] B E F. rewrite !pow_IZR, <- !mult_IZR in E.
  apply (no_quotient _ _ _ _ x y F); [intros ->; apply B; reflexivity | apply eq_IZR; lra].
Qed.
