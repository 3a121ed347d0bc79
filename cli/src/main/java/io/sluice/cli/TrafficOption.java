package io.sluice.cli;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Locale;
import java.util.Optional;

/** Traffic as an option: {@code 80} (TCP), {@code UDP:53}, {@code tcp-80}, {@code TCP:8000-8080}, {@code ICMP}. */
final class TrafficOption {
    private TrafficOption() {}

    static Traffic read(String option, String text) {
        String name = text;
        String ports = "";
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        if (end == 0) {
            name = "TCP";
            ports = text;
        } else if (end < text.length()) {
            name = text.substring(0, end);
            ports = text.substring(end + 1);
        }
        Optional<Protocol> protocol =
                Protocol.named(name.equalsIgnoreCase("ICMPv6") ? "ICMPv6" : name.toUpperCase(Locale.ROOT));
        if (protocol.isEmpty() || !ports.isEmpty() && !protocol.get().hasPorts()) {
            throw wrong(option, text);
        }
        if (ports.isEmpty()) {
            return Traffic.of(TrafficRange.of(protocol.get()));
        }
        int dash = ports.indexOf('-');
        int first = number(option, text, dash < 0 ? ports : ports.substring(0, dash));
        int last = dash < 0 ? first : number(option, text, ports.substring(dash + 1));
        if (last < first) {
            throw wrong(option, text);
        }
        return Traffic.of(TrafficRange.ports(protocol.get(), first, last));
    }

    private static int number(String option, String text, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(option, text);
        }
        int number = Integer.parseInt(digits);
        if (number < 1 || number > 0xffff) {
            throw wrong(option, text);
        }
        return number;
    }

    private static Refusal wrong(String option, String text) {
        return new Refusal(
                "sluice: " + option + " is a port such as 80, UDP:53, TCP:8000-8080 or ICMP, not '" + text + "'");
    }
}
