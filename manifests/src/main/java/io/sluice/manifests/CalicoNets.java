package io.sluice.manifests;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of networks. Those of rules must have a length and no bits behind it; those of sets need neither. */
final class CalicoNets {
    /** How many networks a rule's list may have. */
    private static final int MOST = 256;

    private CalicoNets() {}

    /** {@code nets} or {@code notNets} of one end of a rule. */
    static List<Cidr> ofRule(Cursor entity, String field) {
        Optional<Cursor> list = entity.child(field);
        List<Cursor> items = list.map(Cursor::items).orElse(List.of());
        list.ifPresent(f -> CrdRules.atMost(f, items.size(), MOST, "use a NetworkSet and select it by its labels"));
        CrdRules.distinct(items);
        List<Cidr> nets = new ArrayList<>(items.size());
        for (Cursor item : items) {
            item.text().flatMap(text -> strict(item, text)).ifPresent(nets::add);
        }
        return nets;
    }

    private static Optional<Cidr> strict(Cursor item, String text) {
        Optional<Cidr> cidr = Cidr.tryParse(text);
        if (cidr.isEmpty()) {
            Invalid.text(item, text, "invalid CIDR", LooseCidr.missingLength(text));
        } else if (LooseCidr.hasHostBits(text, cidr.get())) {
            Invalid.text(item, text, "invalid CIDR: bits are set behind its length", "write " + cidr.get());
            return Optional.empty();
        }
        return cidr;
    }

    /** {@code nets} of a set: an address alone stands for itself, bits behind the length are left out. */
    static List<Cidr> ofSet(Cursor spec) {
        List<Cursor> items = spec.list("nets");
        CrdRules.distinct(items);
        List<Cidr> nets = new ArrayList<>(items.size());
        for (Cursor item : items) {
            item.text().flatMap(text -> loose(item, text)).ifPresent(nets::add);
        }
        return nets;
    }

    private static Optional<Cidr> loose(Cursor item, String text) {
        Optional<Cidr> address = Ip.tryParse(text).map(Cidr::of);
        if (address.isPresent()) {
            return address;
        }
        Optional<Cidr> cidr = Cidr.tryParse(text);
        if (cidr.isEmpty()) {
            Invalid.text(item, text, "invalid CIDR", "");
        } else if (LooseCidr.hasHostBits(text, cidr.get())) {
            LooseCidr.warnOfHostBits(item, text, cidr.get());
        }
        return cidr;
    }
}
