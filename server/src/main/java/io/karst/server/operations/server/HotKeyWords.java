package io.karst.server.operations.server;

import io.karst.base.CommandException;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.server.insight.HotKeyOptions;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Reads the words of `HOTKEYS START`.
final class HotKeyWords {
  private static final int COUNT = 10;
  private static final int COUNT_MAX = 64;
  private static final long SECONDS_MAX = 1_000_000;

  private final Args args;
  private boolean time;
  private boolean traffic;
  private int count = COUNT;
  private long seconds;
  private int ratio = 1;
  private @Nullable BitSet slots;

  private HotKeyWords(Args args) {
    this.args = args;
  }

  static HotKeyOptions parse(Args args) {
    HotKeyWords words = new HotKeyWords(args);
    int at = words.metrics();
    while (at < args.count()) {
      at = words.option(at);
    }
    return new HotKeyOptions(
        words.time, words.traffic, words.count, words.seconds * 1000, words.ratio, words.slots);
  }

  private int metrics() {
    if (!args.is(2, "METRICS")) {
      throw CommandException.err("METRICS parameter is required");
    }
    long metrics = number(3, 1, 2, "METRICS count");
    int at = 4;
    for (; at < args.count() && (args.is(at, "CPU") || args.is(at, "NET")); at++) {
      boolean cpu = args.is(at, "CPU");
      if (cpu ? time : traffic) {
        throw CommandException.syntax();
      }
      time |= cpu;
      traffic |= !cpu;
    }
    if (at - 4 != metrics) {
      throw CommandException.err("METRICS count does not match the number of metrics");
    }
    return at;
  }

  private int option(int at) {
    int value = at + 1;
    if (value == args.count()) {
      throw CommandException.syntax();
    }
    if (args.is(at, "COUNT")) {
      count = (int) number(value, 1, COUNT_MAX, "COUNT");
    } else if (args.is(at, "DURATION")) {
      seconds = number(value, 0, SECONDS_MAX, "DURATION");
    } else if (args.is(at, "SAMPLE")) {
      ratio = (int) number(value, 1, Integer.MAX_VALUE, "SAMPLE ratio");
    } else if (args.is(at, "SLOTS")) {
      return slots(value);
    } else {
      throw CommandException.syntax();
    }
    return value + 1;
  }

  private int slots(int at) {
    int named = (int) number(at, 1, Limits.SLOTS, "SLOTS count");
    if (at + named >= args.count() || slots != null) {
      throw CommandException.syntax();
    }
    BitSet set = new BitSet(Limits.SLOTS);
    for (int i = 1; i <= named; i++) {
      set.set((int) number(at + i, 0, Limits.SLOTS - 1L, "slot"));
    }
    slots = set;
    return at + named + 1;
  }

  private long number(int index, long min, long max, String what) {
    try {
      return args.int64(index, min, max);
    } catch (CommandException wrong) {
      throw CommandException.err(what + " must be between " + min + " and " + max);
    }
  }
}
