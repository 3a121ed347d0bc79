package io.sluice.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells a person on stderr what takes so long, for anything that takes over a second. */
final class Waiting {
    private static final long PATIENCE_MILLIS = 1_000;

    private Waiting() {}

    /** @param what is done, as in {@code reading the manifests} */
    static <T> T during(String what, PrintWriter err, Supplier<T> work) {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("waiting").start(() -> tell(what, err, done));
        try {
            return work.get();
        } finally {
            done.countDown();
        }
    }

    private static void tell(String what, PrintWriter err, CountDownLatch done) {
        try {
            if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                err.println("sluice: " + what + " ...");
                err.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
