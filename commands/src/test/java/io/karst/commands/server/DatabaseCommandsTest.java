package io.karst.commands.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.CommandTable;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DatabaseCommandsTest {
  private static final long NOW = 1_000_000;

  private final Engine engine = Engine.open(EngineOptions.defaults(1).withMaintenance(false));
  private final CommandTable table =
      CommandTable.of(
          List.of(
              new DatabaseSize(),
              new Flush(),
              new SwapDatabases(),
              new MemoryUsage(),
              new DebugObject()));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void dbsizeCountsTheKeysOfItsDatabase() {
    put(0, "a");
    put(0, "b");
    put(3, "c");
    assertThat(run(0, "DBSIZE")).isEqualTo(new Reply.Int(2));
    assertThat(run(3, "DBSIZE")).isEqualTo(new Reply.Int(1));
    assertThat(run(4, "DBSIZE")).isEqualTo(new Reply.Int(0));
  }

  @Test
  void flushdbEmptiesItsDatabaseOnly() {
    put(0, "a");
    put(3, "c");
    assertThat(run(3, "FLUSHDB", "async")).isEqualTo(Reply.OK);
    assertThat(run(3, "DBSIZE")).isEqualTo(new Reply.Int(0));
    assertThat(run(0, "DBSIZE")).isEqualTo(new Reply.Int(1));
  }

  @Test
  void flushallEmptiesAll() {
    put(0, "a");
    put(3, "c");
    assertThat(run(1, "FLUSHALL", "SYNC")).isEqualTo(Reply.OK);
    assertThat(run(0, "DBSIZE")).isEqualTo(new Reply.Int(0));
    assertThat(run(3, "DBSIZE")).isEqualTo(new Reply.Int(0));
  }

  @Test
  void aFlushThatIsWronglyWrittenDeletesNothing() {
    put(0, "a");
    assertError("ERR syntax error", "FLUSHALL", "foo");
    assertError("ERR syntax error", "FLUSHALL", "sync", "async");
    assertError("ERR syntax error", "FLUSHDB", "async", "x");
    assertThat(run(0, "DBSIZE")).isEqualTo(new Reply.Int(1));
  }

  @Test
  void swapdbExchangesDatabases() {
    put(0, "a");
    put(3, "b");
    put(3, "c");
    assertThat(run(0, "SWAPDB", "0", "3")).isEqualTo(Reply.OK);
    assertThat(run(0, "DBSIZE")).isEqualTo(new Reply.Int(2));
    assertThat(run(3, "DBSIZE")).isEqualTo(new Reply.Int(1));
    assertThat(run(0, "SWAPDB", "2", "2")).isEqualTo(Reply.OK);
  }

  @Test
  void swapdbRefusesWhatIsNoDatabase() {
    assertError("ERR invalid first DB index", "SWAPDB", "a", "1");
    assertError("ERR invalid second DB index", "SWAPDB", "1", "a");
    assertError("ERR invalid first DB index", "SWAPDB", "4294967296", "1");
    assertError("ERR DB index is out of range", "SWAPDB", "1", "16");
    assertError("ERR DB index is out of range", "SWAPDB", "-1", "0");
  }

  @Test
  void memoryUsageCountsKeyAndValue() {
    put(0, "a");
    assertThat(run(0, "MEMORY", "USAGE", "none")).isEqualTo(Reply.NIL);
    Reply usage = run(0, "MEMORY", "USAGE", "a");
    assertThat(((Reply.Int) usage).value()).isBetween(2L, 200L);
    assertThat(run(0, "MEMORY", "USAGE", "a", "SAMPLES", "0")).isEqualTo(usage);
    assertError("ERR syntax error", "MEMORY", "USAGE", "a", "SAMPLES");
    assertError("ERR syntax error", "MEMORY", "USAGE", "a", "SAMPLES", "-1");
    assertError("ERR syntax error", "MEMORY", "USAGE", "a", "foo", "1");
  }

  @Test
  void debugObjectTellsHowAKeyIsStored() {
    put(0, "a");
    assertThat(((Reply.Simple) run(0, "DEBUG", "OBJECT", "a")).text())
        .matches(
            "Value at:0x0 refcount:1 encoding:embstr serializedlength:\\d+ lru:1000"
                + " lru_seconds_idle:0");
    assertError("ERR no such key", "DEBUG", "OBJECT", "none");
  }

  private void put(int database, String key) {
    inTx(
        database,
        tx -> {
          tx.putString(Key.of(key), Bytes.utf8("value"), Record.NO_EXPIRY);
          return Reply.OK;
        });
  }

  private Reply run(int database, String... words) {
    Args args = Args.of(words);
    Body.OnKeys body = (Body.OnKeys) table.find(args).body();
    return inTx(database, tx -> body.run(tx, args));
  }

  private void assertError(String line, String... words) {
    assertThatThrownBy(() -> run(0, words)).isInstanceOf(CommandException.class).hasMessage(line);
  }

  private Reply inTx(int database, Function<Tx, Reply> action) {
    try (Tx tx = engine.newTx()) {
      tx.begin(NOW, database);
      tx.lockAll();
      try {
        return action.apply(tx);
      } finally {
        tx.end();
      }
    }
  }
}
