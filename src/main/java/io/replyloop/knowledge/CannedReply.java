package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/** A published reply that agents insert by its shortcode. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CannedReply(UUID id, String shortcode, String title, String text, String language) {}
