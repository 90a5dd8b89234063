package io.replyloop.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Accesses a Hugging Face hub through its public interface: {@code /api/models/ID/revision/REVISION?blobs=true} for the
 * commit, the files and their hashes, {@code /ID/resolve/COMMIT/FILE} for a file.
 */
final class Hub {
    private static final int LIST_LIMIT = 16 << 20;
    private static final int REDIRECTS = 5;

    record Listing(String commit, List<HubFile> files, List<String> names) {}

    private final HubOptions options;
    private final HttpClient client;

    Hub(HubOptions options) {
        this.options = options;
        client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(15))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Listing list(HubModel model) throws IOException {
        URI address = options.address()
                .resolve("/api/models/" + model.id() + "/revision/" + encode(model.revision()) + "?blobs=true");
        HttpResponse<InputStream> response = get(address, 0);
        try (InputStream body = response.body()) {
            refuse(model, "the list of its files", response);
            byte[] text = body.readNBytes(LIST_LIMIT + 1);
            if (text.length > LIST_LIMIT) {
                throw new HubException(address + ": the list of files is larger than any model has");
            }
            return listing(model, address, Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new HubException(
                    address + ": does not answer as a Hugging Face hub does: " + e.getOriginalMessage(), e);
        }
    }

    private static Listing listing(HubModel model, URI address, JsonNode json) {
        String commit = json.path("sha").asText();
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new HubException(address + ": names no commit for " + model + ", so it is no Hugging Face hub");
        }
        List<HubFile> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonNode file : json.path("siblings")) {
            String name = file.path("rfilename").asText();
            JsonNode large = file.path("lfs");
            String hash = large.isObject()
                    ? large.path("sha256").asText()
                    : file.path("blobId").asText();
            names.add(name);
            files.add(new HubFile(name, file.path("size").asLong(-1), hash));
        }
        return new Listing(commit, files, names);
    }

    /** @param from the first requested byte; the status of the response says whether it starts there (206) or at 0 */
    HttpResponse<InputStream> open(HubModel model, String commit, String file, long from) throws IOException {
        URI address = options.address().resolve("/" + model.id() + "/resolve/" + commit + "/" + encode(file));
        return get(address, from);
    }

    private HttpResponse<InputStream> get(URI address, long from) throws IOException {
        URI at = address;
        for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(at).timeout(options.silence()).header("User-Agent", "replyloop");
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            if (options.token() != null && isHub(at)) {
                request.header("Authorization", "Bearer " + options.token());
            }
            HttpResponse<InputStream> response = send(request.build());
            if (response.statusCode() / 100 != 3 || response.statusCode() == 304) {
                return response;
            }
            response.body().close();
            at = target(at, response);
        }
        throw new HubException(address + ": redirects more than " + REDIRECTS + " times");
    }

    private static URI target(URI at, HttpResponse<?> response) {
        URI next = response.headers()
                .firstValue("Location")
                .map(at::resolve)
                .orElseThrow(() -> new HubException(at + ": redirects without saying where to"));
        boolean downgrade = "https".equals(at.getScheme()) && !"https".equals(next.getScheme());
        if (downgrade || next.getHost() == null) {
            throw new HubException(at + ": redirects to " + next + ", which is not encrypted; nothing was fetched");
        }
        return next;
    }

    private boolean isHub(URI at) {
        return Objects.equals(at.getScheme(), options.address().getScheme())
                && Objects.equals(at.getAuthority(), options.address().getAuthority());
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download was stopped");
        }
    }

    /** @throws HubException for responses that will not change on a retry */
    void refuse(HubModel model, String what, HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        if (status == 200 || status == 206 || status == 416) {
            return;
        }
        switch (status) {
            case 401, 403 ->
                throw new HubException("The hub lets only some people read " + model + " (" + what + ", HTTP " + status
                        + "): accept its terms there if it has any, and give a token that may read it"
                        + (options.token() == null ? " (none is set)" : " (the one that is set may not)"));
            case 404 ->
                throw new HubException("There is no " + what + " of " + model + " at " + options.address()
                        + " (HTTP 404): check the name and the revision");
            default -> {
                if (status < 500 && status != 429) {
                    throw new HubException("The hub answers HTTP " + status + " for " + what + " of " + model);
                }
                throw new IOException("HTTP " + status);
            }
        }
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
