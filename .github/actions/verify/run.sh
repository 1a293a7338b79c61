#!/usr/bin/env bash
# One run of the action: the claims, then every paper. Reports go to $REPORTS; a refutation outweighs an open claim.
set -uo pipefail

read -r -d '' -a claims <<< "${CLAIMS:-}"
read -r -d '' -a papers <<< "${PAPERS:-}"
mkdir -p "$REPORTS"
status=0

keep_worst() {
  # 1 (refuted) before 2 (bad input) before 3 (open) before 0
  if [[ $1 -ne 0 && ($status -eq 0 || $1 -lt $status) ]]; then status=$1; fi
}

if [[ "${claims[*]}" != none ]]; then
  options=(--sarif "$REPORTS/claims.sarif" --junit "$REPORTS/claims.xml" --badge "$REPORTS/theorems.svg")
  options+=(--json "$REPORTS/claims.json")
  if [[ "${LOCKED:-false}" == true ]]; then options+=(--locked); fi
  if [[ "${ALLOW_INCONCLUSIVE:-false}" == true ]]; then options+=(--allow-inconclusive); fi
  verify check "${options[@]}" -- ${claims[@]+"${claims[@]}"}
  keep_worst $?
fi

number=0
for paper in ${papers[@]+"${papers[@]}"}; do
  number=$((number + 1))
  verify paper --sarif "$REPORTS/paper-$number.sarif" --junit "$REPORTS/paper-$number.xml" -- "$paper"
  keep_worst $?
done

exit "$status"
