package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DemoKnowledgeTest {
    @Inject
    KnowledgeImport imports;

    @Inject
    KnowledgeService knowledge;

    @Inject
    EntityManager entities;

    @Test
    void an_empty_knowledge_base_gets_the_demo_replies_in_both_languages_and_gets_them_once() {
        QuarkusTransaction.begin();
        try {
            // Truncation is part of the transaction, so that the other tests keep their replies.
            entities.createNativeQuery("truncate reply cascade").executeUpdate();

            assertThat(imports.runWhenEmpty(DemoKnowledge.file())).isTrue();
            assertThat(published("en") >= 40).isTrue();
            assertThat(published("zh") >= 40).isTrue();
            assertThat(imports.runWhenEmpty(DemoKnowledge.file())).isFalse();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void it_starts_outside_any_transaction_as_the_application_does() {
        boolean wasEmpty = QuarkusTransaction.requiringNew().call(knowledge::isEmpty);

        assertThat(imports.runWhenEmpty(DemoKnowledge.file())).isEqualTo(wasEmpty);
    }

    private int published(String language) {
        return knowledge
                .list(new KnowledgeService.Filter(ReplyState.PUBLISHED, language, null, null), null, 200)
                .items()
                .size();
    }
}
