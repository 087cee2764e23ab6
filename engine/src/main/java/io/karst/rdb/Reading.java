package io.karst.rdb;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Limits;
import io.karst.memory.Record;
import io.karst.value.DumpPayload;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbType;
import io.karst.value.RdbVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// One file being read: what has been said so far about the entries to come, and what is counted.
final class Reading {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int NO_VERSION = -1;

  private final RdbStream in;
  private final RdbVisitor visitor;
  private final Predicate<RdbType> taken;
  private final boolean skipsOthers;
  private final Map<RdbType, Long> skipped = new EnumMap<>(RdbType.class);
  private int version;
  private int database;
  private long expiryMillis = Record.NO_EXPIRY;
  private RdbAccess access = RdbAccess.NONE;
  private long entries;
  private long functions;
  private long modules;

  Reading(RdbStream in, RdbVisitor visitor, Predicate<RdbType> taken, boolean skipsOthers) {
    this.in = in;
    this.visitor = visitor;
    this.taken = taken;
    this.skipsOthers = skipsOthers;
  }

  /// See [RdbFileReader#read].
  RdbSummary run() {
    readHeader();
    int opcode = in.readByte();
    while (opcode != Opcode.END) {
      readSection(opcode);
      opcode = in.readByte();
    }
    readEnd();
    Map<RdbType, Long> others = Collections.unmodifiableMap(skipped);
    return new RdbSummary(version, entries, others, functions, modules, in.position());
  }

  private void readHeader() {
    byte[] magic = in.readBytes(Opcode.MAGIC.length).toArray();
    if (!Arrays.equals(magic, Opcode.MAGIC)) {
      throw new RdbException(0, "no RDB file: it does not begin with REDIS");
    }
    String digits =
        new String(in.readBytes(Opcode.VERSION_DIGITS).toArray(), StandardCharsets.ISO_8859_1);
    version = DIGITS.matcher(digits).matches() ? Integer.parseInt(digits) : NO_VERSION;
    if (version < RdbVersion.OLDEST || version > RdbVersion.NEWEST) {
      String read = "; this build reads " + RdbVersion.OLDEST + " to " + RdbVersion.NEWEST;
      throw new RdbException(Opcode.MAGIC.length, "RDB version " + Bytes.utf8(digits) + read);
    }
  }

  private void readSection(int opcode) {
    switch (opcode) {
      case Opcode.EXPIRY_MILLIS -> expiryMillis = clamped(in.readLittleEndian(Long.BYTES));
      case Opcode.EXPIRY_SECONDS ->
          expiryMillis = clamped(in.readLittleEndian(Integer.BYTES) * 1000);
      case Opcode.IDLE -> access = new RdbAccess(in.readLength(Long.MAX_VALUE), access.frequency());
      case Opcode.FREQUENCY -> access = new RdbAccess(access.idleSeconds(), in.readByte());
      case Opcode.SELECT_DATABASE -> database = in.readLength(Integer.MAX_VALUE);
      case Opcode.RESIZE_DATABASE ->
          visitor.sizes(database, in.readLength(Long.MAX_VALUE), in.readLength(Long.MAX_VALUE));
      case Opcode.SLOT_INFO -> {
        in.readNumber();
        in.readNumber();
        in.readNumber();
      }
      case Opcode.AUX -> visitor.aux(readString().copy(), readString());
      case Opcode.FUNCTION -> functions += visitor.function(readString()) ? 0 : 1;
      case Opcode.FUNCTION_PREVIEW -> readPreviewFunction();
      case Opcode.KEY_METADATA -> {
        Structure.keyMetadata(in);
        modules++;
      }
      case Opcode.MODULE_AUX -> {
        Structure.module(in);
        modules++;
      }
      default -> readEntry(opcode);
    }
  }

  /// Name, engine, perhaps a description, code.
  private void readPreviewFunction() {
    RdbStringCodec.skip(in);
    RdbStringCodec.skip(in);
    if (in.readNumber() != 0) {
      RdbStringCodec.skip(in);
    }
    RdbStringCodec.skip(in);
    functions++;
  }

  private void readEntry(int code) {
    long offset = in.position() - 1;
    RdbType type = RdbType.of(code);
    if (type == null) {
      throw new RdbException(offset, "neither a type nor a section that is known: " + code);
    }
    Bytes key = readString().copy();
    if (taken.test(type)) {
      DumpPayload value = new DumpPayload(type, readValue(type, key));
      show(new RdbEntry(offset, database, key, expiryMillis, access, value));
      entries++;
    } else if (skipsOthers) {
      skip(type, key);
      skipped.merge(type, 1L, Long::sum);
    } else {
      String unknown = "this build does not know the type of " + described(type, key);
      throw new RdbException(offset, unknown);
    }
    forgetAttributes();
  }

  private Bytes readValue(RdbType type, Bytes key) {
    in.mark();
    skip(type, key);
    return in.marked();
  }

  private void skip(RdbType type, Bytes key) {
    try {
      Structure.skip(in, type);
    } catch (RdbException damaged) {
      throw damaged.within(described(type, key));
    }
  }

  private void show(RdbEntry entry) {
    try {
      visitor.entry(entry);
    } catch (CommandException refused) {
      throw entry.refused(refused.line());
    }
  }

  private Bytes readString() {
    return RdbStringCodec.read(in, Limits.STRING_SIZE_MAX);
  }

  private void readEnd() {
    long found = in.checksum();
    long offset = in.position();
    long written = in.readLittleEndian(Long.BYTES);
    if (written != 0 && written != found) {
      throw new RdbException(
          offset,
          "the checksum is "
              + Long.toHexString(written)
              + ", that of the content is "
              + Long.toHexString(found));
    }
    if (!in.ends()) {
      throw in.malformed("more follows the end of the file");
    }
  }

  private void forgetAttributes() {
    expiryMillis = Record.NO_EXPIRY;
    access = RdbAccess.NONE;
  }

  private String described(RdbType type, Bytes key) {
    return RdbEntry.described(type, key, database);
  }

  /// An expiry the engine can hold. Redis takes -1 for none, and what else is negative for due.
  private static long clamped(long millis) {
    return millis == Record.NO_EXPIRY ? millis : Math.clamp(millis, 0, Limits.EXPIRY_MAX);
  }
}
