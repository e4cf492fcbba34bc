package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Tables that programs read number by number: in main memory, since for each number on a GPU it would be waited for. */
public final class HostTable {
    private HostTable() {}

    /** A table, int64 [rows, columns], owned by the manager, whose device need not be the CPU. */
    public static NDArray of(long[] numbers, int columns, NDManager manager) {
        NDManager host = manager.getDevice().isGpu() ? manager.newSubManager(Device.cpu()) : manager;
        return host.create(numbers, new Shape(numbers.length / columns, columns));
    }
}
