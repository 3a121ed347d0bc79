package io.sluice.analysis.recommend;

import io.sluice.analysis.directory.Directory;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.List;

/** Whether what was seen is allowed, for every pair of pods that it stands for. */
final class Allowance {
    private static final List<Ip> ANYWHERE = List.of(Ip.parse("0.0.0.0"), Ip.parse("::"));

    private final VerdictTable table;
    private final Directory directory;

    Allowance(Snapshot snapshot) {
        table = VerdictTable.of(snapshot);
        directory = Directory.of(snapshot);
    }

    VerdictTable table() {
        return table;
    }

    /** Whether one direction, looked at by itself, allows it. */
    boolean allows(Talk talk, Direction direction) {
        return connections(talk).stream()
                .allMatch(c -> table.cause(c, direction).verdict() == Verdict.ALLOW);
    }

    /** The first connection that is not allowed, or nothing. */
    List<Connection> refused(Talk talk) {
        return connections(talk).stream()
                .filter(c -> table.verdict(c) == Verdict.DENY)
                .limit(1)
                .toList();
    }

    private List<Connection> connections(Talk talk) {
        List<Connection> out = new ArrayList<>();
        switch (talk.from()) {
            case Talker.Member from -> {
                for (Pod source : pods(from)) {
                    switch (talk.to()) {
                        case Talker.Member to -> {
                            for (Pod destination : pods(to)) {
                                if (!source.isSame(destination)) {
                                    directory
                                            .together(source, destination)
                                            .ifPresent(pair -> out.add(connection(talk, pair.from(), pair.to())));
                                }
                            }
                        }
                        case Talker.Address(Ip ip) -> outward(talk, source, ip, out);
                        case Talker.Anywhere() -> ANYWHERE.forEach(ip -> outward(talk, source, ip, out));
                    }
                }
            }
            case Talker.Address(Ip ip) -> inward(talk, ip, out);
            case Talker.Anywhere() -> ANYWHERE.forEach(ip -> inward(talk, ip, out));
        }
        return out;
    }

    private void outward(Talk talk, Pod source, Ip ip, List<Connection> out) {
        directory.facing(source, ip).ifPresent(party -> out.add(connection(talk, party, directory.party(ip))));
    }

    private void inward(Talk talk, Ip ip, List<Connection> out) {
        if (talk.to() instanceof Talker.Member to) {
            for (Pod destination : pods(to)) {
                directory
                        .facing(destination, ip)
                        .ifPresent(party -> out.add(connection(talk, directory.party(ip), party)));
            }
        }
    }

    private List<Pod> pods(Talker.Member member) {
        return directory.workloads().getOrDefault(member.workload(), List.of());
    }

    private static Connection connection(Talk talk, Party from, Party to) {
        return new Connection(from, to, talk.protocol(), talk.port());
    }
}
