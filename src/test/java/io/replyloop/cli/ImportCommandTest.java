package io.replyloop.cli;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.signin.Authenticator;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The import on a command line, against a server that runs. */
@QuarkusTest
class ImportCommandTest {
    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    @TestHTTPResource
    URI server;

    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {}

    private Outcome run(Path file, String... options) {
        return runAs(Team.PASSWORD, file, options);
    }

    private Outcome runAs(String password, Path file, String... options) {
        return runAs(team.newMember(Role.ADMIN), password, file, options);
    }

    private Outcome runAs(Team.Member admin, String password, Path file, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Commands.commandLine();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                file.toString(),
                "--server",
                server.toString(),
                "--email",
                admin.agent().email(),
                "--password",
                password));
        arguments.addAll(List.of(options));
        return new Outcome(commands.execute(arguments.toArray(String[]::new)), out.toString(), err.toString());
    }

    private Path file(String name, String text, String charset) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(Charset.forName(charset)));
    }

    private List<String> textsOf(String category) {
        return knowledge.list(new KnowledgeService.Filter(null, null, category, null), null, 200).items().stream()
                .map(ReplyView::text)
                .toList();
    }

    @Test
    void what_a_dry_run_shows_is_stored_with_a_yes() throws IOException {
        String category = UUID.randomUUID().toString();
        Path file = file(
                "vorlagen.csv",
                "sep=;\r\nBetreff;Antwort;Kategorie;Preis\r\nGröße;<p>Übermäßig {{ticket.id}}</p>;" + category
                        + ";1,50\r\n;;;\r\n",
                "windows-1252");

        Outcome shown = run(file, "--dry-run");

        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("windows-1252", "title=Betreff, text=Antwort", "not used: Preis", "1 line: 1 new")
                .contains("line 3: has placeholders of another program", "line 3: has HTML", "nothing has been stored");
        assertThat(textsOf(category)).isEmpty();

        Outcome unanswered = run(file);
        assertThat(unanswered.code()).isOne();
        assertThat(textsOf(category)).isEmpty();

        Outcome stored = run(file, "--yes", "--html-to-text", "--publish");
        assertThat(stored.code()).as(stored.err()).isZero();
        assertThat(stored.out()).contains("Imported.");
        assertThat(textsOf(category)).containsExactly("Übermäßig {{ticket.id}}");
    }

    @Test
    void a_yes_beforehand_agrees_to_no_guess() throws IOException {
        String category = UUID.randomUUID().toString();
        Path file = file(
                "list.csv", "Case,What we say,Where\nHours,We open at nine every day.," + category + "\n", "UTF-8");

        Outcome guessed = run(file, "--yes");
        assertThat(guessed.code()).isOne();
        assertThat(guessed.err()).contains("mapping=");

        Outcome named = run(file, "--yes", "--mapping", "title=Case,text=#2", "--mapping", "categories=Where");
        assertThat(named.code()).as(named.err()).isZero();
        assertThat(textsOf(category)).containsExactly("We open at nine every day.");
    }

    @Test
    void a_workbook_is_called_one_and_a_bad_line_stops_the_rest() throws IOException {
        Outcome workbook = run(file("replies.csv", "PK\u0003\u0004 xl/workbook.xml", "UTF-8"), "--yes");
        assertThat(workbook.code()).isOne();
        assertThat(workbook.err()).contains("Excel workbook", "CSV UTF-8");

        Outcome bad = run(file("bad.jsonl", "{\"text\":\"a\"}\n{\"title\":\"b\"}\n", "UTF-8"), "--yes");
        assertThat(bad.code()).isOne();
        assertThat(bad.out()).contains("line 2: error: text is missing", "--skip-invalid");
    }

    @Test
    void who_cannot_sign_in_or_names_no_file_is_told() throws IOException {
        Path file = file("a.csv", "title,text\na,b\n", "UTF-8");
        Outcome stranger = runAs("wrong password", file, "--dry-run");
        assertThat(stranger.code()).isNotZero();
        assertThat(stranger.err()).contains("does not let", "in:");
        assertThat(run(folder.resolve("missing.csv"), "--dry-run").err()).contains("There is no file");
    }

    @Test
    void an_account_with_a_second_step_needs_its_code() throws IOException {
        Team.Member admin = team.newMember(Role.ADMIN);
        String secret = as(admin)
                .body(Map.of("current", Team.PASSWORD))
                .post("/api/session/second-factor")
                .path("secret");
        as(admin).body(Map.of("code", Authenticator.code(secret, 0))).post("/api/session/second-factor/confirm");
        Path file = file("replies.csv", "title,text\nHours,Nine to five\n", "UTF-8");

        Outcome without = runAs(admin, Team.PASSWORD, file, "--dry-run");
        assertThat(without.err()).contains("the code that your authenticator shows");
        Outcome with = runAs(admin, Team.PASSWORD, file, "--dry-run", "--code", Authenticator.code(secret, 1));
        assertThat(with.code()).as(with.err()).isZero();
    }
}
