package io.karst.server.scripts;

import io.karst.base.Bytes;
import io.karst.lua.LuaScript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The scripts that `EVALSHA` finds, by the SHA-1 of their source.
///
/// Those that `SCRIPT LOAD` brought stay. Of those that only `EVAL` brought the [#EVALUATED_MAX]
/// used last are kept. Thread-safe.
public final class ScriptCache {
  /// How many scripts are kept that nobody has asked to be kept.
  public static final int EVALUATED_MAX = 500;

  private static final int DIGEST_LENGTH = 40;
  private static final int OVERHEAD = 200;

  private final ConcurrentHashMap<String, Script> scripts = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();
  private final AtomicLong evaluated = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final AtomicLong size = new AtomicLong();

  /// The digest of a source, in lower-case hexadecimal.
  public static String digest(Bytes source) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(source.toArray()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The script of a digest, in upper or lower case; null if there is none.
  public @Nullable Script find(Bytes digest) {
    if (digest.length() != DIGEST_LENGTH) {
      return null;
    }
    Script found = scripts.get(lowerCase(digest));
    if (found != null) {
      used(found);
    }
    return found;
  }

  private static String lowerCase(Bytes digest) {
    byte[] ascii = new byte[DIGEST_LENGTH];
    for (int i = 0; i < DIGEST_LENGTH; i++) {
      int c = digest.at(i);
      ascii[i] = (byte) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return new String(ascii, StandardCharsets.ISO_8859_1);
  }

  private void used(Script script) {
    if (!script.kept) {
      script.used = uses.incrementAndGet();
    }
  }

  /// Whether there is a script of this digest; no use of it.
  public boolean has(Bytes digest) {
    return digest.length() == DIGEST_LENGTH && scripts.containsKey(lowerCase(digest));
  }

  /// Puts a script into the cache, unless it is there; returns the one that is.
  ///
  /// - `keep`: whether it stays.
  public synchronized Script add(LuaScript compiled, boolean keep) {
    Script fresh = Script.of(compiled);
    Script present = scripts.putIfAbsent(fresh.name(), fresh);
    Script script = present == null ? fresh : present;
    if (present == null) {
      size.addAndGet(memory(fresh));
      script.kept = keep;
      if (!keep) {
        evaluated.incrementAndGet();
      }
    } else if (keep && !script.kept) {
      script.kept = true;
      evaluated.decrementAndGet();
    }
    used(script);
    while (evaluated.get() > EVALUATED_MAX) {
      evictOldest();
    }
    return script;
  }

  private void evictOldest() {
    scripts.values().stream()
        .filter(script -> !script.kept)
        .min(Comparator.comparingLong(script -> script.used))
        .ifPresent(oldest -> {
          scripts.remove(oldest.name());
          size.addAndGet(-memory(oldest));
          evaluated.decrementAndGet();
          evicted.incrementAndGet();
        });
  }

  /// Forgets all.
  public synchronized void clear() {
    scripts.clear();
    evaluated.set(0);
    size.set(0);
  }

  private static long memory(Script script) {
    return OVERHEAD + (long) script.source().length();
  }

  public int count() {
    return scripts.size();
  }

  /// How many have gone for others to come.
  public long evicted() {
    return evicted.get();
  }

  /// About what they take on the heap, in bytes.
  public long heapSize() {
    return size.get();
  }
}
