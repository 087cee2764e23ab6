package io.karst.bench.jmh;

import io.karst.bench.harness.HarnessException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks of this package with the profiler that counts allocated bytes.
public final class JmhRun {
  private static final String PACKAGE = JmhRun.class.getPackageName() + ".";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /// The goal for a command on the hot path, in bytes.
  private static final double HOT_PATH_BYTES_MAX = 100;

  private JmhRun() {}

  /// - `pattern`: part of the name of the benchmarks to run; empty for all.
  public static void run(String pattern, PrintStream out) {
    Options options =
        new OptionsBuilder()
            .include(Pattern.quote(PACKAGE) + ".*" + pattern)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    try {
      Collection<RunResult> results = new Runner(options).run();
      out.println();
      results.forEach(result -> printAllocation(result, out));
    } catch (RunnerException e) {
      throw new HarnessException("JMH failed", e);
    }
  }

  private static void printAllocation(RunResult run, PrintStream out) {
    Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      return;
    }
    BenchmarkParams parameters = run.getParams();
    String name = parameters.getBenchmark();
    StringBuilder label = new StringBuilder(name.substring(PACKAGE.length()));
    for (String key : parameters.getParamsKeys()) {
      label.append(", ").append(key).append(' ').append(parameters.getParam(key));
    }
    boolean hot = name.contains(HotPathBenchmark.class.getSimpleName());
    double bytes = allocated.getScore();
    String verdict = bytes <= HOT_PATH_BYTES_MAX ? "met" : "NOT MET";
    out.printf(
        Locale.ROOT,
        "%-60s %8.1f bytes allocated per operation%s%n",
        label,
        bytes,
        hot ? ", goal <= 100: " + verdict : "");
  }
}
