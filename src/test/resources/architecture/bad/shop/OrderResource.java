package bad.shop;

import ai.djl.ndarray.NDArray;
import bad.bert.Scorer;
import jakarta.transaction.Transactional;

/** Breaks six rules: shows an entity, opens a transaction, in which it reaches a network, and a connection, touches the native engine, asks for no role. The path is never served. */
@jakarta.ws.rs.Path("/bad-example")
public class OrderResource {
    Scorer scorer;
    NDArray array;

    @jakarta.ws.rs.GET
    @Transactional
    public Order order() throws java.sql.SQLException {
        java.sql.DriverManager.getConnection("jdbc:postgresql:orders").close();
        return new Order();
    }
}
