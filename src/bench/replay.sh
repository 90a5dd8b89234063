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
port=${PORT:-8090}
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
root=$(realpath "$(dirname "$0")/../..")
jar=$root/target/quarkus-app/quarkus-run.jar
serve=$root/src/main/sh/serve.sh
server=
player=

stop() {
    [ -n "$player" ] && kill "$player" 2>/dev/null || true
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
}
trap stop EXIT

start() {
    local from=$(date +%s%N)
    QUARKUS_HTTP_PORT=$port REPLYLOOP_DATA_DIR=$work/data \
        "$serve" demo >>"$work/server.log" 2>&1 &
    server=$!
    until curl -sf "http://localhost:$port/api/health/ready" >/dev/null; do
        kill -0 "$server" 2>/dev/null || { tail -20 "$work/server.log" >&2; exit 2; }
        sleep 0.1
    done
    echo "server ready after $((($(date +%s%N) - from) / 1000000)) ms" >&2
}

# The player must not take the machine away from what it measures.
play=(java -Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$jar" replay --server "http://localhost:$port"
    --agent anna@demo.example --agent ben@demo.example --password replyloop-demo
    --admin admin@demo.example --admin-password replyloop-demo
    --import "$knowledge" --dialogues "$dialogues" --concurrency "$concurrency")

# An archive of classes comes from a server that has worked; its conversations must not help those that are measured.
start
"${play[@]}" --limit 10 >"$work/rehearsal.json" 2>"$work/rehearsal.log"
kill "$server"
wait "$server" || true
find "$work/data" -mindepth 1 -maxdepth 1 ! -name 'classes-*' -exec rm -rf {} +
start
kill "$server"
wait "$server" || true
start
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
    kill -9 "$server"
    wait "$server" 2>/dev/null || true
    start
done

status=0
wait "$player" || status=$?
player=
echo "resident memory of the server: $(($(ps -o rss= -p "$server") / 1024)) MB" >&2
cat "$work/result.json"
exit "$status"
