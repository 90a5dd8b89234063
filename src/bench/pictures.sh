#!/usr/bin/env bash
# Takes the pictures of the documents from the running demo, in which customers were answered and a model was trained first:
# src/docs/pictures/{reports,dataset,verdict,history-report,history-drafts}.png.
#
#   src/bench/pictures.sh
#
# Needs `./mvnw -DskipTests package` before, and Chromium. Environment: PORT (8090), WORK (a new temporary folder), BROWSER
# (a Chromium; by default the one that is installed).
set -euo pipefail
. "$(dirname "$0")/product.sh"
browser=${BROWSER:-$(command -v chromium-headless-shell chromium google-chrome | head -1)}

does() { # METHOD OF DocumentPictures
    (cd "$root" && ./mvnw -B -ntp -q surefire:test -Dtest="DocumentPictures#$1" -DexcludedGroups=none \
        -Dsurefire.failIfNoSpecifiedTests=false -DargLine="-Dtour.address=$address -Dbrowser.path=$browser \
        -Dpictures.dialogues=$work/dialogues.jsonl -Dpictures.data=$work/data")
}

does dialogues
start
"${play[@]}" --dialogues "$work/dialogues.jsonl" --concurrency 6 --think-time 200-600 >"$work/replay.json"
does days
sign_in
run=$(post training/runs '{}' | field id)
say "training run $run"
until api GET "training/runs/$run" | grep -qE '"status" ?: ?"(succeeded|awaiting-decision|failed|cancelled|rejected|promoted)"'; do
    sleep 2
done
does pictures
