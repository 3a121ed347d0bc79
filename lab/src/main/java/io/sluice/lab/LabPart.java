package io.sluice.lab;

/** A part of a lab that lives in a process and follows the lab's state. */
interface LabPart extends AutoCloseable {
    /** Does what the state asks of this part; when it returns, it is done. */
    void apply(LabState state) throws Exception;

    /** What there is to know of it, a line each. */
    String status();

    /** Ends the part; what it has put into the kernel stays. */
    @Override
    void close();
}
