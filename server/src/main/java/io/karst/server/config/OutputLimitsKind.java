package io.karst.server.config;

import io.karst.server.config.OutputLimits.Limit;
import java.util.List;
import java.util.Locale;

/// `class hard soft seconds`, once or more on a line; a class that is not named keeps its limit.
record OutputLimitsKind() implements Kind<OutputLimits> {
  private static final int WORDS = 4;

  @Override
  public OutputLimits parse(List<String> words, OutputLimits current) throws BadValueException {
    if (words.isEmpty() || words.size() % WORDS != 0) {
      throw new BadValueException("Wrong number of arguments in buffer limit configuration.");
    }
    OutputLimits limits = current;
    for (int i = 0; i < words.size(); i += WORDS) {
      limits = with(limits, words.get(i), limit(words.subList(i + 1, i + WORDS)));
    }
    return limits;
  }

  @Override
  public List<List<String>> lines(OutputLimits value) {
    return List.of(
        line("normal", value.normal()),
        line("replica", value.replica()),
        line("pubsub", value.pubsub()));
  }

  @Override
  public String text(OutputLimits value) {
    return "normal "
        + numbers(value.normal())
        + " slave "
        + numbers(value.replica())
        + " pubsub "
        + numbers(value.pubsub());
  }

  @Override
  public String form() {
    return "`normal`, `replica` or `pubsub`, then bytes at once, bytes for a while, seconds";
  }

  @Override
  public boolean severalWords() {
    return true;
  }

  private static OutputLimits with(OutputLimits limits, String name, Limit limit)
      throws BadValueException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "normal" -> new OutputLimits(limit, limits.replica(), limits.pubsub());
      case "replica", "slave" -> new OutputLimits(limits.normal(), limit, limits.pubsub());
      case "pubsub" -> new OutputLimits(limits.normal(), limits.replica(), limit);
      default ->
          throw new BadValueException(
              "Invalid client class specified in buffer limit" + " configuration.");
    };
  }

  private static Limit limit(List<String> words) throws BadValueException {
    try {
      int seconds = Integer.parseInt(words.get(2));
      if (seconds >= 0) {
        return new Limit(SizeKind.bytes(words.get(0)), SizeKind.bytes(words.get(1)), seconds);
      }
    } catch (NumberFormatException | BadValueException notOne) {
      // Said below, as for a negative number.
    }
    throw new BadValueException(
        "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
  }

  private static List<String> line(String name, Limit limit) {
    return List.of(
        name,
        SizeKind.shortest(limit.hardBytes()),
        SizeKind.shortest(limit.softBytes()),
        Integer.toString(limit.softSeconds()));
  }

  private static String numbers(Limit limit) {
    return limit.hardBytes() + " " + limit.softBytes() + " " + limit.softSeconds();
  }
}
