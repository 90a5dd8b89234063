package bad.shop;

/** Breaks a rule: a wire record that holds an entity. */
public record OrderView(Order order) {}
