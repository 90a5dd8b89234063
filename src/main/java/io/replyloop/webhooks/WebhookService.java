package io.replyloop.webhooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What an admin asks for that looks names up or sends something, which no transaction has to wait for. */
@ApplicationScoped
class WebhookService {
    private final Webhooks webhooks;
    private final WebhookAddresses addresses;
    private final WebhookClient client;
    private final DeliveryQueue queue;

    WebhookService(Webhooks webhooks, WebhookAddresses addresses, WebhookClient client, DeliveryQueue queue) {
        this.webhooks = webhooks;
        this.addresses = addresses;
        this.client = client;
        this.queue = queue;
    }

    List<WebhookView> list() {
        return webhooks.list();
    }

    Webhooks.Made create(WebhookSettings wanted) {
        addresses.checked(wanted.url());
        return webhooks.create(wanted);
    }

    /** One that is off can have any address that is one: its name may be gone, and switching it off must be possible. */
    WebhookView change(UUID id, WebhookSettings wanted) {
        if (wanted.enabled()) {
            addresses.checked(wanted.url());
        } else {
            WebhookAddresses.parsed(wanted.url());
        }
        WebhookView changed = webhooks.change(id, wanted);
        if (changed.enabled()) {
            // Whoever mends or switches on a webhook is not to wait for tries that are hours away. By itself, since
            // others
            // lock conversations before they touch the webhook.
            queue.resume(id);
        }
        return changed;
    }

    Webhooks.Made renew(UUID id, boolean keepsOld) {
        return webhooks.renew(id, keepsOld);
    }

    void delete(UUID id) {
        webhooks.delete(id);
    }

    TestView test(UUID id) {
        Sending ping = webhooks.ping(id);
        Answer answer = client.send(ping);
        webhooks.logPing(id, ping, answer);
        return new TestView(answer.delivered(), answer.status(), answer.failure(), answer.millis(), answer.text());
    }
}
