package io.sluice.dataplane.linux;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The time after a switch in which packets may still be judged by what was switched off. It takes some ten milliseconds
 * (one RCU grace period), which pass in the background: only a writer who comes back sooner waits. Not thread-safe.
 */
public final class GracePeriod {
    private @Nullable FutureTask<Boolean> running;

    /** Starts it anew; an earlier one must be over. */
    public void begin() {
        FutureTask<Boolean> task = new FutureTask<>(Rcu::synchronize, true);
        // A platform thread: the call sits in the kernel, and would hold up the other work of a carrier thread.
        Thread.ofPlatform().daemon().name("grace period").start(task);
        running = task;
    }

    /** Returns when it is over. */
    public void await() {
        FutureTask<Boolean> task = running;
        if (task == null) {
            return;
        }
        try {
            task.get();
            running = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while packets of the last table were still on their way", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
