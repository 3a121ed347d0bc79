package io.sluice.dataplane.nftables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ascending intervals of small numbers, each with the chain to go to; neighbours with one chain are one interval. */
final class VerdictMap {
    private final List<Element> elements = new ArrayList<>();

    private record Element(int first, int last, String chain) {}

    void add(int first, int last, String chain) {
        Element before = elements.isEmpty() ? null : elements.getLast();
        if (before != null && before.chain().equals(chain) && before.last() + 1 == first) {
            elements.set(elements.size() - 1, new Element(before.first(), last, chain));
        } else {
            elements.add(new Element(first, last, chain));
        }
    }

    /** The chain, if there is only one interval. */
    Optional<String> single() {
        return elements.size() == 1 ? Optional.of(elements.getFirst().chain()) : Optional.empty();
    }

    String text() {
        StringBuilder out = new StringBuilder("{ ");
        for (Element e : elements) {
            if (out.length() > 2) {
                out.append(", ");
            }
            out.append(e.first());
            if (e.last() > e.first()) {
                out.append('-').append(e.last());
            }
            out.append(" : goto ").append(e.chain());
        }
        return out.append(" }").toString();
    }
}
