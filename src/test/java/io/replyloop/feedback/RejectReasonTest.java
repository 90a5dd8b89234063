package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RejectReasonTest {
    private static final Pattern OF_THE_PAGES = Pattern.compile("export const rejectReasons = \\[([^]]*)]");

    @Test
    void the_pages_know_the_same_reasons_in_the_same_order() throws IOException {
        Matcher known = OF_THE_PAGES.matcher(Files.readString(Path.of("web-ui/src/shared/agent-frames.ts")));
        assertThat(known.find()).isTrue();
        assertThat(known.group(1).replaceAll("[' ]", "").split(",")).containsExactly(RejectReason.wireNames());
    }

    @Test
    void a_reason_that_there_is_not_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> RejectReason.named("ugly"))
                .isInstanceOf(Problem.class)
                .hasMessage("The reason is one of wrong, outdated, tone, other.");
    }
}
