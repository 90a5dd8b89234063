package io.replyloop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The import of the administration page, for the command line and scripts. It uses the server's REST interface with an
 * account, so that the history records who imported, and the running server suggests the new replies immediately.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Imports replies into the knowledge base of a running server.",
        description = {
            "Shows what would happen and asks before anything is stored; --yes answers for you, --dry-run stays with the"
                    + " showing. A guess about encoding or columns is stored only when you have seen it and said yes, or"
                    + " have named it.",
            "Exit codes: 0 well, 1 some lines have errors, the file is refused or nothing was stored, 2 it could not run."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int SHOWN_LINES = 50;
    private static final List<String> ACTIONS = List.of("created", "updated", "merged", "unchanged", "invalid");
    private static final Map<String, String> WORDS = Map.of(
            "created",
            "new",
            "updated",
            "changed",
            "merged",
            "merged",
            "unchanged",
            "unchanged",
            "invalid",
            "with an error");

    @Parameters(paramLabel = "FILE", description = "CSV, JSONL, JSON or Markdown, plain or gzipped")
    private Path file;

    @Option(names = "--server", paramLabel = "URL", description = "Default: ${DEFAULT-VALUE}")
    private URI server = URI.create("http://localhost:8080");

    @Option(
            names = "--email",
            paramLabel = "E-MAIL",
            defaultValue = "${env:REPLYLOOP_EMAIL}",
            description = "An admin's account; default: the environment variable REPLYLOOP_EMAIL")
    private String email;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:REPLYLOOP_PASSWORD}",
            description = "Default: the environment variable REPLYLOOP_PASSWORD; else it is asked for")
    private String password;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "The code of the second step, where the account has one")
    private String code;

    @Option(names = "--dry-run", description = "Only shows what would happen")
    private boolean dryRun;

    @Option(names = "--yes", description = "Stores without asking")
    private boolean yes;

    @Option(names = "--format", description = "csv, jsonl, markdown or auto; default: by the file's name")
    private String format;

    @Option(names = "--encoding", description = "UTF-8, UTF-16LE, UTF-16BE, windows-1252, GB18030; default: found out")
    private String encoding;

    @Option(names = "--separator", description = "comma, semicolon, tab, pipe; default: found out")
    private String separator;

    @Option(
            names = "--header",
            negatable = true,
            description = "Whether the first line names the columns; default: found out")
    private Boolean header;

    @Option(
            names = "--mapping",
            paramLabel = "FIELD=COLUMN",
            description = "Which column is which field, such as title=Question,text=#3; repeat or put commas between."
                    + " Fields: title, text, question (title and question), questions, language, categories, shortcode,"
                    + " label, state, id")
    private List<String> mapping = new ArrayList<>();

    @Option(names = "--html-to-text", description = "Makes plain text of HTML in cells")
    private boolean htmlToText;

    @Option(names = "--publish", description = "Publishes what names no state; else it becomes drafts")
    private boolean publish;

    @Option(names = "--skip-invalid", description = "Stores the good lines even if others have errors")
    private boolean skipInvalid;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        byte[] content = content();
        PrintWriter out = spec.commandLine().getOut();
        try (ImportClient client = ImportClient.signIn(server, account(), secret(), code)) {
            ImportClient.Answer seen = client.send(query(true, null), content);
            if (!seen.isReport()) {
                return refused(seen, out);
            }
            show(seen.body(), out);
            int invalid = seen.body().path("invalid").asInt();
            if (dryRun) {
                out.println("A dry run: nothing has been stored.");
                out.flush();
                return invalid > 0 ? 1 : 0;
            }
            if (invalid > 0 && !skipInvalid) {
                out.println(
                        "Nothing has been stored, because some lines have errors; --skip-invalid stores the others.");
                out.flush();
                return 1;
            }
            boolean agreed = !yes && ask(out);
            if (!yes && !agreed) {
                out.println("Nothing has been stored.");
                out.flush();
                return 1;
            }
            return store(client, content, seen.body(), agreed, out);
        }
    }

    private int store(ImportClient client, byte[] content, JsonNode seen, boolean agreed, PrintWriter out)
            throws IOException {
        JsonNode reading = seen.path("file");
        boolean isCertain = reading.path("encodingCertain").asBoolean()
                && reading.path("columnsCertain").asBoolean();
        // With --yes, nobody has seen what was guessed.
        String confirmation = agreed || isCertain ? seen.path("confirmation").asText() : null;
        ImportClient.Answer stored = client.send(query(false, confirmation), content);
        if (!stored.isReport()) {
            return refused(stored, out);
        }
        boolean isStored = stored.body().path("stored").asBoolean();
        out.println(isStored ? "Imported." : "Nothing has been stored, because some lines have errors.");
        out.flush();
        return isStored ? 0 : 1;
    }

    private int refused(ImportClient.Answer answer, PrintWriter out) {
        out.flush();
        spec.commandLine()
                .getErr()
                .println(answer.body().path("detail").asText("The server answers " + answer.status()));
        spec.commandLine().getErr().flush();
        return 1;
    }

    private byte[] content() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new ParameterException(spec.commandLine(), "There is no file " + file, missing);
        }
    }

    private String account() {
        if (email == null || email.isBlank()) {
            throw new ParameterException(spec.commandLine(), "Name an admin's account with --email or REPLYLOOP_EMAIL");
        }
        return email;
    }

    private String secret() {
        if (password != null && !password.isBlank()) {
            return password;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", email);
        if (typed == null) {
            throw new ParameterException(
                    spec.commandLine(), "Give the password with REPLYLOOP_PASSWORD or --password, or use a terminal");
        }
        return new String(typed);
    }

    private boolean ask(PrintWriter out) {
        out.flush();
        Console console = System.console();
        if (console == null) {
            out.println("Nobody is here to ask; --yes stores without asking.");
            return false;
        }
        String answer = console.readLine("Import this? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private Map<String, String> query(boolean isDry, String confirmation) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("format", format == null ? formatOf(file.getFileName().toString()) : format);
        query.put("encoding", encoding);
        query.put("separator", separator);
        query.put("header", header == null ? null : header.toString());
        query.put("mapping", mapping.isEmpty() ? null : String.join(",", mapping));
        query.put("html", htmlToText ? "text" : null);
        query.put("publish", String.valueOf(publish));
        query.put("dryRun", String.valueOf(isDry));
        query.put("skipInvalid", String.valueOf(skipInvalid));
        query.put("confirm", confirmation);
        return query;
    }

    static String formatOf(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (plain.matches(".*\\.(csv|tsv|tab)")) {
            return "csv";
        }
        if (plain.matches(".*\\.(jsonl|ndjson|json)")) {
            return "jsonl";
        }
        return plain.matches(".*\\.(md|markdown)") ? "markdown" : "auto";
    }

    private void show(JsonNode report, PrintWriter out) {
        JsonNode reading = report.path("file");
        out.println(file + ": " + reading.path("format").asText() + " in "
                + reading.path("encoding").asText()
                + (reading.path("encodingCertain").asBoolean() ? "" : " (a guess)"));
        StringJoiner used = new StringJoiner(", ");
        StringJoiner unused = new StringJoiner(", ");
        for (JsonNode column : reading.path("columns")) {
            String name = column.path("name").asText();
            String shown = name.isBlank() ? "#" + column.path("number").asInt() : name;
            if (column.hasNonNull("field")) {
                used.add(column.path("field").asText() + "=" + shown);
            } else if (!name.isBlank()) {
                unused.add(name);
            }
        }
        if (used.length() > 0) {
            out.println("Columns: " + used + (reading.path("columnsCertain").asBoolean() ? "" : " (a guess)")
                    + (unused.length() > 0 ? "; not used: " + unused : ""));
        }
        reading.path("notes").forEach(note -> out.println(note.path("message").asText()));
        StringJoiner counts = new StringJoiner(", ");
        for (String action : ACTIONS) {
            if (report.path(action).asInt() > 0) {
                counts.add(report.path(action).asInt() + " " + WORDS.get(action));
            }
        }
        out.println(report.path("lines").asInt() + (report.path("lines").asInt() == 1 ? " line" : " lines")
                + (counts.length() > 0 ? ": " + counts : "") + ".");
        List<String> lines = new ArrayList<>();
        for (JsonNode result : report.path("results")) {
            String where = "line " + result.path("line").asInt() + ": ";
            result.path("reasons")
                    .forEach(reason ->
                            lines.add(where + "error: " + reason.path("message").asText()));
            result.path("notes")
                    .forEach(note -> lines.add(where + note.path("message").asText()));
        }
        lines.stream().limit(SHOWN_LINES).forEach(out::println);
        if (lines.size() > SHOWN_LINES) {
            out.println("… and " + (lines.size() - SHOWN_LINES) + " more");
        }
        out.flush();
    }
}
