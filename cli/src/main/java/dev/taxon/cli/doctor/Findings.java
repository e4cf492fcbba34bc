package dev.taxon.cli.doctor;

import dev.taxon.core.ComputeDevice;
import dev.taxon.core.Machines;
import dev.taxon.core.torch.Machine;
import dev.taxon.core.torch.MachineProfile;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.Processor;

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
        MachineProfile profile = Machines.measured(ComputeDevice.AUTO);
        String java = System.getProperty("java.vm.name") + " " + Runtime.version();
        return new Findings(Processor.current(), java, Machine.libtorchVersion(), Machine.hasCuda(), profile);
    }

    /** How many times as fast as in fp32 products are. */
    double gain(Precision precision) {
        return profile.rate(precision) / profile.rate(Precision.FP32);
    }
}
