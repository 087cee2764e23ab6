package io.karst.commands.hyperloglog;

import static io.karst.commands.Command.other;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `PFDEBUG`, `PFSELFTEST`: how a HyperLogLog is held, and whether the estimates are as good as
/// they should be.
@AutoService(Operation.class)
public final class DebugCounter implements Operation {
  /// Seven standard errors: a test that fails once in a hundred thousand million times.
  private static final double ERROR_MAX = 7 * 0.0081;

  private static final int ELEMENTS_MAX = 1_000_000;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "PFDEBUG <GETREG | DECODE | ENCODING | TODENSE> key",
                "2.8.9",
                "Tells how a HyperLogLog is held.",
                DebugCounter::debug)
            .denyOom()
            .admin()
            .complexity("O(1)")
            .keys(KeySpec.at(2).flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS)),
        other(
                "PFSELFTEST",
                "2.8.9",
                "Checks the estimates of HyperLogLogs.",
                (tx, args) -> selfTest(tx))
            .admin()
            .slow()
            .complexity("O(1), but a second"));
  }

  private static Reply debug(Tx tx, Args args) {
    Counter counter = Counter.of(tx, args.key(2));
    if (counter == null) {
      throw CommandException.err("The specified key does not exist");
    }
    if (args.is(1, "GETREG")) {
      return registers(counter);
    } else if (args.is(1, "DECODE")) {
      return decode(counter);
    } else if (args.is(1, "ENCODING")) {
      return new Reply.Simple(counter.isDense() ? "dense" : "sparse");
    } else if (args.is(1, "TODENSE")) {
      return Reply.of(counter.makeDense());
    }
    throw CommandException.err("Unknown PFDEBUG subcommand '" + args.bytes(1).utf8() + "'");
  }

  /// All registers; the value becomes dense, as in Redis.
  private static Reply registers(Counter counter) {
    Registers registers = new Registers();
    counter.mergeInto(registers);
    counter.makeDense();
    List<Reply> replies = new ArrayList<>(Registers.COUNT);
    for (int register = 0; register < Registers.COUNT; register++) {
      replies.add(Reply.of(registers.value(register)));
    }
    return new Reply.Array(replies);
  }

  private static Reply decode(Counter counter) {
    if (counter.isDense()) {
      throw CommandException.err("HLL encoding is not sparse");
    }
    return Reply.bulk(new Sparse(counter.value()).runs());
  }

  private static Reply selfTest(Tx tx) {
    Registers registers = new Registers();
    long seed = tx.random().nextLong();
    byte[] element = new byte[Long.BYTES];
    for (int count = 1; count <= ELEMENTS_MAX; count++) {
      long value = seed + count;
      for (int i = 0; i < Long.BYTES; i++) {
        element[i] = (byte) (value >>> (8 * i));
      }
      registers.add(Bytes.of(element));
      boolean isPowerOfTen = count == Math.pow(10, Math.rint(Math.log10(count)));
      if (isPowerOfTen && Math.abs(registers.estimate() - count) > allowed(count)) {
        throw new CommandException(
            "TESTFAILED an estimate of " + registers.estimate() + " for " + count);
      }
    }
    Registers copy = new Registers();
    Dense.mergeInto(copy, Dense.of(registers, Sparse.empty().value()));
    if (!copy.equals(registers)) {
      throw new CommandException("TESTFAILED dense registers are not what was written");
    }
    return Reply.OK;
  }

  private static double allowed(int count) {
    return Math.max(1, count * ERROR_MAX);
  }
}
