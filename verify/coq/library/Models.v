(** Models of what the theorems about vectors speak of, so that none of them holds for want of any: the plane, and a
    coin that is tossed between stage 0 and stage 1. *)
From Coq Require Import Reals Lra ZArith Lia.
From Verify Require Import Signs Terms Spaces Gram Chance.
Open Scope R_scope.

Definition plane : space.
Proof.
  refine {|
    carrier := R * R;
    vzero := (0, 0);
    vadd u v := (fst u + fst v, snd u + snd v);
    vopp v := (- fst v, - snd v);
    vscale a v := (a * fst v, a * snd v);
    inner u v := fst u * fst v + snd u * snd v;
  |}; intros; repeat match goal with v : (R * R)%type |- _ => destruct v end; simpl in *;
    try ring; try (apply f_equal2; ring).
  - nra.
  - apply f_equal2; apply Rsqr_0_uniq; unfold Rsqr; nra.
Defined.

Example plane_norm : norm (V := plane) (3, 4) = 5.
Proof. unfold norm. simpl. replace (3 * 3 + 4 * 4) with (Rsqr 5) by (unfold Rsqr; ring). apply sqrt_Rsqr. lra. Qed.

(** Twice the first coordinate and three times the second. *)
Example plane_map : self_adjoint (V := plane) (fun v => (2 * fst v, 3 * snd v)).
Proof.
  split; intros; repeat match goal with v : carrier plane |- _ => destruct v end; simpl; try ring; apply f_equal2; ring.
Qed.

Section Coin.
  Variable V : space.

  (** What is known at stage 0 is the same for both outcomes; later everything is known. *)
  Definition coin_known (k : nat) {A : Type} (X : bool -> A) : Prop := k = O -> X true = X false.

  Definition coin : chance V.
  Proof.
    refine {|
      outcome := bool;
      almost Q := forall w, Q w;
      known k X := coin_known k X;
      knownv k X := coin_known k X;
      E k X w := match k with O => (X true + X false) / 2 | _ => X w end;
      Ev k X w := match k with O => (1 / 2) [*] (X true [+] X false) | _ => X w end;
    |}; unfold coin_known; intros; try reflexivity; auto;
      try (subst k; repeat match goal with K : O = O -> _ |- _ => specialize (K eq_refl); rewrite K end; reflexivity).
    - intro F. exact (F true).
    - subst k. apply H0. lia.
    - exists (X true). intros [|]; [reflexivity | symmetry; apply H; reflexivity].
    - subst k. apply H0. lia.
    - destruct k; [field | reflexivity].
    - destruct k; [|reflexivity]. destruct w; rewrite (H eq_refl); field.
    - destruct k; [generalize (H0 true) (H0 false); lra | apply H0].
    - destruct j, k; try reflexivity; [field | lia].
    - destruct k; [|reflexivity]. rewrite inner_scale_l, inner_add_l. destruct w; rewrite (H0 eq_refl); field.
  Defined.
End Coin.

(** One on one side and three on the other: two on average. *)
Example coin_mean V w : E (coin V) 0 (fun w : bool => if w then 1 else 3) w = 2.
Proof. simpl. lra. Qed.
