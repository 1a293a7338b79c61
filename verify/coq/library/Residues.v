(** An equation between integers that has no solution modulo a number: the rule [residues]; and polynomials with
    rational coefficients whose values at all integers are integers, such as n (n + 1) / 2. *)
From Coq Require Import Reals Lra Lia ZArith List Bool.
From Verify Require Import Statements Integers.
Import ListNotations.
Open Scope R_scope.

(** A monomial is its coefficient and the exponents of the variables; [value] at a point, a list of numbers. *)
Definition poly : Set := list (Z * list nat).

Fixpoint powers (e : list nat) (xs : list R) : R :=
  match e, xs with k :: e', x :: xs' => x ^ k * powers e' xs' | _, _ => 1 end.
Fixpoint value (p : poly) (xs : list R) : R :=
  match p with [] => 0 | (c, e) :: q => IZR c * powers e xs + value q xs end.

(** The same modulo m, in integers. *)
Fixpoint power_mod (m x : Z) (k : nat) : Z := match k with O => 1 | S j => (x * power_mod m x j) mod m end.
Fixpoint powers_mod (m : Z) (e : list nat) (xs : list Z) : Z :=
  match e, xs with k :: e', x :: xs' => (power_mod m x k * powers_mod m e' xs') mod m | _, _ => 1 end.
Fixpoint value_mod (m : Z) (p : poly) (xs : list Z) : Z :=
  match p with [] => 0 | (c, e) :: q => (c * powers_mod m e xs + value_mod m q xs) mod m end.

(** An integer that is congruent to what was computed. *)
Definition congruent (m : Z) (x : R) (r : Z) : Prop := exists z k, x = IZR z /\ (z = r + m * k)%Z.

Lemma congruent_mod m z r : (0 < m)%Z -> (exists k, z = r + m * k)%Z -> exists k, (z = r mod m + m * k)%Z.
Proof. intros M [k ->]. exists (r / m + k)%Z. pose proof (Z.div_mod r m). lia. Qed.

Lemma congruent_mul m x y r s : (0 < m)%Z -> congruent m x r -> congruent m y s -> congruent m (x * y) ((r * s) mod m).
Proof.
  intros M [z [k [-> E]]] [w [j [-> F]]]. rewrite <- mult_IZR.
  destruct (congruent_mod m (z * w) (r * s) M) as [i I]; [|exists (z * w)%Z, i; split; [reflexivity | exact I]].
  exists (r * j + s * k + m * k * j)%Z. subst. ring.
Qed.

Lemma congruent_add m x y r s : (0 < m)%Z -> congruent m x r -> congruent m y s -> congruent m (x + y) ((r + s) mod m).
Proof.
  intros M [z [k [-> E]]] [w [j [-> F]]]. rewrite <- plus_IZR.
  destruct (congruent_mod m (z + w) (r + s) M) as [i I]; [|exists (z + w)%Z, i; split; [reflexivity | exact I]].
  exists (k + j)%Z. subst. ring.
Qed.

Lemma congruent_lit m z : congruent m (IZR z) z.
Proof. exists z, 0%Z. split; [reflexivity | ring]. Qed.

Lemma congruent_pow m x r k : (0 < m)%Z -> congruent m x r -> congruent m (x ^ k) (power_mod m r k).
Proof. intros M H. induction k as [|k IH]; [apply congruent_lit | apply congruent_mul; assumption]. Qed.

Lemma congruent_powers m e xs rs :
  (0 < m)%Z -> Forall2 (congruent m) xs rs -> congruent m (powers e xs) (powers_mod m e rs).
Proof.
  intros M H. revert e. induction H as [|x r xs rs X _ IH]; intros [|k e]; try apply congruent_lit.
  apply congruent_mul; [exact M | apply congruent_pow; assumption | apply IH].
Qed.

Lemma congruent_value m p xs rs :
  (0 < m)%Z -> Forall2 (congruent m) xs rs -> congruent m (value p xs) (value_mod m p rs).
Proof.
  intros M H. induction p as [|[c e] q IH]; [apply congruent_lit|]. apply congruent_add; [exact M | | exact IH].
  destruct (congruent_powers m e xs rs M H) as [z [k [-> E]]]. exists (c * z)%Z, (c * k)%Z.
  rewrite mult_IZR. split; [reflexivity | subst; ring].
Qed.

(** ** All residues *)

Lemma ints_nil : Forall is_int []. Proof. constructor. Qed.
Lemma ints_cons x xs : is_int x -> Forall is_int xs -> Forall is_int (x :: xs). Proof. constructor; assumption. Qed.

Definition residues_of (m : positive) : list Z := map Z.of_nat (seq 0 (Pos.to_nat m)).

(** [test] holds for all lists of [n] residues, put before those that were chosen. *)
Fixpoint everywhere (m : positive) (n : nat) (test : list Z -> bool) (chosen : list Z) : bool :=
  match n with
  | O => test chosen
  | S k => forallb (fun r => everywhere m k test (r :: chosen)) (residues_of m)
  end.

Lemma residue_of m z : In (z mod Zpos m)%Z (residues_of m).
Proof.
  pose proof (Z.mod_pos_bound z (Zpos m) eq_refl) as B. apply in_map_iff. exists (Z.to_nat (z mod Zpos m)).
  split; [lia | apply in_seq; lia].
Qed.

Lemma congruent_residue m x : is_int x -> exists r, In r (residues_of m) /\ congruent (Zpos m) x r.
Proof.
  intros [z ->]. exists (z mod Zpos m)%Z. split; [apply residue_of|]. exists z, (z / Zpos m)%Z.
  split; [reflexivity|]. rewrite (Z.div_mod z (Zpos m)) at 1 by easy. ring.
Qed.

Lemma everywhere_at m test xs ys chosen :
  everywhere m (length xs) test chosen = true -> Forall is_int xs ->
  Forall2 (congruent (Zpos m)) ys chosen ->
  exists rs, test rs = true /\ Forall2 (congruent (Zpos m)) (rev_append xs ys) rs.
Proof.
  intros H I. revert ys chosen H. induction I as [|x xs X I IH]; intros ys chosen H C; [exists chosen; auto|].
  destruct (congruent_residue m x X) as [r [R0 E]]. simpl in H. rewrite forallb_forall in H.
  apply (IH (x :: ys) (r :: chosen)); [apply H, R0 | constructor; assumption].
Qed.

(** ** The rule [residues]: what is left over is m times an integer w *)

Definition no_zero (m : positive) (p : poly) (n : nat) : bool :=
  everywhere m n (fun rs => negb (value_mod (Zpos m) p rs mod Zpos m =? 0)%Z) [].

Lemma no_solution m p xs w :
  no_zero m p (length xs) = true -> Forall is_int xs -> is_int w ->
  value p (rev_append xs []) + IZR (Zpos m) * w = 0 -> False.
Proof.
  intros H I [w' ->] E. destruct (everywhere_at m _ xs [] [] H I (Forall2_nil _)) as [rs [T C]].
  destruct (congruent_value (Zpos m) p _ rs eq_refl C) as [z [k [V Z0]]].
  rewrite V, <- mult_IZR, <- plus_IZR in E. apply eq_IZR in E.
  apply negb_true_iff, Z.eqb_neq in T. apply T. replace (value_mod (Zpos m) p rs) with ((- w' - k) * Zpos m)%Z by lia.
  apply Z.mod_mul. easy.
Qed.

(** ** Values that are integers: p / m *)

Definition all_zero (m : positive) (p : poly) (n : nat) : bool :=
  everywhere m n (fun rs => value_mod (Zpos m) p rs mod Zpos m =? 0)%Z [].

Lemma int_poly m p xs t :
  all_zero m p (length xs) = true -> Forall is_int xs -> IZR (Zpos m) * t = value p (rev_append xs []) -> is_int t.
Proof.
  intros H I E. destruct (everywhere_at m _ xs [] [] H I (Forall2_nil _)) as [rs [T C]].
  destruct (congruent_value (Zpos m) p _ rs eq_refl C) as [z [k [V Z0]]]. apply Z.eqb_eq in T.
  exists (value_mod (Zpos m) p rs / Zpos m + k)%Z. rewrite V in E.
  apply (Rmult_eq_reg_l (IZR (Zpos m))); [|apply not_0_IZR; easy]. rewrite E, <- mult_IZR. f_equal.
  pose proof (Z.div_mod (value_mod (Zpos m) p rs) (Zpos m)). lia.
Qed.
