package io.replyloop.edge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written to disk as it comes: everybody may send some, and together they would not fit into memory. It has
 * no name any more once the endpoint reads it, so that nobody has to delete it.
 */
final class BodyOnDisk extends IncomingBody {
    private final Path path;
    private AsyncFile file;
    private boolean handedOver;

    /** @param path of a file that does not exist */
    BodyOnDisk(Reading reading, Path path) {
        super(reading);
        this.path = path;
    }

    @Override
    public BodiesUnderWay.Kind kind() {
        return BodiesUnderWay.Kind.SPOOLED;
    }

    @Override
    void begin() {
        request().pause();
        reading.vertx()
                .fileSystem()
                .open(path.toString(), new OpenOptions().setRead(false).setCreateNew(true))
                .onFailure(this::notStored)
                .onSuccess(opened -> {
                    file = opened;
                    if (isOver()) {
                        ended();
                        return;
                    }
                    file.exceptionHandler(this::notStored);
                    file.drainHandler(written -> request().resume());
                    request().resume();
                });
    }

    @Override
    void add(Buffer part) {
        file.write(part).onFailure(this::notStored);
        if (file.writeQueueFull()) {
            request().pause();
        }
    }

    @Override
    void whole(ContainerRequestContext context) {
        handedOver = true;
        file.close().onFailure(this::notStored).onSuccess(closed -> {
            if (isOver()) {
                delete();
                return;
            }
            try {
                context.setEntityStream(Files.newInputStream(path, StandardOpenOption.DELETE_ON_CLOSE));
                end(() -> reading.done().complete(null));
            } catch (IOException failure) {
                notStored(failure);
            }
        });
    }

    /** What has come of a body that failed is deleted. */
    @Override
    void ended() {
        if (!handedOver && file != null) {
            file.close().onComplete(closed -> delete());
        }
    }

    private void notStored(Throwable failure) {
        delete();
        fail(new Problem(
                ProblemCode.UNAVAILABLE, "The server cannot store the file right now. Try again later.", failure));
    }

    private void delete() {
        reading.vertx().fileSystem().delete(path.toString());
    }
}
