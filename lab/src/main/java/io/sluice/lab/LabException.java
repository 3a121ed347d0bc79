package io.sluice.lab;

import java.util.Objects;

/** The lab cannot do what was asked; the message says why and, where there is a way, what to do about it. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null: every constructor asks for it. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
