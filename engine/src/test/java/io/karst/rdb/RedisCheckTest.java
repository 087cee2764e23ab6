package io.karst.rdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.value.RdbType;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What these tests take for RDB files are some for Redis too: `redis-check-rdb` loads them, where
/// it is installed.
@Timeout(60)
final class RedisCheckTest {
  @TempDir private Path directory;

  @Test
  void valuesPutTogetherByHandAreWhatRedisLoads() throws Exception {
    if (!isInstalled()) {
      return;
    }
    for (int version = RdbVersion.OLDEST; version <= RdbVersion.WRITTEN; version++) {
      RdbBuilder file = RdbBuilder.version(version);
      int keys = 0;
      for (Map.Entry<RdbType, Consumer<RdbBuilder>> value : StructureTest.values().entrySet()) {
        RdbType type = value.getKey();
        if (type.since() <= version) {
          value.getValue().accept(file.bytes(type.code()).string(type.title()));
          keys++;
        }
      }
      assertThat(check(file.end())).contains("RDB looks OK", keys + " keys read");
    }
  }

  @Test
  void damageIsDamageForRedisToo() throws Exception {
    if (!isInstalled()) {
      return;
    }
    byte[] file = RdbBuilder.version(10).entry("key", "value").end();
    file[12]++;
    assertThat(check(file)).contains("RDB CRC error");
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      new ProcessBuilder("redis-check-rdb", "--version").start().waitFor();
      return true;
    } catch (IOException absent) {
      System.out.println("Nothing to compare with, for no redis-check-rdb is on the path");
      return false;
    }
  }

  private String check(byte[] content) throws IOException, InterruptedException {
    Path file = Files.write(directory.resolve("dump.rdb"), content);
    Process process =
        new ProcessBuilder("redis-check-rdb", file.toString()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return text;
  }
}
