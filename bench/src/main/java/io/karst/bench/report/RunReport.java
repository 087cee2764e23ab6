package io.karst.bench.report;

import io.karst.bench.harness.Facts;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.ProcessFigures;
import io.karst.bench.harness.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is reported of a run besides its figures, from what the machine was doing before it to the
/// files in `bench/results`.
public final class RunReport {
  private final LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC);
  private final Launcher launcher;
  private final Facts facts;
  private final Progress progress;
  private final String loadBefore;

  /// Takes down how busy the machine is, says so if it is, and lets Karst be built.
  ///
  /// - throws [HarnessException] where a benchmark cannot run.
  public RunReport(Launcher launcher, Progress progress) {
    this.launcher = launcher;
    this.progress = progress;
    if (!ProcessFigures.available()) {
      throw new HarnessException("the comparison needs Linux: it reads processor time from /proc");
    }
    facts = new Facts(launcher.root(), launcher.children());
    loadBefore = facts.load();
    if (facts.busy()) {
      progress.note(
          "this machine is busy (load averages " + loadBefore + "): do not trust the figures");
    }
    progress.note("building Karst, if need be");
    launcher.build();
  }

  /// What is true of every run, followed by what is special about this one.
  ///
  /// - `others`: the programs that took part, with their versions.
  public List<String> facts(String others, String... more) {
    String time = begin.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT));
    String changed = facts.changed() ? ", with changes that are not committed" : "";
    List<String> all = new ArrayList<>();
    all.add(time + ", commit " + facts.commit() + changed + ", " + progress.seconds() + " s");
    all.add(facts.machine());
    all.add("load averages before: " + loadBefore + "; after: " + facts.load());
    all.add("Karst " + launcher.karstVersion() + ", JVM " + Runtime.version() + "; " + others);
    all.addAll(List.of(more));
    return all;
  }

  /// Prints the table, writes the files, and returns the path of the one for people.
  ///
  /// - `labels`: parts of the files' names; empty ones are left out.
  public Path publish(Report report, PrintStream out, String... labels) {
    out.println();
    out.print(ReportText.table(report));
    out.println(report.conclusion());
    StringBuilder name = new StringBuilder(begin.toLocalDate() + "-" + facts.commit());
    for (String label : labels) {
      name.append(label.isEmpty() ? "" : "-").append(label);
    }
    Path directory = launcher.root().resolve("bench").resolve("results");
    Path markdown = directory.resolve(name + ".md");
    try {
      Files.createDirectories(directory);
      Files.writeString(markdown, ReportText.markdown(report));
      Files.writeString(directory.resolve(name + ".csv"), ReportText.csv(report));
      return markdown;
    } catch (IOException e) {
      throw new HarnessException("cannot write to " + directory, e);
    }
  }
}
