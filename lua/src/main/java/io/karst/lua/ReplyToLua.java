package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.DoubleText;
import io.karst.commands.Reply;
import io.karst.commands.StringSource;
import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pushes replies as values of Lua, in the way of one version of the protocol.
///
/// RESP2 knows strings, integers, nil (which is `false`) and arrays; RESP3 tables with a field
/// `map`, `set`, `double`, … besides, and its null is `nil`.
final class ReplyToLua {
  private static final int DEPTH_MAX = 1000;

  /// What a table takes, at least, and a place in one.
  private static final long TABLE_SIZE = 64;

  private static final long ITEM_SIZE = 16;

  /// How many values whatever is no table of others needs on the stack, with what such a table has
  /// there.
  private static final int ROOM = 12;

  private final LuaStack stack;
  private final int okName;
  private final int okText;
  private boolean resp3;

  ReplyToLua(LuaStack stack) {
    this.stack = stack;
    stack.push("ok");
    okName = stack.keep();
    stack.push("OK");
    okText = stack.keep();
  }

  void protocol(int version) {
    resp3 = version == 3;
  }

  void push(Reply reply) {
    push(reply, 0);
  }

  private void push(Reply reply, int depth) {
    if (depth > DEPTH_MAX) {
      throw LuaException.at("reply is nested too deep");
    }
    switch (reply) {
      case Reply.Bulk bulk -> stack.push(bulk.bytes());
      case Reply.Int integer -> stack.push((double) integer.value());
      case Reply.Simple simple -> status(simple);
      case Reply.Err error -> field("err", error.line());
      case Reply.Nil _, Reply.NilArray _, Reply.None _ -> nil();
      case Reply.Array array -> items(array.items(), depth);
      case Reply.Push push -> items(push.items(), depth);
      case Reply.Frames frames -> items(frames.frames(), depth);
      case Reply.Collection set -> set(set.items(), depth);
      case Reply.Dictionary map -> map(map.keysAndValues(), depth);
      case Reply.Entries entries -> entries(entries.keysAndValues(), depth);
      case Reply.Real real -> real(real.value());
      case Reply.RealText text -> realText(text.digits());
      case Reply.Bool bool -> bool(bool.value());
      case Reply.BigNumber number -> bigNumber(number.digits());
      case Reply.Verbatim verbatim -> verbatim(verbatim);
      case Reply.Strings strings -> strings(strings);
      case Reply.Scored scored -> scored(scored);
      case Reply.Attributed attributed -> push(attributed.reply(), depth);
      case Reply.Blocked blocked -> push(blocked.onTimeout(), depth);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is that one object, which most are.
  private void status(Reply.Simple simple) {
    if (simple != Reply.OK) {
      field("ok", simple.text());
      return;
    }
    stack.pushTable(0, 1);
    stack.pushKept(okName);
    stack.pushKept(okText);
    stack.set(-3);
  }

  private void field(String name, String value) {
    stack.pushTable(0, 1);
    stack.push(value);
    stack.set(-2, name);
  }

  private void nil() {
    if (resp3) {
      stack.pushNil();
    } else {
      stack.push(false);
    }
  }

  /// Pushes a table that other things are to be put into.
  private void table(int items, int fields) {
    stack.room(ROOM);
    stack.memory(TABLE_SIZE + ITEM_SIZE * items + 3 * ITEM_SIZE * fields);
    stack.pushTable(items, fields);
  }

  private void items(List<? extends Reply> items, int depth) {
    table(items.size(), 0);
    for (int i = 0; i < items.size(); i++) {
      push(items.get(i), depth + 1);
      stack.set(-2, i + 1);
    }
  }

  /// `{set = {member = true, …}}`.
  private void set(List<? extends Reply> items, int depth) {
    if (!resp3) {
      items(items, depth);
      return;
    }
    stack.pushTable(0, 1);
    table(0, items.size());
    for (int i = 0; i < items.size(); i++) {
      push(items.get(i), depth + 1);
      stack.push(true);
      pair();
    }
    stack.set(-2, "set");
  }

  /// `{map = {key = value, …}}`.
  private void map(List<? extends Reply> keysAndValues, int depth) {
    if (!resp3) {
      items(keysAndValues, depth);
      return;
    }
    stack.pushTable(0, 1);
    table(0, keysAndValues.size() / 2);
    for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
      push(keysAndValues.get(i), depth + 1);
      push(keysAndValues.get(i + 1), depth + 1);
      pair();
    }
    stack.set(-2, "map");
  }

  /// Sets a key and a value, unless the key is nil.
  private void pair() {
    if (stack.isNil(-2)) {
      stack.pop(2);
    } else {
      stack.set(-3);
    }
  }

  private void entries(List<? extends Reply> keysAndValues, int depth) {
    if (resp3) {
      map(keysAndValues, depth);
      return;
    }
    table(keysAndValues.size() / 2, 0);
    for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
      items(keysAndValues.subList(i, i + 2), depth + 1);
      stack.set(-2, i / 2 + 1);
    }
  }

  private void real(double value) {
    if (resp3) {
      stack.pushTable(0, 1);
      stack.push(value);
      stack.set(-2, "double");
    } else {
      stack.push(DoubleText.of(value));
    }
  }

  private void realText(Bytes digits) {
    if (resp3) {
      real(Double.parseDouble(digits.utf8()));
    } else {
      stack.push(digits);
    }
  }

  private void bool(boolean value) {
    if (resp3) {
      stack.push(value);
    } else {
      stack.push(value ? 1.0 : 0.0);
    }
  }

  private void bigNumber(String digits) {
    if (resp3) {
      field("big_number", digits);
    } else {
      stack.push(digits);
    }
  }

  /// `{verbatim_string = {format = …, string = …}}`.
  private void verbatim(Reply.Verbatim verbatim) {
    if (!resp3) {
      stack.push(verbatim.bytes());
      return;
    }
    stack.pushTable(0, 1);
    stack.pushTable(0, 2);
    stack.push(verbatim.bytes());
    stack.set(-2, "string");
    stack.push(verbatim.format());
    stack.set(-2, "format");
    stack.set(-2, "verbatim_string");
  }

  private void string(@Nullable Bytes item) {
    if (item == null) {
      nil();
    } else {
      stack.push(item);
    }
  }

  private void strings(Reply.Strings strings) {
    StringSource items = strings.items();
    int size = Math.max(items.size(), 0);
    Reply.Shape shape = resp3 ? strings.shape() : Reply.Shape.ARRAY;
    switch (shape) {
      case ARRAY -> {
        table(size, 0);
        items.forEach(new Sequence(1));
      }
      case PAIRS -> {
        table(size / 2, 0);
        items.forEach(new Sequence(2));
      }
      case SET -> {
        stack.pushTable(0, 1);
        table(0, size);
        items.forEach(this::member);
        stack.set(-2, "set");
      }
      case MAP -> {
        stack.pushTable(0, 1);
        table(0, size / 2);
        items.forEach(new Fields());
        stack.set(-2, "map");
      }
    }
  }

  private void member(@Nullable Bytes item) {
    if (item != null) {
      stack.push(item);
      stack.push(true);
      stack.set(-3);
    }
  }

  private void scored(Reply.Scored scored) {
    int size = scored.items().size();
    if (resp3 && scored.paired()) {
      table(size, 0);
      int[] at = {0};
      scored
          .items()
          .forEach((member, score) -> {
            stack.pushTable(2, 0);
            stack.push(member);
            stack.set(-2, 1);
            real(score);
            stack.set(-2, 2);
            stack.set(-2, ++at[0]);
          });
      return;
    }
    table(2 * size, 0);
    int[] at = {0};
    scored
        .items()
        .forEach((member, score) -> {
          stack.push(member);
          stack.set(-2, ++at[0]);
          real(score);
          stack.set(-2, ++at[0]);
        });
  }

  /// Items of the table on top, or of tables of two in it.
  private final class Sequence implements StringSource.Visitor {
    private final int group;
    private int count;

    Sequence(int group) {
      this.group = group;
    }

    @Override
    public void item(@Nullable Bytes item) {
      if (group == 1) {
        string(item);
        stack.set(-2, ++count);
        return;
      }
      if (count % 2 == 0) {
        stack.pushTable(2, 0);
      }
      string(item);
      stack.set(-2, count % 2 + 1);
      if (++count % 2 == 0) {
        stack.set(-2, count / 2);
      }
    }
  }

  /// Keys and values of the table on top.
  private final class Fields implements StringSource.Visitor {
    private boolean second;

    @Override
    public void item(@Nullable Bytes item) {
      string(item);
      if (second) {
        pair();
      }
      second = !second;
    }
  }
}
