package io.sluice.lab;

import java.util.concurrent.CountDownLatch;

/**
 * What answers on the pods' ports. It reads what to do from the lab's state and takes orders through a socket beside it;
 * it ends when told to, or when it is killed.
 */
public final class LabHost implements LabPart {
    static final String ROLE = "host";

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Listeners listeners = Listeners.start();
    private final PartControl control;

    private LabHost() {
        try {
            apply(LabState.read().orElseThrow(() -> new LabException("there is no lab to be the host of")));
            control = PartControl.open(ROLE, this);
        } catch (Exception e) {
            listeners.close();
            throw e instanceof LabException lab ? lab : new LabException("the lab's host fails: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the host of the lab, in this process.
     *
     * @throws LabException if there is no lab, or a port cannot be opened
     */
    public static LabHost open() {
        return new LabHost();
    }

    /** Waits until the lab is taken down. What a background process does after {@link #open}. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void apply(LabState state) throws Exception {
        listeners.serve(Station.of(state.snapshot(), state.world()));
    }

    @Override
    public String status() {
        return "answers on the pods' ports";
    }

    @Override
    public void close() {
        control.close();
        listeners.close();
        stopped.countDown();
    }
}
