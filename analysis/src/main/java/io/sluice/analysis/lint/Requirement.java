package io.sluice.analysis.lint;

import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a selector says of one label.
 *
 * @param values empty where only the presence of the key is asked
 * @param wanted false for NotIn and DoesNotExist
 */
public record Requirement(String key, Set<String> values, boolean wanted) {
    /** The requirements of a selector, in its order. */
    public static List<Requirement> of(Selector selector) {
        List<Requirement> out = new ArrayList<>();
        collect(selector, true, out);
        return out;
    }

    private static void collect(Selector selector, boolean wanted, List<Requirement> out) {
        switch (selector) {
            case Selector.All(List<Selector> parts) -> parts.forEach(part -> collect(part, wanted, out));
            case Selector.Any(List<Selector> parts) -> parts.forEach(part -> collect(part, wanted, out));
            case Selector.Not(Selector part) -> collect(part, !wanted, out);
            case Selector.Has(String key) -> out.add(new Requirement(key, Set.of(), wanted));
            case Selector.In(String key, Set<String> values) -> out.add(new Requirement(key, values, wanted));
            case Selector.Text(String key, var _, var _) -> out.add(new Requirement(key, Set.of(), wanted));
        }
    }
}
