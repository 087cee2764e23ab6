package io.karst.commands.string;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Xxh3;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.HexFormat;
import java.util.List;

/// `DIGEST`: the XXH3 of a string as 16 hexadecimal digits, for comparing it without sending it.
@AutoService(Operation.class)
public final class Digest implements Operation {
  private static final int DIGITS = 16;
  private static final HexFormat HEXADECIMAL = HexFormat.of();

  @Override
  public List<Command> commands() {
    return List.of(
        read("DIGEST key", "8.4.0", "Returns the XXH3 digest of a string.", Digest::digest)
            .fast()
            .complexity("O(N), N being the length of the string"));
  }

  private static Reply digest(Tx tx, Args args) {
    Bytes value = tx.wholeString(args.key(1));
    return value == null ? Reply.NIL : Reply.bulk(digits(value));
  }

  /// Whether `digest` is the digest of `value`, in upper or lower case.
  ///
  /// - throws [CommandException] if it has not the length of one; other characters than
  ///   hexadecimal digits only match nothing, as in Redis.
  static boolean matches(Bytes value, Bytes digest) {
    if (digest.length() != DIGITS) {
      throw CommandException.err("must be exactly 16 hexadecimal characters");
    }
    return digits(value).equalsIgnoreCase(digest.utf8());
  }

  private static String digits(Bytes value) {
    return HEXADECIMAL.toHexDigits(Xxh3.hash(value));
  }
}
