package io.replyloop.cli;

import io.replyloop.hub.HubDownload;
import io.replyloop.hub.HubListener;
import io.replyloop.hub.HubModel;
import io.replyloop.hub.HubOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads a checkpoint, for instance to transfer it to a server without internet access. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches a checkpoint by its Hugging Face id and prints its directory, for --model or replyloop.model.base.",
            "Only configuration, tokenizer and safetensors; checked by hash. Run again after a cut, it goes on."
        })
final class DownloadCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "owner/name, or owner/name@revision")
    private String id;

    @Option(names = "--into", required = true, description = "folder in which the model gets a folder of its own")
    private Path into;

    @Option(
            names = "--hub",
            defaultValue = "https://huggingface.co",
            description = "address of the hub; default: ${DEFAULT-VALUE}")
    private URI hub;

    @Option(
            names = "--token",
            defaultValue = "${env:HF_TOKEN}",
            description = "for models that not everybody may read; default: the environment variable HF_TOKEN")
    private String token;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        HubModel model = HubModel.parse(id)
                .orElseThrow(() -> new IllegalArgumentException("'" + id + "' is no id such as owner/name"));
        PrintWriter err = spec.commandLine().getErr();
        HubListener listener = new HubListener() {
            @Override
            public void progress(String file, long bytes, long total, double bytesPerSecond, Duration left) {
                err.println(String.format(
                        Locale.ROOT,
                        "%s  %d/%d MB  %.1f MB/s  %s left",
                        file,
                        bytes / 1_000_000,
                        total / 1_000_000,
                        bytesPerSecond / 1e6,
                        left));
                err.flush();
            }

            @Override
            public void interrupted(String reason, int attempt) {
                err.println("trying again (" + attempt + "): " + reason);
                err.flush();
            }
        };
        String given = token == null || token.isBlank() ? null : token;
        Path directory = HubDownload.fetch(into, model, HubOptions.of(hub, given), listener);
        spec.commandLine().getOut().println(directory);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
