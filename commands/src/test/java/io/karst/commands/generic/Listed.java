package io.karst.commands.generic;

import io.karst.commands.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The keys in replies, as text.
final class Listed {
  private Listed() {}

  static List<String> keys(Reply reply) {
    List<String> keys = new ArrayList<>();
    ((Reply.Strings) reply).items().forEach(item -> keys.add(Objects.requireNonNull(item).utf8()));
    return keys;
  }

  /// The keys in a reply of `SCAN`.
  static List<String> scanned(Reply reply) {
    return keys(((Reply.Array) reply).items().get(1));
  }

  /// The cursor in a reply of `SCAN`.
  static String cursor(Reply reply) {
    return ((Reply.Bulk) ((Reply.Array) reply).items().getFirst()).bytes().utf8();
  }
}
