#!/usr/bin/env bash
# Measures the product on four knowledge bases: the demo shop, a bank, a Chinese telephone company and STAR's dev part.
# src/bench/evaluate.sh DATA ENCODER OUT [MORE OPTIONS of evaluate-knowledge-base]
# DATA holds banking77/, clinc150/ and star/; ENCODER is a directory of an encoder; after a build, that of the application is
# target/classes/models/encoder.
set -euo pipefail
data=$1 encoder=$2 out=$3
shift 3
here=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$out"
gzip -dc "$data"/clinc150/train.jsonl.gz "$data"/clinc150/dev.jsonl.gz | grep '"oos"' > "$out/out-of-scope.jsonl"

measure() {
    name=$1 replies=$2 questions=$3
    shift 3
    java -jar "$here/target/quarkus-app/quarkus-run.jar" evaluate-knowledge-base --kb "$replies" \
        --dialogues "$questions" --encoder "$encoder" --out "$out/$name" "$@" | tee "$out/$name.txt"
}

# Its small talk and its questions are left out: what is measured is a team without either.
shop=$here/src/main/resources/demo/knowledge.jsonl
measure shop "$shop" "$shop" --unanswered "$out/out-of-scope.jsonl" \
    --without greeting,goodbye,anything_else,please_wait,greeting_zh,goodbye_zh,anything_else_zh,please_wait_zh "$@"
measure bank "$here/src/bench/bank/knowledge.jsonl" "$data/banking77/test.jsonl.gz" "$@"
measure telecom-zh "$here/src/bench/telecom-zh/knowledge.jsonl" "$here/src/bench/telecom-zh/questions.jsonl" "$@"
measure star "$data/star/kb.jsonl.gz" "$data/star/dev.jsonl.gz" "$@"
