package io.karst.base;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Files that are read and replaced whole. See [Disk#read] and [Disk#write].
final class SmallFiles {
  private static final String UNFINISHED = ".new";

  private SmallFiles() {}

  static byte @Nullable [] read(Disk disk, String name) throws IOException {
    if (!disk.list().contains(name)) {
      return null;
    }
    try (DiskFile file = disk.openToRead(name)) {
      byte[] content = new byte[Math.toIntExact(file.size())];
      if (file.read(0, ByteBuffer.wrap(content)) < content.length) {
        throw new EOFException(name + " became shorter while it was read");
      }
      return content;
    }
  }

  static void write(Disk disk, String name, byte[] content) throws IOException {
    String unfinished = name + UNFINISHED;
    if (disk.list().contains(unfinished)) {
      disk.delete(unfinished);
    }
    try (DiskFile file = disk.create(unfinished)) {
      file.write(0, ByteBuffer.wrap(content));
      file.sync();
    }
    disk.rename(unfinished, name);
    disk.sync();
  }
}
