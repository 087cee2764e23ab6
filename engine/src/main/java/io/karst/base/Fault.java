package io.karst.base;

/// An operating fault: the machine, not the client and not the program, is at fault.
///
/// Handled, or logged once, by the owner of the resource; a command that meets one is answered
/// with [#line] and has changed nothing.
public abstract sealed class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What the store does about a fault.
  public enum Category {
    /// The command may be tried again.
    RETRY,
    /// Writes are refused until the cause is gone; reads go on.
    READ_ONLY,
    /// The process cannot go on.
    FATAL
  }

  private Fault(String message, boolean stackTrace) {
    super(message, null, false, stackTrace);
  }

  public abstract Category category();

  /// The error line for the client, from its code on.
  public abstract String line();

  /// Native memory is used up: the limit of the allocator or the operating system's.
  public static final class OutOfMemory extends Fault {
    private static final long serialVersionUID = 1L;

    private final long bytes;

    /// - `bytes`: how much could not be had.
    public OutOfMemory(long bytes, String message) {
      super(message, false);
      this.bytes = bytes;
    }

    /// How much more would have been enough, in bytes.
    public long bytes() {
      return bytes;
    }

    @Override
    public Category category() {
      return Category.RETRY;
    }

    @Override
    public String line() {
      return "OOM command not allowed when used memory > 'maxmemory'.";
    }
  }

  /// The disk is full or has failed: what is changed could not be kept.
  public static final class ReadOnly extends Fault {
    private static final long serialVersionUID = 1L;

    /// - `reason`: what is wrong with the disk, for the client: `No space left on device`.
    public ReadOnly(String reason) {
      super(reason, false);
    }

    @Override
    public Category category() {
      return Category.READ_ONLY;
    }

    @Override
    public String line() {
      return "MISCONF Writes are refused, reads go on: " + getMessage();
    }
  }
}
