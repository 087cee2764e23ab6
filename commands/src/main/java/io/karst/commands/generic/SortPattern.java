package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// What stands behind `BY` and `GET`: the name of a key, with a `*` in the place of an element,
/// perhaps with the field of a hash behind `->`; or `#`, the element itself.
final class SortPattern {
  private static final int NONE = -1;

  private final Bytes text;
  private final int star;

  /// Where the `->` stands, or [#NONE].
  private final int arrow;

  SortPattern(Bytes text) {
    this.text = text;
    star = indexOf(text, '*');
    arrow = star == NONE ? NONE : arrow(text, star + 1);
  }

  static boolean hasStar(Bytes text) {
    return indexOf(text, '*') != NONE;
  }

  boolean hasStar() {
    return star != NONE;
  }

  /// What it names for an element: a string, or the field of a hash; null if there is none.
  ///
  /// The lock of the key is held: `SORT` with a `*` in a pattern holds all.
  @Nullable Bytes find(Tx tx, Bytes element) {
    if (text.length() == 1 && text.at(0) == '#') {
      return element;
    }
    if (star == NONE) {
      return null;
    }
    Key key = Key.of(name(element));
    if (arrow == NONE) {
      return tx.stringOrNull(key);
    }
    Bytes field = text.slice(arrow + 2, text.length() - arrow - 2);
    return tx.type(key) == ValueType.HASH ? tx.hash(key).get(field) : null;
  }

  private Bytes name(Bytes element) {
    int end = arrow == NONE ? text.length() : arrow;
    byte[] name = new byte[end - 1 + element.length()];
    text.copyTo(0, name, 0, star);
    element.copyTo(0, name, star, element.length());
    text.copyTo(star + 1, name, star + element.length(), end - star - 1);
    return Bytes.of(name);
  }

  /// The first `->` that has something behind it, if the first one has.
  private static int arrow(Bytes text, int from) {
    for (int i = from; i + 1 < text.length(); i++) {
      if (text.at(i) == '-' && text.at(i + 1) == '>') {
        return i + 2 < text.length() ? i : NONE;
      }
    }
    return NONE;
  }

  private static int indexOf(Bytes text, char c) {
    for (int i = 0; i < text.length(); i++) {
      if (text.at(i) == c) {
        return i;
      }
    }
    return NONE;
  }
}
