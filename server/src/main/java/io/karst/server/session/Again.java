package io.karst.server.session;

import io.karst.base.Fault;
import org.jspecify.annotations.Nullable;

/// A script cannot go on where and with what it was begun: what it has done is taken back, and it
/// is run again. Passes through the script, which cannot catch it.
final class Again extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why.
  enum Reason {
    /// It needs locks that it had not named, or keys that are on disk.
    KEYS,
    /// It needs all locks.
    ALL,
    /// It is about to do what cannot be taken back, and may not here.
    FINAL,
    /// It takes too long for an event loop.
    LONG,
    /// A command has found no memory.
    MEMORY
  }

  private final Reason reason;
  private final transient Fault.@Nullable OutOfMemory full;

  Again(Reason reason) {
    this(reason, null);
  }

  /// For want of memory.
  Again(Fault.OutOfMemory full) {
    this(Reason.MEMORY, full);
  }

  private Again(Reason reason, Fault.@Nullable OutOfMemory full) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.full = full;
  }

  /// What could not be had, if that is the reason.
  Fault.@Nullable OutOfMemory full() {
    return full;
  }

  Reason reason() {
    return reason;
  }
}
