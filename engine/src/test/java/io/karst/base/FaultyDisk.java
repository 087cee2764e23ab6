package io.karst.base;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A disk in memory that keeps no more than a disk has to, and fails as a test wants it to.
///
/// *Killing* the process loses nothing that was written, stores to mappings included. *Cutting the
/// power* loses, of what was not synced, what chance decides: pages, sectors of pages, sizes of
/// files, names made, changed and removed, each by itself. Both are answers to the question what
/// would be found now ([#afterKill], [#afterPowerCut]) and leave this disk as it is: they may be
/// asked while threads write.
///
/// With [#cutAt] the power goes off at a certain step, of those that [#steps] counts: from then on
/// every call throws [PowerCut]. The write it happens in is done in part.
///
/// Chance is that of the seed. Thread-safe.
public final class FaultyDisk implements Disk {
  private final FaultyMachine machine;
  private final Path path;
  private final Map<String, FaultyDisk> directories = new TreeMap<>();

  /// The names of files as the process sees them, and as they are on disk.
  private final Map<String, FaultyFile> files = new TreeMap<>();

  private final Map<String, FaultyFile> filesOnDisk = new TreeMap<>();

  /// What leads from the one to the other, in order.
  private final List<Change> changes = new ArrayList<>();

  private final Set<String> locks = new HashSet<>();

  public FaultyDisk(long seed) {
    this(new FaultyMachine(seed), Path.of("/faulty"));
  }

  private FaultyDisk(FaultyMachine machine, Path path) {
    this.machine = machine;
    this.path = path;
  }

  // ---- what a test does ----

  /// The disk as a process finds it that starts after this one was killed.
  public FaultyDisk afterKill() {
    return afterKill(machine.restarted());
  }

  /// The disk as it is found when the power comes back. How much of what was not synced survives
  /// is drawn first, so that all and nothing are as likely as anything in between.
  public FaultyDisk afterPowerCut() {
    double[] chances = {0, 0.5, 0.9, 1};
    return afterPowerCut(chances[machine.below(chances.length)]);
  }

  /// As [#afterPowerCut()], with this chance for each page and name that was not synced.
  public FaultyDisk afterPowerCut(double kept) {
    return afterPowerCut(machine.restarted(), kept);
  }

  /// How many calls there were that read or wrote something.
  public long steps() {
    return machine.steps();
  }

  /// Cuts the power at a step.
  public void cutAt(long step) {
    machine.cutAt(step);
  }

  /// Sets how many bytes fit on the disk.
  public void capacity(long bytes) {
    machine.capacity(bytes);
  }

  /// Lets every sync of a file fail for that reason, or work again. What it should have written is
  /// taken for written and is not on disk.
  public void failSyncs(@Nullable String reason) {
    machine.syncFailure(reason);
  }

  /// Changes bits of a byte of a file, in the page cache and on disk.
  public void flip(String name, long offset, int mask) {
    files.get(name).flip(offset, mask);
  }

  /// The content of a file, as the process sees it.
  public byte[] content(String name) {
    return files.get(name).content();
  }

  private synchronized FaultyDisk afterKill(FaultyMachine restarted) {
    FaultyDisk disk = new FaultyDisk(restarted, path);
    IdentityHashMap<FaultyFile, FaultyFile> copies = new IdentityHashMap<>();
    files.forEach((name, file) -> {
      disk.files.put(name, copies.computeIfAbsent(file, it -> it.afterKill(restarted)));
    });
    filesOnDisk.forEach((name, file) -> {
      disk.filesOnDisk.put(name, copies.computeIfAbsent(file, it -> it.afterKill(restarted)));
    });
    for (Change change : changes) {
      FaultyFile copy = copies.computeIfAbsent(change.file, it -> it.afterKill(restarted));
      disk.changes.add(new Change(change.from, change.to, copy));
    }
    directories.forEach((name, inner) -> disk.directories.put(name, inner.afterKill(restarted)));
    disk.countSize();
    return disk;
  }

  private synchronized FaultyDisk afterPowerCut(FaultyMachine restarted, double kept) {
    Map<String, FaultyFile> found = new TreeMap<>(filesOnDisk);
    for (Change change : changes) {
      if (machine.chance(kept)) {
        change.apply(found);
      }
    }
    FaultyDisk disk = new FaultyDisk(restarted, path);
    found.forEach((name, file) -> disk.files.put(name, file.afterPowerCut(restarted, kept)));
    disk.filesOnDisk.putAll(disk.files);
    directories.forEach(
        (name, inner) -> disk.directories.put(name, inner.afterPowerCut(restarted, kept)));
    disk.countSize();
    return disk;
  }

  private void countSize() {
    files.values().forEach(file -> machine.allocate(file.size()));
  }

  // ---- what the store does ----

  @Override
  public synchronized Disk directory(String name) {
    machine.step();
    return directories.computeIfAbsent(name, it -> new FaultyDisk(machine, path.resolve(it)));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public synchronized List<String> list() {
    machine.step();
    return List.copyOf(files.keySet());
  }

  @Override
  public synchronized DiskFile create(String name) throws IOException {
    machine.step();
    if (files.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    FaultyFile file = new FaultyFile(machine);
    change(new Change(null, name, file));
    return new OpenFile(file);
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    machine.step();
    return new OpenFile(existing(name));
  }

  @Override
  public DiskFile openToRead(String name) throws IOException {
    return open(name);
  }

  @Override
  public synchronized void rename(String name, String newName) throws IOException {
    machine.step();
    FaultyFile replaced = files.get(newName);
    change(new Change(name, newName, existing(name)));
    if (replaced != null) {
      replaced.deleted();
    }
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    machine.step();
    FaultyFile file = existing(name);
    change(new Change(name, null, file));
    file.deleted();
  }

  @Override
  public synchronized void sync() {
    machine.step();
    changes.clear();
    filesOnDisk.clear();
    filesOnDisk.putAll(files);
  }

  @Override
  public long freeSize() {
    machine.step();
    return machine.freeSize();
  }

  @Override
  public synchronized @Nullable DiskLock tryLock(String name) {
    machine.step();
    return locks.add(name) ? () -> locks.remove(name) : null;
  }

  private void change(Change change) {
    change.apply(files);
    changes.add(change);
  }

  private FaultyFile existing(String name) throws FileNotFoundException {
    FaultyFile file = files.get(name);
    if (file == null) {
      throw new FileNotFoundException(name);
    }
    return file;
  }

  /// A name that was made (`from` is null), changed, or removed (`to` is null).
  private record Change(@Nullable String from, @Nullable String to, FaultyFile file) {
    /// Does it, unless what it builds on was not done.
    void apply(Map<String, FaultyFile> files) {
      if (from != null && !files.remove(from, file)) {
        return;
      }
      if (to != null) {
        files.put(to, file);
      }
    }
  }

  private final class OpenFile implements DiskFile {
    private final FaultyFile file;

    private OpenFile(FaultyFile file) {
      this.file = file;
    }

    @Override
    public long size() {
      machine.step();
      return file.size();
    }

    @Override
    public int read(long position, ByteBuffer target) {
      machine.step();
      return file.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
      file.write(position, source, machine.cuts());
    }

    @Override
    public MemorySegment map(long size, Arena arena) {
      machine.step();
      return file.map(size);
    }

    @Override
    public void sync() throws IOException {
      machine.step();
      file.sync();
    }

    @Override
    public void close() {
      // There are no descriptors to run out of.
    }
  }
}
