package io.sluice.dataplane.bpf;

import io.sluice.dataplane.linux.LinuxException;

/** A loaded program by its file descriptor; belongs to its {@link BpfObject}. */
public record BpfProgram(String name, int fd) {
    /**
     * One run of a program on a crafted packet.
     *
     * @param result what the program returned
     * @param nanos mean time of one repetition
     */
    public record Run(int result, int nanos) {}

    /**
     * Runs the program without a network (BPF_PROG_TEST_RUN).
     *
     * @param packet for a netfilter program: from the IP header on, at least 20 bytes
     * @throws LinuxException if the kernel does not accept the packet
     */
    public Run run(byte[] packet, int repeat) {
        return BpfCall.testRun(fd, packet, repeat);
    }
}
