package dev.taxon.core;

import ai.djl.Device;
import dev.taxon.core.torch.DeviceLanes;
import dev.taxon.core.torch.Machine;
import dev.taxon.core.torch.MachineProfile;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PrecisionProbe;
import dev.taxon.core.torch.ProfileStore;

/** Measures this machine, once: profiles are kept in the user's cache folder ({@link ProfileStore#ofUser}). */
public final class Machines {
    private Machines() {}

    /** Measures anew, whatever is kept, and keeps it. */
    public static MachineProfile measured(ComputeDevice choice) {
        Device device = choice.resolve();
        try (DeviceLanes lanes = new DeviceLanes(device)) {
            return ProfileStore.ofUser()
                    .measured(Machine.describe(device), () -> lanes.call(() -> PrecisionProbe.rates(device)));
        }
    }

    /** What to train in on this machine's processor: bf16 where its products are faster than those of fp32. */
    public static Precision forTraining() {
        Device device = Device.cpu();
        try (DeviceLanes lanes = new DeviceLanes(device)) {
            MachineProfile known = known(device, lanes);
            return known.rate(Precision.BF16) > known.rate(Precision.FP32) ? Precision.BF16 : Precision.FP32;
        }
    }

    /** The profile that is kept, or else a new one. */
    static MachineProfile known(Device device, DeviceLanes lanes) {
        return ProfileStore.ofUser().of(Machine.describe(device), () -> lanes.call(() -> PrecisionProbe.rates(device)));
    }
}
