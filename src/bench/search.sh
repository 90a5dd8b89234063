#!/usr/bin/env bash
# Measures the search of the agent console among two million messages, through the packaged product on this machine.
#
#   src/bench/search.sh DIALOGUES [MESSAGES]
#
# DIALOGUES: files of dialogues (JSONL, plain or gzipped, one argument with spaces between the names), whose texts, with a
# number each, are the messages; in two languages, to search in both. Prints how long it took until all were searchable and
# the times of 300 searches of each kind, in milliseconds. Needs `./mvnw -DskipTests package` before, and psql.
# Environment: PORT (8090), WORK (a new temporary folder), and the server's own.
set -euo pipefail
dialogues=$1
messages=${2:-2000000}
. "$(dirname "$0")/product.sh"

search() { # QUERY [CURL OPTIONS]
    curl -sS --fail-with-body -G -b "$work/cookies" --data-urlencode "q=$1" -d limit=30 "${@:2}" "$address/api/search"
}

start
sign_in

for file in $dialogues; do
    if [[ $file == *.gz ]]; then zcat "$file"; else cat "$file"; fi
# Byte by byte; by characters it takes a hundred times as long.
done | LC_ALL=C grep -oE '"text" ?: ?"[^"\\]{2,400}"' | sed -E 's/^"text" ?: ?"//; s/"$//' >"$work/texts"
echo "$(wc -l <"$work/texts") texts"
pid=$work/data/postgres/cluster/postmaster.pid
export PGPASSWORD=$(cat "$work"/data/postgres/password 2>/dev/null || cat "$work"/data/postgres/*/password)
psql -q -h 127.0.0.1 -p "$(sed -n 4p "$pid")" -U replyloop -d replyloop -v ON_ERROR_STOP=1 <<SQL
set synchronous_commit = off;
create temp table raw (place serial, text text);
\copy raw (text) from '$work/texts' with (format csv, delimiter E'\x01', quote E'\x02')
create unique index on raw (place);
create temp table made as select gen_random_uuid() as conversation, gen_random_uuid() as customer, n
    from generate_series(1, $messages / 50) n;
insert into customer (id, site_id, name, email)
    select customer, (select id from site limit 1), 'Customer ' || n, 'c' || n || '@shop.example' from made;
insert into conversation (id, site_id, customer_id, last_sequence, last_public_sequence, status)
    select conversation, (select id from site limit 1), customer, 50, 50, 'resolved' from made;
insert into conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, client_id, text, created_at)
    select conversation, m, m, 'message', case when m % 2 = 1 then 'customer' else 'agent' end, gen_random_uuid(),
        raw.text || ' ' || n * 50 + m, now() - interval '700 days' * (1 - (n * 50 + m) / ($messages::float + 50))
    from made cross join generate_series(1, 50) m
    join raw on raw.place = 1 + (made.n * 50 + m) % (select count(*) from raw)
    order by n, m;
vacuum analyze conversation_event, conversation, customer;
update search_progress set conversation_id = null, sequence = null, finished_at = null;
SQL
echo "$messages messages stored"

# A new start reads what it finds.
stop
start
begun=$SECONDS
until search zzz | grep -q '"complete" \?: \?true'; do sleep 1; done
echo "all searchable after $((SECONDS - begun)) s"
psql -q -h 127.0.0.1 -p "$(sed -n 4p "$pid")" -U replyloop -d replyloop -c 'vacuum analyze searchable_message'
psql -h 127.0.0.1 -p "$(sed -n 4p "$pid")" -U replyloop -d replyloop -At \
    -c "select 'table and indexes: ' || pg_size_pretty(pg_total_relation_size('searchable_message'))"

# Whoever reads only the beginning ends those who write.
set +o pipefail
measure() { # KIND, queries on the standard input
    while IFS= read -r query; do
        search "$query" -o "$work/answer" -w '%{time_total}\n' "${options[@]}"
    done | sort -n | awk -v kind="$1" '{ t[NR] = $1 * 1000 }
        END { printf "%-34s n %d  p50 %.0f  p95 %.0f  max %.0f ms\n", kind, NR, t[int(NR * .5) + 1], t[int(NR * .95) + 1], t[NR] }'
}

some() { shuf --random-source=<(yes) "$work/texts"; }
words() { some | grep -oE '[A-Za-z]{4,}'; }
options=()
words | head -50 | measure "warm-up"
words | head -300 | measure "one English word"
words | paste -d ' ' - - | head -300 | measure "two English words of any messages"
some | grep -oE '[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}' | head -300 | measure "three words of one message"
words | cut -c1-3 | head -300 | measure "beginnings of words"
some | grep -oP '\p{Han}{2}' | head -300 | measure "two Chinese characters"
some | grep -oP '\p{Han}{4}' | head -300 | measure "four Chinese characters"
shuf -i "1-$messages" -n 300 | measure "a number that one message has"
shuf -i 1-100000 -n 300 | sed 's/^/nothing/' | measure "what nobody wrote"
options=(-d source=note)
words | head -300 | measure "one word among notes (none)"
options=(-d "to=$(date -u -d '-600 days' +%FT%TZ)")
words | head -300 | measure "one word of long ago"
