package bad.shop;

import jakarta.transaction.UserTransaction;

/** Breaks a rule: begins a transaction by hand, and is not among those that may. */
class Checkout {
    UserTransaction transaction;

    void pay() throws Exception {
        transaction.begin();
    }
}
