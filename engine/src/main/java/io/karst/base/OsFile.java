package io.karst.base;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// An open file of the operating system's. See [DiskFile].
final class OsFile implements DiskFile {
  private final FileChannel channel;

  OsFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    int begin = target.position();
    while (target.hasRemaining()) {
      int count = channel.read(target, position + target.position() - begin);
      if (count < 0) {
        break;
      }
    }
    return target.position() - begin;
  }

  @Override
  public void write(long position, ByteBuffer source) throws IOException {
    int begin = source.position();
    while (source.hasRemaining()) {
      // A short write is not an error yet: the next one tells the reason, or goes on.
      int count = channel.write(source, position + source.position() - begin);
      if (count <= 0) {
        throw new IOException("the system writes nothing");
      }
    }
  }

  @Override
  public MemorySegment map(long size, Arena arena) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  /// Closing tells nothing that a sync would not have told.
  static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }
}
