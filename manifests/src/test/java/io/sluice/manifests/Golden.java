package io.sluice.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cases in a text file under src/test/resources. With {@code -Dgolden.update} the expected lines are written from what
 * is said now; the difference is then read by a person.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/io/sluice/manifests");

    private Golden() {}

    /** @param expected the lines after {@code >>>} */
    record Case(String name, String input, List<String> expected) {}

    static List<Case> cases(String file) {
        try {
            Path path = FOLDER.resolve(file);
            List<Case> cases = parse(Files.readString(path));
            if (Boolean.getBoolean("golden.update")) {
                StringBuilder out = new StringBuilder();
                for (Case c : cases) {
                    out.append("### ")
                            .append(c.name())
                            .append('\n')
                            .append(shown(c.input()))
                            .append(">>>\n");
                    Reading.said(c.input()).forEach(line -> out.append(line).append('\n'));
                    out.append('\n');
                }
                Files.writeString(path, out);
                cases = parse(out.toString());
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tabs are written as {@code <TAB>} so that an editor does not lose them. */
    private static String shown(String input) {
        return input.replace("\t", "<TAB>");
    }

    private static List<Case> parse(String text) {
        List<Case> cases = new ArrayList<>();
        for (String block : text.split("(?m)^### ")) {
            if (block.isBlank()) {
                continue;
            }
            int name = block.indexOf('\n');
            int arrow = block.indexOf("\n>>>\n");
            String input = block.substring(name + 1, arrow + 1).replace("<TAB>", "\t");
            List<String> expected =
                    block.substring(arrow + 5).lines().filter(l -> !l.isBlank()).toList();
            cases.add(new Case(block.substring(0, name), input, expected));
        }
        return cases;
    }
}
