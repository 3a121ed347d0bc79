package io.sluice.dataplane.nftables;

import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.policy.model.Direction;
import java.util.Optional;

/**
 * What a log line of the kernel says about its packet, in the prefix of the rule that wrote it:
 * {@code sluice F} for the first packet of a connection that was let through, {@code sluice D egress ID} for one that a
 * cause refused ({@code A} in audit mode), {@code sluice D UNKNOWN_POD} for one refused for another reason.
 */
sealed interface LogPrefix {
    Outcome outcome();

    record Forwarded() implements LogPrefix {
        @Override
        public Outcome outcome() {
            return Outcome.FORWARDED;
        }
    }

    record ByCause(Outcome outcome, Direction direction, String causeId) implements LogPrefix {}

    record ByReason(Outcome outcome, Refusal reason) implements LogPrefix {}

    String FORWARDED = "sluice F";

    static String refused(boolean enforce, Direction direction, String causeId) {
        return "sluice " + (enforce ? "D " : "A ") + direction + " " + causeId;
    }

    static String refused(boolean enforce, Refusal reason) {
        return "sluice " + (enforce ? "D " : "A ") + reason.name();
    }

    static String counter(Direction direction, String causeId) {
        return direction + "_" + causeId;
    }

    /** Empty for a prefix that this class did not write. */
    static Optional<LogPrefix> parse(String prefix) {
        String[] words = prefix.split(" ");
        if (words.length < 2 || !words[0].equals("sluice")) {
            return Optional.empty();
        }
        Outcome outcome = words[1].equals("A") ? Outcome.AUDITED : Outcome.DROPPED;
        return switch (words.length) {
            case 2 -> words[1].equals("F") ? Optional.of(new Forwarded()) : Optional.empty();
            case 3 -> reason(words[2]).map(r -> new ByReason(outcome, r));
            case 4 -> direction(words[2]).map(d -> new ByCause(outcome, d, words[3]));
            default -> Optional.empty();
        };
    }

    private static Optional<Refusal> reason(String word) {
        for (Refusal r : Refusal.values()) {
            if (r.name().equals(word)) {
                return Optional.of(r);
            }
        }
        return Optional.empty();
    }

    private static Optional<Direction> direction(String word) {
        for (Direction d : Direction.values()) {
            if (d.toString().equals(word)) {
                return Optional.of(d);
            }
        }
        return Optional.empty();
    }
}
