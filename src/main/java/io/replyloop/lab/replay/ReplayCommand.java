package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Json;
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

/** The command {@code replay}: its options and steps. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Plays dialogues through a running server, as its customers and agents, and measures the results.",
        description = {
            "If the reply picked in the dialogue is among the three suggestions, the agent accepts it; otherwise the"
                    + " agent sends the text of the picked reply. Reconnects and resumes when the server is"
                    + " unavailable. Prints one JSON object.",
            "Exit codes: 0 success; 1 messages were lost, duplicated or out of order, or a dialogue was aborted;"
                    + " 2 the replay could not run."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int MAX_CONCURRENCY = 500;
    private static final int MAX_SLOW_CONNECTIONS = 20_000;

    @Option(names = "--server", paramLabel = "URL", description = "Default: ${DEFAULT-VALUE}")
    private URI server = URI.create("http://localhost:8080");

    @Option(
            names = "--site",
            paramLabel = "KEY",
            description = "Key of the site that the customers use; default: ${DEFAULT-VALUE}")
    private String site = "demo";

    @Option(names = "--agent", paramLabel = "E-MAIL", description = "An agent who answers; may be repeated")
    private List<String> agents = new ArrayList<>();

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "The agents' passwords, in the same order, or one for all")
    private List<String> passwords = new ArrayList<>();

    @Option(names = "--admin", paramLabel = "E-MAIL", description = "The admin who imports, trains and promotes")
    private String admin;

    @Option(names = "--admin-password", paramLabel = "PASSWORD")
    private String adminPassword;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Imports these replies first: JSONL of {label, text, task}, plain or gzipped")
    private Path knowledgeBase;

    @Option(
            names = "--dialogues",
            paramLabel = "FILE",
            description = "JSONL of {tasks, events: [{by, text, picked}]}, plain or gzipped")
    private Path dialogues;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of dialogues per file; default: all")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Dialogues played at a time; default: ${DEFAULT-VALUE}")
    private int concurrency = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed for the choice and order of dialogues and for the pauses; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--think-time",
            paramLabel = "MIN-MAX",
            description = "Pause before each turn in milliseconds; default: ${DEFAULT-VALUE}")
    private String thinkTime = "200-800";

    @Option(
            names = "--suggestion-limit",
            paramLabel = "MS",
            description = "How long an agent waits for suggestions, in milliseconds; missing suggestions count in the"
                    + " latencies with the time waited, which is at least this; default: ${DEFAULT-VALUE}")
    private int suggestionLimit = 2_000;

    @Option(
            names = "--then",
            paramLabel = "FILE",
            description =
                    "After the first file, trains a model on what the server has recorded, and plays this file for"
                            + " comparison")
    private Path then;

    @Option(names = "--promote", description = "Promotes the trained model before the second file is played")
    private boolean promote;

    @Option(names = "--idle", paramLabel = "N", description = "Also keeps this many idle customers connected")
    private int idle;

    @Option(
            names = "--idle-seconds",
            paramLabel = "S",
            description = "How long to hold them before anything is played; default: ${DEFAULT-VALUE}")
    private int idleSeconds = 60;

    @Option(
            names = "--slow",
            paramLabel = "N",
            description = "Also keeps this many connections open that send their requests slowly")
    private int slow;

    @Option(
            names = "--slow-kind",
            paramLabel = "KIND",
            split = ",",
            description = "What they do: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private List<SlowConnections.Kind> slowKinds =
            List.of(SlowConnections.Kind.BODY, SlowConnections.Kind.CHUNKED, SlowConnections.Kind.ANNOUNCED);

    @Option(
            names = "--silent",
            paramLabel = "N",
            description = "Also keeps this many connections open that never send anything")
    private int silent;

    @Option(
            names = "--slow-from",
            paramLabel = "ADDRESS",
            description =
                    "Local address of the slow and silent connections; default: a different address of 127.1.0.0/16"
                            + " each")
    private String slowFrom;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "Process id of a server on this machine, to measure its memory before and after")
    private Long serverPid;

    @Option(names = "--output", paramLabel = "FILE", description = "Also writes the result to this file")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        validate();
        // By default, each of thousands of connections would hold several buffers of 16 KiB.
        System.setProperty("jdk.httpclient.websocket.writeBufferSize", "2048");
        System.setProperty("jdk.httpclient.bufsize", "4096");
        ScheduledExecutorService scheduler =
                Executors.newScheduledThreadPool(4, DaemonThreads.named("replay-scheduler"));
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        ObjectNode result = Json.MAPPER.createObjectNode();
        try (IdleConnections idleConnections =
                new IdleConnections(new ApiClient(http, server, site), scheduler, serverPid)) {
            boolean clean = run(new ApiClient(http, server, site), scheduler, idleConnections, result);
            print(result);
            return clean ? 0 : 1;
        } catch (ReplayException | ApiClient.RefusedException failure) {
            spec.commandLine().getErr().println(failure.getMessage());
            return 2;
        } finally {
            scheduler.shutdownNow();
        }
    }

    private boolean run(
            ApiClient api, ScheduledExecutorService scheduler, IdleConnections idleConnections, ObjectNode result) {
        List<Dialogue> first = dialogues == null ? List.of() : PlayableDialogues.read(dialogues, seed, limit);
        List<Dialogue> second = then == null ? List.of() : PlayableDialogues.read(then, seed, limit);
        try (SlowConnections slowConnections = slowConnections(api)) {
            boolean clean = playAll(api, scheduler, idleConnections, result, first, second);
            if (slowConnections != null) {
                result.set("slow", slowConnections.json());
            }
            return clean;
        }
    }

    private SlowConnections slowConnections(ApiClient api) {
        if (slow + silent == 0) {
            return null;
        }
        boolean upload = slowKinds.contains(SlowConnections.Kind.UPLOAD);
        SlowConnections slowConnections = new SlowConnections(
                server, upload ? api.signIn(admin, adminPassword).cookie() : null);
        slowConnections.add(slow, slowKinds, slowFrom);
        slowConnections.add(silent, List.of(SlowConnections.Kind.SILENT), slowFrom);
        slowConnections.start();
        return slowConnections;
    }

    private boolean playAll(
            ApiClient api,
            ScheduledExecutorService scheduler,
            IdleConnections idleConnections,
            ObjectNode result,
            List<Dialogue> first,
            List<Dialogue> second) {
        if (idle > 0) {
            result.set("idle", idleConnections.hold(idle, Duration.ofSeconds(idleSeconds)));
        }
        if (first.isEmpty()) {
            KnowledgeBase imported = knowledgeBase == null ? null : knowledge(api, List.of());
            if (imported != null) {
                result.put("replies", imported.size());
            }
            return true;
        }
        List<ApiClient.Agent> team = team(api);
        KnowledgeBase knowledge = knowledge(api, team);
        if (second.isEmpty()) {
            return play(new ReplayRunner(api, team, knowledge, pace(), scheduler), first, result);
        }
        boolean clean =
                play(new ReplayRunner(api, team, knowledge, pace(), scheduler), first, result.putObject("before"));
        result.set("training", new TrainingRun(api.signIn(admin, adminPassword)).complete(promote));
        return play(new ReplayRunner(api, team, knowledge, pace(), scheduler), second, result.putObject("after"))
                && clean;
    }

    private static boolean play(ReplayRunner runner, List<Dialogue> dialogues, ObjectNode result) {
        long start = System.nanoTime();
        ReplayStatistics statistics = runner.play(dialogues);
        result.setAll(statistics.json((System.nanoTime() - start) / 1e9));
        return statistics.isClean() && statistics.failed.get() == 0;
    }

    private List<ApiClient.Agent> team(ApiClient api) {
        List<ApiClient.Agent> team = new ArrayList<>();
        for (int index = 0; index < agents.size(); index++) {
            String password = passwords.get(Math.min(index, passwords.size() - 1));
            team.add(api.signIn(agents.get(index), password));
        }
        return team;
    }

    private KnowledgeBase knowledge(ApiClient api, List<ApiClient.Agent> team) {
        KnowledgeBase knowledge = knowledgeBase == null
                ? new KnowledgeBase(KnowledgeBase.listed(team.get(0)))
                : KnowledgeBase.imported(api.signIn(admin, adminPassword), knowledgeBase);
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

    private void validate() {
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
                slow >= 0 && silent >= 0 && slow + silent <= MAX_SLOW_CONNECTIONS,
                "--slow and --silent are 0 to " + MAX_SLOW_CONNECTIONS + " together.");
        require(
                slow == 0
                        || !slowKinds.contains(SlowConnections.Kind.UPLOAD)
                        || (admin != null && adminPassword != null),
                "--slow-kind UPLOAD needs --admin and --admin-password.");
        require(limit > 0, "--limit is at least 1.");
        require(concurrency > 0 && concurrency <= MAX_CONCURRENCY, "--concurrency is 1 to 500.");
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
