package io.replyloop.model;

import java.nio.file.Path;
import java.util.UUID;

/** A model version as other rooms see it; the directory is in Hugging Face layout. */
public record ModelVersionView(UUID id, long number, Path directory) {}
