#!/usr/bin/env bash
# Kills the packaged product with signal 9 while customers attach and send, starts it again, and looks whether everything
# that it had acknowledged is there.
#
#   src/bench/attachments.sh [SECONDS]
#
# Needs `./mvnw -DskipTests package` before. Environment: PORT (8090), WORK (a new temporary folder).
set -euo pipefail
seconds=${1:-10}
port=${PORT:-8090}
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
root=$(realpath "$(dirname "$0")/../..")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT

start() {
    QUARKUS_HTTP_PORT=$port REPLYLOOP_DATA_DIR=$work/data \
        REPLYLOOP_ATTACHMENTS_CUSTOMER_PER_HOUR=100000 REPLYLOOP_ATTACHMENTS_CUSTOMER_BYTES_PER_HOUR=100G \
        REPLYLOOP_ATTACHMENTS_ADDRESS_BURST=100000 REPLYLOOP_LIVE_CUSTOMER_MESSAGE_BURST=100000 \
        "$root/src/main/sh/serve.sh" demo >>"$work/server.log" 2>&1 &
    server=$!
    until curl -sf "http://localhost:$port/api/health/ready" >/dev/null; do
        kill -0 "$server" 2>/dev/null || { tail -20 "$work/server.log" >&2; exit 2; }
        sleep 0.2
    done
}

start
java -Xmx400m -XX:TieredStopAtLevel=1 "$root/src/bench/AttachmentFaults.java" "http://localhost:$port" &
player=$!
sleep "$seconds"
echo "kill -9 of the server" >&2
kill -9 "$server"
wait "$server" 2>/dev/null || true
start
wait "$player"
