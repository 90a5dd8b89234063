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
port=${PORT:-8090}
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
root=$(realpath "$(dirname "$0")/../..")
app=$(realpath "${REPLYLOOP_APP:-$root/target/quarkus-app}")
address=http://localhost:$port
server=

stop() { [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
trap stop EXIT

QUARKUS_HTTP_PORT=$port REPLYLOOP_DATA_DIR=$work/data REPLYLOOP_APP=$app \
    "$root/src/main/sh/serve.sh" demo >>"$work/server.log" 2>&1 &
server=$!
until curl -sf "$address/api/health/ready" >/dev/null; do
    kill -0 "$server" 2>/dev/null || { tail -20 "$work/server.log" >&2; exit 2; }
    sleep 0.1
done

api() { # METHOD PATH [CURL OPTIONS]
    curl -sS --fail-with-body -b "$work/cookies" -c "$work/cookies" -X "$1" -H "Origin: $address" -H "X-Replyloop: 1" "${@:3}" "$address/api/$2"
}

field() { # NAME, of the JSON object on the standard input, its first value of that name
    grep -oE "\"$1\" ?: ?\"?[^,\"}]+" | head -1 | sed -E 's/.*: ?"?//'
}

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

api POST session -H 'Content-Type: application/json' \
    -d '{"email": "admin@demo.example", "password": "replyloop-demo"}' >/dev/null
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
