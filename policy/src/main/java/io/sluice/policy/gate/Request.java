package io.sluice.policy.gate;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connection with what is known of what is asked through it. What is not said is not known; the gate itself knows the
 * addresses, the port, and who a pod is.
 *
 * @param said the values of attributes; an empty list where the request does not have it
 * @param complete attributes of which no other keys are there than those said, such as all headers
 * @param stranger whether the source of the connection only stands for somebody of whom neither address nor identity
 *     is known
 */
public record Request(Connection connection, Map<Trait, List<String>> said, Set<Attribute> complete, boolean stranger) {
    /**
     * An attribute.
     *
     * @param key which header (in lower case), claim or filter; empty for others
     */
    public record Trait(Attribute attribute, String key) {}

    public Request {
        Map<Trait, List<String>> copy = new HashMap<>();
        said.forEach((trait, values) -> copy.put(trait, List.copyOf(values)));
        said = Map.copyOf(copy);
        complete = Set.copyOf(complete);
    }

    /** One of which only the connection is known. */
    public static Request of(Connection connection) {
        return new Request(connection, Map.of(), Set.of(), false);
    }

    /** One of which only the destination is known, whoever stands for the source. */
    public static Request ofStranger(Connection connection) {
        return new Request(connection, Map.of(), Set.of(), true);
    }

    public Request with(Attribute attribute, String key, List<String> values) {
        Map<Trait, List<String>> more = new HashMap<>(said);
        more.put(new Trait(attribute, key), values);
        return new Request(connection, more, complete, stranger);
    }

    public Request with(Attribute attribute, String value) {
        return with(attribute, "", List.of(value));
    }

    /** The same request, of which nothing of this attribute is unknown any more. */
    public Request complete(Attribute attribute) {
        Set<Attribute> more = EnumSet.of(attribute);
        more.addAll(complete);
        return new Request(connection, said, more, stranger);
    }

    /** Whether something is said that only a request by HTTP has. */
    public boolean isHttp() {
        return said.keySet().stream().anyMatch(trait -> trait.attribute().httpOnly())
                || complete.stream().anyMatch(Attribute::httpOnly);
    }

    Optional<List<String>> values(Attribute attribute, String key) {
        List<String> values = said.get(new Trait(attribute, key));
        return values == null && complete.contains(attribute) ? Optional.of(List.of()) : Optional.ofNullable(values);
    }
}
