package io.replyloop.exchange;

import java.util.List;

/**
 * The lines of a file.
 *
 * @param readable false when the file could not be read to its end, so that skipping bad lines would lose good ones
 */
record ImportedFile(List<ImportedLine> lines, boolean readable) {}
