package io.karst.lsm;

import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// The directories of a [ReplaceableTier]: `name`, and `name-1`, `name-2` and so on of those that
/// have taken its place. The one of the greatest number counts; the others are on their way out.
///
/// Thread: one at a time, but for [#delete].
final class TierPlace {
  private final Disk parent;
  private final String name;

  /// The number of the one that counts; 0 has none.
  private int number;

  private TierPlace(Disk parent, String name) {
    this.parent = parent;
    this.name = name;
  }

  /// The place as the last process has left it: the tier that counts has the name alone.
  static TierPlace of(Disk parent, String name) throws IOException {
    TierPlace place = new TierPlace(parent, name);
    place.settle();
    return place;
  }

  /// Deletes all directories but the one that counts, and gives that the name alone. Nobody uses
  /// any.
  void settle() throws IOException {
    List<Integer> numbers = Disk.directories(parent.path()).stream().map(this::number).toList();
    int latest = numbers.stream().reduce(-1, Math::max);
    for (int each : numbers) {
      if (each >= 0 && each < latest) {
        delete(name(each));
      }
    }
    if (latest > 0) {
      parent.rename(name(latest), name);
      parent.sync();
    }
    number = 0;
    var _ = parent.directory(name);
  }

  /// The directory that counts.
  Path latest() {
    return parent.path().resolve(name(number));
  }

  /// Moves a directory here, which is the one that counts from then on.
  Path take(Path copy) throws IOException {
    Disk.move(copy, parent.path().resolve(name(number + 1)));
    number++;
    return latest();
  }

  /// Takes back the latest [#take].
  void giveBack(Path copy) throws IOException {
    Disk.move(latest(), copy);
    number--;
  }

  /// Deletes a directory that counts no more, as far as that is possible: the next start deletes
  /// what is left.
  void delete(Path directory) {
    try {
      delete(directory.getFileName().toString());
    } catch (IOException | UncheckedIOException left) {
      // It does not count, whatever is left of it.
    }
  }

  private void delete(String directory) throws IOException {
    parent.directory(directory).clear();
    parent.delete(directory);
  }

  private String name(int of) {
    return of == 0 ? name : name + "-" + of;
  }

  /// The number of a directory; -1 if it is none of these.
  private int number(String directory) {
    if (directory.equals(name)) {
      return 0;
    }
    String tail = directory.startsWith(name + "-") ? directory.substring(name.length() + 1) : "";
    return tail.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(tail) : -1;
  }
}
