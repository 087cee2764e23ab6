package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.Crc64;
import io.karst.value.DumpPayload;
import io.karst.value.ValueType;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RestoreTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private static final String DAMAGED = "ERR DUMP payload version or checksum are wrong";

  @Test
  void whatWasDumpedIsRestored() {
    for (String value : new String[] {"", "1", "-300", "70000", "text", "ab".repeat(1000)}) {
      store.show("SET", "a", value);
      Bytes payload = dump("a");
      assertThat(restore("b", "0", payload, "REPLACE")).isEqualTo(Reply.OK);
      assertThat(store.show("GET", "b")).isEqualTo(value);
      assertThat(store.show("TTL", "b")).isEqualTo("-1");
    }
  }

  @Test
  void withoutAKeyDumpIsNil() {
    assertThat(store.show("DUMP", "missing")).isEqualTo("nil");
  }

  @Test
  void ttlIsRelativeOrAbsolute() {
    Bytes payload = DumpPayload.ofString(Bytes.utf8("1"));
    restore("a", "5000", payload);
    assertThat(store.expiry("a")).isEqualTo(store.now() + 5000);
    restore("b", Long.toString(store.now() + 7), payload, "absttl");
    assertThat(store.expiry("b")).isEqualTo(store.now() + 7);
    restore("c", "0", payload, "ABSTTL");
    assertThat(store.show("TTL", "c")).isEqualTo("-1");
    restore("d", "9223372036854775807", payload);
    assertThat(store.show("GET", "d")).isEqualTo("1");
  }

  @Test
  void aTimeThatHasPassedMakesNoKey() {
    Bytes payload = DumpPayload.ofString(Bytes.utf8("1"));
    assertThat(restore("a", "1", payload, "ABSTTL")).isEqualTo(Reply.OK);
    store.show("SET", "b", "2");
    assertThat(restore("b", "1", payload, "ABSTTL", "REPLACE", "IDLETIME", "9"))
        .isEqualTo(Reply.OK);
    assertThat(store.show("EXISTS", "a", "b")).isEqualTo("0");
  }

  @Test
  void aKeyThatExistsIsReplacedOnRequestOnly() {
    Bytes payload = DumpPayload.ofString(Bytes.utf8("1"));
    store.plant("a", ValueType.LIST);
    assertThat(restore("a", "0", payload))
        .isEqualTo(new Reply.Err("BUSYKEY Target key name already exists."));
    assertThat(restore("a", "0", payload, "replace")).isEqualTo(Reply.OK);
    assertThat(store.show("GET", "a")).isEqualTo("1");
  }

  @Test
  void idleTimeIsTaken() {
    Bytes payload = DumpPayload.ofString(Bytes.utf8("1"));
    restore("a", "0", payload, "IDLETIME", "1000");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("1000");
    assertThat(restore("b", "0", payload, "FREQ", "255")).isEqualTo(Reply.OK);
  }

  @Test
  void aDamagedPayloadChangesNothing() {
    store.show("SET", "a", "before", "EX", "10");
    store.takeEffects();
    byte[] payload = DumpPayload.ofString(Bytes.utf8("a value of some length")).toArray();
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= 0x10;
      assertThat(restore("a", "0", Bytes.of(payload), "REPLACE")).isEqualTo(new Reply.Err(DAMAGED));
      assertThat(restore("a", "0", Bytes.of(payload, 0, i), "REPLACE"))
          .isEqualTo(new Reply.Err(DAMAGED));
      payload[i] ^= 0x10;
    }
    assertThat(store.show("GET", "a")).isEqualTo("before");
    assertThat(store.show("TTL", "a")).isEqualTo("10");
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void aTypeThatIsNotKnownChangesNothing() {
    store.show("SET", "a", "before");
    Bytes module = Bytes.of(HexFormat.of().parseHex("0701c0010a00a5d6a7c5d8e0e11a"));
    byte[] sealed = module.toArray();
    long checksum = Crc64.of(sealed, 0, sealed.length - 8);
    for (int i = 0; i < 8; i++) {
      sealed[sealed.length - 8 + i] = (byte) (checksum >>> (8 * i));
    }
    assertThat(restore("a", "0", Bytes.of(sealed), "REPLACE"))
        .isEqualTo(new Reply.Err("ERR Bad data format: a value of a module"));
    assertThat(store.show("GET", "a")).isEqualTo("before");
  }

  @Test
  void errorsInTheirOrder() {
    store.show("SET", "a", "1");
    String syntax = "ERR syntax error";
    String notAnInteger = "ERR value is not an integer or out of range";
    assertThat(store.error("RESTORE", "a", "x", "y", "IDLETIME")).isEqualTo(syntax);
    assertThat(store.error("RESTORE", "a", "x", "y", "FREQ", "1", "IDLETIME", "1"))
        .isEqualTo(syntax);
    assertThat(store.error("RESTORE", "a", "x", "y", "IDLETIME", "1", "FREQ", "1"))
        .isEqualTo(syntax);
    assertThat(store.error("RESTORE", "a", "x", "y", "FREQ", "x")).isEqualTo(notAnInteger);
    assertThat(store.error("RESTORE", "a", "x", "y", "FREQ", "256"))
        .isEqualTo("ERR Invalid FREQ value, must be >= 0 and <= 255");
    assertThat(store.error("RESTORE", "a", "x", "y", "IDLETIME", "-1"))
        .isEqualTo("ERR Invalid IDLETIME value, must be >= 0");
    assertThat(store.error("RESTORE", "a", "x", "y"))
        .isEqualTo("BUSYKEY Target key name already exists.");
    assertThat(store.error("RESTORE", "b", "x", "y")).isEqualTo(notAnInteger);
    assertThat(store.error("RESTORE", "b", "-1", "y"))
        .isEqualTo("ERR Invalid TTL value, must be >= 0");
    assertThat(store.error("RESTORE", "b", "0", "y")).isEqualTo(DAMAGED);
    assertThat(store.error("RESTORE", "b", "0", "")).isEqualTo(DAMAGED);
  }

  private Bytes dump(String key) {
    return ((Reply.Bulk) store.run("DUMP", key)).bytes();
  }

  private Reply restore(String key, String ttl, Bytes payload, String... options) {
    Args args = Args.of("RESTORE", key, ttl);
    args.add(payload);
    for (String option : options) {
      args.add(Bytes.utf8(option));
    }
    return store.run(args);
  }
}
