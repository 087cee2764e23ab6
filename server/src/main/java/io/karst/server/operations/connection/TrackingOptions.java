package io.karst.server.operations.connection;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.server.messages.TrackingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What `CLIENT TRACKING` says, and whether it may say so.
final class TrackingOptions {
  private static final String ANOTHER =
      " before disabling tracking for this client, and then re-enabling it with a different mode.";

  private final boolean on;
  private long redirect;
  private boolean broadcast;
  private final List<Bytes> prefixes = new ArrayList<>();
  private boolean optIn;
  private boolean optOut;
  private boolean noLoop;

  private TrackingOptions(boolean on) {
    this.on = on;
  }

  static TrackingOptions read(Args args) {
    TrackingOptions options = new TrackingOptions(args.is(2, "ON"));
    int at = 3;
    while (at < args.count()) {
      at = options.take(args, at);
    }
    if (!options.on && !args.is(2, "OFF")) {
      throw CommandException.syntax();
    }
    return options;
  }

  /// Takes an option; returns where the next begins.
  private int take(Args args, int at) {
    boolean more = at + 1 < args.count();
    if (args.is(at, "REDIRECT") && more) {
      redirect(args.bytes(at + 1));
      return at + 2;
    }
    if (args.is(at, "PREFIX") && more) {
      prefixes.add(args.bytes(at + 1).copy());
      return at + 2;
    }
    switch (args.bytes(at).utf8().toUpperCase(Locale.ROOT)) {
      case "BCAST" -> broadcast = true;
      case "OPTIN" -> optIn = true;
      case "OPTOUT" -> optOut = true;
      case "NOLOOP" -> noLoop = true;
      default -> throw CommandException.syntax();
    }
    return at + 1;
  }

  private void redirect(Bytes word) {
    if (redirect != 0) {
      throw CommandException.err("A client can only redirect to a single other client");
    }
    redirect = Decimal.parse(word);
  }

  boolean on() {
    return on;
  }

  /// The mode it asks for.
  ///
  /// - `before`: the one so far; null if there is none.
  /// - throws [CommandException] if the two, or options, do not go together.
  TrackingMode mode(@Nullable TrackingMode before) {
    if (!broadcast && !prefixes.isEmpty()) {
      throw CommandException.err("PREFIX option requires BCAST mode to be enabled");
    }
    if (before != null && before.broadcast() != broadcast) {
      throw CommandException.err("You can't switch BCAST mode on/off" + ANOTHER);
    }
    if (broadcast && (optIn || optOut)) {
      throw CommandException.err("OPTIN and OPTOUT are not compatible with BCAST");
    }
    if (optIn && optOut) {
      throw CommandException.err("You can't specify both OPTIN mode and OPTOUT mode");
    }
    if (before != null && ((optIn && before.optOut()) || (optOut && before.optIn()))) {
      throw CommandException.err("You can't switch OPTIN/OPTOUT mode" + ANOTHER);
    }
    List<Bytes> all = broadcast ? allPrefixes(before) : List.of();
    return new TrackingMode(redirect, broadcast, all, optIn, optOut, noLoop);
  }

  /// Those so far and those that come to them; none of these is the beginning of another.
  private List<Bytes> allPrefixes(@Nullable TrackingMode before) {
    List<Bytes> present = before == null ? List.of() : before.prefixes();
    for (int i = 0; i < prefixes.size(); i++) {
      checkOverlap(prefixes.get(i), present, "an existing");
      checkOverlap(prefixes.get(i), prefixes.subList(i + 1, prefixes.size()), "another provided");
    }
    TreeSet<Bytes> all = new TreeSet<>(present);
    all.addAll(prefixes.isEmpty() ? List.of(Bytes.EMPTY) : prefixes);
    return List.copyOf(all);
  }

  private static void checkOverlap(Bytes prefix, List<Bytes> others, String which) {
    for (Bytes other : others) {
      int common = Math.min(prefix.length(), other.length());
      if (prefix.slice(0, common).equals(other.slice(0, common))) {
        throw CommandException.err(
            "Prefix '"
                + prefix.utf8()
                + "' overlaps with "
                + which
                + " prefix '"
                + other.utf8()
                + "'. Prefixes for a single client must not overlap.");
      }
    }
  }
}
