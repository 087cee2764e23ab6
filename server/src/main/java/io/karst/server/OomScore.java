package io.karst.server;

import io.karst.server.config.BadValueException;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.DirectiveValues;
import io.karst.server.config.Guard;
import io.karst.server.config.ProcessDirectives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How ready Linux is to kill this process when memory ends, by `oom-score-adj`.
///
/// Thread: whoever changes the configuration, one at a time.
final class OomScore {
  private static final int MAX = 1000;

  private final Path file;

  /// What the process began with: what `relative` adds to, and `no` goes back to.
  private final int inherited;

  private OomScore(Path file, int inherited) {
    this.file = file;
    this.inherited = inherited;
  }

  /// - throws [ConfigException] if the score that is asked for cannot be had.
  static void follow(Config config) {
    follow(config, Path.of("/proc/self/oom_score_adj"));
  }

  /// As [#follow(Config)], with the kernel's file.
  static void follow(Config config, Path file) {
    OomScore score = new OomScore(file, orNone(file));
    try {
      if (isAsked(config)) {
        score.write(score.wanted(config));
      }
    } catch (BadValueException e) {
      throw new ConfigException("oom-score-adj: " + e.why());
    }
    config.guard(
        List.of(ProcessDirectives.OOM_SCORE_ADJ, ProcessDirectives.OOM_SCORE_ADJ_VALUES),
        next -> score.change(config, next));
  }

  private static boolean isAsked(DirectiveValues values) {
    return !values.value(ProcessDirectives.OOM_SCORE_ADJ).equals("no");
  }

  private Guard.Change change(DirectiveValues before, DirectiveValues next)
      throws BadValueException {
    if (!isAsked(before) && !isAsked(next)) {
      return Guard.Change.NONE;
    }
    int old = orNone(file);
    write(wanted(next));
    return new Guard.Change() {
      @Override
      public void commit() {}

      @Override
      public void cancel() {
        try {
          write(old);
        } catch (BadValueException e) {
          throw new IllegalStateException(e.why(), e);
        }
      }
    };
  }

  private int wanted(DirectiveValues values) {
    int value = values.value(ProcessDirectives.OOM_SCORE_ADJ_VALUES).getFirst();
    return switch (values.value(ProcessDirectives.OOM_SCORE_ADJ)) {
      case "no" -> inherited;
      case "absolute" -> Math.clamp(value, -MAX, MAX);
      default -> Math.clamp(inherited + value, -MAX, MAX);
    };
  }

  private void write(int score) throws BadValueException {
    try {
      Files.writeString(file, Integer.toString(score), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new BadValueException("Failed to apply new oom_score_adj configuration: " + e);
    }
  }

  private static int orNone(Path file) {
    try {
      return Integer.parseInt(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException notLinux) {
      return 0;
    }
  }
}
