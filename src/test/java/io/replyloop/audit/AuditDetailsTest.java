package io.replyloop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditDetailsTest {
    @Test
    void what_stays_the_same_is_left_out() {
        AuditDetails details = AuditDetails.between(
                Map.of("name", "Shop", "color", "#000000", "required", false),
                Map.of("name", "Shop", "color", "#ffffff", "required", true));

        assertThat(details.json().at("/before/color").asText()).isEqualTo("#000000");
        assertThat(details.json().at("/after/required").asBoolean()).isTrue();
        assertThat(details.json().at("/after/name").isMissingNode()).isTrue();
    }

    @Test
    void nothing_changed_is_nothing_told() {
        AuditDetails details = AuditDetails.between(Map.of("a", 1), Map.of("a", 1));

        assertThat(details.isEmpty()).isTrue();
        assertThat(details.json()).isNull();
    }

    @Test
    void a_field_without_a_value_stands_on_the_other_side_alone() {
        Map<String, Object> before = new HashMap<>();
        before.put("shortcode", null);

        AuditDetails details = AuditDetails.between(before, Map.of("shortcode", "returns"));

        assertThat(details.json().toString()).isEqualTo("{\"after\":{\"shortcode\":\"returns\"}}");
    }

    @Test
    void of_a_long_text_only_its_length_is_kept() {
        String text = "长".repeat(AuditDetails.LONGEST_TEXT + 1);

        assertThat(AuditDetails.of(Map.of("text", text)).json().toString())
                .isEqualTo("{\"after\":{\"text\":{\"characters\":501}}}");
        assertThat(AuditDetails.of(Map.of("text", text.substring(1)))
                        .json()
                        .at("/after/text")
                        .asText())
                .hasSize(500);
    }

    @Test
    void of_a_long_list_the_first_entries_are_kept() {
        List<Integer> list = IntStream.range(0, 80).boxed().toList();

        assertThat(AuditDetails.of(Map.of("list", list)).json().at("/after/list"))
                .hasSize(50);
    }

    @Test
    void every_action_has_a_group_and_a_name_of_its_own() {
        assertThat(List.of(AuditAction.values()))
                .allMatch(action -> action.wireName().matches("[a-z]+\\.[a-z]+(-[a-z]+)*"))
                .extracting(AuditAction::wireName)
                .doesNotHaveDuplicates();
        assertThat(AuditAction.SITE_PREVIOUS_SECRET_ENDED.wireName()).isEqualTo("site.previous-secret-ended");
    }
}
