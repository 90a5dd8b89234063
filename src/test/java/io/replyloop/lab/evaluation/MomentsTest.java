package io.replyloop.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MomentsTest {
    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "lines", ".jsonl");
        Files.writeString(file, String.join("\n", lines).replace('\'', '"'));
        return file;
    }

    private KnowledgeBase base() throws IOException {
        return KnowledgeBase.read(
                file(
                        "{'label':'bye','title':'Farewell','text':'Goodbye.','task':'order'}",
                        "{'label':'bye','text':'Thank you, goodbye.','task':'invoice'}",
                        "{'label':'where','text':'On its way.','task':'order'}",
                        "{'label':'late','text':'On its way.','task':'order'}",
                        "{'label':'old','text':'We have moved.','state':'archived'}"),
                Set.of());
    }

    @Test
    void a_knowledge_base_is_read_as_an_import_reads_it() throws IOException {
        KnowledgeBase base = base();
        assertThat(base.replies().size()).isEqualTo(3);
        assertThat(base.named("late", List.of())).isEqualTo(base.named("where", List.of()));
        assertThat(base.named("bye", List.of()).size()).isEqualTo(2);
        assertThat(base.named("bye", List.of("Order")).size()).isEqualTo(1);
        assertThat(base.named("Farewell", List.of())).isEqualTo(base.named("bye", List.of("order")));
        assertThat(base.named("old", List.of())).isEqualTo(Set.of());
    }

    @Test
    void a_dialogue_has_a_moment_for_each_pick_after_a_customers_message() throws IOException {
        String dialogue = "{'tasks':['order'],'events':[{'by':'agent','text':'Hello','picked':'bye'},"
                + "{'by':'customer','text':'Where is\\n it?'},{'by':'agent','search':'way'},"
                + "{'by':'customer','text':'My parcel.'},"
                + "{'by':'agent','text':'On its way.','picked':'where'},"
                + "{'by':'agent','text':'Goodbye.','picked':'bye'},"
                + "{'by':'customer','text':'Hm'},{'by':'agent','text':'Own words'},"
                + "{'by':'customer','text':'Thanks'},{'by':'agent','text':'?','picked':'unheard of'}]}";
        KnowledgeBase base = base();
        Moments moments = Moments.read(file(dialogue), base);
        assertThat(moments.all())
                .isEqualTo(List.of(new Moment(
                        "line 1",
                        "> Hello\n- Where is it?\n- My parcel.",
                        "Where is it?\nMy parcel.",
                        base.named("where", List.of()))));
        assertThat(moments.unasked()).isEqualTo(2);
        assertThat(moments.unknown()).isEqualTo(1);
    }

    @Test
    void questions_may_be_lines_of_their_own_or_part_of_a_knowledge_base() throws IOException {
        KnowledgeBase base = base();
        Moments moments = Moments.read(
                file(
                        "{'question':'Where?','reply':'where'}",
                        "{'text':'Where now?','intent':'where'}",
                        "{'question':'See you','reply':'Farewell'}",
                        "{'label':'where','title':'t','text':'On its way.','questions':['Is it here?',{'text':'And"
                                + " now?'}]}",
                        "{'label':'where','title':'t','text':'On its way.'}",
                        "{'question':'Why?','reply':'nobody knows'}"),
                base);
        assertThat(moments.all().stream().map(Moment::question).toList())
                .isEqualTo(List.of("Where?", "Where now?", "See you", "Is it here?", "And now?"));
        assertThat(moments.unknown()).isEqualTo(1);
    }

    @Test
    void an_invalid_line_is_reported_with_its_number() throws IOException {
        KnowledgeBase base = base();
        Path file = file("{'question':'Where?','reply':'where'}", "{'question':'Where?'}");
        var wrong = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Moments.read(file, base))
                .actual();
        assertThat(wrong.getMessage().endsWith("line 2: there is no `reply`"))
                .as("%s", wrong.getMessage())
                .isTrue();
        Path other = file("{'question':'Why?','reply':'nobody knows'}");
        wrong = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Moments.read(other, base))
                .actual();
        assertThat(wrong.getMessage().contains("no question whose reply is in the knowledge base"))
                .isTrue();
    }

    @Test
    void files_may_be_gzipped() throws IOException {
        Path file = folder.resolve("questions");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"question\":\"Where?\",\"reply\":\"where\"}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Moments.read(file, base()).all().size()).isEqualTo(1);
    }

    @Test
    void decisions_before_the_publication_do_not_need_late_replies() throws IOException {
        KnowledgeBase base = base();
        List<Moment> moments = Moments.read(
                        file("{'question':'Where?','reply':'where'}", "{'question':'See you','reply':'Farewell'}"),
                        base)
                .all();
        NewReplies late = NewReplies.heldBack(base.replies(), moments, 1);
        UUID held = late.late().get(0).id();
        assertThat(late.published().size()).isEqualTo(2);
        assertThat(late.possible(moments).size()).isEqualTo(1);
        assertThat(late.possible(moments).stream()
                        .noneMatch(moment -> moment.right().contains(held)))
                .isTrue();
        late.questions()
                .values()
                .forEach(asked -> assertThat(asked.get(0).right()).isEqualTo(Set.of(held)));
    }

    @Test
    void the_first_sentence_ends_at_its_punctuation() {
        assertThat(NewReplies.firstSentence("It costs 2.50 a month. No more.")).isEqualTo("It costs 2.50 a month.");
        assertThat(NewReplies.firstSentence("可以。请稍等。")).isEqualTo("可以。");
        assertThat(NewReplies.firstSentence("No end")).isEqualTo("No end");
    }
}
