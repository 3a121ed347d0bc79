package io.sluice.lab;

import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What a process must know of a lab that another one made.
 *
 * @param since when it came up, ISO 8601
 * @param snapshot placed
 * @param world the addresses beyond the cluster
 * @param processes those that run for the lab in the background
 */
public record LabState(String since, Snapshot snapshot, List<Ip> world, List<Background> processes) {
    public LabState {
        world = List.copyOf(world);
        processes = List.copyOf(processes);
    }

    /** With one more process. */
    LabState with(Background process) {
        List<Background> more = new ArrayList<>(processes);
        more.add(process);
        return new LabState(since, snapshot, world, more);
    }

    /** With one process less. */
    LabState without(Background process) {
        return new LabState(
                since,
                snapshot,
                world,
                processes.stream().filter(p -> !p.equals(process)).toList());
    }

    /** The state of the lab of this machine, where there is one that can be read. */
    static Optional<LabState> read() {
        try {
            return Optional.of(SnapshotJson.MAPPER.readValue(Files.readAllBytes(LabFiles.STATE), LabState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new LabException(
                    "cannot read " + LabFiles.STATE + " (" + e.getMessage() + "); take the lab down to be rid of it",
                    e);
        }
    }

    /** Writes it in one step: a reader sees the old or the new one. */
    void write() {
        Path fresh = LabFiles.FOLDER.resolve("state.json.new");
        try {
            Files.write(fresh, SnapshotJson.MAPPER.writeValueAsBytes(this));
            Files.move(fresh, LabFiles.STATE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LabException("cannot write " + LabFiles.STATE + ": " + e.getMessage(), e);
        }
    }
}
