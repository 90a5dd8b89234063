package io.replyloop.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
    /** From the tests of the Standard Webhooks libraries (standard-webhooks/standard-webhooks, MIT). */
    @Test
    void a_signature_is_that_of_standard_webhooks() {
        WebhookSecret secret = new WebhookSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_secret_has_256_random_bits_and_is_not_printed_by_accident() {
        WebhookSecret secret = WebhookSecret.random();
        assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(secret.text()).isNotEqualTo(WebhookSecret.random().text());
        assertThat(secret).hasToString("whsec_…");
    }
}
