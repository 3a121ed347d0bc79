package io.sluice.lab;

/** The lab cannot do what was asked; the message says why and, where there is a way, what to do about it. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
