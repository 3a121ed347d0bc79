package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.ebpf.Reference.Answer;
import io.sluice.dataplane.ebpf.Reference.Packet;
import io.sluice.dataplane.enforce.NodeTables;
import io.sluice.dataplane.testnet.Root;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.VerdictTable;
import io.sluice.testing.Chance;
import io.sluice.testing.RandomCluster;
import io.sluice.testing.RandomConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The kernel's verdict and causes are the decider's: random clusters, compiled, cut to a node, written to the maps and
 * met by packets. The seed in a failure reproduces it with {@code -Dsluice.seed=N}.
 */
class DeciderPropertyTest {
    private static final int CLUSTERS = 250;
    private static final int PACKETS = 60;
    private static final EbpfOptions SIZES = new EbpfOptions(256, 1024, 8192, 32768, 512, 1 << 16, Integer.MAX_VALUE);

    @BeforeAll
    static void root() {
        Root.required();
    }

    @Test
    void theProgramAnswersAsTheDeciderDoes() throws Exception {
        long first = Chance.seed(1);
        int clusters = first == 1 ? CLUSTERS : 1;
        try (EbpfTrial trial = EbpfTrial.load(SIZES, EbpfTrial.Connection.NEW)) {
            for (int i = 0; i < clusters; i++) {
                Chance chance = new Chance(first + i);
                int size = chance.between(2, 12);
                Snapshot snapshot = RandomCluster.of(chance, size, size);
                if (!snapshot.nodes().isEmpty()) {
                    check(trial, chance, snapshot, "-Dsluice.seed=" + (first + i));
                }
            }
        }
    }

    private static void check(EbpfTrial trial, Chance chance, Snapshot snapshot, String which) throws Exception {
        Node node = chance.among(snapshot.nodes());
        AddressBook book = AddressBook.of(snapshot);
        trial.apply(NodeTables.of(VerdictTable.of(snapshot), node.name(), List.of(), Mode.DEFAULT));
        List<Ip> addresses = new ArrayList<>(RandomConnections.edges(snapshot));
        snapshot.pods().forEach(pod -> addresses.addAll(pod.ips()));
        snapshot.pods().forEach(pod -> addresses.addAll(pod.ips()));
        snapshot.nodes().forEach(each -> addresses.addAll(each.ips()));
        if (addresses.isEmpty()) {
            return;
        }
        for (int i = 0; i < PACKETS; i++) {
            Ip source = chance.among(addresses);
            Ip destination = chance.percent(10) ? source : chance.among(addresses);
            Party from = book.party(source);
            boolean fromOwnNode = from instanceof Party.OfNode of && of.node().equals(node);
            // Traffic of the node itself meets no hook; packets have one family.
            if (!fromOwnNode && source.isV4() == destination.isV4()) {
                Party to = book.party(destination);
                Hook hook = to instanceof Party.OfNode of && of.node().equals(node) ? Hook.LOCAL_IN : Hook.FORWARD;
                Packet packet = packet(chance, hook, source, destination);
                Connection connection =
                        new Connection(from, to, packet.protocol(), packet.port(), source.equals(destination));
                Answer answer = answer(Decider.decide(snapshot, connection), connection, node);
                ProgramCheck.judges(
                        trial, Mode.DEFAULT, EbpfTrial.Connection.NEW, packet, answer, which + " on " + node.name());
            }
        }
    }

    private static Packet packet(Chance chance, Hook hook, Ip source, Ip destination) {
        Protocol protocol = chance.among(
                Protocol.TCP,
                Protocol.TCP,
                Protocol.UDP,
                Protocol.SCTP,
                Protocol.ICMP,
                Protocol.ICMPV6,
                new Protocol(47));
        int port = protocol.hasPorts()
                ? chance.among(0, 1, 52, 53, 54, 79, 80, 81, 82, 8080, 65_534, 65_535)
                : protocol.isIcmp() ? chance.among(0, 8) << 8 | chance.below(2) : 0;
        return new Packet(hook, source, destination, protocol, port, false);
    }

    /** What of the decision this node has to enforce: the directions of its own pods, egress first. */
    private static Answer answer(Decision decision, Connection connection, Node node) {
        Optional<Cause> egress = Optional.of(decision.egress().cause()).filter(_ -> isPodOf(node, connection.from()));
        if (egress.filter(c -> c.verdict() == Verdict.DENY).isPresent()) {
            return new Answer(true, "", egress, Optional.empty());
        }
        Optional<Cause> ingress = Optional.of(decision.ingress().cause()).filter(_ -> isPodOf(node, connection.to()));
        boolean refused = ingress.filter(c -> c.verdict() == Verdict.DENY).isPresent();
        return new Answer(refused, "", egress, ingress);
    }

    private static boolean isPodOf(Node node, Party party) {
        return party instanceof Party.OfPod of
                && !of.pod().hostNetwork()
                && of.pod().node().equals(node.name());
    }
}
