package io.replyloop.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./mvnw quarkus:dev}, as somebody who wants to change something starts it: in a copy of the sources and of what
 * is compiled of them, because it writes there, and other tests run at the same time.
 */
class DevelopmentModeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Path SOURCES = Path.of("").toAbsolutePath();
    private static final Path PACKAGES = Path.of("web-ui", "node_modules");
    private static final Set<Path> MADE_FROM_THEM = Set.of(
            SOURCES.resolve(".git"),
            SOURCES.resolve("target"),
            SOURCES.resolve("data"),
            SOURCES.resolve("web-ui/dist"),
            SOURCES.resolve(PACKAGES).resolve(".vite"));

    /** Compiling all of it once more would show nothing that the tests' own build has not shown. */
    private static final List<Path> COMPILED = List.of(Path.of("target", "classes"), Path.of("target", "test-classes"));

    private static final Path ENCODER = Path.of("models", "encoder");

    @TempDir
    Path folder;

    private Process maven;

    @Test
    void it_starts_and_serves_every_page_and_the_interface() throws Exception {
        int port = freePort();
        Path log = folder.resolve("log");
        Path copy = folder.resolve("copy");
        copy(SOURCES, copy, MADE_FROM_THEM);
        for (Path compiled : COMPILED) {
            Path classes = SOURCES.resolve(compiled);
            if (Files.isDirectory(classes)) {
                copy(classes, copy.resolve(compiled), Set.of(classes.resolve(ENCODER)));
            }
        }
        packagesAreThere(copy);
        start(port, log);
        HttpClient browser = HttpClient.newHttpClient();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(() -> assertThat(maven.isAlive()).as(() -> said(log)).isTrue())
                .until(() -> status(browser, port, "/api/health/ready") == 200);
        for (String path : List.of("/", "/shop/", "/widget/", "/console/", "/admin/", "/setup/", "/join/")) {
            assertThat(body(browser, port, path)).as(path).contains("<script", "type=\"module\"");
        }
        assertThat(body(browser, port, "/loader.js")).contains("data-site").doesNotContain("import ");
        assertThat(body(browser, port, "/console/main.tsx"))
                .as("compiled by Vite")
                .contains("import");
        for (String language : List.of("english", "chinese")) {
            assertThat(copy.resolve("target/classes")
                            .resolve(ENCODER)
                            .resolve(language)
                            .resolve("model.safetensors"))
                    .as("put there by the build")
                    .exists();
        }
        assertThat(status(browser, port, "/api/session")).isEqualTo(401);
        assertThat(status(browser, port, "/no-such-page")).isEqualTo(404);
    }

    private static void copy(Path from, Path to, Set<Path> without) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (without.contains(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path there = to.resolve(from.relativize(file));
                if (file.startsWith(SOURCES.resolve(PACKAGES)) && attributes.isRegularFile()) {
                    link(file, there);
                } else {
                    Files.copy(file, there, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Quinoa's note that the packages of the pages are installed. */
    private static void packagesAreThere(Path copy) throws IOException {
        Files.copy(
                copy.resolve("web-ui/package.json"),
                Files.createDirectories(copy.resolve("target/quinoa")).resolve("package.json"));
    }

    /** Ten thousand files that nobody changes. */
    private static void link(Path file, Path there) throws IOException {
        try {
            Files.createLink(there, file);
        } catch (UnsupportedOperationException | FileSystemException onAnotherDisk) {
            Files.copy(file, there);
        }
    }

    private void start(int port, Path log) throws IOException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("copy").resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                "-B",
                "-ntp",
                "quarkus:dev",
                "-Dmaven.compiler.useIncrementalCompilation=false", // which would begin anew in another folder
                "-Ddebug=false",
                "-Dquarkus.http.port=" + port,
                "-Dreplyloop.data-dir=" + folder.resolve("data")));
        maven = new ProcessBuilder(command)
                .directory(folder.resolve("copy").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createFile(folder.resolve("nothing")).toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Maven, the application, Vite and PostgreSQL: whatever was started ends with the test. */
    @AfterEach
    void stop() throws InterruptedException {
        if (maven == null) {
            return;
        }
        List<ProcessHandle> family =
                Stream.concat(Stream.of(maven.toHandle()), maven.descendants()).toList();
        family.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stubborn) {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int status(HttpClient browser, int port, String path) throws IOException, InterruptedException {
        return browser.send(request(port, path), BodyHandlers.discarding()).statusCode();
    }

    private static String body(HttpClient browser, int port, String path) throws IOException, InterruptedException {
        var response = browser.send(request(port, path), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    private static String said(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
