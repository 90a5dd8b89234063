package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.FrequentReplies;
import io.replyloop.knowledge.FrequentReply;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DemoKnowledgeTest extends ImportByAdmin {
    @Inject
    KnowledgeImport imports;

    @Inject
    DemoKnowledge demo;

    @Inject
    FrequentReplies frequent;

    @Inject
    EntityManager entities;

    @Test
    void an_empty_knowledge_base_gets_the_demo_replies_in_both_languages_and_gets_them_once() {
        QuarkusTransaction.begin();
        try {
            // Truncation is part of the transaction, so that the other tests keep their replies.
            entities.createNativeQuery("truncate reply cascade").executeUpdate();

            demo.bring();
            assertThat(offered("en"))
                    .containsExactlyInAnyOrder("Track a parcel", "How long delivery takes", "Return goods");
            assertThat(offered("zh")).hasSize(3);
            assertThat(published("en") >= 40).isTrue();
            assertThat(published("zh") >= 40).isTrue();
            assertThat(imports.runWhenEmpty(DemoKnowledge.file())).isFalse();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private List<String> offered(String language) {
        return frequent.list().stream()
                .filter(reply -> reply.language().equals(language) && reply.offered())
                .map(FrequentReply::title)
                .toList();
    }

    @Test
    void it_starts_outside_any_transaction_as_the_application_does() {
        boolean wasEmpty = QuarkusTransaction.requiringNew().call(knowledge::isEmpty);

        assertThat(imports.runWhenEmpty(DemoKnowledge.file())).isEqualTo(wasEmpty);
    }

    @Test
    void the_demo_knowledge_base_is_good_and_left_alone_where_there_are_replies() {
        knowledge.create(new ReplyDraft(null, "Own", unique("own"), "en", List.of(), null, null), null);
        int before = knowledge.all().size();
        demo.bring();
        assertThat(knowledge.all().size()).isEqualTo(before);
        String report = send("format=jsonl&dryRun=true", DemoKnowledge.file())
                .statusCode(200)
                .body("invalid", equalTo(0))
                .body("merged", equalTo(0))
                .extract()
                .asString();
        assertThat(report.contains("message")).isFalse();
    }

    @Test
    void the_demo_knowledge_base_speaks_both_languages_alike() {
        List<ImportedFile.Line> lines = FileReading.of(DemoKnowledge.file(), ReadingOptions.of(FileFormat.JSONL))
                .lines();
        long english = lines.stream()
                .filter(line -> line.fields().language().equals("en"))
                .count();
        long chinese = lines.stream()
                .filter(line -> line.fields().language().equals("zh"))
                .count();
        assertThat(english >= 40 && english == chinese)
                .as("%s", english + " and " + chinese)
                .isTrue();
        assertThat(lines.stream().allMatch(line -> line.fields().questions().size() >= 2))
                .isTrue();
        // Between Chinese characters stands Chinese punctuation.
        assertThat(lines.stream()
                        .map(line -> line.fields().text())
                        .noneMatch(text -> text.matches("(?s).*(\\p{IsHan}|[”）])[,;:!?(.].*")))
                .isTrue();
    }

    private int published(String language) {
        return knowledge
                .list(new KnowledgeService.Filter(ReplyState.PUBLISHED, language, null, null), null, 200)
                .items()
                .size();
    }
}
