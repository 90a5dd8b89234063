# Starts, asks and stops the packaged product for the scripts of this folder, which source it.
#
# Environment: PORT (8090), WORK (a new temporary folder), REPLYLOOP_APP (the application of the last build), and the server's
# own. Afterwards there are $work, $root, $app, $jar, $address, $server (the process, while there is one), start, ready,
# stop, killed, api, post, field, sign_in, say and play (the start of a command that replays).
port=${PORT:-8090}
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
app=$(realpath "${REPLYLOOP_APP:-$root/target/quarkus-app}")
jar=$app/quarkus-run.jar
address=http://localhost:$port
server=

# The player must not take the machine away from what it measures.
play=(java -Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$jar" replay --server "$address"
    --agent anna@demo.example --agent ben@demo.example --password replyloop-demo
    --admin admin@demo.example --admin-password replyloop-demo)

say() { echo "$(date +%T) $*" >&2; }

stop() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
    server=
}
trap stop EXIT

start() {
    REPLYLOOP_APP=$app QUARKUS_HTTP_PORT=$port REPLYLOOP_DATA_DIR=$work/data \
        "$root/src/main/sh/serve.sh" demo >>"$work/server.log" 2>&1 &
    server=$!
    ready
}

ready() {
    for _ in $(seq 1200); do
        curl -sf "$address/api/health/ready" >/dev/null && return
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    say "the server is not ready; the end of $work/server.log:"
    tail -20 "$work/server.log" >&2
    exit 2
}

killed() {
    kill -9 "$server"
    wait "$server" 2>/dev/null || true
    server=
}

api() { # METHOD PATH [CURL OPTIONS]
    curl -sS --fail-with-body -b "$work/cookies" -c "$work/cookies" -X "$1" -H "Origin: $address" -H "X-Replyloop: 1" \
        "${@:3}" "$address/api/$2"
}

post() { # PATH JSON
    api POST "$1" -H 'Content-Type: application/json' --data "$2"
}

sign_in() { post session '{"email": "admin@demo.example", "password": "replyloop-demo"}' >/dev/null; }

field() { # NAME, of the JSON object on the standard input, its first value of that name
    { grep -oE "\"$1\" ?: ?\"?[^,\"}]+" || true; } | head -1 | sed -E 's/.*: ?"?//'
}
