package io.karst.server.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every directive there is, in the order in which people read about them: area by area, each
/// declared in a class of its own.
public final class Directives {
  private static final List<Directive<?>> ALL = new ArrayList<>();
  private static final Map<String, Directive<?>> BY_NAME = new LinkedHashMap<>();
  private static final Map<String, Directive<?>> ALIASES = new LinkedHashMap<>();

  static {
    enter(NetworkDirectives.OWN);
    enter(TlsDirectives.OWN);
    enter(ClientDirectives.OWN);
    enter(AccessDirectives.OWN);
    enter(MemoryDirectives.OWN);
    enter(ScriptDirectives.OWN);
    enter(DiskDirectives.OWN);
    enter(ClusterDirectives.OWN);
    enter(ProcessDirectives.OWN);
    enter(ObservationDirectives.OWN);
    enter(SingleValueDirectives.OWN);
    enter(InertDirectives.OWN);
  }

  private Directives() {}

  /// All of them, in the order of their declaration.
  public static List<Directive<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /// Former names, which clients and files may still use.
  public static Map<String, Directive<?>> aliases() {
    return Collections.unmodifiableMap(ALIASES);
  }

  /// The directive of this name, or once of this name, in upper or lower case; null if there is
  /// none.
  public static @Nullable Directive<?> find(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  private static void enter(Declarations area) {
    ALL.addAll(area.all());
    area.all().forEach(directive -> BY_NAME.put(directive.name(), directive));
    BY_NAME.putAll(area.aliases());
    ALIASES.putAll(area.aliases());
  }
}
