package io.replyloop.training;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.ranking.Ranker;
import io.replyloop.training.worker.TrainingAttempt;
import io.replyloop.training.worker.WorkerStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hibernate.Session;

/**
 * Something to learn and something that learns: labelled examples in a real database and the tiny reference BERT. Cleans
 * up behind itself, because the tests of other packages share the database and its champion.
 */
@ApplicationScoped
public class TrainingLab {
    private static final UUID SITE = UUID.fromString("7a1e0000-0000-4000-8000-000000000001");
    private static final UUID AGENT = UUID.fromString("7a1e0000-0000-4000-8000-000000000003");
    /** Of the examples. */
    private static final String OWN =
            "not excluded and conversation_id in (select id from conversation where site_id = ?1)";

    private static final String[] TOPICS = {"order", "return policy", "password", "refund", "account"};

    private final Session database;
    private final ModelRegistry models;
    private final Ranker ranker;
    private final TrainingService training;

    TrainingLab(Session database, ModelRegistry models, Ranker ranker, TrainingService training) {
        this.database = database;
        this.models = models;
        this.ranker = ranker;
        this.training = training;
    }

    /** Only this test's examples count from here on. */
    public void setUp() {
        tearDown();
        QuarkusTransaction.requiringNew().run(() -> {
            sql("update example set excluded = true");
            // Those of files and of conversations from before teach as well.
            sql("update imported_example set excluded = true");
            sql("delete from past_example");
            sql(
                    "insert into agent_account (id, email, name, password_hash, role) values (?1, 'lab@example.org', 'Lab',"
                            + " 'none', 'admin')",
                    AGENT);
            sql("insert into site (id, key, name) values (?1, 'lab', 'Lab')", SITE);
        });
    }

    public void tearDown() {
        QuarkusTransaction.requiringNew().run(() -> {
            sql("delete from training_run");
            sql("delete from dataset_version");
            sql("delete from snapshot_example");
            sql("update model_retention set enabled = false, keep_newest = 10, promoted_days = 365, changed_by = null");
            sql("update promotion_policy set automatic = false, changed_by = null");
            sql("delete from model_promotion where model_id in (select id from model_version where origin = 'training'"
                    + " or directory like 'lab-%' or directory like 'upload-%')");
            sql("update impression set model_id = null where model_id in (select id from model_version where origin ="
                    + " 'training' or directory like 'lab-%' or directory like 'upload-%')");
            sql("delete from model_version where origin = 'training'");
            sql("delete from model_version where directory like 'lab-%' or directory like 'upload-%'");
            sql("delete from conversation where site_id = ?1", SITE);
            sql("delete from customer where site_id = ?1", SITE);
            sql("delete from site where id = ?1", SITE);
            sql("delete from reply where title = 'Lab'");
            sql("delete from agent_account where id = ?1", AGENT);
            sql("update training_schedule set enabled = false, cron = '0 3 * * *', time_zone = 'UTC',"
                    + " minimum_examples = 50, minimum_decisions = 50, quiet_from = null, quiet_until = null,"
                    + " maximum_minutes = null, cores = null, changed_at = null, next_fire_at = null");
            sql("delete from training_schedule_outcome");
        });
        // Whoever is suggested something by a model that is gone cannot store it.
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ranker.serving().map(Ranker.Serving::model).stream().allMatch(this::isKnown));
    }

    private boolean isKnown(UUID model) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("select 1 from model_version where id = ?1", Integer.class)
                                .setParameter(1, model)
                                .getResultList()
                                .size()
                        == 1);
    }

    /** The tiny reference BERT, serving. */
    public ModelVersionView champion() {
        ModelVersionView version = models.register("import", null, installed(), JsonNodeFactory.instance.objectNode());
        models.promote(version.id(), null);
        return version;
    }

    /** Another one, which gives other probabilities; registered, but not serving. */
    public ModelVersionView challenger() {
        ModelDirectory.Installed other = installed(
                "bert-1label-gelu-new",
                "{\"temperature\": 0.7, \"threshold\": 0.01, \"weights\": {\"bias\": -0.2, \"meaning\": 1,"
                        + " \"memory\": 2}}");
        return models.register("import", null, other, JsonNodeFactory.instance.objectNode());
    }

    /** The champion's files in a folder of their own, which no version has yet. */
    ModelDirectory.Installed installed() {
        return installed(
                "bert-2labels",
                "{\"temperature\": 2.5, \"threshold\": 0.4, \"weights\": {\"bias\": -1, \"meaning\": 3,"
                        + " \"memory\": 2}}");
    }

    private ModelDirectory.Installed installed(String name, String ranking) {
        try {
            Path reference = Path.of("src/test/resources/reference", name);
            return ModelDirectory.install(models.folder(), "lab-" + UUID.randomUUID(), directory -> {
                for (String file :
                        new String[] {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}) {
                    Files.copy(reference.resolve(file), directory.resolve(file));
                }
                Files.writeString(directory.resolve("ranking.json"), ranking);
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Conversations in which the reply that names the question's topic fits and four others do not. */
    public void conversations(int count) {
        for (int i = 0; i < count; i++) {
            conversation(i);
        }
    }

    /** So many conversations with what was to choose from, all of which measure. */
    public void tested(int count) {
        conversations(count);
        candidates();
        change(
                "insert into dataset_side (conversation_id, side) select id, 'test' from conversation where site_id = ?1"
                        + " on conflict do nothing",
                SITE);
    }

    private void conversation(int number) {
        UUID customer = UUID.randomUUID();
        UUID conversation = UUID.randomUUID();
        UUID impression = UUID.randomUUID();
        UUID decision = UUID.randomUUID();
        String topic = TOPICS[number % TOPICS.length];
        QuarkusTransaction.requiringNew().run(() -> {
            sql("insert into customer (id, site_id) values (?1, ?2)", customer, SITE);
            sql(
                    "insert into conversation (id, site_id, customer_id, status) values (?1, ?2, ?3, 'resolved')",
                    conversation,
                    SITE,
                    customer);
            sql(
                    "insert into impression (id, conversation_id, trigger_sequence, query, question, knowledge_revision,"
                            + " candidate_count, shown_count, took_millis) values (?1, ?2, 1, 'q', 'q', 0, 5, 3, 1)",
                    impression,
                    conversation);
            sql(
                    "insert into decision (id, impression_id, conversation_id, agent_id, outcome) values (?1, ?2, ?3, ?4,"
                            + " 'own-text')",
                    decision,
                    impression,
                    conversation,
                    AGENT);
            for (String other : TOPICS) {
                sql(
                        "insert into example (decision_id, impression_id, conversation_id, query, reply_text, label)"
                                + " values (?1, ?2, ?3, ?4, ?5, ?6)",
                        decision,
                        impression,
                        conversation,
                        "I have a question about my " + topic,
                        "Here is what we know about your " + other,
                        other.equals(topic) ? 1.0 : 0.0);
            }
        });
    }

    /** So many conversations with an answer to what that model ranked, of which the first so many took the first place. */
    void answered(UUID model, int daysAgo, int count, int first) {
        QuarkusTransaction.requiringNew().run(() -> {
            UUID reply = UUID.randomUUID();
            sql("insert into reply (id, title, text, state) values (?1, 'Lab', 'Lab', 'archived')", reply);
            for (int i = 0; i < count; i++) {
                UUID customer = UUID.randomUUID();
                UUID conversation = UUID.randomUUID();
                UUID impression = UUID.randomUUID();
                sql("insert into customer (id, site_id) values (?1, ?2)", customer, SITE);
                sql(
                        "insert into conversation (id, site_id, customer_id) values (?1, ?2, ?3)",
                        conversation,
                        SITE,
                        customer);
                sql(
                        "insert into impression (id, conversation_id, trigger_sequence, query, question, knowledge_revision,"
                                + " candidate_count, shown_count, took_millis, model_id, created_at)"
                                + " values (?1, ?2, 1, 'q', 'q', 0, 5, 3, 1, ?3, now() - make_interval(days => ?4))",
                        impression,
                        conversation,
                        model,
                        daysAgo);
                sql(
                        "insert into decision (id, impression_id, conversation_id, agent_id, outcome, reply_id, position)"
                                + " values (gen_random_uuid(), ?1, ?2, ?3, 'sent', ?4, ?5)",
                        impression,
                        conversation,
                        AGENT,
                        reply,
                        i < first ? 1 : 2);
            }
        });
    }

    /** For each example, the candidate that it was: the nearest of its impression fits. */
    public void candidates() {
        QuarkusTransaction.requiringNew().run(() -> {
            sql(
                    "insert into reply (id, title, text, state) select gen_random_uuid(), 'Lab', text, 'archived'"
                            + " from (select distinct reply_text as text from example where " + OWN + ") as said",
                    SITE);
            sql("insert into reply_version (reply_id, version, title, text, language, categories, state)"
                    + " select id, 1, title, text, 'en', '{}', state from reply where title = 'Lab'");
            sql(
                    "update example set reply_id = reply.id from reply" + " where " + OWN
                            + " and reply.title = 'Lab' and reply.text = reply_text",
                    SITE);
            sql(
                    "insert into impression_candidate (impression_id, position, reply_id, reply_version, first_stage,"
                            + " meaning, memory, known, share, unfamiliar, probability, shown)"
                            + " select impression_id, row_number() over (partition by impression_id order by id), reply_id, 1, 0,"
                            + " case label when 1 then 0.5 else 0.4 end, 0, 0, 0.2, 0, 0.5, true"
                            + " from example where " + OWN,
                    SITE);
        });
    }

    /** Of one of its conversations. */
    UUID impression() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select i.id from impression i join conversation c on c.id = i.conversation_id"
                                        + " where c.site_id = ?1 limit 1",
                                UUID.class)
                        .setParameter(1, SITE)
                        .getSingleResult());
    }

    /** A run that has ended with a model of which nothing is told. */
    public UUID ended() {
        TrainingRunView run = training.start(TrainingService.MANUAL, null, null, true);
        try (WorkerStore store = store()) {
            RunQueue.Claim claim = store.claim("lab-" + run.id(), run.id()).orElseThrow();
            var nothing = JsonNodeFactory.instance.objectNode();
            store.succeed(claim, UUID.randomUUID(), installed(), nothing, nothing, List.of());
        }
        return run.id();
    }

    /** Works off, in this JVM, the next run that is queued. */
    public CompletableFuture<Void> worker() {
        return CompletableFuture.runAsync(
                () -> {
                    try (WorkerStore store = store()) {
                        RunQueue.Claim claim = await().atMost(Duration.ofMinutes(1))
                                .until(() -> store.claim("lab", null), Optional::isPresent)
                                .orElseThrow();
                        new TrainingAttempt(store, claim, models.folder(), 1, FineTuner::run, System.out).run();
                    }
                },
                task -> new Thread(task, "lab-worker").start());
    }

    /** It is quiet from now on, or no longer. */
    public void quiet(boolean quiet) {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        change(
                "update training_schedule set time_zone = 'UTC', quiet_from = ?1, quiet_until = ?2",
                quiet ? now.minusHours(1).truncatedTo(ChronoUnit.MINUTES).toString() : null,
                quiet ? now.plusHours(1).truncatedTo(ChronoUnit.MINUTES).toString() : null);
    }

    /** What a worker that is started by hand needs. */
    public WorkerStore store() {
        return new WorkerStore(address(), Duration.ofSeconds(10));
    }

    public static UnpooledConnections.Access address() {
        var config = ConfigProvider.getConfig();
        return new UnpooledConnections.Access(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }

    public void change(String statement, Object... values) {
        QuarkusTransaction.requiringNew().run(() -> sql(statement, values));
    }

    long count(String query) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(query, Long.class).getSingleResult());
    }

    public String workerOf(UUID run) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("select worker from training_run where id = ?1", String.class)
                        .setParameter(1, run)
                        .getSingleResult());
    }

    private void sql(String statement, Object... values) {
        var query = database.createNativeMutationQuery(statement);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        query.executeUpdate();
    }
}
