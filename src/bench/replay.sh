#!/usr/bin/env bash
# Plays dialogues through the packaged product on this machine, and prints what `replay` measured.
#
#   src/bench/replay.sh DIALOGUES KNOWLEDGE_BASE [LIMIT] [CONCURRENCY] [KILLS]
#
# With KILLS above 0, the server is killed with signal 9 and started again so often, spread over the run. Needs
# `./mvnw -DskipTests package` before. Environment: PORT (8090), WORK (a new temporary folder), JAVA_OPTIONS.
set -euo pipefail
dialogues=$(realpath "$1")
knowledge=$(realpath "$2")
limit=${3:-200}
concurrency=${4:-20}
kills=${5:-0}
. "$(dirname "$0")/product.sh"
player=

clean_up() {
    [ -n "$player" ] && kill "$player" 2>/dev/null || true
    stop
}
trap clean_up EXIT

timed_start() {
    local from=$(date +%s%N)
    start
    echo "server ready after $((($(date +%s%N) - from) / 1000000)) ms" >&2
}

play+=(--import "$knowledge" --dialogues "$dialogues" --concurrency "$concurrency")

# An archive of classes comes from a server that has worked; its conversations must not help those that are measured.
timed_start
"${play[@]}" --limit 10 >"$work/rehearsal.json" 2>"$work/rehearsal.log"
stop
find "$work/data" -mindepth 1 -maxdepth 1 ! -name 'classes-*' -exec rm -rf {} +
timed_start
stop
timed_start
"${play[@]}" --limit "$limit" >"$work/result.json" 2> >(tee "$work/replay.log" >&2) &
player=$!

# A third, two thirds ... of the dialogues played is when the server dies.
for kill in $(seq 1 "$kills"); do
    due=$((limit * kill / (kills + 1)))
    until [ "$(grep -oE '^[0-9]+ of' "$work/replay.log" | tail -1 | grep -oE '[0-9]+' || echo 0)" -ge "$due" ]; do
        kill -0 "$player" 2>/dev/null || break 2
        sleep 0.2
    done
    echo "kill -9 of the server ($kill of $kills)" >&2
    killed
    timed_start
done

status=0
wait "$player" || status=$?
player=
echo "resident memory of the server: $(($(ps -o rss= -p "$server") / 1024)) MB" >&2
cat "$work/result.json"
exit "$status"
