package io.replyloop.lab.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stays of a measurement. */
final class ReportFiles {
    static final String JSON = "evaluation.json";
    static final String PLOT = "evaluation.svg";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFiles() {}

    static void write(Report report, Path folder) throws IOException {
        Files.createDirectories(folder);
        MAPPER.writeValue(folder.resolve(JSON).toFile(), report);
        Files.writeString(folder.resolve(PLOT), Plot.of(report.learning()));
    }
}
