package dev.taxon.cli.doctor;

import ai.djl.Device;
import dev.taxon.core.torch.Machine;
import dev.taxon.core.torch.MachineProfile;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PrecisionProbe;
import dev.taxon.core.torch.Processor;
import dev.taxon.core.torch.ProfileStore;
import java.util.concurrent.CompletableFuture;

/**
 * What the doctor found.
 *
 * @param java the virtual machine's name and version
 * @param libtorch its version
 * @param cuda whether libtorch can use a GPU here
 * @param profile what was measured just now
 */
record Findings(Processor processor, String java, String libtorch, boolean cuda, MachineProfile profile) {

    /** Looks and measures; what is measured is kept for those who start a model next. */
    static Findings now() {
        boolean cuda = Machine.hasCuda();
        Device device = cuda ? Device.gpu() : Device.cpu();
        MachineProfile profile = ProfileStore.ofUser()
                .measured(
                        Machine.describe(device),
                        () -> CompletableFuture.supplyAsync(() -> PrecisionProbe.rates(device))
                                .join());
        String java = System.getProperty("java.vm.name") + " " + Runtime.version();
        return new Findings(Processor.current(), java, Machine.libtorchVersion(), cuda, profile);
    }

    /** How many times as fast as in fp32 products are. */
    double gain(Precision precision) {
        return profile.rates().getOrDefault(precision, 0.0)
                / profile.rates().getOrDefault(Precision.FP32, Double.POSITIVE_INFINITY);
    }
}
