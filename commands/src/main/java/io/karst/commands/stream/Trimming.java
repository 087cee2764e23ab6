package io.karst.commands.stream;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.StreamCut;
import io.karst.value.StreamId;
import org.jspecify.annotations.Nullable;

/// Reads how a stream is to be trimmed: `MAXLEN | MINID [= | ~] threshold [LIMIT count]`, word by
/// word. Thread: its owner's, for one command.
final class Trimming {
  private boolean byLength;
  private boolean byId;
  private boolean about;
  private long length;
  private @Nullable StreamId minId;
  private long limit;
  private boolean limited;
  private References references = References.KEEP;

  /// Reads the option at an index; returns the index behind it, or `index` if there is none.
  int read(Args args, int index) {
    boolean more = index + 1 < args.count();
    if (more && (args.is(index, "MAXLEN") || args.is(index, "MINID"))) {
      return readThreshold(args, index);
    }
    if (more && args.is(index, "LIMIT")) {
      limit = args.int64(index + 1);
      if (limit < 0) {
        throw CommandException.err("The LIMIT argument must be >= 0.");
      }
      limited = true;
      return index + 2;
    }
    References named = References.find(args, index);
    if (named != null) {
      references = named;
      return index + 1;
    }
    return index;
  }

  private int readThreshold(Args args, int index) {
    boolean isLength = args.is(index, "MAXLEN");
    if (isLength ? byId : byLength) {
      throw CommandException.err(
          "syntax error, MAXLEN and MINID options at the same time are not compatible");
    }
    int at = index + 1;
    about = false;
    if (at + 1 < args.count() && (args.is(at, "~") || args.is(at, "="))) {
      about = args.is(at, "~");
      at++;
    }
    byLength = isLength;
    byId = !isLength;
    if (isLength) {
      length = args.int64(at);
      if (length < 0) {
        throw CommandException.err("The MAXLEN argument must be >= 0.");
      }
    } else {
      minId = Ids.id(args, at);
    }
    return at + 1;
  }

  /// What to take out; null if nothing was said.
  @Nullable StreamCut cut() {
    if (!byLength && !byId) {
      if (limit > 0) {
        throw CommandException.err(
            "syntax error, LIMIT cannot be used without specifying a trimming strategy");
      }
      return null;
    }
    if (limited && !about) {
      throw CommandException.err("syntax error, LIMIT cannot be used without the special ~ option");
    }
    return new StreamCut(length, minId, about, about && !limited ? StreamCut.USUAL : limit);
  }

  /// What becomes of what groups know of the entries that go.
  References references() {
    return references;
  }
}
