package io.replyloop.mail;

import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What of a mail is kept sealed. */
record MailContents(String subject, String text, String html, String replyTo, List<String> references) {
    byte[] bytes() {
        return Json.MAPPER.valueToTree(this).toString().getBytes(StandardCharsets.UTF_8);
    }

    static MailContents of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, MailContents.class);
        } catch (IOException impossible) {
            throw new IllegalStateException("A stored mail cannot be read", impossible);
        }
    }
}
