#!/usr/bin/env bash
# Kills the packaged product with signal 9 while customers attach and send, starts it again, and looks whether everything
# that it had acknowledged is there.
#
#   src/bench/attachments.sh [SECONDS]
#
# Needs `./mvnw -DskipTests package` before. Environment: PORT (8090), WORK (a new temporary folder).
set -euo pipefail
seconds=${1:-10}
. "$(dirname "$0")/product.sh"
export REPLYLOOP_ATTACHMENTS_CUSTOMER_PER_HOUR=100000 REPLYLOOP_ATTACHMENTS_CUSTOMER_BYTES_PER_HOUR=100G
export REPLYLOOP_ATTACHMENTS_ADDRESS_BURST=100000 REPLYLOOP_LIVE_CUSTOMER_MESSAGE_BURST=100000

start
java -Xmx400m -XX:TieredStopAtLevel=1 "$root/src/bench/AttachmentFaults.java" "$address" &
player=$!
sleep "$seconds"
echo "kill -9 of the server" >&2
killed
start
wait "$player"
