#!/usr/bin/env bash
# Does anybody notice strangers who take their time? Plays the same dialogues three times on the packaged product:
# undisturbed, beside slow connections from many addresses, and beside as many from one. Prints what `replay` measured
# and the 95th percentiles of the acknowledgements.
#
#   src/bench/slow.sh DIALOGUES KNOWLEDGE_BASE [LIMIT] [CONCURRENCY] [SLOW] [SILENT] [KINDS]
#
# KINDS as in `replay --slow-kind`, by default BODY,CHUNKED,ANNOUNCED. Needs `./mvnw -DskipTests package` before.
# Environment: PORT (8090), WORK (a new temporary folder), PER_ADDRESS (1000, as in production).
set -euo pipefail
dialogues=$(realpath "$1")
knowledge=$(realpath "$2")
limit=${3:-100}
concurrency=${4:-20}
slow=${5:-1000}
silent=${6:-1500}
kinds=${7:-BODY,CHUNKED,ANNOUNCED}
port=${PORT:-8090}
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
root=$(realpath "$(dirname "$0")/../..")
jar=$root/target/quarkus-app/quarkus-run.jar
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true' EXIT

QUARKUS_HTTP_PORT=$port REPLYLOOP_DATA_DIR=$work/data REPLYLOOP_EDGE_CONNECTIONS_PER_ADDRESS=${PER_ADDRESS:-1000} \
    "$root/src/main/sh/serve.sh" demo >"$work/server.log" 2>&1 &
server=$!
until curl -sf "http://localhost:$port/api/health/ready" >/dev/null; do
    kill -0 "$server" 2>/dev/null || { tail -20 "$work/server.log" >&2; exit 2; }
    sleep 0.2
done

play() {
    local name=$1
    shift
    echo "playing: $name" >&2
    java -Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$jar" replay --server "http://localhost:$port" \
        --agent anna@demo.example --agent ben@demo.example --password replyloop-demo \
        --admin admin@demo.example --admin-password replyloop-demo \
        --import "$knowledge" --dialogues "$dialogues" --limit "$limit" --concurrency "$concurrency" "$@" \
        --output "$work/$name.json" >/dev/null || status=1
}

status=0
# What is played first meets cold code and an empty knowledge base, and counts for nothing.
play rehearsal
play undisturbed
play many-addresses --slow "$slow" --silent "$silent" --slow-kind "$kinds"
play one-address --slow "$slow" --silent "$silent" --slow-kind "$kinds" --slow-from 127.0.0.2
play undisturbed-again
for name in undisturbed many-addresses one-address undisturbed-again; do
    cat "$work/$name.json"
done
for name in undisturbed many-addresses one-address undisturbed-again; do
    p95=$(tr -d '\n ' <"$work/$name.json" | sed 's/.*"acknowledgement":{[^}]*"p95":\([0-9.]*\).*/\1/')
    lost=$(tr -d '\n ' <"$work/$name.json" | sed 's/.*"lost":\([0-9]*\).*/\1/')
    echo "$name: acknowledgement p95 $p95 ms, lost $lost" >&2
done
grep -E ' (ERROR|WARN) ' "$work/server.log" >&2 || true
exit "$status"
