package io.sluice.lab;

import io.sluice.lab.net.Names;
import java.nio.file.Path;

/** Where the lab keeps what its processes must know of each other. */
final class LabFiles {
    static final Path ROOT = Path.of("/run/sluice");

    /** Held while the lab is being changed; outside {@link #FOLDER}, which comes and goes. */
    static final Path LOCK = ROOT.resolve(Names.LAB + ".lock");

    static final Path FOLDER = ROOT.resolve(Names.LAB);
    static final Path STATE = FOLDER.resolve("state.json");
    static final Path FLOWS = FOLDER.resolve("flows.jsonl");
    static final Path DNS = FOLDER.resolve("dns");

    /** Says that the folder of that name was not there before the lab; it is removed with the lab if it is empty. */
    static final Path MADE_NETNS = FOLDER.resolve("made-run-netns");

    static final Path MADE_RESOLV = FOLDER.resolve("made-etc-netns");

    /** Says that no BPF file system was mounted before the lab. */
    static final Path MADE_BPF = FOLDER.resolve("made-bpffs");

    static final Path NETNS = Path.of("/run/netns");
    static final Path RESOLV = Path.of("/etc/netns");
    static final Path BPF = Path.of("/sys/fs/bpf");
    static final Path PINS = BPF.resolve("sluice-" + Names.LAB);

    /** Where a node's pins go. A name in bpffs has no dot; a node's name may have some, but never an underscore. */
    static Path pins(String node) {
        return PINS.resolve(node.replace('.', '_'));
    }

    /** Where a part takes its orders. */
    static Path socket(String role) {
        return FOLDER.resolve(role + ".sock");
    }

    /** What a part has to say. */
    static Path log(String role) {
        return FOLDER.resolve(role + ".log");
    }

    private LabFiles() {}
}
