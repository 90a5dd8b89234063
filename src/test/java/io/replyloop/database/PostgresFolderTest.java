package io.replyloop.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresFolderTest {
    @Test
    void threads_that_ask_at_once_at_the_first_start_get_one_password(@TempDir Path folder) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int start = 0; start < 50; start++) {
                Path fresh = folder.resolve(Integer.toString(start));
                Callable<String> asks = () -> PostgresFolder.password(fresh);
                Set<String> passwords = new HashSet<>();
                for (Future<String> password : threads.invokeAll(Collections.nCopies(4, asks))) {
                    passwords.add(password.get());
                }
                assertThat(passwords).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
