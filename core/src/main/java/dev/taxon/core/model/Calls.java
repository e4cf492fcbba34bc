package dev.taxon.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.torch.TorchProgram;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Calls of programs whose rows may have adapters. */
final class Calls {
    private Calls() {}

    /**
     * Calls a method, or its twin for adapted rows, whose name ends so and which takes their table and adapters, too.
     *
     * @return the one tensor of its answer, owned by the manager
     */
    static NDArray adapted(
            TorchProgram program,
            String method,
            Optional<AdaptedRows> adapted,
            NDManager manager,
            NDArray... arguments) {
        if (adapted.isEmpty()) {
            return program.call(manager, method, arguments);
        }
        Stream<IValue> own = Arrays.stream(arguments).map(argument -> IValue.from((PtNDArray) argument));
        Stream<IValue> more = Stream.of(
                IValue.from((PtNDArray) adapted.get().table(manager)),
                adapted.get().adapters());
        IValue[] values = Stream.concat(own, more).toArray(IValue[]::new);
        try (IValue result = program.invoke(method + "_adapted", values)) {
            return result.toTensor((PtNDManager) manager);
        }
    }
}
