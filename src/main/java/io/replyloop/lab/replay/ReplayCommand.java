package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code replay}, and what is done in which order. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Plays dialogues through a running server, as its customers and its agents, and measures.",
        description = {
            "Agents accept the suggestion whose reply is the one picked in the dialogue if it is among the three;"
                    + " otherwise they send the picked reply's text themselves. Reconnects and resumes when the server"
                    + " goes away. Prints one JSON object.",
            "Exit codes: 0 well, 1 messages were lost, duplicated or out of order, or a dialogue broke off,"
                    + " 2 it could not run."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int LARGEST_CONCURRENCY = 500;
    private static final int LARGEST_CROWD = 20_000;

    @Option(names = "--server", paramLabel = "URL", description = "Default: ${DEFAULT-VALUE}")
    private URI server = URI.create("http://localhost:8080");

    @Option(names = "--site", paramLabel = "KEY", description = "Whose customers they are; default: ${DEFAULT-VALUE}")
    private String site = "demo";

    @Option(names = "--agent", paramLabel = "E-MAIL", description = "Agents who answer; repeat for several")
    private List<String> agents = new ArrayList<>();

    @Option(names = "--password", paramLabel = "PASSWORD", description = "Theirs, in the same order; one serves all")
    private List<String> passwords = new ArrayList<>();

    @Option(names = "--admin", paramLabel = "E-MAIL", description = "Who imports, trains and promotes")
    private String admin;

    @Option(names = "--admin-password", paramLabel = "PASSWORD")
    private String adminPassword;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "First imports these replies: JSONL of {label, text, task}, plain or gzipped")
    private Path knowledgeBase;

    @Option(
            names = "--dialogues",
            paramLabel = "FILE",
            description = "JSONL of {tasks, events: [{by, text, picked}]}, plain or gzipped")
    private Path dialogues;

    @Option(names = "--limit", paramLabel = "N", description = "Plays so many of each file; default: all")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--concurrency", paramLabel = "N", description = "At a time; default: ${DEFAULT-VALUE}")
    private int concurrency = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses and orders the dialogues and the pauses; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--think-time",
            paramLabel = "MIN-MAX",
            description = "Milliseconds before each turn; default: ${DEFAULT-VALUE}")
    private String thinkTime = "200-800";

    @Option(
            names = "--suggestion-limit",
            paramLabel = "MS",
            description = "How long an agent waits for suggestions; those that do not come in this time count in the"
                    + " latencies as the time that was waited, which is this at least; default: ${DEFAULT-VALUE}")
    private int suggestionLimit = 2_000;

    @Option(
            names = "--then",
            paramLabel = "FILE",
            description = "Then has the server train on what it recorded, and plays this file for comparison")
    private Path then;

    @Option(names = "--promote", description = "Lets the trained model serve before the second file is played")
    private boolean promote;

    @Option(names = "--idle", paramLabel = "N", description = "Also keeps so many idle customers connected")
    private int idle;

    @Option(
            names = "--idle-seconds",
            paramLabel = "S",
            description = "Holds them so long before anything is played; default: ${DEFAULT-VALUE}")
    private int idleSeconds = 60;

    @Option(
            names = "--slow",
            paramLabel = "N",
            description = "Beside what is played, keeps so many connections open whose requests trickle in")
    private int slow;

    @Option(
            names = "--slow-kind",
            paramLabel = "KIND",
            split = ",",
            description = "What they do: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private List<SlowConnections.Kind> slowKinds =
            List.of(SlowConnections.Kind.BODY, SlowConnections.Kind.CHUNKED, SlowConnections.Kind.ANNOUNCED);

    @Option(names = "--silent", paramLabel = "N", description = "Also so many that never say anything")
    private int silent;

    @Option(
            names = "--slow-from",
            paramLabel = "ADDRESS",
            description = "An address of this machine from which all of these come; default: one each of 127.1.0.0/16")
    private String slowFrom;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The server's process on this machine, to read its memory before and after")
    private Long serverPid;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the result there, too")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        // Of thousands of connections, each would hold the client's default of 16 KiB several times.
        System.setProperty("jdk.httpclient.websocket.writeBufferSize", "2048");
        System.setProperty("jdk.httpclient.bufsize", "4096");
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(4, task -> {
            Thread thread = new Thread(task, "replay-clock");
            thread.setDaemon(true);
            return thread;
        });
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        ObjectNode result = JsonLines.JSON.createObjectNode();
        try (IdleConnections idlers = new IdleConnections(new ApiClient(http, server, site), clock, serverPid)) {
            boolean clean = run(new ApiClient(http, server, site), clock, idlers, result);
            print(result);
            return clean ? 0 : 1;
        } catch (ReplayException | ApiClient.RefusedException failure) {
            spec.commandLine().getErr().println(failure.getMessage());
            return 2;
        } finally {
            clock.shutdownNow();
        }
    }

    private boolean run(ApiClient rest, ScheduledExecutorService clock, IdleConnections idlers, ObjectNode result) {
        List<Dialogue> first = dialogues == null ? List.of() : Dialogue.read(dialogues, seed, limit);
        List<Dialogue> second = then == null ? List.of() : Dialogue.read(then, seed, limit);
        try (SlowConnections strangers = strangers(rest)) {
            boolean clean = play(rest, clock, idlers, result, first, second);
            if (strangers != null) {
                result.set("slow", strangers.json());
            }
            return clean;
        }
    }

    private SlowConnections strangers(ApiClient rest) {
        if (slow + silent == 0) {
            return null;
        }
        boolean upload = slowKinds.contains(SlowConnections.Kind.UPLOAD);
        SlowConnections strangers = new SlowConnections(
                server, upload ? rest.signIn(admin, adminPassword).cookie() : null);
        strangers.add(slow, slowKinds, slowFrom);
        strangers.add(silent, List.of(SlowConnections.Kind.SILENT), slowFrom);
        strangers.start();
        return strangers;
    }

    private boolean play(
            ApiClient rest,
            ScheduledExecutorService clock,
            IdleConnections idlers,
            ObjectNode result,
            List<Dialogue> first,
            List<Dialogue> second) {
        if (idle > 0) {
            result.set("idle", idlers.hold(idle, Duration.ofSeconds(idleSeconds)));
        }
        if (first.isEmpty()) {
            KnowledgeBase imported = knowledgeBase == null ? null : knowledge(rest, List.of());
            if (imported != null) {
                result.put("replies", imported.size());
            }
            return true;
        }
        List<ApiClient.Agent> team = team(rest);
        KnowledgeBase knowledge = knowledge(rest, team);
        if (second.isEmpty()) {
            return played(new ReplayRunner(rest, team, knowledge, pace(), clock), first, result);
        }
        boolean clean =
                played(new ReplayRunner(rest, team, knowledge, pace(), clock), first, result.putObject("before"));
        result.set("training", new TrainingRun(rest.signIn(admin, adminPassword)).follow(promote));
        return played(new ReplayRunner(rest, team, knowledge, pace(), clock), second, result.putObject("after"))
                && clean;
    }

    private static boolean played(ReplayRunner player, List<Dialogue> dialogues, ObjectNode result) {
        long start = System.nanoTime();
        ReplayStatistics tally = player.play(dialogues);
        result.setAll(tally.json((System.nanoTime() - start) / 1e9));
        return tally.isClean() && tally.failed.get() == 0;
    }

    private List<ApiClient.Agent> team(ApiClient rest) {
        List<ApiClient.Agent> team = new ArrayList<>();
        for (int index = 0; index < agents.size(); index++) {
            String password = passwords.get(Math.min(index, passwords.size() - 1));
            team.add(rest.signIn(agents.get(index), password));
        }
        return team;
    }

    private KnowledgeBase knowledge(ApiClient rest, List<ApiClient.Agent> team) {
        KnowledgeBase knowledge = knowledgeBase == null
                ? new KnowledgeBase(KnowledgeBase.listed(team.get(0)))
                : KnowledgeBase.imported(rest.signIn(admin, adminPassword), knowledgeBase);
        System.err.printf("%d labelled replies in the knowledge base%n", knowledge.size());
        return knowledge;
    }

    private ReplayRunner.Pace pace() {
        String[] bounds = thinkTime.split("-", 2);
        return new ReplayRunner.Pace(
                concurrency,
                seed,
                Integer.parseInt(bounds[0]),
                Integer.parseInt(bounds[bounds.length - 1]),
                Duration.ofMillis(suggestionLimit));
    }

    private void check() {
        require(dialogues != null || idle > 0 || knowledgeBase != null, "Give --dialogues, --idle or --import.");
        require(dialogues == null || !agents.isEmpty(), "--dialogues needs --agent and --password.");
        require(
                agents.isEmpty() || passwords.size() == 1 || passwords.size() == agents.size(),
                "Give one --password for all agents, or one for each.");
        require(
                (knowledgeBase == null && then == null) || (admin != null && adminPassword != null),
                "--import and --then need --admin and --admin-password.");
        require(then == null || dialogues != null, "--then needs --dialogues, which are played first.");
        require(!promote || then != null, "--promote needs --then.");
        require(
                slow >= 0 && silent >= 0 && slow + silent <= LARGEST_CROWD,
                "--slow and --silent are 0 to " + LARGEST_CROWD + " together.");
        require(
                slow == 0
                        || !slowKinds.contains(SlowConnections.Kind.UPLOAD)
                        || (admin != null && adminPassword != null),
                "--slow-kind UPLOAD needs --admin and --admin-password.");
        require(limit > 0, "--limit is at least 1.");
        require(concurrency > 0 && concurrency <= LARGEST_CONCURRENCY, "--concurrency is 1 to 500.");
        require(thinkTime.matches("\\d{1,6}(-\\d{1,6})?"), "--think-time is a range of milliseconds such as 200-800.");
        require(
                "http".equals(server.getScheme()) || "https".equals(server.getScheme()),
                "--server is an address such as http://localhost:8080.");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void print(ObjectNode result) {
        String text = result.toPrettyString();
        spec.commandLine().getOut().println(text);
        if (output != null) {
            try {
                Files.writeString(output, text + System.lineSeparator());
            } catch (IOException failure) {
                throw new ReplayException("Cannot write " + output + ": " + failure.getMessage(), failure);
            }
        }
    }
}
