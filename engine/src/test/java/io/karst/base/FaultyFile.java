package io.karst.base;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A file of a [FaultyDisk]: what the page cache has, and what is on the disk itself.
///
/// Nobody notes which pages are written, as nobody can for a mapping: a page is dirty if the two
/// differ. Thread-safe, but for bytes that others store to a mapping meanwhile.
final class FaultyFile {
  static final int PAGE = 4096;
  static final int SECTOR = 512;

  private final FaultyMachine machine;

  /// The page cache. Never moves once it is mapped.
  private MemorySegment cache = Arena.ofAuto().allocate(PAGE, PAGE);

  private long size;
  private boolean mapped;

  /// On disk.
  private byte[] disk = new byte[0];

  /// Pages that a failed sync has left in the cache as clean, with what they had then.
  private final Map<Integer, byte[]> abandoned = new HashMap<>();

  FaultyFile(FaultyMachine machine) {
    this.machine = machine;
    machine.made(this);
  }

  /// This file after a kill of the process: the page cache outlives it.
  synchronized FaultyFile afterKill(FaultyMachine restarted) {
    FaultyFile file = new FaultyFile(restarted);
    file.replace(content(), disk.clone());
    file.abandoned.putAll(abandoned);
    return file;
  }

  /// This file after a power cut: each page, or sector, that was not on disk is there or is not.
  ///
  /// - `kept`: the chance that it is.
  synchronized FaultyFile afterPowerCut(FaultyMachine restarted, double kept) {
    byte[] cached = content();
    int length = disk.length;
    if (cached.length > length && machine.chance(kept)) {
      length = cached.length;
    }
    byte[] found = Arrays.copyOf(disk, length);
    for (int page = 0; page * PAGE < length; page++) {
      if (!isAbandoned(page, cached)) {
        mix(cached, found, page * PAGE, kept);
      }
    }
    FaultyFile file = new FaultyFile(restarted);
    file.replace(found, found.clone());
    return file;
  }

  private void mix(byte[] cached, byte[] found, int from, double kept) {
    boolean torn = machine.chance(0.2);
    boolean whole = machine.chance(kept);
    int end = Math.min(Math.min(from + PAGE, found.length), cached.length);
    for (int at = from; at < end; at += SECTOR) {
      if (torn ? machine.chance(kept) : whole) {
        System.arraycopy(cached, at, found, at, Math.min(SECTOR, end - at));
      }
    }
  }

  private void replace(byte[] cached, byte[] onDisk) {
    reserve(cached.length);
    MemorySegment.copy(cached, 0, cache, ValueLayout.JAVA_BYTE, 0, cached.length);
    size = cached.length;
    disk = onDisk;
  }

  synchronized byte[] content() {
    byte[] content = new byte[(int) size];
    MemorySegment.copy(cache, ValueLayout.JAVA_BYTE, 0, content, 0, content.length);
    return content;
  }

  synchronized void flip(long offset, int mask) {
    byte flipped = (byte) (cache.get(ValueLayout.JAVA_BYTE, offset) ^ mask);
    cache.set(ValueLayout.JAVA_BYTE, offset, flipped);
    disk[(int) offset] = flipped;
  }

  synchronized long size() {
    return size;
  }

  synchronized int read(long position, ByteBuffer target) {
    int count = Math.clamp(size - position, 0, target.remaining());
    target.put(cache.asSlice(Math.min(position, size), count).asByteBuffer());
    return count;
  }

  /// Writes what there is space for, and some of it if the power is cut meanwhile.
  synchronized void write(long position, ByteBuffer source, boolean cut) throws IOException {
    int asked = source.remaining();
    long growth = Math.max(0, position + asked - size);
    long granted = machine.allocate(growth);
    int count = (int) (asked - (growth - granted));
    if (cut) {
      count = machine.below(count + 1);
    }
    reserve(position + count);
    ByteBuffer some = source.duplicate().limit(source.position() + count);
    cache.asSlice(position, count).asByteBuffer().put(some);
    source.position(source.position() + count);
    size = Math.max(size, position + count);
    abandoned
        .keySet()
        .removeIf(page -> page * PAGE < position + asked && page * PAGE + PAGE > position);
    if (cut) {
      throw new PowerCut();
    }
    if (count < asked) {
      throw new IOException("No space left on device");
    }
  }

  private void reserve(long length) {
    if (length > cache.byteSize()) {
      Invariant.check(!mapped, "a file grows while it is mapped");
      MemorySegment wider = Arena.ofAuto().allocate(Math.max(length, 2 * cache.byteSize()), PAGE);
      wider.copyFrom(cache);
      cache = wider;
    }
  }

  synchronized MemorySegment map(long length) {
    Invariant.check(length <= size, "more is mapped than the file has");
    mapped = true;
    return cache.asSlice(0, length);
  }

  synchronized void sync() throws IOException {
    byte[] cached = content();
    try {
      machine.checkSync();
    } catch (IOException e) {
      for (int page = 0; page * PAGE < cached.length; page++) {
        abandoned.put(page, page(page, cached));
      }
      throw e;
    }
    byte[] synced = Arrays.copyOf(disk, cached.length);
    for (int page = 0; page * PAGE < cached.length; page++) {
      if (!isAbandoned(page, cached)) {
        int from = page * PAGE;
        System.arraycopy(cached, from, synced, from, Math.min(PAGE, cached.length - from));
      }
    }
    disk = synced;
  }

  synchronized void deleted() {
    machine.free(size);
  }

  private boolean isAbandoned(int page, byte[] cached) {
    byte[] then = abandoned.get(page);
    return then != null && Arrays.equals(then, page(page, cached));
  }

  private static byte[] page(int page, byte[] cached) {
    return Arrays.copyOfRange(cached, page * PAGE, Math.min(page * PAGE + PAGE, cached.length));
  }
}
