package io.sluice.kubernetes;

import java.util.List;

/**
 * All objects of a kind.
 *
 * @param apiVersion under which they were asked for
 * @param pages the answers of the API server, JSON, one after the other
 */
public record Listing(String apiVersion, String kind, List<String> pages) {
    public Listing {
        pages = List.copyOf(pages);
    }
}
