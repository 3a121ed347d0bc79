package io.sluice.dataplane;

/**
 * The kernel could not be given what was wanted.
 *
 * <p>The message says in one or two sentences what is missing, what still holds, and what to do.
 */
public final class DataplaneException extends Exception {
    private static final long serialVersionUID = 1;

    public DataplaneException(String message) {
        super(message);
    }

    public DataplaneException(String message, Throwable cause) {
        super(message, cause);
    }
}
