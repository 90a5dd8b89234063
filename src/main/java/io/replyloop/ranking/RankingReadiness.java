package io.replyloop.ranking;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while model and encoder are being loaded at the start, because suggestions made from words alone would stay
 * with the questions of that time. If one cannot be loaded, this is reported, but the node becomes ready.
 */
@Readiness
@ApplicationScoped
class RankingReadiness implements HealthCheck {
    private final ChampionLoader loader;
    private final ServingEncoder encoder;

    RankingReadiness(ChampionLoader loader, ServingEncoder encoder) {
        this.loader = loader;
        this.encoder = encoder;
    }

    @Override
    public HealthCheckResponse call() {
        return of(loader.state(), encoder.isSettled());
    }

    static HealthCheckResponse of(ChampionLoader.State state, boolean encoderSettled) {
        var response = HealthCheckResponse.named("ranking").status(state.settled() && encoderSettled);
        if (!state.settled()) {
            response.withData("state", "loading the model");
        } else if (!encoderSettled) {
            response.withData("state", "loading the encoder");
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
