package io.sluice.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Questions asked side by side. */
final class Tasks {
    /** What an API server grants one user at a time without making others wait. */
    private static final int AT_ONCE = 8;

    private Tasks() {}

    /** The answers in the order of the questions; what the first failing one throws is thrown here. */
    static <Q, A> List<A> all(List<Q> questions, Function<Q, A> ask) {
        Semaphore turns = new Semaphore(AT_ONCE);
        List<Future<A>> asked = new ArrayList<>(questions.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Q question : questions) {
                asked.add(threads.submit(() -> {
                    turns.acquire();
                    try {
                        return ask.apply(question);
                    } finally {
                        turns.release();
                    }
                }));
            }
            List<A> answers = new ArrayList<>(questions.size());
            for (Future<A> future : asked) {
                answers.add(answer(future, asked));
            }
            return answers;
        }
    }

    private static <A> A answer(Future<A> future, List<Future<A>> all) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            all.forEach(other -> other.cancel(true));
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            all.forEach(other -> other.cancel(true));
            Thread.currentThread().interrupt();
            throw new ClusterUnavailable("interrupted", e);
        }
    }
}
