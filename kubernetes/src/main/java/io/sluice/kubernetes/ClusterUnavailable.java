package io.sluice.kubernetes;

/** The cluster cannot be read, or not all that verdicts need: the message is one sentence for the user. */
public final class ClusterUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterUnavailable(String message) {
        super(message);
    }

    ClusterUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
