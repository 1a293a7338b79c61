(** Random numbers and vectors, and expectations: what the exported theorems about them are stated with.

    [w] is an outcome, a random number a function of it. [almost P Q]: Q holds almost surely. [known P k X]: X is known
    at stage k, and has moments of all orders; what is known at stage 0 is constant. [E P k X] is the expectation of X
    given what is known at stage k. So a theorem speaks of every probability space with increasing sigma-algebras, and
    of whatever else has these properties. *)
From Coq Require Import Reals ZArith.
From Verify Require Import Spaces.
Open Scope R_scope.

Record chance (V : space) := {
  outcome :> Type;
  almost : (outcome -> Prop) -> Prop;
  known : nat -> (outcome -> R) -> Prop;
  knownv : nat -> (outcome -> V) -> Prop;
  E : nat -> (outcome -> R) -> outcome -> R;
  Ev : nat -> (outcome -> V) -> outcome -> V;

  almost_all : forall Q : outcome -> Prop, (forall w, Q w) -> almost Q;
  almost_mp : forall Q S : outcome -> Prop, almost Q -> almost (fun w => Q w -> S w) -> almost S;
  almost_countable : forall Q : Z -> outcome -> Prop, (forall z, almost (Q z)) -> almost (fun w => forall z, Q z w);
  almost_false : ~ almost (fun _ => False);

  known_later : forall j k X, (j <= k)%nat -> known j X -> known k X;
  known_const : forall k c, known k (fun _ => c);
  known_add : forall k X Y, known k X -> known k Y -> known k (fun w => X w + Y w);
  known_mult : forall k X Y, known k X -> known k Y -> known k (fun w => X w * Y w);
  known_abs : forall k X, known k X -> known k (fun w => Rabs (X w));
  known_zero : forall X, known 0 X -> exists c, almost (fun w => X w = c);
  knownv_later : forall j k X, (j <= k)%nat -> knownv j X -> knownv k X;
  knownv_const : forall k c, knownv k (fun _ => c);
  knownv_add : forall k X Y, knownv k X -> knownv k Y -> knownv k (fun w => X w [+] Y w);
  knownv_scale : forall k c X, known k c -> knownv k X -> knownv k (fun w => c w [*] X w);
  knownv_map : forall k A X, self_adjoint A -> knownv k X -> knownv k (fun w => A (X w));
  known_inner : forall k X Y, knownv k X -> knownv k Y -> known k (fun w => inner (X w) (Y w));
  known_norm : forall k X, knownv k X -> known k (fun w => norm (X w));

  known_E : forall j k X, known j X -> known k (E k X);
  E_one : forall k, almost (fun w => E k (fun _ => 1) w = 1);
  E_linear : forall j k c X Y, known k c -> known j X -> known j Y ->
    almost (fun w => E k (fun w => c w * X w + Y w) w = c w * E k X w + E k Y w);
  E_positive : forall j k X, known j X -> almost (fun w => 0 <= X w) -> almost (fun w => 0 <= E k X w);
  E_tower : forall i j k X, (j <= k)%nat -> known i X -> almost (fun w => E j (E k X) w = E j X w);
  knownv_E : forall j k X, knownv j X -> knownv k (Ev k X);
  E_inner : forall j k X Y, knownv j X -> knownv k Y ->
    almost (fun w => inner (Ev k X w) (Y w) = E k (fun w => inner (X w) (Y w)) w);
}.

Arguments outcome {V} _.
Arguments almost {V} _ _.
Arguments known {V} _ _ _.
Arguments knownv {V} _ _ _.
Arguments E {V} _ _ _ _.
Arguments Ev {V} _ _ _ _.
