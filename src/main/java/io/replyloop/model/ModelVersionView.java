package io.replyloop.model;

import java.nio.file.Path;
import java.util.UUID;

/** A model version for other packages; the directory is in Hugging Face layout. */
public record ModelVersionView(UUID id, long number, Path directory) {}
