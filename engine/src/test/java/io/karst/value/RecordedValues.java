package io.karst.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.base.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Collections that a redis-server 7.0.15 made, in each of its encodings: the payload `DUMP`
/// answered, and what the server answered about the value, in `rdb/collections.txt`; the same keys
/// as `SAVE` wrote them, in `rdb/collections.rdb`.
///
/// Recorded anew by [RecordedValuesTest] with `-Drecord=` the folder of the two.
public final class RecordedValues {
  static final String TEXTS = "collections.txt";
  public static final String FILE = "collections.rdb";

  /// A key, its payload, and its lines as [Elements] has them.
  public record Recorded(String key, Bytes payload, List<String> lines) {
    public RdbType type() {
      return DumpPayload.open(payload).type();
    }

    public Bytes body() {
      return DumpPayload.open(payload).value();
    }
  }

  private RecordedValues() {}

  public static List<Recorded> all() {
    List<Recorded> all = new ArrayList<>();
    for (String line : new String(resource(TEXTS), UTF_8).lines().toList()) {
      String[] words = line.split(" ", 2);
      if (line.startsWith("key ")) {
        all.add(new Recorded(words[1], Bytes.EMPTY, new ArrayList<>()));
      } else if (line.startsWith("payload ")) {
        Recorded last = all.removeLast();
        Bytes payload = Bytes.of(HexFormat.of().parseHex(words[1]));
        all.add(new Recorded(last.key, payload, last.lines));
      } else if (line.startsWith("- ")) {
        all.getLast().lines.add(unescaped(words[1]));
      }
    }
    return all;
  }

  static byte[] resource(String name) {
    try (InputStream in = RecordedValues.class.getResourceAsStream("/rdb/" + name)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /// Makes the values in `redis`, which saves into `directory`, and records them in `target`.
  static void record(RedisProcess redis, Path directory, Path target) throws IOException {
    RecordedCommands.run(redis);
    StringBuilder text = new StringBuilder("# What redis-server 7.0.15 answers.\n");
    for (Object key : redis.askList("SORT", "names", "ALPHA")) {
      String payload = (String) redis.ask("DUMP", (String) key);
      text.append("\nkey ").append(key);
      text.append("\n# ").append(redis.ask("OBJECT", "ENCODING", (String) key));
      text.append("\npayload ").append(HexFormat.of().formatHex(payload.getBytes(ISO_8859_1)));
      redis.lines((String) key).forEach(line -> text.append("\n- ").append(escaped(line)));
      text.append('\n');
    }
    redis.ask("DEL", "names");
    redis.ask("SAVE");
    Files.writeString(target.resolve(TEXTS), text);
    Files.copy(
        directory.resolve("dump.rdb"), target.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  /// Long runs of one character are told by their length: `a{1000}`.
  private static String escaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); ) {
      char c = line.charAt(i);
      int end = i;
      while (end < line.length() && line.charAt(end) == c) {
        end++;
      }
      String one = c >= ' ' && c < 0x7f && c != '\\' && c != '{' ? "" + c : escape(c);
      text.append(end - i > 16 ? one + "{" + (end - i) + "}" : one.repeat(end - i));
      i = end;
    }
    return text.toString();
  }

  private static String escape(char c) {
    return "\\" + HexFormat.of().toHexDigits((byte) c);
  }

  private static String unescaped(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        line.append((char) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        int count = Integer.parseInt(text.substring(i + 1, end));
        line.repeat(line.charAt(line.length() - 1), count - 1);
        i = end;
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
