package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.karst.base.Clock;
import io.karst.base.Disk;
import io.karst.cluster.Boundaries.Boundary;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.jspecify.annotations.Nullable;

/// What of the Raft log the disk tier has, and copies of the tier for members that lack it.
///
/// ```
/// sm/snapshot             the entry up to which the tier has everything
/// sm/copy-N/snapshot      the same, of a copy
/// sm/copy-N/tier/         the copy
/// ```
///
/// *Sending.* A copy is made when the first file of a snapshot is asked for, and deleted when
/// nobody has asked for some time. The tier may have more than the entry says, as it may after a
/// start: frames that it knows are passed by.
///
/// *Receiving.* Ratis fills a directory and puts it into the place of `sm`: there is a copy and no
/// `snapshot` then. [#install] hands the copy's tier over, and ends with `snapshot`, so that a
/// crash in between is found at the next start.
///
/// Thread-safe.
final class Snapshots implements StateMachineStorage {
  private static final String MARK = "snapshot";
  private static final String COPY = "copy-";
  private static final String TIER = "tier";
  private static final String DIGEST = ".md5";

  /// What is before the first entry.
  static final Boundary NOTHING = new Boundary(0, -1, 0);

  /// A copy that nobody has asked for meanwhile is deleted.
  private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

  /// Copies the tier to a directory that does not exist.
  interface CopyTier {
    void to(Path directory);
  }

  /// Takes a tier that was copied elsewhere for one's own; the directory is gone then.
  interface TakeTier {
    void from(Path directory);
  }

  private final Clock clock;
  private final CopyTier copyTier;

  @GuardedBy("this")
  private @Nullable Path directory;

  @GuardedBy("this")
  private boolean paused;

  @GuardedBy("this")
  private long copies;

  private volatile Boundary latest = NOTHING;
  private volatile @Nullable Sent latestInfo;

  @GuardedBy("this")
  private final List<Sent> sent = new ArrayList<>();

  Snapshots(Clock clock, CopyTier copyTier) {
    this.clock = clock;
    this.copyTier = copyTier;
  }

  // ---- the mark ----

  /// Finds out what is there.
  synchronized void open(RaftStorage storage) throws IOException {
    Path path = storage.getStorageDir().getStateMachineDir().toPath();
    directory = path;
    Disk disk = Disk.at(path);
    byte[] mark = disk.read(MARK);
    if (mark != null) {
      deleteCopies(path);
      setLatest(read(mark));
    }
  }

  /// Whether a snapshot was received that is not taken over.
  synchronized boolean received() throws IOException {
    return Disk.at(path()).read(MARK) == null && copy() != null;
  }

  /// The entry up to which the tier has everything, or more.
  Boundary latest() {
    return latest;
  }

  /// Notes, durably, what the tier has; false if it cannot be just now, as a snapshot is received.
  synchronized boolean publish(Boundary boundary) throws IOException {
    if (paused || directory == null || boundary.index() <= latest.index()) {
      return false;
    }
    Disk.at(path()).write(MARK, text(boundary));
    setLatest(boundary);
    deleteUnused();
    return true;
  }

  /// The entry before which nothing is sent any more: what is after it has to be kept.
  synchronized long neededIndex() {
    return sent.stream().mapToLong(Sent::getIndex).min().orElse(Long.MAX_VALUE);
  }

  synchronized void pause() {
    paused = true;
  }

  private void setLatest(Boundary boundary) {
    latest = boundary;
    latestInfo = boundary.index() < 0 ? null : new Sent(boundary);
  }

  private static byte[] text(Boundary boundary) {
    String text = boundary.term() + " " + boundary.index() + " " + boundary.lsn() + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Boundary read(byte[] mark) throws IOException {
    String text = new String(mark, StandardCharsets.ISO_8859_1);
    if (!text.matches("[0-9]{1,18} [0-9]{1,18} [0-9]{1,18}\n")) {
      throw new IOException("the mark of a snapshot is damaged");
    }
    String[] numbers = text.strip().split(" ", -1);
    return new Boundary(
        Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
  }

  @GuardedBy("this")
  private Path path() {
    return Objects.requireNonNull(directory, "the storage is not open");
  }

  // ---- receiving ----

  /// Takes over what was received; returns what it has. Waits for the disk.
  Boundary install(TakeTier take) throws IOException {
    Path copy;
    synchronized (this) {
      copy = copy();
    }
    if (copy == null) {
      throw new IOException("no snapshot was received");
    }
    byte[] mark = Disk.at(copy).read(MARK);
    if (mark == null) {
      throw new IOException("the snapshot that was received says not what it has");
    }
    Boundary boundary = read(mark);
    Path tier = copy.resolve(TIER);
    if (Disk.exists(tier)) {
      deleteDigests(tier);
      take.from(tier);
    }
    synchronized (this) {
      Disk.at(path()).write(MARK, mark);
      setLatest(boundary);
      sent.clear();
      deleteCopies(path());
      paused = false;
    }
    return boundary;
  }

  @GuardedBy("this")
  private @Nullable Path copy() throws IOException {
    return directories(path()).stream().findFirst().orElse(null);
  }

  private static List<Path> directories(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(each -> String.valueOf(each.getFileName()).startsWith(COPY)).toList();
    }
  }

  private static void deleteDigests(Path path) throws IOException {
    for (Path file : files(path)) {
      if (file.toString().endsWith(DIGEST)) {
        Files.delete(file);
      }
    }
  }

  // ---- sending ----

  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    return latestInfo;
  }

  /// A snapshot as Ratis sends it.
  private final class Sent implements SnapshotInfo {
    private final Boundary boundary;

    private volatile @Nullable List<FileInfo> files;
    private volatile @Nullable Path copy;
    private volatile boolean making;
    private volatile long askedNanos;

    Sent(Boundary boundary) {
      this.boundary = boundary;
    }

    @Override
    public TermIndex getTermIndex() {
      return TermIndex.valueOf(boundary.term(), boundary.index());
    }

    /// Makes the copy, the first time. May wait for a checkpoint.
    @Override
    public List<FileInfo> getFiles() {
      askedNanos = clock.monotonicNanos();
      List<FileInfo> known = files;
      return known == null ? make() : known;
    }

    private synchronized List<FileInfo> make() {
      List<FileInfo> known = files;
      if (known != null) {
        return known;
      }
      making = true;
      try {
        Path path = begin(this);
        copy = path;
        List<FileInfo> made = fill(path);
        askedNanos = clock.monotonicNanos();
        files = made;
        return made;
      } finally {
        making = false;
      }
    }

    private List<FileInfo> fill(Path path) {
      try {
        Disk.at(path).write(MARK, text(boundary));
        copyTier.to(path.resolve(TIER));
        // Ratis sums them while it sends them.
        return files(path).stream().map(file -> new FileInfo(file, null)).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean unused() {
      return !making && clock.monotonicNanos() - askedNanos > UNUSED_NANOS;
    }

    @Override
    public String toString() {
      return "snapshot " + getTermIndex();
    }
  }

  private synchronized Path begin(Sent snapshot) {
    if (!sent.contains(snapshot)) {
      sent.add(snapshot);
    }
    return path().resolve(COPY + ++copies);
  }

  private static List<Path> files(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).map(Path::toAbsolutePath).sorted().toList();
    }
  }

  @GuardedBy("this")
  private void deleteUnused() throws IOException {
    for (Sent each : List.copyOf(sent)) {
      Path copy = each.copy;
      if (each.unused() && copy != null) {
        each.files = null;
        sent.remove(each);
        delete(copy);
      }
    }
  }

  private static void deleteCopies(Path path) throws IOException {
    for (Path copy : directories(path)) {
      delete(copy);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Disk.exists(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  // ---- what Ratis would do by itself ----

  @Override
  public void init(RaftStorage storage) {
    // The state machine opens it.
  }

  @Override
  public void format() {
    // There is nothing yet.
  }

  @Override
  public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {
    // Copies go when nobody asks for them.
  }

  @Override
  public @Nullable File getSnapshotDir() {
    return null;
  }
}
