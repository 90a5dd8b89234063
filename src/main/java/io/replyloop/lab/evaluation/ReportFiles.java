package io.replyloop.lab.evaluation;

import io.replyloop.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a report. */
final class ReportFiles {
    static final String JSON = "evaluation.json";
    static final String PLOT = "evaluation.svg";

    private ReportFiles() {}

    static void write(Report report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Json.PRETTY.writeValue(folder.resolve(JSON).toFile(), report);
        Files.writeString(folder.resolve(PLOT), Plot.of(report.learning()));
    }
}
