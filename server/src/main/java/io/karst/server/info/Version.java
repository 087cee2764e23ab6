package io.karst.server.info;

/// Which versions the server says it has.
public final class Version {
  /// The version of Redis whose commands and replies a client may expect.
  public static final String REDIS = "7.4.0";

  /// Karst's own, from the jar; `development` when it does not run from one.
  public static final String KARST = own();

  private Version() {}

  private static String own() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
