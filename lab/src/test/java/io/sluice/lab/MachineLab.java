package io.sluice.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.lab.net.Names;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * There is one lab of a name, so test runs that use the same name take turns, and a lab that somebody uses is left alone: the tests
 * are skipped then, as they are without root. After each test the lab is taken down.
 */
public final class MachineLab implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path TURN = Path.of("/run/lock", Names.PREFIX + "tests");
    private static final Namespace HERE = Namespace.create(MachineLab.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        assumeTrue(Privilege.suffices(), "needs root: network namespaces are made");
        Files.createDirectories(TURN.getParent());
        FileChannel channel = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        context.getStore(HERE).put("turn", channel);
        assumeTrue(Lab.current().isEmpty(), "a lab is up on this machine, and the tests would take it down");
        context.getStore(HERE).put("ours", true);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getStore(HERE).get("ours") != null) {
            Lab.down(Progress.SILENT);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (context.getStore(HERE).get("turn") instanceof FileChannel channel) {
            channel.close();
        }
    }
}
