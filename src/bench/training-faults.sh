#!/usr/bin/env bash
# Kills the worker, the server or PostgreSQL with signal 9, or fills the disk of the models, at every state of a training
# run of the packaged product, and says what became of the run. After each case the run has succeeded, or failed with a
# reason; one model serves; each model on the disk is known and whole; nothing half-made is left; and the snapshot has the
# hash that it had before.
#
#   src/bench/training-faults.sh DIALOGUES KNOWLEDGE_BASE ['STATE ...'] ['VICTIM ...']
#
# STATE: queued preparing training evaluating awaiting promoting. VICTIM: worker server postgres disk. All of them take about
# 20 minutes. Needs `./mvnw -DskipTests package` before; 'disk' also needs the right to mount a tmpfs, and is left out
# otherwise. Environment: PORT (8090), WORK (a new temporary folder).
set -euo pipefail
dialogues=$(realpath "$1")
knowledge=$(realpath "$2")
states=${3:-queued preparing training evaluating awaiting promoting}
victims=${4:-worker server postgres disk}
. "$(dirname "$0")/product.sh"
mkdir -p "$work/models"
export REPLYLOOP_MODEL_DIRECTORY=$work/models
mounted=

clean_up() {
    stop
    [ -n "$mounted" ] && umount "$work/models" || true
}
trap clean_up EXIT

stage() { api GET "training/runs/$run" | field stage; }

worker() { pgrep -f "train-worker .*--run $run" || true; }

until_stage() { # PATTERN
    for _ in $(seq 3000); do
        [[ $(stage 2>/dev/null || true) =~ ^($1)$ ]] && return
        sleep 0.1
    done
    say "run $run never came to $1"
    api GET "training/runs/$run" >&2
    exit 2
}

fill() { dd if=/dev/zero of="$work/models/.full" bs=64k 2>/dev/null || true; }

strike() {
    case $victim in
        worker)
            local process=$(worker)
            [ -z "$process" ] && return 1
            kill -9 $process ;;
        server)
            killed
            start ;;
        postgres) kill -9 "$(head -1 "$work"/data/postgres/cluster/postmaster.pid)" ;;
        disk)
            [ -z "$mounted" ] && return 1
            fill ;;
    esac
}

failures=0
check() { # WHAT COMMAND...
    "${@:2}" || { say "    BROKEN: $1"; failures=$((failures + 1)); broken=yes; }
}

one_champion() { [ "$(api GET models | grep -oE '"serving" ?: ?true' | wc -l)" = 1 ]; }
as_many_folders_as_models() {
    [ "$(find "$work/models" -mindepth 1 -maxdepth 1 -type d ! -name '.*' | wc -l)" = \
        "$(api GET models | grep -oE '"number" ?: ?[0-9]+' | wc -l)" ]
}
nothing_half_made() { [ -z "$(find "$work/models" -mindepth 1 -maxdepth 1 -name '.incoming-run-*')" ]; }
same_snapshot() { [ "$(api GET "training/runs/$run" | field contentHash)" = "$hash" ]; }
has_a_reason() { [ -n "$(api GET "training/runs/$run" | field errorCode)" ]; }
promotes() {
    local model=$(api GET "training/runs/$run" | field resultModel)
    post "models/$model/promote" '{}' >/dev/null && ready
}

case_of() {
    broken=
    local begun=$(date +%s)
    # All of it, so that what was frozen before is frozen again; the anyway is for a small set of dialogues.
    run=$(post training/runs '{"anyway": true, "options": {"epochs": 2}}' | field id)
    : "${hash:=$(api GET "training/runs/$run" | field contentHash)}"
    case $state in
        queued) ;;
        awaiting | promoting) until_stage awaiting-decision ;;
        *) until_stage "$state" ;;
    esac
    if [ "$state" = promoting ]; then
        local model=$(api GET "training/runs/$run" | field resultModel)
        post "models/$model/promote" '{}' >/dev/null 2>&1 &
    fi
    local struck=struck
    strike || struck='no such victim'
    wait_for_api
    until_stage 'awaiting-decision|promoted|failed|rejected'
    rm -f "$work/models/.full"
    local ended=$(stage)
    local tries=$(api GET "training/runs/$run" | field attempt)
    local reason=$(api GET "training/runs/$run" | field errorCode)
    check "one champion" one_champion
    check "each folder is a model" as_many_folders_as_models
    check "nothing half-made" nothing_half_made
    check "the same snapshot" same_snapshot
    if [ "$ended" = failed ]; then check "a reason" has_a_reason; else check "its model is whole and serves" promotes; fi
    check "one champion at the end" one_champion
    [ "$struck" = struck ] || ended="$struck"
    echo "| $state | $victim | $ended${reason:+ ($reason)} | ${tries:-0} | $(($(date +%s) - begun)) s | ${broken:+BROKEN} |"
}

wait_for_api() {
    for _ in $(seq 600); do
        api GET "training/runs/$run" >/dev/null 2>&1 && return
        sleep 0.2
    done
    say "the server does not answer"
    exit 2
}

if [[ $victims =~ disk ]]; then
    if mount -t tmpfs -o size=1g tmpfs "$work/models" 2>/dev/null; then
        mounted=yes
    else
        say "no tmpfs can be mounted here, so the disk is not filled"
    fi
fi
start
say "some conversations to learn from"
"${play[@]}" --import "$knowledge" --dialogues "$dialogues" --concurrency 10 --limit 30 \
    >"$work/replay.json" 2>"$work/replay.log"
sign_in
echo "| state | victim | the run | attempts | took | |"
echo "|---|---|---|---|---|---|"
for state in $states; do
    for victim in $victims; do
        case_of
    done
done
say "$failures broken"
[ "$failures" = 0 ]
