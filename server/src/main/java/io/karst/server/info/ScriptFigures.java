package io.karst.server.info;

import io.karst.server.scripts.ScriptCache;
import io.karst.server.session.Scripting;
import io.karst.server.session.Server;

/// What scripts and functions add to the sections of others.
final class ScriptFigures {
  private ScriptFigures() {}

  /// For `Memory`.
  static void memory(Server server, InfoText text) {
    Scripting scripting = server.scripting();
    ScriptCache cache = scripting.cache();
    text.field("used_memory_vm_total", scripting.interpreterSize());
    text.field("used_memory_scripts_eval", cache.heapSize());
    text.field("number_of_cached_scripts", cache.count());
    text.field("number_of_functions", scripting.functions().functionCount());
    text.field("number_of_libraries", scripting.functions().all().size());
  }

  /// For `Stats`.
  static void stats(Server server, InfoText text) {
    text.field("evicted_scripts", server.scripting().cache().evicted());
  }
}
