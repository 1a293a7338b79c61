(** Differences, identities, denominators that are not zero, cases, new names and bounds: small steps of proofs. *)
From Coq Require Import Reals Lra.
From Verify Require Import Signs.
Open Scope R_scope.

(** ** From a relation to the sign of a difference, and back *)

Lemma d_lt a b : a < b -> 0 < b - a. Proof. lra. Qed.
Lemma d_le a b : a <= b -> 0 <= b - a. Proof. lra. Qed.
Lemma d_gt a b : a < b -> a - b < 0. Proof. lra. Qed.
Lemma d_ge a b : a <= b -> a - b <= 0. Proof. lra. Qed.
Lemma d_ne a b : a <> b -> a - b <> 0. Proof. intros H E. apply H. lra. Qed.
Lemma d_ne2 a b : a <> b -> b - a <> 0. Proof. intros H E. apply H. lra. Qed.
Lemma of_lt a b t : b - a = t -> 0 < t -> a < b. Proof. lra. Qed.
Lemma of_le a b t : b - a = t -> 0 <= t -> a <= b. Proof. lra. Qed.
Lemma of_ne a b t : b - a = t -> t <> 0 -> a <> b. Proof. intros E H Q. apply H. lra. Qed.
Lemma of_eq a b t : b - a = t -> t = 0 -> a = b. Proof. lra. Qed.

(** ** Identities: the cofactors of known equations ([ring], [psatz]) *)

Lemma eq_by a b z : a - b = z -> z = 0 -> a = b. Proof. lra. Qed.
Lemma cof c l r : l = r -> c * (l - r) = 0. Proof. intros ->. ring. Qed.
Lemma add0 a b : a = 0 -> b = 0 -> a + b = 0. Proof. lra. Qed.

(** A positive sum that vanishes: the facts contradict each other. *)
Lemma contra s z : s + z = 0 -> z = 0 -> 0 < s -> False. Proof. lra. Qed.
Lemma contra1 s : s = 0 -> 0 < s -> False. Proof. lra. Qed.

(** ** What is not zero, for the side conditions of [field] *)

Lemma nz_mul a b : a <> 0 -> b <> 0 -> a * b <> 0. Proof. apply mul_xx. Qed.
Lemma nz_div a b : a <> 0 -> b <> 0 -> a / b <> 0. Proof. intros. apply mul_xx; [|apply inv_x]; assumption. Qed.
Lemma nz_same p q : q <> 0 -> p = q -> p <> 0. Proof. intros H ->. exact H. Qed.
Lemma nz_neg p q : q <> 0 -> p = - q -> p <> 0. Proof. intros H ->. apply opp_x, H. Qed.

(** The numerator of a fraction that is not zero. *)
Lemma nz_sub n d q : q <> 0 -> q = n / d -> n <> 0.
Proof. intros H E Z. apply H. rewrite E, Z. unfold Rdiv. ring. Qed.

(** [nzc]: a number is not zero, by linear arithmetic; [lit]: a literal is; [same N]: it is the one of [N : q <> 0], letter by letter;
    [nz1 N]: it is that one up to its sign; [conjs]: one goal for each condition. *)
Ltac nzc := by_order.
Ltac lit := clear; nzc.
Ltac same N := lazymatch goal with |- ?g => lazymatch type of N with g => exact N end end.
Ltac nz1 N := first [exact N | refine (nz_same _ _ N _); ring | refine (nz_neg _ _ N _); ring].
Ltac conjs := repeat match goal with |- _ /\ _ => split end.

(** ** Cases *)

Lemma ne_dec (a b : R) : a <> b \/ a = b. Proof. destruct (Req_dec a b); auto. Qed.

(** A formula or its negation, taken apart to its relations, each of which is decided. *)
Ltac em_atoms :=
  repeat match goal with
  | |- context [?a < ?b] => lazymatch goal with
      | _ : a < b |- _ => fail | _ : b <= a |- _ => fail | _ => destruct (Rlt_or_le a b) end
  | |- context [?a <= ?b] => lazymatch goal with
      | _ : a <= b |- _ => fail | _ : b < a |- _ => fail | _ => destruct (Rle_or_lt a b) end
  | |- context [@eq R ?a ?b] => lazymatch goal with
      | _ : @eq R a b |- _ => fail | _ : a <> b |- _ => fail | _ => destruct (Req_dec a b) end
  end;
  tauto.

(** ** New names: the rules [define] and [bound] *)

Lemma exists_eq (t : R) : exists x, x = t. Proof. exists t. reflexivity. Qed.

(** [x] beyond one bound is that bound and a number [s] that is positive or not negative. *)
Lemma low_lt a x : a < x -> exists s, 0 < s /\ x = a + s. Proof. exists (x - a). split; lra. Qed.
Lemma low_le a x : a <= x -> exists s, 0 <= s /\ x = a + s. Proof. exists (x - a). split; lra. Qed.
Lemma high_lt b x : x < b -> exists s, 0 < s /\ x = b - s. Proof. exists (b - x). split; lra. Qed.
Lemma high_le b x : x <= b -> exists s, 0 <= s /\ x = b - s. Proof. exists (b - x). split; lra. Qed.

(** [x] between two bounds is (a + b s) / (1 + s) for s = (x - a) / (b - x), a map of Möbius. *)
Lemma mobius a b x s : b - x <> 0 -> b - a <> 0 -> s = (x - a) / (b - x) -> x = (a + b * s) / (1 + s).
Proof.
  intros X A ->.
  assert (1 + (x - a) / (b - x) <> 0) as N.
  { replace (1 + (x - a) / (b - x)) with ((b - a) / (b - x)) by (field; exact X). apply nz_div; assumption. }
  field. split; [exact X | lra].
Qed.

Lemma both_lt a b x : a < x -> x < b -> exists s, 0 < s /\ x = (a + b * s) / (1 + s).
Proof.
  intros. exists ((x - a) / (b - x)). split; [apply mul_pp; [|apply inv_p]; lra | apply mobius; [nzc|nzc|reflexivity]].
Qed.

Lemma both_le a b x : a <= x -> x < b -> exists s, 0 <= s /\ x = (a + b * s) / (1 + s).
Proof.
  intros. exists ((x - a) / (b - x)). split; [apply mul_PP; [|apply inv_P]; lra | apply mobius; [nzc|nzc|reflexivity]].
Qed.

(** The same from the upper bound [a], where the lower bound [b] is not reached. *)
Lemma both_ge a b x : x <= a -> b < x -> exists s, 0 <= s /\ x = (a + b * s) / (1 + s).
Proof.
  intros. exists ((x - a) / (b - x)). split; [apply mul_NN; [|apply inv_N]; lra | apply mobius; [nzc|nzc|reflexivity]].
Qed.

(** Of a statement and its negation in normal form one holds, part by part. *)
Lemma em_and (A B A' B' : Prop) : A \/ A' -> B \/ B' -> (A /\ B) \/ (A' \/ B'). Proof. tauto. Qed.
Lemma em_or (A B A' B' : Prop) : A \/ A' -> B \/ B' -> (A \/ B) \/ (A' /\ B'). Proof. tauto. Qed.

(** All cases of the comparisons in minima and maxima, inner ones first. *)
Ltac cases_of_order := repeat match goal with
  |- context [Rle_dec ?a ?b] => lazymatch a with
    | context [Rle_dec] => fail
    | _ => lazymatch b with context [Rle_dec] => fail | _ => destruct (Rle_dec a b) end
    end
  end.
