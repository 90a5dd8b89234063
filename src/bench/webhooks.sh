#!/usr/bin/env bash
# Does a webhook lose anything? Plays dialogues through the packaged product while the receiver of a webhook is down, and
# kills the server twice with signal 9: in the middle of that time, and when the receiver is back and everything that has
# waited is on its way. In the end, what has arrived is compared with what the conversations hold.
#
#   src/bench/webhooks.sh DIALOGUES KNOWLEDGE_BASE [SECONDS_DOWN] [CONCURRENCY]
#
# By default the receiver is down for 600 seconds, and 5 dialogues are played at a time. Needs `./mvnw -DskipTests package`
# before. Environment: PORT (8090), RECEIVER_PORT (8099), WORK (a new temporary folder), JAVA_OPTIONS.
set -euo pipefail
dialogues=$(realpath "$1")
knowledge=$(realpath "$2")
down=${3:-600}
concurrency=${4:-5}
. "$(dirname "$0")/product.sh"
receiver_port=${RECEIVER_PORT:-8099}
receiver=
player=
export REPLYLOOP_WEBHOOKS_ALLOWED_NETWORKS=127.0.0.1/32

clean_up() {
    [ -n "$player" ] && kill "$player" 2>/dev/null || true
    [ -n "$receiver" ] && kill "$receiver" 2>/dev/null || true
    stop
}
trap clean_up EXIT

listen() {
    java -Xmx200m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$root/src/bench/WebhookReceiver.java" \
        receive "$receiver_port" "$work/arrived.tsv" "$secret" &
    receiver=$!
}

played() { # until the file `enough` is there
    local round=1
    while [ ! -e "$work/enough" ]; do
        "${play[@]}" --dialogues "$dialogues" --limit 20 --concurrency "$concurrency" --seed "$round" \
            >>"$work/played.json" 2>>"$work/replay.log" || say "a round of dialogues ended with an error"
        round=$((round + 1))
    done
}

waiting() { api GET webhooks | field waiting; }

rm -f "$work/enough"
start
sign_in
"${play[@]}" --import "$knowledge" >/dev/null 2>>"$work/replay.log"
made=$(post webhooks '{"name": "Bench", "url": "http://127.0.0.1:'"$receiver_port"'/", "texts": "full", "types":
    ["conversation.created", "message.created", "conversation.assigned", "conversation.resolved",
     "conversation.reopened", "conversation.rated", "decision.made"]}')
secret=$(field secret <<<"$made")
listen
played &
player=$!
sleep 30
say "the receiver goes down for $down s"
kill -9 "$receiver"
wait "$receiver" 2>/dev/null || true
sleep $((down / 2))
say "kill -9 of the server, while $(waiting) events wait"
killed
start
sign_in
sleep $((down / 2))
say "the receiver is back, while $(waiting) events wait"
back=$(date +%s%N)
before=$(wc -l <"$work/arrived.tsv")
listen
until [ "$(wc -l <"$work/arrived.tsv")" -gt $((before + 50)) ]; do sleep 0.05; done
say "kill -9 of the server, while it delivers"
killed
start
sign_in
sleep 30
touch "$work/enough"
wait "$player" || true
player=
until [ "$(waiting)" = 0 ]; do
    sleep 0.5
    [ $(($(date +%s%N) - back)) -lt 1200000000000 ] || { say "not all of it arrives"; break; }
done
say "nothing waits any more, $((($(date +%s%N) - back) / 1000000000)) s after the receiver was back"
session=$(awk '!/^# / && NF == 7 { printf "%s=%s; ", $6, $7 } /^#HttpOnly_/ { printf "%s=%s; ", $6, $7 }' "$work/cookies")
java -XX:TieredStopAtLevel=1 "$root/src/bench/WebhookReceiver.java" compare "$work/arrived.tsv" "$address" "$session"
grep -E ' (ERROR) ' "$work/server.log" >&2 || true
