package io.karst.base;

/// What every call to a [FaultyDisk] throws from the moment its power is cut.
public final class PowerCut extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("the power is cut", null, false, false);
  }
}
