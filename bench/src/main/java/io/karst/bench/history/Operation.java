package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What one client did to one key.
///
/// - `client`: a number, for people.
/// - `words`: the command, the key among them.
/// - `answer`: null if none came.
/// - `callNanos`, `returnNanos`: before the request and after its answer, of one monotonic clock;
///   [#NEVER] if no answer came.
public record Operation(
    int client, List<String> words, @Nullable Answer answer, long callNanos, long returnNanos) {
  public static final long NEVER = Long.MAX_VALUE;

  public Operation {
    words = List.copyOf(words);
    if (returnNanos < callNanos) {
      throw new IllegalArgumentException("answered before it was asked");
    }
    if (answer == null && returnNanos != NEVER) {
      throw new IllegalArgumentException("returned without an answer");
    }
  }

  /// One without an answer.
  public static Operation open(int client, List<String> words, long callNanos) {
    return new Operation(client, words, null, callNanos, NEVER);
  }

  /// Whether nobody knows if it happened.
  boolean isOpen() {
    return answer == null;
  }

  /// A line for people.
  ///
  /// - `originNanos`: what times are told from.
  String shown(long originNanos) {
    Answer came = answer;
    String call = millis(callNanos - originNanos);
    return came == null
        ? String.format(Locale.ROOT, "%12s %12s  client %3d  %s", call, "", client, request())
        : String.format(
            Locale.ROOT,
            "%12s %12s  client %3d  %s -> %s",
            call,
            millis(returnNanos - originNanos),
            client,
            request(),
            came.shown());
  }

  /// The command, in a line.
  String request() {
    return String.join(" ", words).replace('\n', ' ');
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }
}
