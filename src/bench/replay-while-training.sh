#!/usr/bin/env bash
# Measures on this machine what a training run costs the chat, and what the chat costs the run: the run's steps per second
# undisturbed and during replays, and the latencies of replays with and without it.
#
#   src/bench/replay-while-training.sh DIALOGUES KNOWLEDGE_BASE [LIMIT] [CONCURRENCY] [ROUNDS]
#
# Each round is two replays of LIMIT (70) dialogues, CONCURRENCY (20) at a time: one without and one with the run, in turns
# first. With two rounds it takes about eight minutes. Needs `./mvnw -DskipTests package` before. Environment: PORT (8090),
# WORK (a new temporary folder), REHEARSAL (100 dialogues to learn from), JAVA_OPTIONS, and the server's own, such as REPLYLOOP_TRAINING_STAND_BACK_AFTER=0s to see
# what it is without standing back.
#
# Ends with 0 if both bars are met: p95 at most 1.3 times that without the run, and at least a tenth of the steps.
set -euo pipefail
dialogues=$(realpath "$1")
knowledge=$(realpath "$2")
limit=${3:-70}
concurrency=${4:-20}
rounds=${5:-2}
. "$(dirname "$0")/product.sh"
player=

clean_up() {
    [ -n "$player" ] && kill "$player" 2>/dev/null || true
    stop
}
trap clean_up EXIT

play+=(--import "$knowledge" --dialogues "$dialogues" --concurrency "$concurrency")

train() {
    # At a rate at which nothing is learned, so that all runs do the same. It stops after four rounds without a gain, which
    # is far enough as long as there are some hundred decisions to learn from.
    run=$(post training/runs '{"anyway": true, "options": {"epochs": 100, "learningRate": 0.0000001}}' | field id)
    until [ "$(api GET "training/runs/$run" | field stage)" = training ]; do
        case $(api GET "training/runs/$run" | field status) in queued | running) sleep 0.5 ;;
            *) api GET "training/runs/$run" >&2; exit 2 ;; esac
    done
    until [ "$(steps)" -gt 0 ]; do sleep 0.5; done
}

steps() { api GET "training/runs/$run" | field step; }

cancel() {
    post "training/runs/$run/cancel" '{}' >/dev/null || {
        say "the run has ended too soon to be measured: there are too few decisions; set REHEARSAL to more dialogues"
        exit 2
    }
    while true; do
        case $(api GET "training/runs/$run" | field status) in queued | running) sleep 0.5 ;; *) return ;; esac
    done
}

# Steps of the run per second while something goes on; appended to a file.
pace() { # FILE COMMAND...
    local before=$(steps) from=$(date +%s%N)
    "${@:2}"
    local after=$(steps) until=$(date +%s%N)
    awk -v s=$((after - before)) -v n=$((until - from)) 'BEGIN { printf "%.4f\n", s * 1e9 / n }' >>"$work/$1"
    say "$((after - before)) steps in $(((until - from) / 1000000000)) s"
}

replay() { # NAME
    "${play[@]}" --limit "$limit" >"$work/$1.json" 2>"$work/$1.log" &
    player=$!
    wait "$player"
    player=
    say "$1: $(p95 acknowledgement "$1"), $(p95 delivery "$1"), $(p95 suggestion "$1") ms (p95 of acknowledgement," \
        "delivery, suggestion), load $(cut -d' ' -f1 /proc/loadavg)"
}

p95() { # LATENCY NAME
    tr -d '\n' <"$work/$2.json" | grep -oE "\"$1\" ?: ?\{[^}]*\}" | field p95
}

alone() { replay "alone-$1"; }

beside() {
    train
    pace during replay "beside-$1"
    cancel
}

start
say "some conversations to learn from, and a class archive for the next start"
"${play[@]}" --limit "${REHEARSAL:-100}" >"$work/rehearsal.json" 2>"$work/rehearsal.log"
stop
start
sign_in

say "the run by itself"
train
pace undisturbed sleep 20
cancel
for round in $(seq "$rounds"); do
    say "round $round of $rounds"
    if [ $((round % 2)) = 1 ]; then
        alone "$round"
        beside "$round"
    else
        beside "$round"
        alone "$round"
    fi
done

mean() { awk '{ sum += $1 } END { print sum / NR }'; }
met=0
for latency in acknowledgement delivery suggestion; do
    for round in $(seq "$rounds"); do p95 "$latency" "alone-$round"; done | mean >"$work/alone"
    for round in $(seq "$rounds"); do p95 "$latency" "beside-$round"; done | mean >"$work/beside"
    paste "$work/alone" "$work/beside" | awk -v name="$latency" '{
        printf "p95 of %-16s %7.1f ms without, %7.1f ms with a run: %.2f times (at most 1.3)\n", name, $1, $2, $2 / $1
        exit $2 / $1 > 1.3 }' || met=1
done
paste <(mean <"$work/undisturbed") <(mean <"$work/during") | awk '{
    printf "steps per second       %7.2f undisturbed, %6.2f during replays: %.2f of them (at least 0.1)\n", $1, $2, $2 / $1
    exit $2 / $1 < 0.1 }' || met=1
exit "$met"
