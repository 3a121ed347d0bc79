package io.sluice.cli;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.PolicyId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The refusals in a flow log, by connection: which policies the kernel named. */
final class DeniedFlows {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<String, Reason> reasons = new HashMap<>();

    /** A place in a flow log that later lines come after. */
    record Mark(Path log, long offset) {}

    /** The policies that refused, and at which end. */
    record Reason(Direction direction, TreeSet<PolicyId> policies) {
        static Reason of(Direction direction, Cause cause) {
            return new Reason(
                    direction,
                    new TreeSet<>(
                            switch (cause) {
                                case Cause.ByRule(var rule, var _) ->
                                    List.of(rule.policy().id());
                                case Cause.Isolated(var _, var policies) -> policies;
                                case Cause.NoPolicy _, Cause.NotASubject _, Cause.Self _, Cause.OwnNode _ ->
                                    List.<PolicyId>of();
                            }));
        }
    }

    static Mark mark(Path log) {
        try {
            return new Mark(log, Files.exists(log) ? Files.size(log) : 0);
        } catch (IOException e) {
            return new Mark(log, 0);
        }
    }

    static DeniedFlows since(Mark mark) {
        DeniedFlows flows = new DeniedFlows();
        try (RandomAccessFile file = new RandomAccessFile(mark.log().toFile(), "r")) {
            byte[] fresh = new byte[(int) Math.max(0, file.length() - mark.offset())];
            file.seek(mark.offset());
            file.readFully(fresh);
            new String(fresh, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("_denied_by"))
                    .forEach(line -> flows.add(MAPPER.readTree(line).get("flow")));
        } catch (IOException e) {
            // No log, no reasons: the verdicts were observed on the wire and stand without it.
            return flows;
        }
        return flows;
    }

    private void add(JsonNode flow) {
        for (Direction direction : Direction.values()) {
            JsonNode policies = flow.get(direction + "_denied_by");
            if (policies == null) {
                continue;
            }
            TreeSet<PolicyId> named = new TreeSet<>();
            policies.forEach(p -> named.add(new PolicyId(
                    p.get("kind").asString(),
                    p.get("namespace").asString(),
                    p.get("name").asString())));
            flow.get("l4").properties().forEach(l4 -> {
                JsonNode port = l4.getValue().get("destination_port");
                reasons.put(
                        key(
                                flow.at("/IP/source").asString(),
                                flow.at("/IP/destination").asString(),
                                l4.getKey(),
                                port == null ? 0 : port.asInt()),
                        new Reason(direction, named));
            });
        }
    }

    Optional<Reason> policies(Connection connection) {
        return Optional.ofNullable(reasons.get(key(
                connection.from().address().map(Object::toString).orElse(""),
                connection.to().address().map(Object::toString).orElse(""),
                connection.protocol().toString(),
                connection.port())));
    }

    private static String key(String from, String to, String protocol, int port) {
        return from + " " + to + " " + protocol + " " + port;
    }
}
