(** Sums over a range of integers, and what holds for all of one.

    [sums a b f] is f a + f (a + 1) + ... + f b, and 0 where b = a - 1; [vsums a b f] likewise, for vectors. Where b < a - 1, which no statement allows, it is
    minus the sum from b + 1 to a - 1, so that ranges split and join whatever their ends are. *)
From Coq Require Import Reals Lra Lia ZArith.
From Verify Require Import Statements Signs Terms Integers Powers Spaces.
Open Scope R_scope.

(** f a + f (a + 1) + ..., n members. *)
Fixpoint members (f : R -> R) (a : R) (n : nat) : R := match n with O => 0 | S k => members f a k + f (a + INR k) end.

Definition sums (a b : R) (f : R -> R) : R :=
  members f a (Z.to_nat (Int_part (b - a + 1))) - members f (b + 1) (Z.to_nat (Int_part (a - b - 1))).

Fixpoint vmembers {V : space} (f : R -> V) (a : R) (n : nat) : V :=
  match n with O => vzero | S k => vmembers f a k [+] f (a + INR k) end.

Definition vsums {V : space} (a b : R) (f : R -> V) : V :=
  vmembers f a (Z.to_nat (Int_part (b - a + 1))) [-] vmembers f (b + 1) (Z.to_nat (Int_part (a - b - 1))).

Lemma members_first f a n : members f a (S n) = f a + members f (a + 1) n.
Proof.
  induction n as [|n IH]; [simpl; replace (a + 0) with a by ring; ring|].
  change (members f a (S (S n))) with (members f a (S n) + f (a + INR (S n))). rewrite IH.
  change (members f (a + 1) (S n)) with (members f (a + 1) n + f (a + 1 + INR n)).
  rewrite S_INR. replace (a + (INR n + 1)) with (a + 1 + INR n) by ring. ring.
Qed.

Lemma members_linear c f g a n : members (fun t => c * f t + g t) a n = c * members f a n + members g a n.
Proof. induction n as [|n IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma members_ext f g a n : (forall k, (k < n)%nat -> f (a + INR k) = g (a + INR k)) -> members f a n = members g a n.
Proof. induction n as [|n IH]; intro H; simpl; [reflexivity | rewrite IH, H; [reflexivity | lia | intros; apply H; lia]]. Qed.

Lemma members_shift k f a n : members (fun t => f (t + k)) a n = members f (a + k) n.
Proof. induction n as [|n IH]; simpl; [reflexivity | rewrite IH; do 2 f_equal; ring]. Qed.

Lemma members_le f g a n : (forall k, (k < n)%nat -> f (a + INR k) <= g (a + INR k)) -> members f a n <= members g a n.
Proof.
  induction n as [|n IH]; intro H; simpl; [apply Rle_refl|].
  apply Rplus_le_compat; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma sums_linear a b c f g : sums a b (fun t => c * f t + g t) = c * sums a b f + sums a b g.
Proof. unfold sums. rewrite !members_linear. ring. Qed.

Lemma sums_zero a b : sums a b (fun _ => 0) = 0.
Proof.
  assert (forall x n, members (fun _ => 0) x n = 0) as H by (intros x n; induction n as [|n IH]; simpl; lra).
  unfold sums. rewrite !H. ring.
Qed.

Lemma sums_shift k a b f : sums a b (fun t => f (t + k)) = sums (a + k) (b + k) f.
Proof.
  unfold sums. rewrite !members_shift. replace (b + 1 + k) with (b + k + 1) by ring.
  replace (b + k - (a + k) + 1) with (b - a + 1) by ring. replace (a + k - (b + k) - 1) with (a - b - 1) by ring.
  reflexivity.
Qed.

(** Between integers. *)
Lemma sums_at x y f :
  sums (IZR x) (IZR y) f = members f (IZR x) (Z.to_nat (y - x + 1)) - members f (IZR y + 1) (Z.to_nat (x - y - 1)).
Proof.
  unfold sums. replace (IZR y - IZR x + 1) with (IZR (y - x + 1)) by (rewrite plus_IZR, minus_IZR; reflexivity).
  replace (IZR x - IZR y - 1) with (IZR (x - y - 1)) by (rewrite !minus_IZR; reflexivity).
  rewrite !Int_part_IZR. reflexivity.
Qed.

Lemma sums_ext a b f g : is_int a -> is_int b -> (forall t, is_int t -> f t = g t) -> sums a b f = sums a b g.
Proof.
  intros [x ->] [y ->] H. rewrite !sums_at.
  rewrite (members_ext f g (IZR x)), (members_ext f g (IZR y + 1)); [reflexivity | |];
    intros; apply H; apply int_add; try apply int_nat; [apply int_add|]; apply int_lit.
Qed.

Lemma sums_next a b f : is_int a -> is_int b -> sums a (b + 1) f = sums a b f + f (b + 1).
Proof.
  intros [x ->] [y ->]. replace (IZR y + 1) with (IZR (y + 1)) by (rewrite plus_IZR; reflexivity).
  rewrite !sums_at. destruct (Z_le_gt_dec 0 (y - x + 1)) as [L|G].
  - replace (y + 1 - x + 1)%Z with (Z.succ (y - x + 1)) by lia. rewrite Z2Nat.inj_succ by exact L. simpl members.
    replace (Z.to_nat (x - (y + 1) - 1)) with O by lia. replace (Z.to_nat (x - y - 1)) with O by lia.
    replace (IZR x + INR (Z.to_nat (y - x + 1))) with (IZR (y + 1)); [simpl; ring|].
    rewrite INR_IZR_INZ, Z2Nat.id, <- plus_IZR by exact L. f_equal. lia.
  - replace (Z.to_nat (y + 1 - x + 1)) with O by lia. replace (Z.to_nat (y - x + 1)) with O by lia.
    replace (x - y - 1)%Z with (Z.succ (x - (y + 1) - 1)) by lia. rewrite Z2Nat.inj_succ by lia.
    rewrite members_first. replace (IZR (y + 1)) with (IZR y + 1) by (rewrite plus_IZR; reflexivity). simpl. ring.
Qed.

Lemma sums_none a f : is_int a -> sums a (a + -1) f = 0.
Proof.
  intros [x ->]. replace (IZR x + -1) with (IZR (x - 1)) by (rewrite minus_IZR; ring). rewrite sums_at.
  replace (Z.to_nat (x - 1 - x + 1)) with O by lia. replace (Z.to_nat (x - (x - 1) - 1)) with O by lia. simpl. ring.
Qed.

(** A function of integers that a step does not change is constant. *)
Lemma steady (D : R -> R) : (forall b, is_int b -> D (b + 1) = D b) -> forall b c, is_int b -> is_int c -> D b = D c.
Proof.
  intro H.
  assert (forall x n, D (IZR x + INR n) = D (IZR x)) as U.
  { intros x n. induction n as [|n IH]; [simpl; f_equal; ring|].
    rewrite S_INR, <- Rplus_assoc, H, IH by (apply int_add; [apply int_lit | apply int_nat]). reflexivity. }
  assert (forall x y, (x <= y)%Z -> D (IZR y) = D (IZR x)) as W.
  { intros x y L. rewrite <- (U x (Z.to_nat (y - x))). f_equal.
    rewrite INR_IZR_INZ, Z2Nat.id, <- plus_IZR by lia. f_equal. lia. }
  intros b c [x ->] [y ->]. destruct (Z.le_ge_cases x y); [symmetry|]; apply W; assumption.
Qed.

(** Every sum is a difference of sums from 1 on; one member more, or one less. *)
Lemma sums_split a b f : is_int a -> is_int b -> sums a b f = sums 1 b f - sums 1 (a + -1) f.
Proof.
  intros A B. assert (is_int (a + -1)) as A' by (apply int_add; [exact A | apply (int_lit (-1))]).
  assert (sums a b f - sums 1 b f = sums a (a + -1) f - sums 1 (a + -1) f) as H.
  { apply (steady (fun b => sums a b f - sums 1 b f)); [|exact B | exact A'].
    intros c C. rewrite !sums_next; [ring | apply (int_lit 1) | exact C | exact A | exact C]. }
  rewrite (sums_none a f A) in H. lra.
Qed.

Lemma sums_step f e e' : is_int e -> e' = e + 1 -> sums 1 e' f = sums 1 e f + f e'.
Proof. intros I ->. apply sums_next; [apply (int_lit 1) | exact I]. Qed.

Lemma sums_back f e e' : is_int e -> e' = e + 1 -> sums 1 e f = sums 1 e' f - f e'.
Proof. intros I E. rewrite (sums_step f e e' I E). ring. Qed.

Lemma sums_start f : sums 1 0 f = 0.
Proof. generalize (sums_none 1 f (int_lit 1)). replace (1 + -1) with 0 by ring. trivial. Qed.

Lemma sums_count a b : is_int a -> is_int b -> sums a b (fun _ => 1) = b - a + 1.
Proof.
  intros A B. assert (is_int (a + -1)) as A' by (apply int_add; [exact A | apply (int_lit (-1))]).
  assert (sums a b (fun _ => 1) - b = sums a (a + -1) (fun _ => 1) - (a + -1)) as H.
  { apply (steady (fun b => sums a b (fun _ => 1) - b)); [|exact B | exact A'].
    intros c C. rewrite sums_next; [ring | exact A | exact C]. }
  rewrite (sums_none a _ A) in H. lra.
Qed.

(** ** What holds for all members *)

Lemma sums_le a b f g : is_int a -> is_int b -> a + -1 <= b ->
  (forall t, is_int t -> a <= t -> t <= b -> f t <= g t) -> sums a b f <= sums a b g.
Proof.
  intros [x ->] [y ->] L H. rewrite !sums_at.
  assert (x - 1 <= y)%Z as L' by (apply le_IZR; rewrite minus_IZR; lra).
  replace (Z.to_nat (x - y - 1)) with O by lia. simpl.
  apply Rplus_le_compat_r, members_le. intros k K. apply H.
  - apply int_add; [apply int_lit | apply int_nat].
  - generalize (pos_INR k). lra.
  - rewrite INR_IZR_INZ, <- plus_IZR. apply IZR_le. lia.
Qed.

Lemma sums_eq a b f g : is_int a -> is_int b -> a + -1 <= b ->
  (forall t, is_int t -> a <= t -> t <= b -> f t = g t) -> sums a b f = sums a b g.
Proof. intros A B L H. apply Rle_antisym; apply sums_le; try assumption; intros; rewrite H; try assumption; lra. Qed.

Lemma range_ind (P : R -> Prop) a b : is_int a -> (a <= b -> P a) ->
  (forall t, is_int t -> a <= t -> t <= b + -1 -> P t -> P (t + 1)) -> forall t, is_int t -> a <= t -> t <= b -> P t.
Proof.
  intros A B S t T L U. revert U. apply (int_ind (fun t => t <= b -> P t) a t A T L B).
  intros j J M IH U. apply S; [exact J | exact M | lra | apply IH; lra].
Qed.
