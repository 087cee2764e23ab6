package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `SET`, `SETNX`, `SETEX`, `PSETEX`, `GETSET`: set a key to a string, whatever it held before.
///
/// The key loses its expiry unless it is told to keep it; one in the past deletes the key. With
/// `GET`, and with the conditions that compare, the old value must be a string.
@AutoService(Operation.class)
public final class Set implements Operation {
  private static final EnumSet<KeyFlag> SETS = EnumSet.of(KeyFlag.OVERWRITE, KeyFlag.UPDATE);
  private static final EnumSet<KeyFlag> READS_AND_SETS =
      EnumSet.of(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE);

  @Override
  public List<Command> commands() {
    return List.of(
        set(),
        setIfMissing(),
        setWithExpiry("SETEX", "seconds", ExpiryUnit.EX),
        setWithExpiry("PSETEX", "milliseconds", ExpiryUnit.PX),
        getAndSet());
  }

  private static Command set() {
    return write(
            "SET key value [NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest"
                + " | IFDNE ifdne-digest] [GET] [EX seconds | PX milliseconds"
                + " | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]",
            "1.0.0",
            "Sets a key to a string.",
            Set::set)
        .denyOom()
        .complexity("O(1)")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE, KeyFlag.VARIABLE_FLAGS)
        .keyFlagsOf(args -> answersOld(args) ? READS_AND_SETS : SETS)
        .history("2.6.12", "Added the `EX`, `PX`, `NX` and `XX` options.")
        .history("6.0.0", "Added the `KEEPTTL` option.")
        .history("6.2.0", "Added the `GET`, `EXAT` and `PXAT` options.")
        .history("7.0.0", "`NX` and `GET` go together.")
        .history("8.4.0", "Added the `IFEQ`, `IFNE`, `IFDEQ` and `IFDNE` options.");
  }

  private static Command setIfMissing() {
    return write("SETNX key value", "1.0.0", "Sets a key that is missing to a string.", Set::setNx)
        .fast()
        .denyOom()
        .complexity("O(1)")
        .keyFlags(KeyFlag.OVERWRITE, KeyFlag.INSERT)
        .deprecated("2.6.12", "`SET` with `NX`");
  }

  private static Command setWithExpiry(String name, String argument, ExpiryUnit unit) {
    String command = name.toLowerCase(Locale.ROOT);
    return write(
            name + " key " + argument + " value",
            unit == ExpiryUnit.EX ? "2.0.0" : "2.6.0",
            "Sets a key to a string that expires.",
            (tx, args) -> setEx(tx, args, unit, command))
        .denyOom()
        .complexity("O(1)")
        .keyFlags(KeyFlag.OVERWRITE, KeyFlag.UPDATE)
        .deprecated("2.6.12", "`SET` with `" + unit + "`");
  }

  private static Command getAndSet() {
    return write("GETSET key value", "1.0.0", "Sets a key and returns its old value.", Set::getSet)
        .fast()
        .denyOom()
        .complexity("O(1)")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE)
        .deprecated("6.2.0", "`SET` with `GET`");
  }

  private static Reply set(Tx tx, Args args) {
    if (args.count() == 3) {
      tx.putString(args.key(1), args.bytes(2), Record.NO_EXPIRY);
      return Reply.OK;
    }
    Options options = new Options(args);
    long expiry = options.expiry.at(tx, args, "set", Tx.KEEP_EXPIRY, Record.NO_EXPIRY);
    Key key = args.key(1);
    Bytes old = options.readsOld() ? tx.wholeString(key) : null;
    boolean set = options.holds(tx, key, old);
    if (set) {
      tx.putString(key, args.bytes(2), expiry);
    }
    if (options.get) {
      return Get.reply(old);
    }
    return set ? Reply.OK : Reply.NIL;
  }

  private static boolean answersOld(Args args) {
    for (int i = 3; i < args.count(); i++) {
      if (args.is(i, "GET")) {
        return true;
      }
    }
    return false;
  }

  private static Reply setNx(Tx tx, Args args) {
    if (tx.exists(args.key(1))) {
      return Reply.ZERO;
    }
    tx.putString(args.key(1), args.bytes(2), Record.NO_EXPIRY);
    return Reply.ONE;
  }

  private static Reply setEx(Tx tx, Args args, ExpiryUnit unit, String command) {
    long expiry = unit.at(tx, args, 2, command);
    tx.putString(args.key(1), args.bytes(3), expiry);
    return Reply.OK;
  }

  private static Reply getSet(Tx tx, Args args) {
    Bytes old = tx.wholeString(args.key(1));
    tx.putString(args.key(1), args.bytes(2), Record.NO_EXPIRY);
    return Get.reply(old);
  }

  /// The options of `SET`, in any order; the same one twice counts once, the last value wins.
  private static final class Options {
    private final ExpiryOption expiry = new ExpiryOption("KEEPTTL");
    private @Nullable Condition condition;
    private Bytes operand = Bytes.EMPTY;
    private boolean get;

    private Options(Args args) {
      for (int i = 3; i < args.count(); ) {
        int words = expiry.take(args, i);
        if (words == 0) {
          words = args.is(i, "GET") ? takeGet() : takeCondition(args, i);
        }
        i += words;
      }
    }

    private int takeGet() {
      get = true;
      return 1;
    }

    private int takeCondition(Args args, int index) {
      Condition named = Condition.of(args, index);
      if (named == null || (condition != null && condition != named)) {
        throw CommandException.syntax();
      }
      condition = named;
      if (!named.compares()) {
        return 1;
      }
      operand = args.bytes(index + 1);
      return 2;
    }

    /// Whether the old value is needed, and so must be a string.
    private boolean readsOld() {
      return get || (condition != null && condition.compares());
    }

    private boolean holds(Tx tx, Key key, @Nullable Bytes old) {
      if (condition == null) {
        return true;
      }
      if (old != null) {
        return condition.holds(old, operand);
      }
      return condition.holds(!readsOld() && tx.exists(key));
    }
  }
}
