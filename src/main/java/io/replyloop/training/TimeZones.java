package io.replyloop.training;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The time zones that a schedule may name: all that Java knows. */
final class TimeZones {
    @Schema(name = "TimeZone")
    public record Zone(
            @Schema(description = "Its name", examples = "Europe/Berlin", required = true)
            String id,

            @Schema(description = "How many minutes it is ahead of UTC now", examples = "60", required = true)
            int offsetMinutes) {}

    private TimeZones() {}

    /** Offsets such as {@code +05:00} and {@code GMT+5} are none of them: others read their signs the other way round. */
    static boolean knows(String id) {
        return ZoneId.getAvailableZoneIds().contains(id) && !isOld(id);
    }

    /** Of a Unix of the eighties: they only stand there for programs that are as old. */
    private static boolean isOld(String id) {
        return id.startsWith("SystemV/");
    }

    static List<Zone> all() {
        Instant now = Instant.now();
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !isOld(id))
                .sorted()
                .map(id -> new Zone(id, ZoneId.of(id).getRules().getOffset(now).getTotalSeconds() / 60))
                .toList();
    }
}
