package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Runs scripts, and shows replies in a line: `"a"` for a string, `+OK`, `-ERR …`, `[1, nil]`.
final class Scripts implements AutoCloseable {
  final LuaRuntime runtime = new LuaRuntime();
  final TinyHost host = new TinyHost();
  Budget budget = Budget.DEFAULT;

  /// The reply, the place taken off an error: ` script: <sha1>, on @user_script:1.`
  String run(String body, String... args) {
    return show(reply(body, args)).replaceAll(" script: [0-9a-f]{40}, on @user_script:1\\.$", "");
  }

  Reply reply(String body, String... args) {
    return reply(Bytes.of(body.getBytes(StandardCharsets.ISO_8859_1)), args);
  }

  Reply reply(Bytes body, String... args) {
    List<Bytes> words = Arrays.stream(args).map(Bytes::utf8).toList();
    return runtime.run(runtime.compile(body), List.of(), words, host, budget);
  }

  static String show(Reply reply) {
    return switch (reply) {
      case Reply.Bulk bulk -> '"' + latin(bulk.bytes()) + '"';
      case Reply.Simple simple -> "+" + simple.text();
      case Reply.Err error -> "-" + error.line();
      case Reply.Int integer -> Long.toString(integer.value());
      case Reply.Nil _ -> "nil";
      case Reply.Bool bool -> "#" + bool.value();
      case Reply.Real real -> "," + real.value();
      case Reply.BigNumber number -> "(" + number.digits();
      case Reply.Verbatim text -> "=" + text.format() + ":" + latin(text.bytes());
      case Reply.Array array -> show("[", array.items(), "]");
      case Reply.Collection set -> show("~{", set.items(), "}");
      case Reply.Dictionary map -> show("%{", map.keysAndValues(), "}");
      default -> reply.toString();
    };
  }

  private static String latin(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
  }

  private static String show(String open, List<? extends Reply> items, String close) {
    return items.stream().map(Scripts::show).collect(Collectors.joining(", ", open, close));
  }

  @Override
  public void close() {
    runtime.close();
  }
}
