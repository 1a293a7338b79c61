(** Differences, identities, and new names: what the rules of equality and of arithmetic come down to. *)
From Coq Require Import Reals Lra.
From Verify Require Import Signs PowerSigns.
Open Scope R_scope.

(** A relation is one about the difference, and the other way round. *)
Lemma d_lt a b : a < b -> 0 < b - a. Proof. lra. Qed.
Lemma d_le a b : a <= b -> 0 <= b - a. Proof. lra. Qed.
Lemma d_gt a b : a < b -> a - b < 0. Proof. lra. Qed.
Lemma d_ge a b : a <= b -> a - b <= 0. Proof. lra. Qed.
Lemma d_ne a b : a <> b -> a - b <> 0. Proof. intros H E; apply H; lra. Qed.
Lemma d_ne2 a b : a <> b -> b - a <> 0. Proof. intros H E; apply H; lra. Qed.
Lemma of_lt a b t : b - a = t -> 0 < t -> a < b. Proof. lra. Qed.
Lemma of_le a b t : b - a = t -> 0 <= t -> a <= b. Proof. lra. Qed.
Lemma of_ne a b t : b - a = t -> t <> 0 -> a <> b. Proof. intros E H Q; apply H; lra. Qed.
Lemma of_eq a b t : b - a = t -> t = 0 -> a = b. Proof. lra. Qed.
Lemma eq_by a b z : a - b = z -> z = 0 -> a = b. Proof. lra. Qed.
Lemma cof c l r : l = r -> c * (l - r) = 0. Proof. intros ->; ring. Qed.
Lemma add0 a b : a = 0 -> b = 0 -> a + b = 0. Proof. lra. Qed.
Lemma contra s z : s + z = 0 -> z = 0 -> 0 < s -> False. Proof. lra. Qed.
Lemma contra1 s : s = 0 -> 0 < s -> False. Proof. lra. Qed.
Lemma nz_mul a b : a <> 0 -> b <> 0 -> a * b <> 0. Proof. apply Rmult_integral_contrapositive_currified. Qed.
Lemma nz_div a b : a <> 0 -> b <> 0 -> a / b <> 0. Proof. intros; unfold Rdiv; apply nz_mul; [assumption | apply inv_x; assumption]. Qed.
Lemma nz_same p q : q <> 0 -> p = q -> p <> 0. Proof. intros H ->; exact H. Qed.
Lemma nz_neg p q : q <> 0 -> p = - q -> p <> 0. Proof. intros H ->; apply opp_x; exact H. Qed.
Lemma nz_sub n d q : q <> 0 -> q = n / d -> n <> 0. Proof. intros H E Z; apply H; rewrite E, Z; unfold Rdiv; ring. Qed.
Ltac nzc := first [lra | apply Rgt_not_eq; lra | apply Rlt_not_eq; lra].
Ltac nz1 N := first [exact N | refine (nz_same _ _ N _); ring | refine (nz_neg _ _ N _); ring].
Ltac conjs := repeat match goal with |- _ /\ _ => split end.
Lemma ne_dec (a b : R) : a <> b \/ a = b. Proof. destruct (Req_dec a b); auto. Qed.

(** Of a statement and its negation in normal form one holds, part by part. *)
Lemma em_and (A B A' B' : Prop) : A \/ A' -> B \/ B' -> (A /\ B) \/ (A' \/ B'). Proof. tauto. Qed.
Lemma em_or (A B A' B' : Prop) : A \/ A' -> B \/ B' -> (A \/ B) \/ (A' /\ B'). Proof. tauto. Qed.

(** A new name for a number, and a number as a bound plus or minus a new one. *)
(** All cases of the comparisons in minima and maxima, inner ones first. *)
Ltac cases_of_order := repeat match goal with
  |- context [Rle_dec ?a ?b] => lazymatch a with
    | context [Rle_dec] => fail
    | _ => lazymatch b with context [Rle_dec] => fail | _ => destruct (Rle_dec a b) end
    end
  end.
Lemma exists_eq (t : R) : exists x, x = t. Proof. exists t; reflexivity. Qed.
Lemma low_lt a x : a < x -> exists s, 0 < s /\ x = a + s. Proof. exists (x - a); split; lra. Qed.
Lemma low_le a x : a <= x -> exists s, 0 <= s /\ x = a + s. Proof. exists (x - a); split; lra. Qed.
Lemma high_lt b x : x < b -> exists s, 0 < s /\ x = b - s. Proof. exists (b - x); split; lra. Qed.
Lemma high_le b x : x <= b -> exists s, 0 <= s /\ x = b - s. Proof. exists (b - x); split; lra. Qed.
Lemma mobius a b x s : b - x <> 0 -> b - a <> 0 -> s = (x - a) / (b - x) -> x = (a + b * s) / (1 + s).
Proof. intros H K E.
  assert (T : s * (b - x) = x - a) by (rewrite E; field; assumption).
  assert (S0 : (1 + s) * (b - x) = b - a) by lra.
  assert (N : 1 + s <> 0) by (intro Z; rewrite Z in S0; lra).
  apply (Rmult_eq_reg_r (1 + s)); [|exact N]. unfold Rdiv; rewrite Rmult_assoc, Rinv_l by exact N. lra. Qed.
Lemma both_lt a b x : a < x -> x < b -> exists s, 0 < s /\ x = (a + b * s) / (1 + s).
Proof. intros; exists ((x - a) / (b - x)); split; [apply Rdiv_lt_0_compat; lra | apply mobius; [nzc | nzc | reflexivity]]. Qed.
Lemma both_le a b x : a <= x -> x < b -> exists s, 0 <= s /\ x = (a + b * s) / (1 + s).
Proof. intros; exists ((x - a) / (b - x)); split; [unfold Rdiv; apply mul_PP; [lra | apply inv_P; lra] | apply mobius; [nzc | nzc | reflexivity]]. Qed.
Lemma both_ge a b x : x <= a -> b < x -> exists s, 0 <= s /\ x = (a + b * s) / (1 + s).
Proof. intros; exists ((x - a) / (b - x)); split; [replace ((x - a) / (b - x)) with ((a - x) * / (x - b)) by (field; conjs; nzc); apply mul_PP; [lra | apply inv_P; lra] | apply mobius; [nzc | nzc | reflexivity]]. Qed.
