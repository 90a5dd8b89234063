package io.replyloop.demo;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What customers ask in the tour of the demo: a question, and the same in words that have little in common with it, so that
 * it is the decision about the first that finds the reply for the second.
 */
@Singleton
class DemoTour {
    private static final Map<String, Questions> ASKED = Map.of(
            "en",
            new Questions(
                    "It is for my niece's birthday. Can it look nice when she opens the parcel?",
                    "Could you make the parcel look pretty? It is a birthday surprise for my niece."),
            "zh",
            new Questions("这是送给侄女的生日惊喜，收到时能好看一点吗？", "侄女过生日，想给她惊喜，包裹可以好看些吗？"));

    private final DemoCustomers customers;

    DemoTour(DemoCustomers customers) {
        this.customers = customers;
    }

    record Questions(String first, String again) {}

    /** In English where there is no such language. */
    Questions questions(String language) {
        return ASKED.getOrDefault(language, ASKED.get("en"));
    }

    /** @return the conversation that begins; empty when enough have come */
    Optional<UUID> ask(String language, boolean again) {
        Questions questions = questions(language);
        return customers.asks(again ? questions.again() : questions.first());
    }
}
