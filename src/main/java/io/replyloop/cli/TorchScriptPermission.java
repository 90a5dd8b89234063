package io.replyloop.cli;

import io.replyloop.bert.network.CrossEncoderOptions;
import picocli.CommandLine.Option;

/** The operator's permission for a model directory to contain its network as TorchScript. */
final class TorchScriptPermission {
    @Option(
            names = "--allow-torchscript",
            description = "permit a network in the model directory's model.pt; it is a program, so only from"
                    + " somebody you trust")
    private void allow(boolean allowed) {
        if (allowed) {
            System.setProperty(CrossEncoderOptions.ALLOW_TORCHSCRIPT, "true");
        }
    }
}
