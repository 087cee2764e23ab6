package io.karst.server.config;

import io.karst.history.SyncPolicy;

/// The directives about what is kept on disk, and when.
public final class DiskDirectives {
  static final Declarations OWN = new Declarations("Disk");

  public static final Directive<String> DIR =
      OWN.fixed(
          "dir",
          new DirectoryKind(),
          "./karst-data",
          "Where the data is kept; made if it is not there. One server at a time has it.");

  public static final Directive<Boolean> MEMORY_ONLY =
      OWN.fixed(
          "memory-only",
          new FlagKind(),
          false,
          "Keep nothing on disk: the data ends with the process.");

  public static final Directive<Boolean> APPENDONLY =
      OWN.fixed(
          "appendonly",
          new FlagKind(),
          true,
          "Write every change to the history on disk; otherwise a crash loses what came after the"
              + " latest checkpoint. Always `no` with `memory-only`.");

  public static final Directive<String> BACKUPDIRNAME =
      OWN.atRunTime(
          "backupdirname",
          new FileNameKind(),
          "backupdir",
          "The directory below `dir` that `BACKUP START` makes a backup in.");

  public static final Directive<SyncPolicy> APPENDFSYNC =
      OWN.atRunTime(
          "appendfsync",
          ChoiceKind.of(SyncPolicy.class),
          SyncPolicy.EVERYSEC,
          "When changes are made safe from a power cut: before they are acknowledged, within a"
              + " second, or when the operating system likes. A connection may ask for more or"
              + " less with `CLIENT DURABILITY`.");

  public static final Directive<SaveRules> SAVE =
      OWN.atRunTime(
          "save",
          new SaveRulesKind(),
          SaveRules.DEFAULT,
          "When to take a checkpoint besides those that keep the history short: after so many"
              + " seconds if there were so many changes.");

  public static final Directive<Boolean> SALVAGE =
      OWN.fixed(
          "salvage",
          new FlagKind(),
          false,
          "Start although the history is damaged, without what comes after the damage.");

  private DiskDirectives() {}
}
