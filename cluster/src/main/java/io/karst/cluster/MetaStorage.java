package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.karst.base.Disk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The snapshots of the meta group: each is a file with the table, named by the entry up to which
/// it counts.
///
/// ```
/// sm/table.<term>_<index>
/// ```
///
/// The last two are kept: another member may be sent the one before the last. Each table that the
/// group has agreed on is written at once, so that a member that starts while the group has no
/// majority knows what it knew.
///
/// Thread-safe.
final class MetaStorage implements StateMachineStorage {
  private static final Pattern NAME = Pattern.compile("table\\.([0-9]{1,18})_([0-9]{1,18})");
  private static final int KEPT = 2;

  /// What Ratis writes beside a file that it has received.
  private static final String DIGEST = ".md5";

  /// A table, and up to which entry it is the latest.
  record Saved(TermIndex at, MetaTable table) {}

  @GuardedBy("this")
  private @Nullable Disk disk;

  @GuardedBy("this")
  private boolean paused;

  private volatile @Nullable SnapshotInfo latest;

  /// Finds out what is there; null if there is nothing.
  synchronized @Nullable Saved open(RaftStorage storage) throws IOException {
    disk = Disk.at(storage.getStorageDir().getStateMachineDir().toPath());
    return reload();
  }

  /// As [#open], after a snapshot has taken the place of the directory.
  synchronized @Nullable Saved reload() throws IOException {
    Disk place = place();
    paused = false;
    TermIndex at = newest(place.list());
    if (at == null) {
      return null;
    }
    byte[] content = place.read(name(at));
    if (content == null) {
      throw new IOException("the table of shards is missing in " + place.path());
    }
    latest = info(at);
    return new Saved(at, MetaTable.decode(content));
  }

  /// Keeps a table, durably. Not while a snapshot is received, which has a later one.
  synchronized void save(TermIndex at, MetaTable table) throws IOException {
    if (paused) {
      return;
    }
    Disk place = place();
    place.write(name(at), table.encode());
    latest = info(at);
    deleteOld(place);
  }

  /// Nothing is written until [#reload].
  synchronized void pause() {
    paused = true;
  }

  /// Up to which entry the latest one counts; negative if there is none.
  long index() {
    SnapshotInfo known = latest;
    return known == null ? -1 : known.getIndex();
  }

  @GuardedBy("this")
  private Disk place() {
    return Objects.requireNonNull(disk, "the storage is not open");
  }

  @GuardedBy("this")
  private SnapshotInfo info(TermIndex at) {
    Path file = place().path().resolve(name(at)).toAbsolutePath();
    return new SingleFileSnapshotInfo(new FileInfo(file, null), at);
  }

  private static String name(TermIndex at) {
    return "table." + at.getTerm() + "_" + at.getIndex();
  }

  private static @Nullable TermIndex at(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? TermIndex.valueOf(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
        : null;
  }

  private static @Nullable TermIndex newest(List<String> names) {
    TermIndex newest = null;
    for (String name : names) {
      TermIndex at = at(name);
      if (at != null && (newest == null || at.getIndex() > newest.getIndex())) {
        newest = at;
      }
    }
    return newest;
  }

  private static void deleteOld(Disk place) throws IOException {
    List<String> tables =
        place.list().stream()
            .filter(name -> at(name) != null)
            .sorted((one, other) -> Long.compare(index(other), index(one)))
            .toList();
    for (int i = KEPT; i < tables.size(); i++) {
      place.delete(tables.get(i));
    }
    for (String name : place.list()) {
      if (name.endsWith(DIGEST)) {
        place.delete(name);
      }
    }
  }

  private static long index(String name) {
    TermIndex at = at(name);
    return at == null ? -1 : at.getIndex();
  }

  // ---- what Ratis asks ----

  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    return latest;
  }

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
    // They are deleted when another is written.
  }

  @Override
  public @Nullable File getSnapshotDir() {
    return null;
  }
}
