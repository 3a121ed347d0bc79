package io.sluice.analysis.convert;

import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.SourcePosition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A policy as a document of another dialect.
 *
 * @param from the policy that it says the same as, or a part of it
 * @param fields of the object, in the order in which a person would write them
 */
public record Document(PolicyId from, SourcePosition position, Map<String, Object> fields) {
    /** A mapping of one field, the form of most values in these documents. */
    static Map<String, Object> of(String name, Object value) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(name, value);
        return out;
    }
}
