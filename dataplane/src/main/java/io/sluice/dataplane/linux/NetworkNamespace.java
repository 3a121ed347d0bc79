package io.sluice.dataplane.linux;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace by the path of its handle, such as {@code /run/netns/NAME} or {@code /proc/self/ns/net}.
 *
 * <p>Work inside runs on a platform thread made for it and thrown away afterwards: a thread that has entered a
 * namespace must never carry other work. Sockets and BPF links made inside stay there.
 */
public record NetworkNamespace(Path handle) {
    /** The namespace that this process was started in. */
    public static final NetworkNamespace OWN = new NetworkNamespace(Path.of("/proc/self/ns/net"));

    public static NetworkNamespace named(String name) {
        return new NetworkNamespace(Path.of("/run/netns", name));
    }

    /**
     * Runs the work inside and waits for it.
     *
     * @throws LinuxException if the namespace cannot be entered
     * @throws Exception what the work throws
     */
    public <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return work.call();
        });
        Thread.ofPlatform().daemon().name("netns " + handle.getFileName()).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void enter() {
        int fd = Libc.open(handle, Libc.O_RDONLY | Libc.O_CLOEXEC);
        try {
            Libc.setns(fd, Libc.CLONE_NEWNET);
        } finally {
            Libc.close(fd);
        }
    }
}
