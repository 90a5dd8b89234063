package io.replyloop.model;

import java.nio.file.Path;
import java.util.UUID;

/** A model version as other packages see it; the directory is in Hugging Face layout. */
public record ModelVersionView(UUID id, long number, Path directory) {}
