package io.karst.bench.harness;

import java.util.List;
import java.util.Locale;

/// A reply of a server, as it came over the wire (RESP2). Strings have a char for each byte.
public sealed interface Answer {
  static Answer ok() {
    return new Text("OK");
  }

  static Answer nil() {
    return new Nil();
  }

  /// A simple string.
  record Text(String text) implements Answer {}

  /// An error, which begins with its code.
  record Failure(String text) implements Answer {}

  /// An integer.
  record Whole(long value) implements Answer {}

  /// A bulk string.
  record Bulk(String value) implements Answer {}

  /// A null, of a bulk string or an array.
  record Nil() implements Answer {}

  /// An array.
  record Many(List<Answer> items) implements Answer {
    public Many {
      items = List.copyOf(items);
    }
  }

  /// For messages: short, whatever its size.
  default String shown() {
    return switch (this) {
      case Text reply -> reply.text;
      case Failure reply -> "the error '" + reply.text + "'";
      case Whole reply -> Long.toString(reply.value);
      case Bulk reply -> shown(reply.value);
      case Nil _ -> "nil";
      case Many reply -> reply.items.stream().limit(10).map(Answer::shown).toList().toString();
    };
  }

  /// The first bytes of a string, what is not ASCII as dots, and its size if that is not all.
  static String shown(String bytes) {
    int end = Math.min(bytes.length(), 40);
    String head = bytes.substring(0, end).replaceAll("[^ -~]", ".");
    return end == bytes.length()
        ? '"' + head + '"'
        : String.format(Locale.ROOT, "\"%s…\" (%,d bytes)", head, bytes.length());
  }
}
