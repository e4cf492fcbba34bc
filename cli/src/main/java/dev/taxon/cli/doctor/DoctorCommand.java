package dev.taxon.cli.doctor;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what was found on this machine, what was chosen and why, and what would make it faster. */
@Command(
        name = "doctor",
        description = {
            "Tell what this machine has for a model to run on, what was chosen and why, and what would be faster.",
            "It measures anew, and models that start later keep to what it found."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  taxon doctor"})
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Diagnosis.of(Findings.now()).forEach(out::println);
        return 0;
    }
}
