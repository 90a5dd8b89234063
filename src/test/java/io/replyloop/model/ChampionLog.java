package io.replyloop.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** What this node was told about champions, in order. */
@ApplicationScoped
class ChampionLog {
    private final List<UUID> announced = new CopyOnWriteArrayList<>();

    List<UUID> announced() {
        return announced;
    }

    void changed(@Observes ChampionChanged event) {
        announced.add(event.model());
    }
}
