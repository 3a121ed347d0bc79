package io.sluice.dataplane.bpf;

import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.Libc;
import io.sluice.dataplane.linux.LinuxException;
import java.nio.file.Path;

/** An attachment by its file descriptor. The program stays attached while a descriptor or a pin holds the link. */
public record BpfLink(int fd) implements AutoCloseable {
    private static final int DEFRAGMENT = 1;

    /** {@code NFPROTO_IPV4}, {@code NFPROTO_IPV6}. */
    public enum Family {
        IPV4(2),
        IPV6(10);

        private final int number;

        Family(int number) {
            this.number = number;
        }
    }

    /** The netfilter hooks by their numbers in {@code enum nf_inet_hooks}. */
    public enum Hook {
        LOCAL_IN(1),
        FORWARD(2);

        private final int number;

        Hook(int number) {
            this.number = number;
        }
    }

    /**
     * Attaches to a netfilter hook of the calling thread's network namespace, IP fragments put together before. The
     * kernel takes one BPF program for each priority, so a successor sits at another one: the first that is free.
     *
     * @param firstPriority and the next ones up to {@code lastPriority}, which packets meet later
     */
    public static BpfLink netfilter(BpfProgram program, Family family, Hook hook, int firstPriority, int lastPriority) {
        int result = -Errno.EBUSY;
        for (int priority = firstPriority; priority <= lastPriority && result == -Errno.EBUSY; priority++) {
            result = BpfCall.linkNetfilter(program.fd(), family.number, hook.number, priority, DEFRAGMENT);
        }
        return new BpfLink(BpfCall.checked("attach to " + family + " " + hook, result));
    }

    /** @throws LinuxException if nothing is pinned there */
    public static BpfLink pinned(Path pin) {
        return new BpfLink(BpfCall.get(pin));
    }

    public void pin(Path path) {
        BpfCall.pin(fd, path);
    }

    /** Ends the attachment, whoever holds the link; when this returns, the program is not called any more. */
    public void detach() {
        BpfCall.detach(fd);
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
