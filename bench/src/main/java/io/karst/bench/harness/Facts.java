package io.karst.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What this machine and this working copy are.
public record Facts(Path root, Children children) {
  private static final long GIGABYTE = 1 << 20; // /proc/meminfo counts in KiB.

  /// The load per core above which figures are not worth much.
  private static final double BUSY_LOAD = 0.25;

  /// The short name of the commit, or `unknown` outside a repository.
  public String commit() {
    return git("rev-parse", "--short", "HEAD", "unknown");
  }

  /// Whether sources differ from the commit.
  public boolean changed() {
    return !git("status", "--porcelain", "--untracked-files=no", "").isEmpty();
  }

  public String machine() {
    String processor = fieldOf("/proc/cpuinfo", "model name", "unknown processor");
    String memory = fieldOf("/proc/meminfo", "MemTotal", "0 kB").replaceAll("\\D", "");
    return String.format(
        Locale.ROOT,
        "%d cores of %s, %d GB, %s %s",
        Runtime.getRuntime().availableProcessors(),
        processor,
        Math.ceilDiv(Long.parseLong(memory), GIGABYTE),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
  }

  /// The load averages of the last 1, 5 and 15 minutes.
  public String load() {
    String[] fields = read("/proc/loadavg").split(" ", -1);
    return fields.length < 3 ? "unknown" : String.join(" ", List.of(fields).subList(0, 3));
  }

  /// Whether other programs were at work in the last minute.
  public boolean busy() {
    String[] fields = read("/proc/loadavg").split(" ", -1);
    int cores = Runtime.getRuntime().availableProcessors();
    return fields.length > 1 && Double.parseDouble(fields[0]) > BUSY_LOAD * cores;
  }

  private String git(String word, String option1, String option2, String otherwise) {
    try {
      List<String> command = List.of("git", "-C", root.toString(), word, option1, option2);
      return Tool.output(children, command).strip();
    } catch (HarnessException e) {
      return otherwise;
    }
  }

  private static String fieldOf(String file, String name, String otherwise) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }
}
