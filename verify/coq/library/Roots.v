(** The sign of a polynomial without roots on an interval: the rule [sturm].

    A polynomial s, with integer coefficients from the lowest, is positive for all x between l and h if
    (1 + t)^n s((l + h t) / (1 + t)), a polynomial in t >= 0, has no negative coefficient, its first and its last being
    positive. (They are those of Bernstein, up to positive factors.) Where s is positive on all of a closed interval,
    this holds on each part of a subdivision that is fine enough; and s(m + t) has no negative coefficient for all m
    that are large enough, which is used towards infinity. The coefficients are computed by [vm_compute]. *)
From Coq Require Import Reals Lra Lia ZArith List.
From Verify Require Import Statements Signs Enclosures.
Import ListNotations.
Open Scope R_scope.

(** ** Polynomials as lists of coefficients *)

Fixpoint at_point (p : list Z) (x : R) : R := match p with [] => 0 | c :: q => IZR c + x * at_point q x end.

Fixpoint poly_add (p q : list Z) : list Z :=
  match p, q with
  | [], _ => q
  | _, [] => p
  | a :: p', b :: q' => (a + b)%Z :: poly_add p' q'
  end.

Definition poly_scale (c : Z) (p : list Z) : list Z := map (Z.mul c) p.

Fixpoint poly_mul (p q : list Z) : list Z :=
  match p with [] => [] | a :: p' => poly_add (poly_scale a q) (0%Z :: poly_mul p' q) end.

Lemma at_add p q x : at_point (poly_add p q) x = at_point p x + at_point q x.
Proof.
  revert q. induction p as [|a p IH]; intros [|b q]; simpl; try ring. rewrite plus_IZR, IH. ring.
Qed.

Lemma at_scale c p x : at_point (poly_scale c p) x = IZR c * at_point p x.
Proof. induction p as [|a p IH]; simpl; [ring | rewrite mult_IZR, IH; ring]. Qed.

Lemma at_mul p q x : at_point (poly_mul p q) x = at_point p x * at_point q x.
Proof. induction p as [|a p IH]; simpl; [ring | rewrite at_add, at_scale; simpl; rewrite IH; ring]. Qed.

(** ** A fraction for the variable *)

(** For a polynomial p with n coefficients and polynomials u, v in t: v^(n - 1) p(u / v), and v^n. *)
Fixpoint compose (p u v : list Z) : list Z * list Z :=
  match p with
  | [] => ([], [1%Z])
  | a :: q => let (r, w) := compose q u v in (poly_add (poly_scale a w) (poly_mul u r), poly_mul v w)
  end.

Lemma compose_at p u v x t :
  0 < at_point v t -> at_point u t = x * at_point v t ->
  let (r, w) := compose p u v in
  0 < at_point w t /\ at_point v t * at_point r t = at_point w t * at_point p x.
Proof.
  intros V U. induction p as [|a q IH]; simpl; [split; lra|].
  destruct (compose q u v) as [r w]. destruct IH as [W E]. rewrite !at_mul, at_add, at_scale, at_mul.
  split; [apply mul_pp; assumption|]. rewrite U.
  replace (at_point v t * (IZR a * at_point w t + x * at_point v t * at_point r t))
    with (at_point v t * (IZR a * at_point w t + x * (at_point v t * at_point r t))) by ring.
  rewrite E. ring.
Qed.

(** No coefficient is negative, and the first is positive. *)
Definition positive_list (p : list Z) : bool :=
  match p with [] => false | c :: q => ((0 <? c) && forallb (Z.leb 0) q)%Z%bool end.

Lemma nonneg_at p t : 0 <= t -> forallb (Z.leb 0) p = true -> 0 <= at_point p t.
Proof.
  intro T. induction p as [|c q IH]; simpl; intro H; [lra|]. apply andb_prop in H as [C Q].
  apply Z.leb_le, IZR_le in C. apply add_PP; [exact C | apply mul_PP; [exact T | apply IH, Q]].
Qed.

Lemma positive_at p t : 0 <= t -> positive_list p = true -> 0 < at_point p t.
Proof.
  intros T H. destruct p as [|c q]; [discriminate|]. apply andb_prop in H as [C Q].
  apply Z.ltb_lt, IZR_lt in C. apply add_pP; [exact C | apply mul_PP; [exact T | apply nonneg_at; assumption]].
Qed.

Lemma composed_positive p u v x t :
  positive_list (fst (compose p u v)) = true -> 0 <= t -> 0 < at_point v t -> at_point u t = x * at_point v t ->
  0 < at_point p x.
Proof.
  intros H T V U. pose proof (compose_at p u v x t V U) as C. destruct (compose p u v) as [r w].
  destruct C as [W E]. pose proof (mul_pp _ _ V (positive_at r t T H)) as P. rewrite E in P.
  destruct (Rlt_or_le 0 (at_point p x)) as [G|G]; [exact G|]. pose proof (mul_pN _ _ W G). lra.
Qed.

(** ** Points, and intervals between them: all are multiples of 1 / d *)

Definition at_one (p : list Z) (d : positive) (l : Z) : bool := positive_list (fst (compose p [l] [Zpos d])).
Definition between (p : list Z) (d : positive) (l h : Z) : bool :=
  ((l <? h)%Z && positive_list (fst (compose p [l; h] [Zpos d; Zpos d])))%bool.
Definition above (p : list Z) (d : positive) (l : Z) : bool := positive_list (fst (compose p [l; Zpos d] [Zpos d])).
Definition under (p : list Z) (d : positive) (h : Z) : bool := positive_list (fst (compose p [h; Zneg d] [Zpos d])).

Lemma at_one_pos p d l : at_one p d l = true -> 0 < at_point p (IZR l / IZR (Zpos d)).
Proof.
  intro H. pose proof (IZR_pos d) as D.
  apply (composed_positive p [l] [Zpos d] _ 0 H); simpl; [lra | lra | field; lra].
Qed.

Lemma between_pos p d l h x :
  between p d l h = true -> IZR l / IZR (Zpos d) <= x -> x < IZR h / IZR (Zpos d) -> 0 < at_point p x.
Proof.
  unfold between. intros H L U. apply andb_prop in H as [O H]. pose proof (IZR_pos d) as D.
  apply Z.ltb_lt, IZR_lt in O. set (a := IZR l / IZR (Zpos d)) in *. set (b := IZR h / IZR (Zpos d)) in *.
  assert (IZR l = a * IZR (Zpos d)) as A by (unfold a; field; lra).
  assert (IZR h = b * IZR (Zpos d)) as B by (unfold b; field; lra).
  assert (0 <= (x - a) / (b - x)) as T by (apply mul_PP; [|apply inv_P]; lra).
  apply (composed_positive p [l; h] [Zpos d; Zpos d] x ((x - a) / (b - x)) H); simpl.
  - exact T.
  - rewrite Rmult_0_r, Rplus_0_r. apply add_pP; [exact D | apply mul_PP; lra].
  - rewrite A, B. field. lra.
Qed.

Lemma above_pos p d l x : above p d l = true -> IZR l / IZR (Zpos d) <= x -> 0 < at_point p x.
Proof.
  intros H L. pose proof (IZR_pos d) as D.
  apply (composed_positive p _ _ x (x - IZR l / IZR (Zpos d)) H); simpl; [lra | lra | field; lra].
Qed.

Lemma under_pos p d h x : under p d h = true -> x <= IZR h / IZR (Zpos d) -> 0 < at_point p x.
Proof.
  intros H L. pose proof (IZR_pos d) as D. unfold under in H.
  apply (composed_positive p _ _ x (IZR h / IZR (Zpos d) - x) H); cbn [at_point]; [lra | lra |].
  change (IZR (Zneg d)) with (- IZR (Zpos d)). field. lra.
Qed.

Lemma last_cons h rest (l : Z) : last (h :: rest) l = last rest h.
Proof.
  revert h l. induction rest as [|z rest IH]; intros h l; [reflexivity|].
  change (last (z :: rest) l = last (z :: rest) h). rewrite !IH. reflexivity.
Qed.

(** From [l] on over the points of a list, to the last of them or to infinity. *)
Fixpoint pieces (p : list Z) (d : positive) (l : Z) (points : list Z) (to_infinity : bool) : bool :=
  match points with
  | [] => if to_infinity then above p d l else at_one p d l
  | h :: rest => (between p d l h && pieces p d h rest to_infinity)%bool
  end.

Lemma pieces_pos p d points e l x :
  pieces p d l points e = true -> IZR l / IZR (Zpos d) <= x ->
  (e = false -> x <= IZR (last points l) / IZR (Zpos d)) -> 0 < at_point p x.
Proof.
  revert l. induction points as [|h rest IH]; intros l H L U.
  - destruct e; [apply (above_pos p d l); assumption|]. replace x with (IZR l / IZR (Zpos d)).
    + apply at_one_pos, H.
    + specialize (U eq_refl). simpl in U. lra.
  - apply andb_prop in H as [B H]. destruct (Rlt_or_le x (IZR h / IZR (Zpos d))) as [K|K].
    + apply (between_pos p d l h); assumption.
    + apply (IH h H K). rewrite <- (last_cons h rest l). exact U.
Qed.

(** The whole line, a half line or an interval; [infinite] says on which sides there is no end. *)
Definition root_free_check p d l points (from_infinity to_infinity : bool) : bool :=
  ((if from_infinity then under p d l else true) && pieces p d l points to_infinity)%bool.

Lemma root_free p d l points f e x :
  root_free_check p d l points f e = true -> (f = false -> IZR l / IZR (Zpos d) <= x) ->
  (e = false -> x <= IZR (last points l) / IZR (Zpos d)) -> 0 < at_point p x.
Proof.
  intros H L U. apply andb_prop in H as [F H]. destruct (Rle_or_lt (IZR l / IZR (Zpos d)) x) as [K|K].
  - apply (pieces_pos p d points e l x); assumption.
  - destruct f; [apply (under_pos p d l); [exact F | lra] | specialize (L eq_refl); lra].
Qed.
