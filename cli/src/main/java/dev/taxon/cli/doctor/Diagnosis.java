package dev.taxon.cli.doctor;

import dev.taxon.core.torch.MachineProfile;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings in plain words. */
final class Diagnosis {
    private Diagnosis() {}

    static List<String> of(Findings findings) {
        List<String> lines = new ArrayList<>();
        Processor processor = findings.processor();
        lines.add("processor  " + processor.model() + ", " + processor.cores() + " cores for this process");
        lines.add("it has     " + listed(processor.features()) + missing(processor));
        lines.add("java       " + findings.java());
        lines.add("libtorch   " + findings.libtorch() + (findings.cuda() ? ", with a GPU" : ", without a GPU"));
        lines.add("measured   " + measured(findings.profile()));
        lines.add("chosen     " + chosen(findings));
        advice(findings).forEach(advice -> lines.add("faster     " + advice));
        return lines;
    }

    private static String listed(List<String> features) {
        return features.isEmpty() ? "none of the features that matter here" : String.join(", ", features);
    }

    private static String missing(Processor processor) {
        String missing = Processor.TELLING.stream()
                .filter(feature -> !processor.features().contains(feature))
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "" : "; it lacks " + missing;
    }

    private static String measured(MachineProfile profile) {
        return profile.rates().entrySet().stream()
                        .map(rate -> name(rate.getKey()) + " " + Math.round(rate.getValue()))
                        .collect(Collectors.joining(", "))
                + " billion operations a second in an encoder's products";
    }

    private static String chosen(Findings findings) {
        Precision chosen = findings.profile().chosen();
        String device = findings.cuda() ? " on the GPU" : " on the CPU";
        if (chosen == Precision.FP32) {
            return "fp32" + device + ": no narrower type is at least " + MachineProfile.WORTHWHILE
                    + " times as fast, which is what its rounding must be worth";
        }
        return name(chosen)
                + device
                + String.format(
                        Locale.ROOT, ": its products are %.1f times as fast as those of fp32", findings.gain(chosen));
    }

    private static List<String> advice(Findings findings) {
        List<String> advice = new ArrayList<>();
        double whole = findings.gain(Precision.INT8)
                / Math.max(1, findings.gain(findings.profile().chosen()));
        if (whole > MachineProfile.WORTHWHILE) {
            advice.add(String.format(
                    Locale.ROOT,
                    "--precision int8, for long texts and large batches: feed-forward products are %.1f times as fast as"
                            + " those chosen, and one answer in a hundred changes (docs/benchmarks)",
                    whole));
        }
        if (findings.gain(Precision.BF16) <= MachineProfile.WORTHWHILE && !findings.cuda()) {
            advice.add("a processor with AVX512-BF16 or AMX, which multiplies bf16 two to ten times as fast as fp32");
        }
        if (!findings.cuda()) {
            advice.add("a GPU, with PYTORCH_LIBRARY_PATH pointing at the lib folder of a libtorch "
                    + findings.libtorch() + " for CUDA");
        }
        if (findings.processor().cores() == 1) {
            advice.add("a second core: parts of a batch run side by side, a core each");
        }
        return advice;
    }

    private static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
