package io.karst.server.operations.server;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `DEBUG PROTOCOL`: answers with a reply of each kind there is, for those who write clients. The
/// values are those of Redis, which tests of client libraries know.
@AutoService(Operation.class)
public final class ReplyKinds implements Operation {
  private static final String NUMBER = "1234567999999999999999999999999999999";

  @Override
  public List<Command> commands() {
    return List.of(
        Debugging.debug(
            "PROTOCOL <STRING | INTEGER | DOUBLE | NULL | ARRAY | SET | MAP | ATTRIB | VERBATIM |"
                + " BIGNUM | TRUE | FALSE>",
            "Answers with a reply of a kind.",
            (session, args) -> kind(args)));
  }

  private static Reply kind(Args args) {
    Reply reply = of(args.bytes(2).utf8().toLowerCase(Locale.ROOT));
    if (reply == null) {
      throw CommandException.err(
          "there is no such kind of reply; ask for string, integer, double, null, array, set, map,"
              + " attrib, verbatim, bignum, true or false");
    }
    return reply;
  }

  private static @Nullable Reply of(String kind) {
    return switch (kind) {
      case "string" -> Reply.bulk("Hello World");
      case "integer" -> Reply.of(12345);
      case "double" -> new Reply.Real(3.141);
      case "null" -> Reply.NIL;
      case "array" -> Reply.array(Reply.of(0), Reply.of(1), Reply.of(2));
      case "set" -> new Reply.Collection(List.of(Reply.of(0), Reply.of(1), Reply.of(2)));
      case "map" -> map();
      case "attrib" -> attributed();
      case "verbatim" -> new Reply.Verbatim("txt", Bytes.utf8("This is a verbatim\nstring"));
      case "bignum" -> new Reply.BigNumber(NUMBER);
      case "true" -> new Reply.Bool(true);
      case "false" -> new Reply.Bool(false);
      default -> null;
    };
  }

  private static Reply map() {
    return new Reply.Dictionary(
        List.of(
            Reply.of(0),
            new Reply.Bool(false),
            Reply.of(1),
            new Reply.Bool(true),
            Reply.of(2),
            new Reply.Bool(false)));
  }

  private static Reply attributed() {
    Reply popularity = Reply.array(Reply.bulk("key:123"), Reply.of(90));
    return new Reply.Attributed(
        List.of(Reply.bulk("key-popularity"), popularity),
        Reply.bulk("Some real reply following the attribute"));
  }
}
