package io.karst.server.info;

import io.karst.server.info.Section.Group;
import io.karst.server.session.Server;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What `INFO` answers.
public final class InfoReport {
  private static final List<Section> SECTIONS =
      List.of(
          new Section("Server", Group.DEFAULT, ProcessSections::server),
          new Section("Clients", Group.DEFAULT, ClientSections::clients),
          new Section("Memory", Group.DEFAULT, MemorySection::memory),
          new Section("Persistence", Group.DEFAULT, PersistenceSection::persistence),
          new Section("Stats", Group.DEFAULT, ClientSections::stats),
          new Section("Replication", Group.DEFAULT, ReplicationSection::replication),
          new Section("CPU", Group.DEFAULT, ProcessSections::cpu),
          new Section("Modules", Group.EVERYTHING, (server, text) -> {}),
          new Section("Commandstats", Group.ALL, CommandSections::commands),
          new Section("Errorstats", Group.DEFAULT, CommandSections::errors),
          new Section("Latencystats", Group.ALL, CommandSections::latencies),
          new Section("Cluster", Group.DEFAULT, ReplicationSection::cluster),
          new Section("Keyspace", Group.DEFAULT, KeyspaceSection::keyspace));

  private InfoReport() {}

  /// The sections that `names` ask for, each once, in their own order. A name is that of a section,
  /// `default`, `all` or `everything`; one that is unknown brings nothing.
  ///
  /// - `names`: in lower case; empty is `default`.
  public static String of(Server server, Set<String> names) {
    InfoText text = new InfoText();
    for (Section section : SECTIONS) {
      if (isWanted(section, names)) {
        text.title(section.title());
        section.writer().write(server, text);
      }
    }
    return text.toString();
  }

  private static boolean isWanted(Section section, Set<String> names) {
    boolean byGroup =
        switch (section.group()) {
          case DEFAULT ->
              names.isEmpty()
                  || names.contains("default")
                  || names.contains("all")
                  || names.contains("everything");
          case ALL -> names.contains("all") || names.contains("everything");
          case EVERYTHING -> names.contains("everything");
        };
    return byGroup || names.contains(section.title().toLowerCase(Locale.ROOT));
  }
}
