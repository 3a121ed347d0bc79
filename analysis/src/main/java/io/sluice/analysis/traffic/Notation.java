package io.sluice.analysis.traffic;

import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Traffic as text. */
final class Notation {
    static final String ALL = "All Connections";
    static final String NONE = "No Connections";

    private static final List<TrafficRange> PORTS = Traffic.protocolsWithPorts().stream()
            .map(protocol -> TrafficRange.ports(protocol, 1, 0xffff))
            .toList();
    private static final Traffic EVERY_PORT = Traffic.of(PORTS);

    private Notation() {}

    static String npGuard(Traffic traffic) {
        if (traffic.contains(EVERY_PORT)) {
            return ALL;
        }
        String ports = ports(traffic);
        if (!ports.isEmpty()) {
            return ports;
        }
        String others = others(traffic);
        return others.isEmpty() ? NONE : others;
    }

    static String exact(Traffic traffic) {
        if (traffic.isAll()) {
            return ALL;
        }
        if (traffic.isEmpty()) {
            return NONE;
        }
        String ports = ports(traffic);
        String others = others(traffic);
        return ports.isEmpty() || others.isEmpty() ? ports + others : ports + "," + others;
    }

    private static String ports(Traffic traffic) {
        List<String> parts = new ArrayList<>();
        for (TrafficRange space : PORTS) {
            String name = new Protocol(space.first() >>> 16).toString();
            List<String> ranges = new ArrayList<>();
            for (TrafficRange range : traffic.and(Traffic.of(space)).ranges()) {
                ranges.add(span(range.first() & 0xffff, range.last() & 0xffff));
            }
            if (!ranges.isEmpty()) {
                parts.add(name + " " + String.join(",", ranges));
            }
        }
        return String.join(",", parts);
    }

    private static String others(Traffic traffic) {
        List<String> parts = new ArrayList<>();
        for (int number = 0; number < 256; number++) {
            Protocol protocol = new Protocol(number);
            if (protocol.hasPorts()) {
                continue;
            }
            Traffic part = traffic.and(Traffic.of(TrafficRange.of(protocol)));
            if (part.isEmpty()) {
                continue;
            }
            if (!protocol.isIcmp() || part.contains(Traffic.of(TrafficRange.of(protocol)))) {
                parts.add(protocol.toString());
            } else {
                for (TrafficRange range : part.ranges()) {
                    parts.add(protocol + " type " + span(range.first() >>> 8 & 255, range.last() >>> 8 & 255));
                }
            }
        }
        return parts.size() > 200 ? "every other protocol" : String.join(",", parts);
    }

    static Optional<Traffic> parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equalsIgnoreCase(ALL)) {
            return Optional.of(Traffic.ALL);
        }
        if (trimmed.equalsIgnoreCase(NONE)) {
            return Optional.of(Traffic.NONE);
        }
        List<TrafficRange> ranges = new ArrayList<>();
        Optional<Protocol> protocol = Optional.empty();
        for (String item : trimmed.split(",", -1)) {
            String ports = item.trim();
            int space = ports.indexOf(' ');
            if (!ports.isEmpty() && Character.isLetter(ports.charAt(0))) {
                protocol = Protocol.named(space < 0 ? ports : ports.substring(0, space));
                ports = space < 0 ? "" : ports.substring(space + 1).trim();
            }
            Optional<TrafficRange> range = protocol.flatMap(Notation.ranges(ports));
            if (range.isEmpty()) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        return Optional.of(Traffic.of(ranges));
    }

    private static Function<Protocol, Optional<TrafficRange>> ranges(String ports) {
        return protocol -> {
            if (ports.isEmpty()) {
                return Optional.of(TrafficRange.of(protocol));
            }
            int dash = ports.indexOf('-');
            int first = number(dash < 0 ? ports : ports.substring(0, dash));
            int last = dash < 0 ? first : number(ports.substring(dash + 1));
            // There is no port 0: it stands for "not given" where a port is carried.
            return protocol.hasPorts() && first > 0 && last >= first
                    ? Optional.of(TrafficRange.ports(protocol, first, last))
                    : Optional.empty();
        };
    }

    private static int number(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(digits) <= 0xffff;
        return isNumber ? Integer.parseInt(digits) : -1;
    }

    private static String span(int first, int last) {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
