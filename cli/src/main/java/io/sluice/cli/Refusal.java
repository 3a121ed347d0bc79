package io.sluice.cli;

/** Wrong use or unusable input: the message is all the user needs, and the exit status is 2. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message);
    }

    Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
