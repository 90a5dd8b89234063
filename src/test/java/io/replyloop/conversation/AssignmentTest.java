package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private final SignedInAgent ada = new SignedInAgent(UUID.randomUUID(), "ada@example.org", "Ada", Role.AGENT);
    private final SignedInAgent grace = new SignedInAgent(UUID.randomUUID(), "grace@example.org", "Grace", Role.AGENT);
    private final SignedInAgent boss = new SignedInAgent(UUID.randomUUID(), "boss@example.org", "Boss", Role.ADMIN);

    private static ProblemCode refusalOf(ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act).code();
    }

    @Test
    void anybody_takes_what_nobody_holds() {
        assertThat(new Assignment(null).takenBy(ada, false)).isEqualTo(new Assignment(ada.id()));
    }

    @Test
    void whoever_holds_it_may_take_it_again_and_put_it_back() {
        Assignment held = new Assignment(ada.id());
        assertThat(held.takenBy(ada, false)).isEqualTo(held);
        assertThat(held.releasedBy(ada)).isEqualTo(new Assignment(null));
    }

    @Test
    void nobody_takes_or_puts_back_what_somebody_else_holds() {
        Assignment held = new Assignment(ada.id());
        assertThat(refusalOf(() -> held.takenBy(grace, false))).isEqualTo(ProblemCode.CONFLICT);
        assertThat(refusalOf(() -> held.releasedBy(grace))).isEqualTo(ProblemCode.CONFLICT);
    }

    @Test
    void an_admin_takes_from_others_only_on_purpose() {
        Assignment held = new Assignment(ada.id());
        assertThat(refusalOf(() -> held.takenBy(boss, false))).isEqualTo(ProblemCode.CONFLICT);
        assertThat(held.takenBy(boss, true)).isEqualTo(new Assignment(boss.id()));
        assertThat(held.releasedBy(boss)).isEqualTo(new Assignment(null));
    }

    @Test
    void force_is_for_admins() {
        assertThat(refusalOf(() -> new Assignment(ada.id()).takenBy(grace, true)))
                .isEqualTo(ProblemCode.NOT_ALLOWED);
        assertThat(refusalOf(() -> new Assignment(null).takenBy(grace, true))).isEqualTo(ProblemCode.NOT_ALLOWED);
    }

    @Test
    void what_nobody_holds_may_be_put_back() {
        assertThat(new Assignment(null).releasedBy(grace)).isEqualTo(new Assignment(null));
    }
}
