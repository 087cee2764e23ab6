package io.karst.lsm;

import org.jspecify.annotations.Nullable;

/// Something on disk is not what was written there; the message names the file or the key.
public final class DamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
