package io.replyloop.ranking;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the model is being loaded at the start; a model that cannot be loaded is said, and stops nothing. */
@Readiness
@ApplicationScoped
class RankingReadiness implements HealthCheck {
    private final ChampionLoader loader;

    RankingReadiness(ChampionLoader loader) {
        this.loader = loader;
    }

    @Override
    public HealthCheckResponse call() {
        ChampionLoader.State state = loader.state();
        var response = HealthCheckResponse.named("ranking").status(state.settled());
        if (!state.settled()) {
            response.withData("state", "loading the model");
        }
        if (state.model() != null) {
            response.withData("model", state.model().number());
        }
        if (state.problem() != null) {
            response.withData("problem", state.problem());
        }
        return response.build();
    }
}
