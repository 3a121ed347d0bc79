package io.sluice.analysis.lint;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Findings that the author of a manifest answers for, each with a reason.
 *
 * <p>In a comment: {@code # sluice:ignore ID reason}, at the end of the line that a finding names or on lines of its own
 * just above it; above the first key of a document it holds for the whole document. In an annotation, for the whole
 * object: {@code lint.sluice.io/ID: reason}. Without a reason nothing is suppressed, and that is a finding itself.
 */
final class Suppressions {
    static final String MARK = "sluice:ignore";
    static final String ANNOTATION = "lint.sluice.io/";

    static final About ABOUT = new About(
            "suppression-invalid",
            Severity.WARNING,
            "A suppression names no check, or gives no reason.",
            "Who reads a suppression a year later has only its reason to decide whether it still holds. One without a"
                    + " reason, or for a check that does not exist, suppresses nothing.",
            "Write: # sluice:ignore ID the reason, or the annotation lint.sluice.io/ID: the reason.");

    private final Set<String> ids;
    private final Function<String, Optional<String>> textOf;
    private final Map<String, List<Comment>> commentsByFile = new HashMap<>();
    private final Map<SourcePosition, Set<String>> annotated = new HashMap<>();
    private final List<SourcePosition> starts = new ArrayList<>();
    private final Findings invalid = new Findings(ABOUT, ABOUT.severity());

    /**
     * A comment.
     *
     * @param from first line that it holds for
     * @param to last line that it holds for
     */
    private record Comment(String id, int from, int to) {}

    /**
     * @param ids of all checks
     * @param textOf the text of a file, where it can be had
     */
    Suppressions(Texts texts, Set<String> ids, Function<String, Optional<String>> textOf) {
        this.ids = ids;
        this.textOf = textOf;
        for (ObjectText object : texts.objects()) {
            starts.add(object.at());
            for (String key : object.keys("metadata", "annotations")) {
                if (key.startsWith(ANNOTATION)) {
                    annotation(object, key);
                }
            }
        }
        starts.sort(null);
    }

    private void annotation(ObjectText object, String key) {
        String id = key.substring(ANNOTATION.length());
        String reason = object.text("metadata", "annotations", key).orElse("");
        SourcePosition where = object.keyAt("metadata", "annotations", key);
        if (isValid(id, reason, where)) {
            annotated.computeIfAbsent(object.at(), _ -> new HashSet<>()).add(id);
        }
    }

    private boolean isValid(String id, String reason, SourcePosition where) {
        if (!ids.contains(id)) {
            invalid.add(where, "there is no check " + (id.isEmpty() ? "named here" : id));
            return false;
        }
        if (reason.isBlank()) {
            invalid.add(where, "the suppression of " + id + " gives no reason");
            return false;
        }
        return true;
    }

    boolean suppresses(Finding finding) {
        SourcePosition at = finding.position();
        SourcePosition start = startOf(at);
        if (annotated.getOrDefault(start, Set.of()).contains(finding.id())) {
            return true;
        }
        for (Comment comment : comments(at.file())) {
            if (comment.id.equals(finding.id()) && comment.from <= at.line() && at.line() <= comment.to) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with the suppressions themselves, as far as files were asked for. */
    List<Finding> invalid() {
        return invalid.found();
    }

    /** The beginning of the object that a position lies in. */
    private SourcePosition startOf(SourcePosition at) {
        int place = Collections.binarySearch(starts, at);
        int before = place >= 0 ? place : -place - 2;
        return before >= 0 && starts.get(before).file().equals(at.file()) ? starts.get(before) : SourcePosition.NONE;
    }

    /** The comments of a file; reads it when it is first asked for. */
    List<Comment> comments(String file) {
        List<Comment> known = commentsByFile.get(file);
        if (known == null) {
            known = new ArrayList<>();
            Optional<String> text = textOf.apply(file);
            if (text.isPresent() && text.get().contains(MARK)) {
                read(file, text.get().split("\n", -1), known);
            }
            commentsByFile.put(file, known);
        }
        return known;
    }

    private void read(String file, String[] lines, List<Comment> into) {
        for (int i = 0; i < lines.length; i++) {
            int hash = lines[i].indexOf('#');
            int mark = hash < 0 ? -1 : lines[i].indexOf(MARK, hash);
            if (mark < 0 || !lines[i].substring(hash + 1, mark).isBlank()) {
                continue;
            }
            String[] words = lines[i].substring(mark + MARK.length()).strip().split("\\s+", 2);
            SourcePosition where = new SourcePosition(file, i + 1, hash + 1);
            if (isValid(words[0], words.length > 1 ? words[1] : "", where)) {
                boolean alone = lines[i].substring(0, hash).isBlank();
                int line = alone ? nextContent(lines, i + 1) : i + 1;
                into.add(new Comment(words[0], line, alone ? lastLine(file, line) : line));
            }
        }
    }

    /** The number of the next line that is no comment, no document separator and not blank. */
    private static int nextContent(String[] lines, int from) {
        for (int i = from; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.equals("---")) {
                return i + 1;
            }
        }
        return from;
    }

    /** The line itself or, where an object begins on it, the last line of that object. */
    private int lastLine(String file, int line) {
        int end = Integer.MAX_VALUE;
        boolean begins = false;
        for (SourcePosition start : starts) {
            if (start.file().equals(file)) {
                begins |= start.line() == line;
                if (start.line() > line) {
                    end = Math.min(end, start.line() - 1);
                }
            }
        }
        return begins ? end : line;
    }
}
