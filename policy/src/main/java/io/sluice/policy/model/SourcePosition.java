package io.sluice.policy.model;

/**
 * Where something was written.
 *
 * @param file path as the user gave it, {@code <stdin>}, or {@code cluster} for an object read from an API server
 * @param line from 1; 0 where there is none
 * @param column from 1; 0 where there is none
 */
public record SourcePosition(String file, int line, int column) implements Comparable<SourcePosition> {
    public static final SourcePosition NONE = new SourcePosition("", 0, 0);

    @Override
    public int compareTo(SourcePosition other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line}, the form that editors open. */
    public String fileLine() {
        return line == 0 ? file : file + ":" + line;
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
