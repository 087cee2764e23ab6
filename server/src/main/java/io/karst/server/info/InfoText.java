package io.karst.server.info;

import java.util.Locale;

/// The text of `INFO`, while it is written.
final class InfoText {
  private static final String[] UNITS = {"B", "K", "M", "G", "T", "P", "E"};

  private final StringBuilder text = new StringBuilder();

  void title(String title) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    text.append("# ").append(title).append("\r\n");
  }

  void field(String name, long value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  void field(String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  /// With two digits behind the point.
  void ratio(String name, double value) {
    field(name, String.format(Locale.ROOT, "%.2f", value));
  }

  /// A number of bytes, and again under `name_human`.
  void bytes(String name, long value) {
    field(name, value);
    field(name + "_human", human(value));
  }

  /// `bytes` for people, as `991.13K`.
  static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + UNITS[0];
    }
    double number = bytes;
    int unit = 0;
    while (number >= 1024 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%s", number, UNITS[unit]);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
