package io.sluice.policy.table;

import io.sluice.policy.net.Cidr;
import java.util.List;

/**
 * What the addresses that no policy can tell apart have in common. Pods, nodes and networks never share one.
 *
 * @param id a meaning within one table only; {@link VerdictTable#WORLD} is every address that nothing names
 * @param prefixes of a network identity: where it starts to hold; empty for pods and nodes
 */
public record Identity(int id, Signature signature, List<Cidr> prefixes) {
    public Identity {
        prefixes = List.copyOf(prefixes);
    }
}
