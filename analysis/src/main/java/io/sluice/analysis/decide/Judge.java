package io.sluice.analysis.decide;

import io.sluice.analysis.directory.Directory;
import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.VerdictTable;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Asks the table about two endpoints. */
final class Judge {
    private final VerdictTable table;
    private final Gate gate;
    private final boolean gated;

    Judge(VerdictTable table) {
        this.table = table;
        this.gate = Gate.of(table.snapshot());
        this.gated = !table.snapshot().mesh().isSilent();
    }

    /** @throws BadLine if the two cannot speak with each other in this way at all */
    Answer answer(Endpoint from, Endpoint to, Protocol protocol, int port) {
        return answer(from, to, protocol, port, UnaryOperator.identity());
    }

    /** @param saying adds to a request what is known of it */
    Answer answer(Endpoint from, Endpoint to, Protocol protocol, int port, UnaryOperator<Request> saying) {
        Service service = to.service();
        return service == null
                ? direct(from, to, protocol, port, false, saying)
                : through(service, from, to, protocol, port, saying);
    }

    /** A Service may lead to any of its pods: the first one that is refused is the answer. */
    private Answer through(
            Service service, Endpoint from, Endpoint to, Protocol protocol, int port, UnaryOperator<Request> saying) {
        @Nullable Answer allowed = null;
        for (Endpoint backend : to.backends()) {
            if (backend.pod() == null) {
                continue;
            }
            Optional<Integer> target = Directory.targetPort(service, protocol, port, backend.pod());
            if (target.isPresent()) {
                Answer answer = direct(from, backend, protocol, target.get(), true, saying);
                if (answer.verdict() == Verdict.DENY) {
                    return answer;
                }
                allowed = allowed == null || answer.isOpen() ? answer : allowed;
            }
        }
        if (allowed == null) {
            throw new BadLine(to.text() + " is Service " + service.namespace() + "/" + service.name()
                    + ", which leads to no pod on " + protocol + " " + port);
        }
        return allowed;
    }

    private Answer direct(
            Endpoint from,
            Endpoint to,
            Protocol protocol,
            int port,
            boolean throughService,
            UnaryOperator<Request> saying) {
        VerdictTable.End source = from.facing(to);
        VerdictTable.End destination = to.facing(from);
        if (source == null || destination == null) {
            throw new BadLine(from.text() + " and " + to.text() + " have no addresses of one family");
        }
        boolean hairpin = throughService && from.pod() != null && from.pod() == to.pod();
        int key = TrafficRange.key(protocol, port);
        Answer network = new Answer(
                table.cause(source, destination, key, hairpin, Direction.EGRESS),
                table.cause(source, destination, key, hairpin, Direction.INGRESS));
        if (!gated) {
            return network;
        }
        Connection connection = new Connection(source.party(), destination.party(), protocol, port, hairpin);
        return gate.speaksOf(connection)
                ? new Answer(network.egress(), network.ingress(), gate.decide(saying.apply(Request.of(connection))))
                : network;
    }
}
