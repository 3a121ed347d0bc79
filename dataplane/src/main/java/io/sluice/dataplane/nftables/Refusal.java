package io.sluice.dataplane.nftables;

/** Reasons to refuse a packet that are no policy. */
enum Refusal {
    UNKNOWN_POD("unknown pod"),
    UNREADABLE_HEADER("unreadable header");

    /** The drop reason of an event. */
    final String text;

    Refusal(String text) {
        this.text = text;
    }
}
