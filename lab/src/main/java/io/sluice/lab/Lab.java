package io.sluice.lab;

import io.sluice.lab.net.Commands;
import io.sluice.lab.net.Network;
import io.sluice.lab.net.ServiceRules;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The lab of this machine; there is one at a time. Every call looks at the machine, not at memory: any process may take
 * down or change what another has made.
 */
public final class Lab {
    private static final long HANDED_OVER_MILLIS = 500;

    private final LabState state;

    private Lab(LabState state) {
        this.state = state;
    }

    /**
     * Builds the network of a placed snapshot and starts its host; policies are in force when it returns. What a lab
     * that was killed has left is removed first.
     *
     * @throws LabException if this process may not, programs are missing, a lab is up already, or something fails; then
     *     nothing is left
     */
    public static Lab up(Snapshot placed, LabParts parts, Progress progress) {
        Privilege.require();
        Commands.require();
        refuseUnplaced(placed);
        try (LabLock lock = LabLock.take()) {
            refuseSecond();
            Remains.remove(progress);
            try {
                return build(placed, parts, progress);
            } catch (RuntimeException e) {
                Remains.remove(progress);
                lock.removeFile();
                throw e;
            }
        }
    }

    /** The lab of this machine, where there is one. */
    public static Optional<Lab> current() {
        return LabState.read().map(Lab::new);
    }

    /**
     * Shows another snapshot: its policies are in force when this returns, pods that are new are there, others are gone
     * and all the rest is left as it is, with its addresses. The nodes must be those of the lab.
     *
     * @param snapshot placed or not; placed after the one that is shown
     * @throws LabException if it cannot be shown; where a node refuses the policies, those before are still in force
     */
    public static Lab apply(Snapshot snapshot, Progress progress) {
        Privilege.require();
        Commands.require();
        try (LabLock _ = LabLock.take()) {
            LabState old = LabState.read().orElseThrow(() -> new LabException("no lab is up on this machine"));
            if (old.processes().stream().anyMatch(p -> !p.command().isEmpty() && !p.alive())) {
                progress.report("starting the parts of the lab that have died");
                old = PartStart.revive(old);
            }
            Snapshot placed = Placement.after(old.snapshot(), snapshot);
            if (!placed.nodes().equals(old.snapshot().nodes())) {
                throw new LabException("the nodes differ from those of the lab; take it down and up again");
            }
            List<Ip> world = World.addresses(placed);
            progress.report("changing the network");
            Network.change(old.snapshot(), placed, old.world(), world);
            LabState state = new LabState(old.since(), placed, world, changeServices(old, placed));
            state.write();
            progress.report("changing policies");
            try {
                for (String role : List.of(LabAgent.ROLE, LabHost.ROLE)) {
                    if (PartControl.order(role, "apply").isEmpty()) {
                        throw new LabException("the lab's " + role + " does not run; what was enforced before still is."
                                + " Take the lab down and up again");
                    }
                }
            } catch (LabException e) {
                Snapshot shown = placed.withPolicies(old.snapshot().policies());
                new LabState(state.since(), shown, world, state.processes()).write();
                throw e;
            }
            return new Lab(state);
        }
    }

    /**
     * Gives the world of the lab that is up addresses that its policies alone do not ask for; the next {@link #apply}
     * takes them away again.
     *
     * @param named blocks that somebody tells apart; an address for itself is a block of its own
     * @return the lab as it is then
     * @throws LabException if no lab is up, or it cannot be done
     */
    public static Lab widenWorld(Collection<Cidr> named) {
        Privilege.require();
        Commands.require();
        try (LabLock _ = LabLock.take()) {
            LabState old = LabState.read().orElseThrow(() -> new LabException("no lab is up on this machine"));
            TreeSet<Ip> all = new TreeSet<>(old.world());
            all.addAll(World.addresses(old.snapshot(), named));
            List<Ip> world = List.copyOf(all);
            if (world.size() == old.world().size()) {
                return new Lab(old);
            }
            Network.change(old.snapshot(), old.snapshot(), old.world(), world);
            LabState state = new LabState(old.since(), old.snapshot(), world, old.processes());
            state.write();
            if (PartControl.order(LabHost.ROLE, "apply").isEmpty()) {
                throw new LabException("the lab's host does not run; apply the manifests again to start it");
            }
            return new Lab(state);
        }
    }

    /** @return the lab's background processes afterwards */
    private static List<Background> changeServices(LabState old, Snapshot placed) {
        if (placed.services().equals(old.snapshot().services())
                && placed.pods().equals(old.snapshot().pods())) {
            return old.processes();
        }
        ServiceRules.apply(placed);
        DnsServers.writeResolvers(placed);
        List<Background> processes = new ArrayList<>(old.processes());
        processes.removeIf(p -> {
            boolean dns = p.role().equals(DnsServers.ROLE);
            if (dns) {
                p.end();
            }
            return dns;
        });
        processes.addAll(DnsServers.start(placed));
        return processes;
    }

    /**
     * Removes the lab of this machine and all it has left; does nothing where there is none.
     *
     * @throws LabException if this process may not, or another is changing the lab
     */
    public static void down(Progress progress) {
        Privilege.require();
        try (LabLock lock = LabLock.take()) {
            Remains.remove(progress);
            lock.removeFile();
        }
    }

    public LabState state() {
        return state;
    }

    /** The placed snapshot that the lab shows. */
    public Snapshot snapshot() {
        return state.snapshot();
    }

    /** Whether the lab's host answers; without it ports are closed, while what is in the kernel stays in force. */
    public static boolean alive() {
        return PartControl.status(LabHost.ROLE).isPresent();
    }

    /** What enforces on each node and what is in force there, a line each; empty while no agent runs. */
    public static Optional<String> enforcement() {
        return PartControl.status(LabAgent.ROLE);
    }

    /** Where the lab's nodes write what they saw, a flow a line in Hubble's JSON form. */
    public static Path flowLog() {
        return LabFiles.FLOWS;
    }

    /** Waits until what the nodes have seen so far is in the flow log: they hand it over a few times a second. */
    public static void awaitFlows() {
        try {
            Thread.sleep(HANDED_OVER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Lab build(Snapshot placed, LabParts parts, Progress progress) {
        List<Ip> world = World.addresses(placed);
        prepareFolders();
        int pods = Network.ownNetwork(placed).size();
        progress.report("linking " + pods + " pods on " + placed.nodes().size() + " nodes");
        Network.create(placed, world);
        progress.report("translating " + placed.services().size() + " Services");
        ServiceRules.apply(placed);
        DnsServers.writeResolvers(placed);
        List<Background> dns = DnsServers.start(placed);
        LabState state =
                new LabState(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), placed, world, dns);
        state.write();
        progress.report("enforcing the policies, opening the ports");
        return new Lab(PartStart.start(state, parts));
    }

    private static void prepareFolders() {
        try {
            Files.createDirectories(LabFiles.FOLDER);
            if (!Files.exists(LabFiles.NETNS)) {
                Files.createFile(LabFiles.MADE_NETNS);
            }
            if (!Files.exists(LabFiles.RESOLV)) {
                Files.createFile(LabFiles.MADE_RESOLV);
            }
            if (!Remains.bpffsMounted()) {
                Files.createFile(LabFiles.MADE_BPF);
            }
        } catch (IOException e) {
            throw new LabException("cannot write in " + LabFiles.FOLDER + ": " + e.getMessage(), e);
        }
    }

    private static void refuseUnplaced(Snapshot snapshot) {
        for (Pod pod : snapshot.pods()) {
            if (snapshot.node(pod.node()).isEmpty() || pod.ips().isEmpty()) {
                throw new IllegalArgumentException("pod " + pod.fullName() + " is not placed; see Placement");
            }
        }
    }

    private static void refuseSecond() {
        boolean lives = alive()
                || LabState.read().stream()
                        .flatMap(s -> s.processes().stream())
                        .anyMatch(p -> !p.command().isEmpty() && p.alive());
        if (lives) {
            throw new LabException("a lab is up on this machine already; take it down first");
        }
    }
}
