(** Real inner product spaces: what the exported theorems about vectors are stated with.

    A theorem speaks of every one of them: R, R^n, a space of square-integrable functions. *)
From Coq Require Import Reals.
Open Scope R_scope.

Record space := {
  carrier :> Type;
  vzero : carrier;
  vadd : carrier -> carrier -> carrier;
  vopp : carrier -> carrier;
  vscale : R -> carrier -> carrier;
  inner : carrier -> carrier -> R;
  vadd_comm : forall u v, vadd u v = vadd v u;
  vadd_assoc : forall u v w, vadd u (vadd v w) = vadd (vadd u v) w;
  vadd_zero : forall v, vadd v vzero = v;
  vadd_opp : forall v, vadd v (vopp v) = vzero;
  vscale_one : forall v, vscale 1 v = v;
  vscale_mult : forall a b v, vscale a (vscale b v) = vscale (a * b) v;
  vscale_plus : forall a b v, vscale (a + b) v = vadd (vscale a v) (vscale b v);
  vscale_add : forall a u v, vscale a (vadd u v) = vadd (vscale a u) (vscale a v);
  inner_sym : forall u v, inner u v = inner v u;
  inner_add_l : forall u v w, inner (vadd u v) w = inner u w + inner v w;
  inner_scale_l : forall a u v, inner (vscale a u) v = a * inner u v;
  inner_pos : forall v, 0 <= inner v v;
  inner_zero : forall v, inner v v = 0 -> v = vzero;
}.

Arguments vzero {s}.
Arguments vadd {s} _ _.
Arguments vopp {s} _.
Arguments vscale {s} _ _.
Arguments inner {s} _ _.

Notation "u [+] v" := (vadd u v) (at level 50, left associativity).
Notation "u [-] v" := (vadd u (vopp v)) (at level 50, left associativity).
Notation "a [*] v" := (vscale a v) (at level 40, left associativity).

Definition norm {V : space} (v : V) : R := sqrt (inner v v).

(** A linear map of a space into itself that is its own adjoint. *)
Record self_adjoint {V : space} (A : V -> V) : Prop := {
  map_add : forall u v, A (u [+] v) = A u [+] A v;
  map_scale : forall a v, A (a [*] v) = a [*] A v;
  map_adjoint : forall u v, inner (A u) v = inner u (A v);
}.
