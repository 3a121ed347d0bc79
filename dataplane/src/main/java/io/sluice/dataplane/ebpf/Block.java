package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.ebpf.CauseNumbers.Numbering;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.PortTable;
import java.util.Arrays;

/** A port table in kernel form: for each range its first key and its cause with the DENY bit. Equal by content. */
final class Block {
    private final int[] words;

    /** @param words first key and cause in turns; not copied */
    Block(int[] words) {
        this.words = words;
    }

    static Block of(PortTable table, Numbering causes) throws DataplaneException {
        int[] words = new int[2 * table.entries().size()];
        int at = 0;
        for (PortTable.Entry entry : table.entries()) {
            words[at++] = entry.first();
            words[at++] = causes.of(entry.cause()) | (entry.cause().verdict() == Verdict.DENY ? Layout.DENY : 0);
        }
        return new Block(words);
    }

    int ranges() {
        return words.length / 2;
    }

    int first(int range) {
        return words[2 * range];
    }

    int cause(int range) {
        return words[2 * range + 1];
    }

    /** The number of the cause without the verdict. */
    int causeNumber(int range) {
        return cause(range) & ~Layout.DENY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block block && Arrays.equals(words, block.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
