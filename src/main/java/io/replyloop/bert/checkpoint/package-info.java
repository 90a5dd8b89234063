/**
 * Hugging Face directories: configuration, families and the names of their tensors, safetensors in and out, ONNX in. The
 * lowest of the four floors of {@code bert}, none of which knows HTTP, a database or CDI.
 */
package io.replyloop.bert.checkpoint;
