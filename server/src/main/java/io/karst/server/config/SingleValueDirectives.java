package io.karst.server.config;

/// The directives about what Redis lets choose and this version does not.
public final class SingleValueDirectives {
  static final Declarations OWN = new Declarations("Of Redis, with one value in this version");

  public static final Directive<String> DBFILENAME =
      OWN.only(
          "dbfilename",
          "dump.rdb",
          "checkpoints are not files of their own",
          "What clients expect a snapshot to be called.");

  public static final Directive<String> LIST_COMPRESS_DEPTH =
      OWN.only(
          "list-compress-depth",
          "0",
          "the nodes of lists are not compressed",
          "No node of a list is compressed.");

  public static final Directive<String> CLUSTER_ENABLED =
      OWN.only("cluster-enabled", "no", "this version is a single server", "No cluster.");

  public static final Directive<String> DAEMONIZE =
      OWN.only(
          "daemonize",
          "no",
          "the server stays in the foreground; let a supervisor put it in the background",
          "The server stays in the foreground.");

  private SingleValueDirectives() {}
}
