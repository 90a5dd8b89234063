#!/usr/bin/env bash
# Imports a file of conversations into the packaged product on this machine, into the demo's knowledge base, and prints how
# long each step takes and how much memory the server has.
#
#   src/bench/history.sh FILE
#
# FILE is plain or gzipped, in a format that is read without a mapping. Needs `./mvnw -DskipTests package` before.
# Environment: PORT (8090), WORK (a new temporary folder), JAVA_OPTIONS, and the server's own.
set -euo pipefail
file=$(realpath "$1")
. "$(dirname "$0")/product.sh"

memory() { awk '/VmHWM|VmRSS/ { printf "%s %.0f MB  ", $1, $2 / 1024 }' "/proc/$server/status"; }

# Waits for a state, and says when a step begins.
until_state() { # STATE
    local step= now= state= body=
    while true; do
        body=$(api GET "history/$import")
        state=$(field state <<<"$body")
        now=$(grep -o '"step" \?: \?"[a-z]*"' <<<"$body" || true)
        if [ "$now" != "$step" ] && [ -n "$now" ]; then
            step=$now
            echo "$((SECONDS - begun)) s: $step, $(memory)"
        fi
        [ "$state" = "$1" ] && break
        [ "$state" = failed ] && { echo "$body" >&2; exit 2; }
        sleep 0.5
    done
    echo "$((SECONDS - begun)) s: $1, $(memory)"
}

start
sign_in
echo "at rest: $(memory)"
begun=$SECONDS
import=$(api POST "history?name=bench.jsonl" -H 'Content-Type: application/octet-stream' --data-binary "@$file" | field id)
until_state ready
api GET "history/$import" | grep -oE '"report".*' | cut -c1-900
begun=$SECONDS
api POST "history/$import/import" >/dev/null
until_state imported
begun=$SECONDS
api POST "history/$import/undo" -H 'Content-Type: application/json' -d '{"archiveReplies": false}' >/dev/null
until_state undone
