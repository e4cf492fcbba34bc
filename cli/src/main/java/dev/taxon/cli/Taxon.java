package dev.taxon.cli;

import dev.taxon.cli.bench.BenchCommand;
import dev.taxon.cli.classify.ClassifyCommand;
import dev.taxon.cli.console.Failures;
import dev.taxon.cli.console.Numbers;
import dev.taxon.cli.console.Version;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.doctor.DoctorCommand;
import dev.taxon.cli.evaluate.BaselinesCommand;
import dev.taxon.cli.evaluate.CompareCommand;
import dev.taxon.cli.evaluate.EvaluateCommand;
import dev.taxon.cli.key.KeyCommand;
import dev.taxon.cli.key.OperatorKeyCommand;
import dev.taxon.cli.merge.MergeCommand;
import dev.taxon.cli.train.TrainCommand;
import dev.taxon.cli.up.UpCommand;
import dev.taxon.cli.validate.ValidateDataCommand;
import dev.taxon.training.IllegalSetting;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code taxon}: exit status 0 for done, 1 for failed, 2 for wrong use. */
@Command(
        name = "taxon",
        versionProvider = Version.class,
        description = "Classify texts by the names of their classes.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nStart here:%n",
        footer = {
            "  taxon up               a server, with a first request to paste",
            "  taxon COMMAND --help   what a command does, by example",
            "  taxon classify --labels sports,politics \"A late goal decided the final\""
        })
public final class Taxon {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this and end.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    boolean version;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program a failure came from.")
    boolean stackTrace;

    private Taxon() {}

    public static void main(String[] arguments) {
        // The server's libraries on this class path bring a log manager, which wants to be named before the first log.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(Parts.real(), out, err).execute(arguments));
    }

    static CommandLine commandLine(Parts parts, PrintWriter out, PrintWriter err) {
        Taxon taxon = new Taxon();
        CommandLine command = new CommandLine(taxon)
                .addSubcommand(new UpCommand())
                .addSubcommand(new ClassifyCommand(parts.models(), parts.standardInput()))
                .addSubcommand(new EvaluateCommand(parts.models()))
                .addSubcommand(new CompareCommand(parts.models()))
                .addSubcommand(new BaselinesCommand(parts.models()))
                .addSubcommand(new TrainCommand())
                .addSubcommand(new MergeCommand())
                .addSubcommand(new ValidateDataCommand())
                .addSubcommand(new BenchCommand(parts.benches()))
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new KeyCommand())
                .addSubcommand(new OperatorKeyCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Taxon::explainWrongUse)
                .setExecutionExceptionHandler(taxon::explainFailure);
        Numbers.register(command);
        return command;
    }

    private static int explainWrongUse(ParameterException wrongUse, String[] arguments) {
        CommandLine command = wrongUse.getCommandLine();
        int status = explainWrongUse(wrongUse, command);
        UnmatchedArgumentException.printSuggestions(wrongUse, command.getErr());
        command.getErr().flush();
        return status;
    }

    private static int explainWrongUse(RuntimeException wrongUse, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + wrongUse.getMessage() + " (--help shows how)");
        err.flush();
        return WRONG_USE;
    }

    private int explainFailure(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ParameterException wrongUse) {
            return explainWrongUse(wrongUse, new String[0]);
        }
        if (failure instanceof WrongUse wrongUse) {
            return explainWrongUse(wrongUse, command);
        }
        if (failure instanceof IllegalSetting setting) {
            return explainWrongUse(WrongUse.of(setting), command);
        }
        err.println(command.getCommandSpec().qualifiedName() + ": " + Failures.sentence(failure));
        if (stackTrace) {
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }
}
