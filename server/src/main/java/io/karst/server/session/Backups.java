package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.engine.Engine;
import io.karst.engine.GrowingBackup;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The backup that `BACKUP START` begins and `BACKUP SEAL` ends, one at a time.
///
/// Between the two the history is kept, so that the backup is the store as it is when it is sealed.
/// The state is the process's: after its end, what it has left in the directory is a backup if it
/// was sealed, and nobody's in any case.
///
/// Thread-safe; blocks on the disk, but for [#status].
public final class Backups {
  /// As Redis names them, but for `SEALING`, which it does not show.
  private enum State {
    IDLE,
    SNAPSHOTTING,
    INCREMENTING,
    SEALING,
    SEALED,
    FAILED;

    private String text() {
      return (this == SEALING ? INCREMENTING : this).name().toLowerCase(Locale.ROOT);
    }
  }

  /// What there is to tell.
  ///
  /// - `error`: why it failed, empty if it did not.
  /// - `startSeconds`, `endSeconds`: when it was begun and sealed, since 1970; 0 if it was not.
  public record Status(String state, String error, long startSeconds, long endSeconds) {}

  private final Engine engine;
  private final Config config;
  private final Clock clock;

  // All guarded by this.
  private State state = State.IDLE;
  private String error = "";

  /// Whether somebody is taking the checkpoint, for a backup that may be aborted by now.
  private boolean starting;

  private long startSeconds;
  private long endSeconds;
  private @Nullable Path directory;
  private @Nullable GrowingBackup backup;

  Backups(Engine engine, Config config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.clock = clock;
  }

  /// Takes a checkpoint and copies it; returns when that is done.
  public void start() throws IOException {
    Path target = begin();
    GrowingBackup begun;
    try {
      begun = engine.beginBackup(target);
    } catch (IOException | RuntimeException failure) {
      synchronized (this) {
        starting = false;
        fail(String.valueOf(failure.getMessage()));
      }
      throw failure;
    }
    if (!grows(begun)) {
      throw CommandException.err("The backup was aborted");
    }
  }

  private boolean grows(GrowingBackup begun) throws IOException {
    synchronized (this) {
      starting = false;
      backup = begun;
      if (state == State.SNAPSHOTTING) {
        state = State.INCREMENTING;
        return true;
      }
    }
    begun.abandon();
    return false;
  }

  private synchronized Path begin() {
    if (starting || (state != State.IDLE && state != State.FAILED)) {
      throw CommandException.err("There is a backup already, it is " + state.text());
    }
    starting = true;
    state = State.SNAPSHOTTING;
    error = "";
    startSeconds = clock.wallMillis() / 1000;
    endSeconds = 0;
    backup = null;
    Path dir = Path.of(config.text(DiskDirectives.DIR));
    Path target = dir.resolve(config.value(DiskDirectives.BACKUPDIRNAME));
    directory = target;
    return target;
  }

  /// Makes it whole.
  public void seal() throws IOException {
    GrowingBackup growing = leave(State.INCREMENTING, State.SEALING);
    try {
      growing.seal();
    } catch (IOException | RuntimeException failure) {
      synchronized (this) {
        fail(String.valueOf(failure.getMessage()));
      }
      growing.abandon();
      throw failure;
    }
    synchronized (this) {
      state = State.SEALED;
      endSeconds = clock.wallMillis() / 1000;
    }
  }

  /// Gives up one that is not sealed, and deletes what there is of it.
  public void abort() throws IOException {
    synchronized (this) {
      if (state == State.SNAPSHOTTING) {
        fail("aborted");
        return; // Whoever has begun it deletes it.
      }
    }
    GrowingBackup growing = leave(State.INCREMENTING, State.FAILED);
    synchronized (this) {
      error = "aborted";
    }
    growing.abandon();
  }

  /// Deletes one that is sealed, or forgets one that failed.
  public void cleanUp() throws IOException {
    synchronized (this) {
      if (state == State.FAILED) {
        forget();
        return;
      }
    }
    leave(State.SEALED, State.SEALING).abandon();
    synchronized (this) {
      forget();
    }
  }

  public synchronized Status status() {
    return new Status(state.text(), error, startSeconds, endSeconds);
  }

  /// The files that will not change any more.
  public List<Path> files() {
    Path root;
    synchronized (this) {
      root = directory;
      if (root == null || (state != State.INCREMENTING && state != State.SEALED)) {
        return List.of();
      }
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException gone) {
      return List.of();
    }
  }

  private synchronized GrowingBackup leave(State from, State to) {
    GrowingBackup growing = backup;
    if (state != from || growing == null) {
      String wanted = from.text();
      throw CommandException.err("The backup is not " + wanted + ", it is " + state.text());
    }
    state = to;
    return growing;
  }

  private void fail(String why) {
    state = State.FAILED;
    error = why;
  }

  private void forget() {
    state = State.IDLE;
    error = "";
    startSeconds = 0;
    endSeconds = 0;
    backup = null;
    directory = null;
  }
}
