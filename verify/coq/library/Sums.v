(** Finite sums: over indices below a bound, and over lists. *)
From Coq Require Import Reals Lra Lia Arith List.
Import ListNotations.
Open Scope R_scope.

(** f 0 + f 1 + ... + f (n - 1) *)
Fixpoint sum (n : nat) (f : nat -> R) : R := match n with O => 0 | S m => sum m f + f m end.

(** Kronecker's delta *)
Definition delta (i j : nat) : R := if Nat.eqb i j then 1 else 0.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof. induction n; simpl; intro H; [reflexivity|]. rewrite IHn, H; auto with arith. Qed.

Lemma sum_add n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n; simpl; [ring|]. rewrite IHn. ring. Qed.

Lemma sum_scal n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. induction n; simpl; [ring|]. rewrite IHn. ring. Qed.

Lemma sum_scal_r n c f : sum n (fun i => f i * c) = sum n f * c.
Proof. induction n; simpl; [ring|]. rewrite IHn. ring. Qed.

Lemma sum_const n c : sum n (fun _ => c) = INR n * c.
Proof. induction n; [simpl; ring|]. rewrite S_INR. simpl. rewrite IHn. ring. Qed.

Lemma sum_zero n : sum n (fun _ => 0) = 0.
Proof. rewrite sum_const. ring. Qed.

Lemma sum_swap n m f : sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  induction n; simpl. { induction m; simpl; [reflexivity | rewrite <- IHm; ring]. }
  rewrite IHn, <- sum_add. reflexivity.
Qed.

Lemma delta_sym i j : delta i j = delta j i.
Proof. unfold delta. rewrite Nat.eqb_sym. reflexivity. Qed.

Lemma delta_same i : delta i i = 1.
Proof. unfold delta. rewrite Nat.eqb_refl. reflexivity. Qed.

Lemma sum_delta n j f : (j < n)%nat -> sum n (fun i => delta j i * f i) = f j.
Proof.
  unfold delta. induction n; intro H; [inversion H|]. simpl. destruct (Nat.eqb_spec j n) as [->|N].
  - rewrite (sum_ext n _ (fun _ => 0)). { rewrite sum_zero. ring. }
    intros i I. destruct (Nat.eqb_spec n i); [lia | ring].
  - rewrite IHn; [ring | lia].
Qed.

Lemma sum_delta_r n j f : (j < n)%nat -> sum n (fun i => f i * delta i j) = f j.
Proof.
  intro H. rewrite <- (sum_delta n j f H). apply sum_ext. intros i _. rewrite (delta_sym i j). ring.
Qed.

(** The sum of f over a list *)
Fixpoint lsum {A : Type} (f : A -> R) (l : list A) : R := match l with [] => 0 | x :: r => f x + lsum f r end.

Lemma lsum_app {A} (f : A -> R) l r : lsum f (l ++ r) = lsum f l + lsum f r.
Proof. induction l; simpl; [ring|]. rewrite IHl. ring. Qed.

Lemma lsum_map {A B} (g : A -> B) (f : B -> R) l : lsum f (map g l) = lsum (fun x => f (g x)) l.
Proof. induction l; simpl; [reflexivity|]. rewrite IHl. reflexivity. Qed.

Lemma lsum_ext {A} (f g : A -> R) l : (forall x, In x l -> f x = g x) -> lsum f l = lsum g l.
Proof. induction l; simpl; intro H; [reflexivity|]. rewrite (H a), IHl; auto. Qed.

Lemma lsum_scal {A} c (f : A -> R) l : lsum (fun x => c * f x) l = c * lsum f l.
Proof. induction l; simpl; [ring|]. rewrite IHl. ring. Qed.

Lemma lsum_scal_r {A} c (f : A -> R) l : lsum (fun x => f x * c) l = lsum f l * c.
Proof. induction l; simpl; [ring|]. rewrite IHl. ring. Qed.

Lemma lsum_add {A} (f g : A -> R) l : lsum (fun x => f x + g x) l = lsum f l + lsum g l.
Proof. induction l; simpl; [ring|]. rewrite IHl. ring. Qed.

Lemma lsum_flat_map {A B} (g : A -> list B) (f : B -> R) l : lsum f (flat_map g l) = lsum (fun x => lsum f (g x)) l.
Proof. induction l; simpl; [reflexivity|]. rewrite lsum_app, IHl. reflexivity. Qed.

Lemma sum_lsum {A} n (f : nat -> A -> R) l :
  sum n (fun i => lsum (f i) l) = lsum (fun x => sum n (fun i => f i x)) l.
Proof. induction l; simpl; [apply sum_zero|]. rewrite sum_add, IHl. reflexivity. Qed.
