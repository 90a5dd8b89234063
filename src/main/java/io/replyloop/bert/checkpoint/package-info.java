/**
 * Hugging Face directories: configuration, model families and their tensor names, reading and writing safetensors,
 * reading ONNX. The lowest of the four layers of {@code bert}, none of which depends on HTTP, a database or CDI.
 */
package io.replyloop.bert.checkpoint;
