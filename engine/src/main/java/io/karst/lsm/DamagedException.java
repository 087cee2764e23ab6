package io.karst.lsm;

/// Something on disk is not what was written there; the message names the file or the key.
public final class DamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
