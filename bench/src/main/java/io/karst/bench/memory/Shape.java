package io.karst.bench.memory;

import io.karst.bench.load.CommandBatch;
import java.util.List;
import java.util.Locale;

/// A type and a size of collections.
public enum Shape {
  HASH_10("HSET", Element.FIELD, 10),
  HASH_10000("HSET", Element.FIELD, 10_000),
  INTEGERS_10("SADD", Element.INTEGER, 10),
  INTEGERS_10000("SADD", Element.INTEGER, 10_000),
  STRINGS_10("SADD", Element.MEMBER, 10),
  STRINGS_10000("SADD", Element.MEMBER, 10_000),
  ZSET_100("ZADD", Element.SCORED, 100),
  ZSET_1000000("ZADD", Element.SCORED, 1_000_000),
  LIST_10("RPUSH", Element.VALUE, 10),
  LIST_100000("RPUSH", Element.VALUE, 100_000),
  STREAM_10("XADD", Element.ENTRY, 10),
  STREAM_100000("XADD", Element.ENTRY, 100_000);

  private final String verb;
  private final Element element;
  private final int size;

  /// The words that a command has for each element.
  private enum Element {
    FIELD("hash, field of 18 + value of 16 bytes"),
    INTEGER("set, integer"),
    MEMBER("set, string of 20 bytes"),
    SCORED("sorted set, member of 20 bytes"),
    VALUE("list, string of 16 bytes"),
    ENTRY("stream, entry of field + value of 16 bytes");

    private final String title;

    Element(String title) {
      this.title = title;
    }

    private List<String> words(long number) {
      return switch (this) {
        case FIELD -> List.of(text("field:", 12, number), text("value:", 10, number));
        case INTEGER -> List.of(Long.toString(number * 3 + 1_000_000));
        case MEMBER -> List.of(text("element:", 12, number));
        case SCORED -> List.of(Long.toString(number * 31), text("element:", 12, number));
        case VALUE -> List.of(text("value:", 10, number));
        case ENTRY -> List.of((number + 1) + "-1", "field", text("value:", 10, number));
      };
    }

    /// A number with zeros before it.
    private static String text(String prefix, int digits, long number) {
      String decimal = Long.toString(number);
      return prefix + "0".repeat(digits - decimal.length()) + decimal;
    }
  }

  Shape(String verb, Element element, int size) {
    this.verb = verb;
    this.element = element;
    this.size = size;
  }

  /// The number of elements in a key.
  int size() {
    return size;
  }

  /// Puts the elements from 0 to `count - 1` into a key.
  void fill(CommandBatch batch, String key, int count) {
    List<String> head = List.of(verb, key);
    if (element == Element.ENTRY) {
      for (int i = 0; i < count; i++) {
        List<String> words = element.words(i);
        batch.send(List.of(verb, key, words.get(0), words.get(1), words.get(2)));
      }
    } else {
      batch.spread(head, count, element::words);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s, %,d in a key", element.title, size);
  }
}
