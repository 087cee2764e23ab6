package io.karst.server.scripts;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.engine.Libraries;
import io.karst.lua.LuaLibrary;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The functions of the libraries that the store keeps: what `FCALL` finds.
///
/// The store has the source; this is what becomes of it, made anew by whoever asks first after the
/// libraries have changed. Thread-safe.
public final class Functions {
  private static final Logger LOG = LoggerFactory.getLogger(Functions.class);

  /// All libraries at some version of the store's.
  ///
  /// - `functions`: by name in lower case.
  private record State(
      long version, SortedMap<String, LuaLibrary> libraries, Map<String, Script> functions) {}

  private final Libraries stored;
  private final Function<Bytes, LuaLibrary> loader;
  private volatile State state = new State(0, new TreeMap<>(), Map.of());

  /// - `loader`: runs the source of a library, or throws [CommandException].
  public Functions(Libraries stored, Function<Bytes, LuaLibrary> loader) {
    this.stored = stored;
    this.loader = loader;
  }

  /// The function of a name, in upper or lower case; null if there is none.
  public @Nullable Script find(Bytes name) {
    return state().functions().get(key(name.utf8()));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The libraries by name.
  public Collection<LuaLibrary> all() {
    return state().libraries().values();
  }

  public int functionCount() {
    return state().functions().size();
  }

  /// A copy of the libraries by name.
  public SortedMap<String, LuaLibrary> libraries() {
    return new TreeMap<>(state().libraries());
  }

  /// Runs a source.
  ///
  /// - throws [CommandException] if it does not load.
  public LuaLibrary load(Bytes source) {
    return loader.apply(source);
  }

  /// Adds a library to others.
  ///
  /// - `replaces`: whether one of its name goes.
  /// - throws [CommandException] if it cannot stand beside them.
  public static void add(
      LuaLibrary library, SortedMap<String, LuaLibrary> others, boolean replaces) {
    LuaLibrary before = others.get(library.name());
    if (before != null && !replaces) {
      throw CommandException.err("Library '" + library.name() + "' already exists");
    }
    for (LuaLibrary other : others.values()) {
      if (!other.name().equals(library.name())) {
        checkDistinct(library, other);
      }
    }
    others.put(library.name(), library);
  }

  private static void checkDistinct(LuaLibrary library, LuaLibrary other) {
    for (LuaLibrary.Function function : library.functions()) {
      for (LuaLibrary.Function taken : other.functions()) {
        if (key(function.name()).equals(key(taken.name()))) {
          throw CommandException.err("Function " + function.name() + " already exists");
        }
      }
    }
  }

  private State state() {
    State present = state;
    return present.version() == stored.version() ? present : rebuilt();
  }

  private synchronized State rebuilt() {
    State before = state;
    long version = stored.version();
    if (before.version() == version) {
      return before;
    }
    SortedMap<String, LuaLibrary> libraries = new TreeMap<>();
    Map<String, Script> functions = new HashMap<>();
    stored
        .all()
        .forEach((name, source) -> {
          LuaLibrary library = kept(before.libraries().get(name), source);
          if (library != null) {
            libraries.put(name, library);
            library
                .functions()
                .forEach(each -> functions.put(key(each.name()), Script.of(library, each)));
          }
        });
    State fresh = new State(version, libraries, functions);
    state = fresh;
    return fresh;
  }

  private @Nullable LuaLibrary kept(@Nullable LuaLibrary before, Bytes source) {
    if (before != null && before.code().equals(source)) {
      return before;
    }
    try {
      return loader.apply(source);
    } catch (CommandException broken) {
      LOG.error("A library of functions cannot be loaded: {}", broken.line());
      return null;
    }
  }
}
