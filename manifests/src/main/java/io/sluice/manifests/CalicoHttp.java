package io.sluice.manifests;

import io.sluice.policy.model.Application;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code http} of a rule, which asks for what no address and port can tell. */
final class CalicoHttp {
    private static final int MOST = 20;
    private static final int LONGEST = 1024;

    private CalicoHttp() {}

    static Optional<Application> read(Cursor rule, String action, Optional<Protocol> protocol, Direction direction) {
        Optional<Cursor> found = rule.mapping("http");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Cursor http = found.get();
        int before = http.problems().errors();
        if (direction == Direction.EGRESS) {
            Invalid.forbidden(http, "not allowed in egress rule", "");
        }
        if (!action.equals("Allow")) {
            Invalid.forbidden(http, "HTTP match is only valid on Allow rules", "");
        }
        if (protocol.filter(p -> !p.equals(Protocol.TCP)).isPresent()) {
            Invalid.forbidden(http, "rules with HTTP match must have protocol TCP or unset", "");
        }
        List<Cursor> methodItems = limited(http, "methods");
        CrdRules.distinct(methodItems);
        List<String> methods =
                methodItems.stream().map(Cursor::text).flatMap(Optional::stream).toList();
        List<String> paths = new ArrayList<>();
        for (Cursor item : limited(http, "paths")) {
            if (item.expectMapping()) {
                path(item).ifPresent(paths::add);
            }
        }
        if (http.problems().errors() == before) {
            http.problems()
                    .warning(
                            "calico-http",
                            http.keyPlace(),
                            http.path()
                                    + ": requests are not seen at the layer of addresses and ports; the rule allows nothing",
                            "");
        }
        String demand =
                String.join(",", methods) + (methods.isEmpty() || paths.isEmpty() ? "" : " ") + String.join(",", paths);
        return Optional.of(new Application("HTTP", demand.isEmpty() ? "any request" : demand));
    }

    private static List<Cursor> limited(Cursor http, String field) {
        Optional<Cursor> list = http.child(field);
        List<Cursor> items = list.map(Cursor::items).orElse(List.of());
        list.ifPresent(f -> CrdRules.atMost(f, items.size(), MOST, ""));
        return items;
    }

    /** As a pattern: {@code /a} for exact, {@code /a*} for prefix. */
    private static Optional<String> path(Cursor item) {
        Optional<Cursor> exact = item.child("exact").filter(CalicoEntityReader::saysSomething);
        Optional<Cursor> prefix = item.child("prefix").filter(CalicoEntityReader::saysSomething);
        if (exact.isPresent() == prefix.isPresent()) {
            item.error(
                    "invalid-value",
                    exact.isPresent()
                            ? "Invalid path match. Both 'exact' and 'prefix' are set"
                            : "Invalid path match. Either 'exact' or 'prefix' must be set",
                    "");
            return Optional.empty();
        }
        Cursor field = exact.or(() -> prefix).orElseThrow();
        Optional<String> text = field.text();
        text.ifPresent(path -> {
            CrdRules.maxLength(field, path, LONGEST);
            if (!path.startsWith("/") || path.chars().anyMatch(c -> c == '?' || c == '#' || c == ' ')) {
                Invalid.text(field, path, "must start with `/` and not contain a space, `?` or `#`", "");
            }
        });
        return text.map(path -> exact.isPresent() ? path : path + "*");
    }
}
