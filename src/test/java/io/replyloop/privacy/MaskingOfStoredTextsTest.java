package io.replyloop.privacy;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept for learning holds no personal data, whenever it was stored; the chat itself does. */
@QuarkusTest
class MaskingOfStoredTextsTest {
    private static final String NUMBER = "13812345678";
    private static final String QUESTION = "包裹没到，电话" + NUMBER;

    @Inject
    MaskingOfStoredTexts masking;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    KnowledgeFeed feed;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    @Inject
    Session database;

    private SignedInAgent agent;
    private UUID first;
    private UUID second;
    private UUID conversation;
    private UUID impression;

    @BeforeEach
    void aQuestionWithATelephoneNumber() {
        agent = team.newMember(Role.AGENT).agent();
        first = chat.published("Please ring our shop.");
        second = chat.published("It will be there tomorrow.");
        conversation = chat.silentConversation(QUESTION);
        impression = chat.impression(conversation, List.of(first, second), List.of());
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    @Test
    void texts_are_masked_when_they_are_stored() {
        feedback.reject(agent, UUID.randomUUID(), impression, first, "wrong", "he wants a call on " + NUMBER);
        send("It will be there tomorrow. 请打" + NUMBER, second);
        UUID other = chat.impression(chat.silentConversation("再问一次" + NUMBER), List.of(first, second), List.of());

        assertThat(holding(NUMBER)).isEqualTo(List.of());
        assertThat(texts("select question from impression where id = ?1", impression))
                .isEqualTo(List.of("包裹没到，电话[phone]"));
        assertThat(texts("select question from impression where id = ?1", other))
                .isEqualTo(List.of("再问一次[phone]"));
        assertThat(texts(
                        "select text from conversation_event where conversation_id = ?1 and author_kind = 'customer'",
                        conversation))
                .isEqualTo(List.of(QUESTION));
        as(team.newMember(Role.ADMIN))
                .get("/api/examples?limit=5")
                .then()
                .statusCode(200)
                .body(not(containsString(NUMBER)))
                .body(containsString("[phone]"));
    }

    @Test
    void an_answer_is_remembered_without_them() {
        send("It will be there tomorrow.", second);

        assertThat(texts("select question from answered_question where reply_id = ?1", second))
                .isEqualTo(List.of("包裹没到，电话[phone]"));
    }

    @Test
    void what_was_stored_before_is_masked_by_any_number_of_nodes() {
        send("It will be there tomorrow.", second);
        change("update impression set query = '- ' || ?2, question = ?2, masked_by = 0 where id = ?1", impression);
        change("update decision set text_sent = ?2, comment = ?2, masked_by = 0 where impression_id = ?1", impression);
        change(
                "update example set query = ?2, reply_text = ?2, masked_by = 0 where impression_id = ?1"
                        + " and label = 1",
                impression);
        change(
                "update example set query = ?2, reply_text = ?2 || '9', masked_by = 0 where impression_id = ?1"
                        + " and label = 0",
                impression);
        change(
                "update answered_question set question = ?2, context = ?2, earlier = ?2, source = 'import',"
                        + " masked_by = 0 where reply_id = ?1",
                second);
        change(
                "insert into answered_question (reply_id, question, source, source_id)"
                        + " values (?1, ?2 || ' ', 'import', gen_random_uuid()::text)",
                second);
        change(
                "insert into example (decision_id, impression_id, conversation_id, query, reply_text, label)"
                        + " select decision_id, impression_id, conversation_id, query, replace(?2, '138', '139'), 1"
                        + " from example where impression_id = ?1 and label = 1",
                impression);
        change(
                "insert into rejected_question (reply_id, question, context, decision, revision)"
                        + " select ?1, ?2, ?2, id, 0 from decision where reply_id = ?1",
                second);
        define("insert into text_encoder (version) values ('of the test')");
        for (String kind : List.of("question", "rejected_question")) {
            define("insert into " + kind + "_vector (encoder, question_id, vector) select 'of the test', id, ''"
                    + " from " + kind.replaceFirst("^q", "answered_q") + " where reply_id = '" + second + "'");
        }
        assertThat(holding(NUMBER).size()).as("%s", holding(NUMBER).toString()).isEqualTo(5);

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(masking::maskAll),
                        CompletableFuture.runAsync(masking::maskAll),
                        CompletableFuture.runAsync(masking::maskAll))
                .join();

        assertThat(holding(NUMBER)).isEqualTo(List.of());
        assertThat(texts(
                        "select encoder from question_vector where encoder = ?1"
                                + " union all select encoder from rejected_question_vector where encoder = ?1",
                        "of the test"))
                .isEqualTo(List.of());
        assertThat(texts("select reply_text from example where impression_id = ?1 and label = 1", impression))
                .isEqualTo(List.of("包裹没到，电话[phone]"));
        assertThat(texts("select id::text from example where impression_id = ?1 and masked_by = 0", impression))
                .isEqualTo(List.of());
    }

    @Test
    void two_wrong_answers_from_before_that_differ_in_nothing_but_what_is_masked_become_one() {
        change(
                "insert into past_example (conversation_id, impression_id, query, reply_text, label, masked_by)"
                        + " select ?1, ?1, ?2, said, 0, 0"
                        + " from (values (cast(?2 as text)), (replace(?2, '138', '139'))) as texts (said)",
                impression);

        masking.maskAll();

        assertThat(texts("select reply_text from past_example where impression_id = ?1", impression))
                .isEqualTo(List.of("包裹没到，电话[phone]"));
    }

    @Test
    void a_row_that_fails_stops_no_other() {
        UUID other = chat.impression(chat.silentConversation("Hello?"), List.of(first, second), List.of());
        for (UUID each : List.of(impression, other)) {
            change("update impression set question = ?2, masked_by = 0 where id = ?1", each);
        }
        define("create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$");
        try {
            define("create trigger refuse before update on impression for each row when (old.id = '" + impression
                    + "') execute function refuse()");
            masking.maskAll();
        } finally {
            define("drop function refuse cascade");
        }
        assertThat(texts("select question from impression where id = ?1", impression))
                .isEqualTo(List.of(QUESTION));
        assertThat(texts("select question from impression where id = ?1", other))
                .isEqualTo(List.of("包裹没到，电话[phone]"));

        masking.maskAll();
        assertThat(texts("select question from impression where id = ?1", impression))
                .isEqualTo(List.of("包裹没到，电话[phone]"));
    }

    @Test
    void a_full_disk_ends_a_run_in_one_line() {
        List<LogRecord> said = whileRefused("53100", "could not extend file: No space left on device");

        assertThat(said.stream()
                        .map(record -> new PatternFormatter("%s")
                                .format(record)
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .toList())
                .isEqualTo(List.of(
                        "Stored texts are masked later: ERROR: could not extend file: No space left on device"));
        assertThat(said.stream().filter(record -> record.getThrown() != null).toList())
                .isEqualTo(List.of());
    }

    @Test
    void what_fails_for_all_rows_of_a_table_has_one_stack_and_a_count() {
        List<LogRecord> said = whileRefused("P0001", "refused");

        assertThat(said.stream().filter(record -> record.getThrown() != null).count())
                .isEqualTo(1);
        assertThat(said.stream()
                        .map(new PatternFormatter("%s")::format)
                        .anyMatch(line -> line.contains("3 rows of answered_question")))
                .as("%s", said.toString())
                .isTrue();
    }

    private List<LogRecord> whileRefused(String state, String message) {
        List<LogRecord> said = new CopyOnWriteArrayList<>();
        Handler listener = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord record) {
                said.add(record);
            }
        };
        IntStream.range(0, 3).forEach(i -> insertQuestion("1391234567" + i, 0));
        Logger log = Logger.getLogger("io.replyloop.privacy");
        define("create function refuse() returns trigger language plpgsql as $$ begin raise '" + message
                + "' using errcode = '" + state + "'; end $$");
        log.addHandler(listener);
        try {
            define("create trigger refuse before update on answered_question for each row when (old.reply_id = '"
                    + second + "') execute function refuse()");
            masking.look();
        } finally {
            log.removeHandler(listener);
            define("drop function refuse cascade");
            change("delete from answered_question where reply_id = ?1 and ?2 <> ''", second);
        }
        return said;
    }

    /** Masking each of many thousand rows once more would hold up every start. */
    @Test
    void a_reader_masks_only_what_the_rules_of_today_have_not_masked() throws SQLException {
        insertQuestion("13912345678", PersonalData.RULES);
        insertQuestion("13712345678", PersonalData.RULES - 1);
        List<String> fed = new ArrayList<>();

        feed.read(-1, -1, 10, new KnowledgeFeed.Reader() {
            @Override
            public void published(UUID id, int version, String title, String text, String language, String category) {}

            @Override
            public void withdrawn(UUID id) {}

            @Override
            public void answered(long id, UUID reply, AnsweredQuestion question) {
                if (reply.equals(second)) {
                    fed.add(question.text());
                }
            }

            @Override
            public void rejected(long id, UUID reply, AnsweredQuestion question) {}
        });

        assertThat(fed).isEqualTo(List.of("13912345678", "[phone]"));
        assertThat(knowledge.questions().get(second).stream()
                        .map(AnsweredQuestion::text)
                        .toList())
                .isEqualTo(fed);
        change("delete from answered_question where reply_id = ?1 and ?2 <> ''", second);
    }

    private void insertQuestion(String text, int maskedBy) {
        change(
                "insert into answered_question (reply_id, question, source, source_id, masked, masked_by)"
                        + " values (?1, replace(?2, '" + QUESTION + "', '" + text
                        + "'), 'import', gen_random_uuid()::text, true, " + maskedBy + ")",
                second);
    }

    private void send(String text, UUID reply) {
        feedback.send(agent, conversation, UUID.randomUUID(), text, impression, reply, null);
    }

    /** The tables that hold it. */
    private List<String> holding(String number) {
        return texts(
                "select distinct found from (select 'impression' as found, query || question as text from impression"
                        + " union all select 'decision', concat(text_sent, comment) from decision"
                        + " union all select 'example', query || reply_text from example"
                        + " union all select 'answered_question', question || context || earlier from answered_question"
                        + " union all select 'rejected_question', question || context from rejected_question"
                        + ") kept where text like '%' || ?1 || '%' order by 1",
                number);
    }

    private List<String> texts(String sql, Object parameter) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(sql, String.class)
                        .setParameter(1, parameter)
                        .getResultList());
    }

    private void define(String sql) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.doWork(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                }));
    }

    private void change(String sql, UUID id) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(sql)
                        .setParameter(1, id)
                        .setParameter(2, QUESTION)
                        .executeUpdate());
    }
}
