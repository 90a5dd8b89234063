package io.replyloop.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which model served from when on. */
@ApplicationScoped
@Transactional
class ModelPromotions {
    private static final int LISTED = 100;

    /** The newest first. */
    List<ModelPromotionView> history() {
        List<ModelPromotion> newestFirst = ModelPromotion.<ModelPromotion>find("order by id desc")
                .page(0, LISTED + 1)
                .list();
        Map<UUID, Long> numbers = new HashMap<>();
        ModelVersion.<ModelVersion>listAll().forEach(version -> numbers.put(version.id, version.number));
        List<ModelPromotionView> history = new ArrayList<>();
        for (int i = 0; i < Math.min(LISTED, newestFirst.size()); i++) {
            ModelPromotion one = newestFirst.get(i);
            long number = numbers.get(one.modelId);
            boolean back = i + 1 < newestFirst.size() && numbers.get(newestFirst.get(i + 1).modelId) > number;
            history.add(
                    new ModelPromotionView(one.modelId, number, one.promotedAt, one.promotedBy, one.automatic, back));
        }
        return history;
    }
}
