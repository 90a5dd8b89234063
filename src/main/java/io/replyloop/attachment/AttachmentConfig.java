package io.replyloop.attachment;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Limits of attached files; see {@code src/docs/attachments.md}. */
@ConfigMapping(prefix = "replyloop.attachments")
interface AttachmentConfig {
    /** Whether files can be attached at all. */
    @WithDefault("true")
    boolean enabled();

    /** Maximum size of a file; no more than {@code quarkus.http.limits.max-body-size}. */
    @WithDefault("10M")
    MemorySize largest();

    /** Files of one message. */
    @WithDefault("10")
    int perMessage();

    /** What may be attached, recognised by the contents. Those that are left out, such as zip, can be added. */
    @WithDefault("png,jpeg,gif,webp,pdf,text,docx,xlsx,pptx,odt,ods,odp")
    Set<FileKind> types();

    /** Files, and bytes, that one customer may upload within an hour. */
    @WithDefault("60")
    int customerPerHour();

    @WithDefault("200M")
    MemorySize customerBytesPerHour();

    /** Files that customers at one network address, which many people may share, may upload per minute, and at once. */
    @WithDefault("10")
    int addressPerMinute();

    @WithDefault("100")
    int addressBurst();

    /** Pictures with more pixels can be downloaded, but are not shown. */
    @WithDefault("50000000")
    long mostPixels();

    /** Room of all files together; when it is used up, no more are taken. */
    @WithDefault("20G")
    MemorySize room();

    /** How old the sum of the sizes of all files may be with which it is compared. */
    @WithDefault("PT5S")
    Duration roomCountedFor();

    /** How long an uploaded file waits to be sent before it is deleted. */
    @WithDefault("P1D")
    Duration unsentFor();

    /**
     * A program, with its arguments, that checks each file before it can be sent. It gets the file on its standard input;
     * exit status 0: clean, 1: infected, anything else: it could not tell, and is asked again.
     */
    Optional<List<String>> scanCommand();

    /** How long the program may take. */
    @WithDefault("PT60S")
    Duration scanWithin();
}
