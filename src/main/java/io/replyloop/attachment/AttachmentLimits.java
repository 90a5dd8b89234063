package io.replyloop.attachment;

import java.util.List;

/**
 * What pages say before anybody chooses a file.
 *
 * @param largest in bytes
 * @param most files of one message
 * @param types extensions, without dots
 */
public record AttachmentLimits(long largest, int most, List<String> types) {}
