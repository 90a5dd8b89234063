#!/usr/bin/env bash
# Takes the pictures of README's tour from the running demo, in both languages: src/docs/pictures/tour-*.png.
#
#   src/bench/tour.sh
#
# Needs `./mvnw -DskipTests package` before, and Chromium. Environment: PORT (8090), WORK (a new temporary folder), BROWSER
# (a Chromium; by default the one that is installed).
set -euo pipefail
. "$(dirname "$0")/product.sh"
browser=${BROWSER:-$(command -v chromium-headless-shell chromium google-chrome | head -1)}
start
cd "$root"
./mvnw -B -ntp -q surefire:test -Dtest=TourPictures -DexcludedGroups=none -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="-Dtour.address=$address -Dbrowser.path=$browser"
