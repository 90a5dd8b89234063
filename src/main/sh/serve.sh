#!/usr/bin/env bash
# Starts the packaged server with suitable JVM options for this machine. Passes its arguments to the server, for
# instance `demo`; run `./mvnw -DskipTests package` first. Environment: REPLYLOOP_DATA_DIR and the other settings,
# JAVA_HOME, and JAVA_OPTIONS for additional options such as -Xmx1g.
#
# In addition to `java -jar`, it uses an archive of parsed classes, written at the end of the first start that exits
# normally (JDK 17) or when needed (JDK 19 and later), which makes later starts a third faster. On one or two cores it
# also uses the quick compiler and the serial collector, because the defaults would occupy half of the machine for
# minutes, while the hot code is native. There, threads that compute suggestions also have a lower priority than those
# that deliver messages.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
app=${REPLYLOOP_APP:-$(realpath "$here/../../../target/quarkus-app")}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$app/quarkus-run.jar" ] || { echo "There is no $app/quarkus-run.jar; run ./mvnw -DskipTests package first." >&2; exit 2; }

options=(-Xmx512m -XX:NewRatio=1 -Xlog:cds=error -Xlog:cds+dynamic=error)
if [ "$(nproc)" -le 2 ]; then
    options+=(-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.25 -XX:+UseSerialGC -XX:ThreadPriorityPolicy=1 -XX:JavaPriority1_To_OSPriority=10)
fi

data=${REPLYLOOP_DATA_DIR:-data}
home=$(dirname "$(dirname "$(realpath "$(command -v "$java")")")")
version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release" 2>/dev/null || true)
if [ "${version%%.*}" -ge 24 ] 2>/dev/null; then
    # PyTorch and the tokenizers are native libraries; without this option, every start prints warnings.
    options+=(--enable-native-access=ALL-UNNAMED)
fi
watched=
case "${JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
    # Agents and recordings need the bytes of each class; JDK 17 crashes if they are missing because of an archive.
    *-javaagent:* | *-agentlib:* | *-agentpath:* | *StartFlightRecording*) watched=yes ;;
esac
if [ -z "$watched" ] && [ -n "$version" ] && mkdir -p "$data" 2>/dev/null; then
    archive=$data/classes-$version-$(stat -c %Y "$app/quarkus-run.jar").jsa
    # Archives of earlier builds take 90 MB each and cannot be used any more.
    find "$data" -maxdepth 1 -name 'classes-*.jsa' ! -path "$archive" -delete
    if [ "${version%%.*}" -ge 19 ]; then
        options+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archive")
    elif [ -f "$archive" ]; then
        options+=("-XX:SharedArchiveFile=$archive")
    else
        options+=("-XX:ArchiveClassesAtExit=$archive")
    fi
fi
# shellcheck disable=SC2086
exec "$java" "${options[@]}" ${JAVA_OPTIONS:-} -jar "$app/quarkus-run.jar" "$@"
