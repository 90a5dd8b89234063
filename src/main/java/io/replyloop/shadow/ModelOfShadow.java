package io.replyloop.shadow;

import io.replyloop.model.ModelsInUse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.UUID;

/** What ranks unseen. */
@ApplicationScoped
@Transactional
public class ModelOfShadow implements ModelsInUse {
    @Override
    public Set<UUID> models() {
        return Shadow.active().map(shadow -> Set.of(shadow.modelId)).orElse(Set.of());
    }
}
