package dev.vicino.bench;

import dev.vicino.command.Common;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vicino bench jmh}: microbenchmarks of the kernels. */
@Command(
        name = "jmh",
        sortOptions = false,
        sortSynopsis = false,
        description = "Run microbenchmarks of the kernels with JMH.",
        footer = "%nFields of --json: results [{benchmark, parameters, score, error, unit, counters}]")
final class JmhVerb implements Callable<Integer> {
    private static final String[] JVM = {
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow" // JMH's own use of it
    };

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = ".*",
            description = "A regular expression that the name of a benchmark contains (default: all).")
    private String pattern;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Only this value of a parameter: implementation, place, dimension.")
    private @Nullable Map<String, String> parameters;

    @Option(names = "--quick", description = "One short round, to see that everything runs; the figures mean nothing.")
    private boolean quick;

    @Mixin
    private Common common;

    /** What JMH measured. */
    record Report(List<Measured> results) {}

    /**
     * One benchmark with one choice of parameters.
     *
     * @param error half the width of the 99.9 % confidence interval; null where one round gives none
     * @param counters rates beside the score, in a second
     */
    record Measured(
            String benchmark,
            Map<String, String> parameters,
            double score,
            @Nullable Double error,
            String unit,
            Map<String, Double> counters) {}

    @Override
    public Integer call() throws RunnerException {
        Report report = new Report(run().stream().map(JmhVerb::measured).toList());
        common.console().result(report, "%d benchmarks".formatted(report.results.size()));
        return ExitCode.OK;
    }

    private Collection<RunResult> run() throws RunnerException {
        try {
            return new Runner(options()).run();
        } catch (NoBenchmarksException e) {
            throw new IllegalArgumentException(
                    "pattern = " + pattern + ", expected one that the name of a benchmark contains", e);
        }
    }

    private Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pattern)
                .jvmArgs(JVM)
                .verbosity(common.console().isTalkative() ? VerboseMode.NORMAL : VerboseMode.SILENT);
        if (parameters != null) {
            parameters.forEach(options::param);
        }
        if (quick) {
            TimeValue moment = TimeValue.milliseconds(10);
            options.warmupIterations(0).measurementIterations(1).measurementTime(moment);
        }
        return options.build();
    }

    private static Measured measured(RunResult run) {
        Result<?> primary = run.getPrimaryResult();
        double error = primary.getScoreError();
        Map<String, String> parameters = new TreeMap<>();
        run.getParams()
                .getParamsKeys()
                .forEach(key -> parameters.put(key, run.getParams().getParam(key)));
        Map<String, Double> counters = new TreeMap<>();
        run.getSecondaryResults().forEach((name, result) -> counters.put(name, result.getScore()));
        return new Measured(
                run.getParams().getBenchmark(),
                parameters,
                primary.getScore(),
                Double.isNaN(error) ? null : error,
                primary.getScoreUnit(),
                counters);
    }
}
