package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.live.cluster.NodeMessage;
import org.junit.jupiter.api.Test;

class ClusterListenerTest {
    @Test
    void every_type_of_message_between_nodes_has_a_handler() {
        ClusterListener listener = new ClusterListener(null, null, null, null, null, null, null);
        assertThat(NodeMessage.class.getPermittedSubclasses())
                .hasSameSizeAs(listener.handledTypes())
                .allSatisfy(type -> assertThat(listener.handledTypes()).anyMatch(type::equals));
    }
}
