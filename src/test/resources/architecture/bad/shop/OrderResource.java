package bad.shop;

import ai.djl.ndarray.NDArray;
import bad.bert.Scorer;
import jakarta.transaction.Transactional;

/** Breaks three rules: shows an entity, opens a transaction, touches the native engine. The path is never served. */
@jakarta.ws.rs.Path("/bad-example")
public class OrderResource {
    Scorer scorer;
    NDArray array;

    @Transactional
    public Order order() {
        return new Order();
    }
}
