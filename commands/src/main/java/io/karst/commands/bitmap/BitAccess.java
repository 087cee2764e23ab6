package io.karst.commands.bitmap;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.List;

/// `GETBIT`, `SETBIT`: one bit. Setting one extends the string with zeros as far as needed, and
/// answers what the bit was; bits beyond the string are 0.
@AutoService(Operation.class)
public final class BitAccess implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("GETBIT key offset", "2.2.0", "Returns a bit of a string.", BitAccess::get)
            .fast()
            .complexity("O(1)"),
        write("SETBIT key offset value", "2.2.0", "Sets or clears a bit.", BitAccess::set)
            .denyOom()
            .complexity("O(1); more if the string grows")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply get(Tx tx, Args args) {
    long offset = BitOffset.parse(tx, args, 2);
    byte[] octet = new byte[1];
    tx.copyRange(args.key(1), (int) (offset >>> 3), octet);
    return Reply.of((octet[0] & mask(offset)) != 0);
  }

  private static Reply set(Tx tx, Args args) {
    long offset = BitOffset.parse(tx, args, 2);
    boolean on = bit(args.bytes(3));
    Key key = args.key(1);
    int index = (int) (offset >>> 3);
    byte[] octet = new byte[1];
    boolean exists = tx.copyRange(key, index, octet) > 0;
    boolean before = (octet[0] & mask(offset)) != 0;
    if (!exists || before != on) {
      octet[0] = (byte) (on ? octet[0] | mask(offset) : octet[0] & ~mask(offset));
      tx.setRange(key, index, Bytes.of(octet));
    }
    return Reply.of(before);
  }

  private static int mask(long offset) {
    return 0x80 >>> (offset & 7);
  }

  private static boolean bit(Bytes word) {
    long bit = Decimal.isInt64(word) ? Decimal.parse(word) : -1;
    if (bit != 0 && bit != 1) {
      throw CommandException.err("bit is not an integer or out of range");
    }
    return bit == 1;
  }
}
