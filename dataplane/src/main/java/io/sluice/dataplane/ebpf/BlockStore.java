package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which piece of the array {@code blocks} holds what. Equal blocks are held once; first fit. */
final class BlockStore {
    private final int size;
    private final CauseNumbers causes;
    private final Map<Block, Integer> places = new HashMap<>();
    /** Free pieces: offset to length, never touching one another. */
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    BlockStore(int size, CauseNumbers causes) {
        this.size = size;
        this.causes = causes;
        free.put(0, size);
    }

    boolean holds(Block block) {
        return places.containsKey(block);
    }

    int place(Block block) {
        Integer place = places.get(block);
        if (place == null) {
            throw new IllegalStateException("a block without a place");
        }
        return place;
    }

    /** Finds room for all of these, which are not held yet, or for none. */
    void allocate(Collection<Block> blocks) throws DataplaneException {
        TreeMap<Integer, Integer> before = new TreeMap<>(free);
        Map<Block, Integer> found = new HashMap<>();
        for (Block block : blocks) {
            Map.Entry<Integer, Integer> gap = free.entrySet().stream()
                    .filter(g -> g.getValue() >= block.ranges())
                    .findFirst()
                    .orElse(null);
            if (gap == null) {
                int need = blocks.stream().mapToInt(Block::ranges).sum();
                int room = before.values().stream().mapToInt(Integer::intValue).sum();
                free.clear();
                free.putAll(before);
                throw Full.of("blocks", size, size - room, need, "ranges");
            }
            found.put(block, take(gap.getKey(), gap.getValue(), block.ranges()));
        }
        places.putAll(found);
        found.keySet().forEach(causes::retain);
    }

    /** Takes note of a block that is in the kernel already. */
    void adopt(Block block, int offset) {
        Map.Entry<Integer, Integer> gap = free.floorEntry(offset);
        if (gap == null || gap.getKey() + gap.getValue() < offset + block.ranges()) {
            throw new IllegalStateException("blocks overlap at " + offset);
        }
        int end = gap.getKey() + gap.getValue();
        free.remove(gap.getKey());
        addGap(gap.getKey(), offset - gap.getKey());
        addGap(offset + block.ranges(), end - offset - block.ranges());
        places.put(block, offset);
        causes.retain(block);
    }

    void keepOnly(Set<Block> live) {
        places.entrySet().removeIf(held -> {
            boolean dead = !live.contains(held.getKey());
            if (dead) {
                causes.release(held.getKey());
                addGap(held.getValue(), held.getKey().ranges());
            }
            return dead;
        });
        joinGaps();
    }

    private int take(int offset, int length, int wanted) {
        free.remove(offset);
        addGap(offset + wanted, length - wanted);
        return offset;
    }

    private void addGap(int offset, int length) {
        if (length > 0) {
            free.put(offset, length);
        }
    }

    private void joinGaps() {
        TreeMap<Integer, Integer> joined = new TreeMap<>();
        free.forEach((offset, length) -> {
            Map.Entry<Integer, Integer> before = joined.lastEntry();
            if (before != null && before.getKey() + before.getValue() == offset) {
                joined.put(before.getKey(), before.getValue() + length);
            } else {
                joined.put(offset, length);
            }
        });
        free.clear();
        free.putAll(joined);
    }
}
