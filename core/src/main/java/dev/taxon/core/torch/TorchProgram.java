package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A loaded TorchScript program. Its methods are called by name, each call one native call; what its attributes hold
 * lives in native memory until {@link #close}. Not thread-safe: the thread that owns the device calls it. Once the process ends a
 * call waits for that ({@link NativeCalls}).
 */
public final class TorchProgram implements AutoCloseable {
    private final Model model;
    private final PtSymbolBlock block;
    private final PtNDManager manager;

    private TorchProgram(Model model) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
        this.manager = (PtNDManager) model.getNDManager();
    }

    /** Packs and loads a program onto a device. */
    public static TorchProgram load(ScriptArchive archive, Device device) {
        Torch.initialize();
        return NativeCalls.make(() -> new TorchProgram(loaded(archive, device)));
    }

    private static Model loaded(ScriptArchive archive, Device device) {
        Model model = Model.newInstance(archive.main(), device, Torch.ENGINE);
        try {
            model.load(new ByteArrayInputStream(archive.pack()));
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IllegalStateException("program " + archive.main() + " does not load", e);
        }
        return model;
    }

    /** A manager whose arrays live until it is closed; the caller closes it. */
    public NDManager newManager() {
        return manager.newSubManager();
    }

    /** Calls a method that takes tensors and returns one tensor, owned by the given manager, without autograd. */
    public NDArray call(NDManager owner, String method, NDArray... arguments) {
        IValue[] values = new IValue[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = IValue.from((PtNDArray) arguments[i]);
        }
        try (IValue result = invoke(method, values)) {
            return result.toTensor((PtNDManager) owner);
        }
    }

    /** Tensors by name as one argument. */
    public static IValue named(Map<String, NDArray> tensors) {
        Map<String, PtNDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, (PtNDArray) tensor));
        return IValue.stringMapFrom(arrays);
    }

    /** Tensors in order as one argument. */
    public static IValue listed(List<NDArray> tensors) {
        return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
    }

    /** The tensors of a result that is a list of them, owned by the given manager. */
    public static List<NDArray> tensors(IValue result, NDManager owner) {
        return List.of(result.toTensorArray((PtNDManager) owner));
    }

    /**
     * Calls a method that takes tensors and returns one, owned by the given manager, where autograd may run and tensors
     * that the program keeps may take part in it later. Arguments named {@code w.key} become one dictionary.
     */
    public NDArray callTraining(NDManager owner, String method, NDList arguments) {
        Torch.prepareThread();
        NDArray name = owner.zeros(new Shape(1));
        // DJL takes the method's name from an array that is not passed on.
        name.setName("module_method:" + method);
        NDList list = new NDList(name);
        list.addAll(arguments);
        NDArray result =
                NativeCalls.make(() -> IValueUtils.forward(block, list, true)).singletonOrThrow();
        result.attach(owner);
        return result;
    }

    /** Calls a method without autograd; closes the arguments. The caller closes the result. */
    public IValue invoke(String method, IValue... arguments) {
        Torch.prepareThread();
        try {
            return NativeCalls.make(() -> IValueUtils.runMethod(block, method, arguments));
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
