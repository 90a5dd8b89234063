package bad.bert;

import bad.shop.OrderResource;
import jakarta.inject.Inject;

/** Breaks two rules: knows a framework, and calls a package that calls it back. */
public class Scorer {
    @Inject
    OrderResource orders;
}
