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
. "$(dirname "$0")/product.sh"
export REPLYLOOP_EDGE_CONNECTIONS_PER_ADDRESS=${PER_ADDRESS:-1000}

played() {
    local name=$1
    shift
    echo "playing: $name" >&2
    "${play[@]}" --import "$knowledge" --dialogues "$dialogues" --limit "$limit" --concurrency "$concurrency" "$@" \
        --output "$work/$name.json" >/dev/null || status=1
}

start
status=0
# What is played first meets cold code and an empty knowledge base, and counts for nothing.
played rehearsal
played undisturbed
played many-addresses --slow "$slow" --silent "$silent" --slow-kind "$kinds"
played one-address --slow "$slow" --silent "$silent" --slow-kind "$kinds" --slow-from 127.0.0.2
played undisturbed-again
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
