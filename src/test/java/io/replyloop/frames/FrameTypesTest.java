package io.replyloop.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.EventKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTypesTest {
    private final FrameCodec codec = new FrameCodec();

    @ParameterizedTest
    @ValueSource(classes = {CustomerFrame.class, AgentFrame.class})
    void every_frame_type_has_its_name_on_the_wire(Class<?> frames) {
        JsonSubTypes listed = frames.getAnnotation(JsonSubTypes.class);
        assertThat(Stream.of(listed.value()).map(JsonSubTypes.Type::value))
                .containsExactlyInAnyOrder(frames.getPermittedSubclasses());
        assertThat(Stream.of(listed.value()).map(JsonSubTypes.Type::name)).doesNotHaveDuplicates();
    }

    @Test
    void every_frame_type_has_a_golden_file() {
        assertThat(types("customer/out")).isEqualTo(listed(CustomerFrame.class));
        assertThat(types("agent/out")).isEqualTo(listed(AgentFrame.class));
        assertThat(types("customer/in")).isEqualTo(CommandTypes.CUSTOMER.keySet());
        assertThat(types("agent/in")).isEqualTo(CommandTypes.AGENT.keySet());
    }

    @Test
    void every_command_can_be_read() {
        assertThat(GoldenFiles.in("customer/in").values().stream().map(codec::customerCommand))
                .extracting(Object::getClass)
                .containsAll(Arrays.asList(CustomerCommand.class.getPermittedSubclasses()));
        assertThat(GoldenFiles.in("agent/in").values().stream().map(codec::agentCommand))
                .extracting(Object::getClass)
                .containsAll(Arrays.asList(AgentCommand.class.getPermittedSubclasses()));
    }

    @Test
    void no_type_that_a_customer_can_receive_is_able_to_carry_a_note() {
        Set<Class<?>> reachable = new HashSet<>();
        Stream.of(CustomerFrame.class.getPermittedSubclasses()).forEach(type -> collect(type, reachable));

        assertThat(reachable)
                .contains(CustomerFrame.Kind.class)
                .doesNotContain(EventKind.class, ConversationEventView.class, ConversationSummary.class);
        assertThat(reachable.stream()
                        .filter(Class::isEnum)
                        .flatMap(type -> Stream.of(type.getEnumConstants()))
                        .map(Object::toString))
                .doesNotContain("NOTE", "ACT");
    }

    private static void collect(Type type, Set<Class<?>> reachable) {
        if (type instanceof ParameterizedType parameterized) {
            collect(parameterized.getRawType(), reachable);
            Stream.of(parameterized.getActualTypeArguments()).forEach(argument -> collect(argument, reachable));
        } else if (type instanceof Class<?> plain && reachable.add(plain) && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                collect(component.getGenericType(), reachable);
            }
        }
    }

    private static Set<String> types(String folder) {
        return GoldenFiles.in(folder).entrySet().stream()
                .map(file -> {
                    String type = GoldenFiles.tree(file.getValue()).get("type").textValue();
                    assertThat(file.getKey().split("\\.")[0]).isEqualTo(type);
                    return type;
                })
                .collect(Collectors.toSet());
    }

    private static Set<String> listed(Class<?> frames) {
        return Stream.of(frames.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.toSet());
    }
}
