package io.replyloop.reports;

import java.util.Set;

/**
 * The statements. A question is an impression: what a customer wrote since the team's last message, for which suggestions
 * were looked for. What the customer went on to write before anybody answered is part of the same question. It counts on
 * the day on which it was asked, whenever it was answered. The candidates that were shown stand first, so that a position
 * tells whether one was; of those in a random order, the place is the one that the models had meant for it. A text that was
 * made from a reply and says something else is the agent's own. Spam is left out. Few questions are in a random order, so
 * their candidates are looked up one by one: a join would read those of all.
 */
final class ReportSql {
    /** Each question of the period that the filter selects, with the answer. */
    private static final String QUESTIONS = """
                select i.id, i.conversation_id as conversation, i.shown_count = 0 as silent, i.model_number as model,
                    cast(date_trunc(:unit, i.created_at at time zone :zone) as date) as bucket,
                    d.id as answer, d.outcome, case when d.accepted is distinct from false then d.reply_id end as reply,
                    d.agent_id as agent, r.categories[1] as category,
                    coalesce(d.position <= i.shown_count and d.outcome in ('sent', 'edited'), false)
                        and d.accepted is distinct from false as taken,
                    case when d.position <= i.shown_count then coalesce(
                        case when i.shuffled then (select ranked_position from impression_candidate c
                            where c.impression_id = i.id and c.reply_id = d.reply_id) end, d.position) end as place,
                    x.impression_id is not null as rejected
                from impression i
                left join decision d on d.impression_id = i.id and d.outcome <> 'rejected'
                left join reply r on r.id = d.reply_id and d.accepted is distinct from false
                left join (select distinct impression_id from decision where outcome = 'rejected' and created_at >= :start) x
                    on x.impression_id = i.id
                where i.created_at >= :start and i.created_at < :end
                    and i.conversation_id not in (select id from conversation where spam)
                    and (cast(:language as text) is null
                        or (i.question ~ '[㐀-鿿]') = (cast(:language as text) = 'zh'))
                    and (cast(:category as text) is null or r.categories[1] = cast(:category as text))
                    and (cast(:agent as uuid) is null or d.agent_id = cast(:agent as uuid))
                    and (d.id is not null or not exists (select 1 from impression later
                        where later.conversation_id = i.conversation_id and later.trigger_sequence > i.trigger_sequence
                            and starts_with(later.question, i.question || chr(10))))
            """;

    /** They are looked up once for all statements of a report. */
    static final String FOUND_TABLE = """
            create temporary table question (id uuid, conversation uuid, silent boolean, model bigint, bucket date,
                answer uuid, outcome text, reply uuid, agent uuid, category text, taken boolean, place int,
                rejected boolean) on commit drop
            """;

    static final String FIND = "insert into question\n" + QUESTIONS;

    static final String FORGET = "delete from question";

    private static final String COUNTS = """
            count(*) as questions, count(*) filter (where silent) as silent, count(answer) as answers,
            count(*) filter (where taken and outcome = 'sent') as sent,
            count(*) filter (where taken and outcome = 'edited') as edited,
            count(*) filter (where answer is not null and not taken and reply is not null) as looked_up,
            count(*) filter (where answer is not null and reply is null) as own,
            count(*) filter (where rejected) as rejected
            """;

    /** What the bits of {@code part} say is left out: each row is of one part. */
    static final String PARTS = """
            select grouping(bucket, reply, category, agent, model) as part,
                cast(bucket as text) as bucket, reply, category, agent, model,
            """ + COUNTS + """
            from question group by grouping sets ((bucket), (reply), (category), (agent), (model), ())
            """;

    static final int BY_DAY = 0b01111;
    static final int BY_REPLY = 0b10111;
    static final int BY_CATEGORY = 0b11011;
    static final int BY_AGENT = 0b11101;
    static final int BY_MODEL = 0b11110;
    static final int IN_ALL = 0b11111;

    /** Whether a suggestion was taken, by conversation. */
    static final String TAKEN = """
            select count(*) as clusters, coalesce(sum(answers), 0) as count, coalesce(sum(taken), 0) as sum,
                coalesce(sum(taken * taken), 0) as squares, coalesce(sum(taken * answers), 0) as products,
                coalesce(sum(answers * answers), 0) as counts
            from (select count(*) as answers, count(*) filter (where taken) as taken from question
                where answer is not null group by conversation) as each
            """;

    /** As above, of a period whose questions were not looked up. */
    static final String TAKEN_THEN = "with question as (\n" + QUESTIONS + ")\n" + TAKEN;

    /** How often each reply was on screen. */
    static final String SUGGESTED = """
            select candidate.reply_id as reply, count(*) as times from question
            join impression_candidate candidate on candidate.impression_id = question.id and candidate.shown
            group by candidate.reply_id
            """;

    static final String REJECTED = """
            select rejection.reply_id as reply, count(*) as times from question
            join decision rejection on rejection.impression_id = question.id and rejection.outcome = 'rejected'
            where question.rejected group by rejection.reply_id
            """;

    /** Of answers with a known reply: where it stood, and where it would have stood without learning. */
    private static final String COMPARED = """
            with compared as (
                select bucket, conversation, case when question.place = 1 then 1 else 0 end as first,
                    case when question.place is not null then 1 else 0 end as among,
                    case when f.place = 1 then 1 else 0 end as first_before,
                    case when f.place > 0 then 1 else 0 end as among_before
                from question join first_day_rank f on f.impression_id = question.id
                where reply is not null
            )
            """;

    static final String LEARNED_BY_DAY = COMPARED + """
            select cast(bucket as text) as bucket, count(*) as count, sum(first) as first, sum(among) as among,
                sum(first_before) as first_before, sum(among_before) as among_before
            from compared group by bucket order by bucket
            """;

    /** @see ClusteredShare */
    static final String LEARNED = COMPARED + """
            select count(*) as clusters, coalesce(sum(m), 0) as count, coalesce(sum(m * m), 0) as counts,
                coalesce(sum(a), 0) as first, coalesce(sum(b), 0) as first_before, coalesce(sum(c), 0) as among,
                coalesce(sum(d), 0) as among_before,
                coalesce(sum((a - b) * (a - b)), 0) as first_squares, coalesce(sum((a - b) * m), 0) as first_products,
                coalesce(sum((c - d) * (c - d)), 0) as among_squares, coalesce(sum((c - d) * m), 0) as among_products
            from (select count(*) as m, sum(first) as a, sum(first_before) as b, sum(among) as c, sum(among_before) as d
                from compared group by conversation) as each
            """;

    static final String NOT_COMPARED_YET = """
            select count(*) as waiting from question where reply is not null
                and not exists (select 1 from first_day_rank f where f.impression_id = question.id)
            """;

    /**
     * Responses: an agent's message after a customer's, and how long after the first that the customer had written since
     * the agent's last. What was asked in the period counts, up to its last answer a month later.
     */
    static final String RESPONSES = """
            with event as (
                select conversation_id, sequence, kind, author_kind, client_id, created_at,
                    lag(case when kind = 'status' then 'resolved' else author_kind end) over (
                        partition by conversation_id order by sequence) as before
                from conversation_event
                where created_at >= :earlier and created_at < :later
                    and conversation_id not in (select id from conversation where spam) and ((kind = 'message'
                    and author_kind in ('customer', 'agent')) or (kind = 'status' and status = 'resolved'))
            ), turn as (
                select author_kind, client_id, created_at,
                    lag(created_at) over so_far as asked,
                    lag(sequence = 1 or before = 'resolved') over so_far as first
                from event
                where kind = 'message' and (author_kind = 'customer' and before is distinct from 'customer'
                    or author_kind = 'agent' and before = 'customer')
                window so_far as (partition by conversation_id order by sequence)
            ), response as (
                select cast(date_trunc(:unit, turn.asked at time zone :zone) as date) as bucket,
                    coalesce(first, false) as first,
                    cast(extract(epoch from turn.created_at - asked) as double precision) as seconds,
                    case when taken then 'taken' when silent is false then 'passed' else 'none' end as kind
                from turn
                left join question on question.answer = turn.client_id
                where turn.author_kind = 'agent' and asked >= :start and asked < :end
                    and (question.id is not null or (cast(:language as text) is null
                        and cast(:category as text) is null and cast(:agent as text) is null))
            )
            select grouping(bucket, first, kind) as part, cast(bucket as text) as bucket, first, kind, count(*) as count,
                percentile_cont(0.5) within group (order by seconds) as median,
                percentile_cont(0.9) within group (order by seconds) as p90
            from response group by grouping sets ((kind), (first, kind), (bucket, kind), (first), (bucket, first))
            order by part, bucket, kind
            """;

    static final int RESPONSES_IN_ALL = 0b110;
    static final int RESPONSES_BY_FIRST = 0b100;
    static final int RESPONSES_BY_DAY = 0b010;
    static final int FIRST_IN_ALL = 0b101;
    static final int FIRST_BY_DAY = 0b001;

    /** Those that tell first responses from others. */
    static final Set<Integer> RESPONSES_OF_FIRST = Set.of(RESPONSES_BY_FIRST, FIRST_IN_ALL, FIRST_BY_DAY);

    /** What was published when the period ended, with the title and the category of today. */
    static final String PUBLISHED = """
            select r.id, r.title, r.categories[1] as category from reply r
            join lateral (select state from reply_version v where v.reply_id = r.id and v.changed_at < :end
                order by version desc limit 1) then_last on then_last.state = 'published'
            where cast(:category as text) is null or r.categories[1] = cast(:category as text)
            order by r.created_at, r.id
            """;

    static final String TITLES = "select id, title, categories[1] as category from reply where id = any(:ids)";

    static final String AGENTS = "select id, name from agent_account where id = any(:ids)";

    private ReportSql() {}
}
