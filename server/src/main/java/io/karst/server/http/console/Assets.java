package io.karst.server.http.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The files of the page, from the jar; each is read once. Thread-safe.
final class Assets {
  /// A file.
  ///
  /// - `tag`: what changes with its content, for `ETag`.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Asset(String type, byte[] content, String tag) {}

  private static final String PREFIX = "/console/";

  /// Only what is named like our files is looked for.
  private static final Pattern NAME = Pattern.compile("(?:[a-z-]+/)?[a-z-]+\\.(?:js|css|svg)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /// Whether a path is one of these files', there or not.
  static boolean owns(String path) {
    return path.equals("/") || path.startsWith(PREFIX);
  }

  /// The file of a path; null if there is none.
  @Nullable Asset find(String path) {
    String name = path.equals("/") ? "index.html" : path.substring(PREFIX.length());
    if (!path.equals("/") && !NAME.matcher(name).matches()) {
      return null;
    }
    return read.computeIfAbsent(name, Assets::load);
  }

  private static @Nullable Asset load(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      CRC32C sum = new CRC32C();
      sum.update(content);
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new Asset(
          type == null ? "application/octet-stream" : type,
          content,
          "\"" + Long.toHexString(sum.getValue()) + '-' + content.length + "\"");
    } catch (IOException damagedJar) {
      throw new UncheckedIOException(damagedJar);
    }
  }
}
