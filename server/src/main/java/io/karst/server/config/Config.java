package io.karst.server.config;

import io.karst.base.CommandException;
import io.karst.eviction.EvictionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The values of all directives.
///
/// A read is two loads from an immutable array, whatever is changed meanwhile; code on the way of
/// every command rather [#follow]s a value into a field of its own.
///
/// Thread-safe.
public final class Config {
  private record Listener<T>(Directive<T> directive, Consumer<? super T> action) {}

  /// All values at one time, by [Directive#index].
  private static final class Values {
    private final Object[] values;

    Values(Object[] values) {
      this.values = values;
    }

    @SuppressWarnings("unchecked") // with() lets only values of the directive's type in.
    <T> T of(Directive<T> directive) {
      return (T) values[directive.index()];
    }

    <T> Values with(Directive<T> directive, T value) {
      Object[] changed = values.clone();
      changed[directive.index()] = value;
      return new Values(changed);
    }

    /// With what `words` say; the words before them remain where a line states a part only.
    <T> Values parsed(Directive<T> directive, List<String> words) throws BadValueException {
      return with(directive, directive.kind().parse(words, of(directive)));
    }

    <T> Values replaced(Directive<T> directive, List<String> words) throws BadValueException {
      return with(directive, directive.kind().replace(words, of(directive)));
    }
  }

  private final List<Listener<?>> listeners = new ArrayList<>();
  private final @Nullable Path file;
  private volatile Values current;

  private Config(@Nullable Path file) {
    this.file = file;
    current = new Values(Directives.all().stream().map(Directive::byDefault).toArray());
  }

  /// Every directive at its default, no file.
  public static Config defaults() {
    return new Config(null);
  }

  /// As [#defaults], but nothing is kept on disk.
  public static Config memoryOnly() {
    String name = DiskDirectives.MEMORY_ONLY.name();
    return of(null, List.of(new Setting(name, name, List.of())));
  }

  /// The defaults, then `settings` in their order.
  ///
  /// - `file`: what `CONFIG REWRITE` writes; null if there is none.
  /// - throws [ConfigException] for an unknown directive or a bad value.
  public static Config of(@Nullable Path file, List<Setting> settings) {
    Config config = new Config(file);
    for (Setting setting : settings) {
      config.apply(setting);
    }
    if (config.value(DiskDirectives.MEMORY_ONLY)) {
      config.keepNothing(settings);
    }
    return config;
  }

  public <T> T value(Directive<T> directive) {
    return current.of(directive);
  }

  /// The value as `CONFIG GET` answers it.
  public <T> String text(Directive<T> directive) {
    return directive.kind().text(value(directive));
  }

  /// The file it was read from; null without one.
  public @Nullable Path file() {
    return file;
  }

  /// Calls `action` with the value now, and with every new one before the change is answered.
  public synchronized <T> void follow(Directive<T> directive, Consumer<? super T> action) {
    listeners.add(new Listener<>(directive, action));
    action.accept(value(directive));
  }

  public synchronized <T> void set(Directive<T> directive, T value) {
    replace(current.with(directive, value));
  }

  /// `CONFIG SET`: names and values by turns; all are set, or none and the error says why.
  public synchronized void set(List<String> namesAndValues) {
    List<Directive<?>> directives = settable(namesAndValues);
    Values next = current;
    for (int i = 0; i < directives.size(); i++) {
      Directive<?> directive = directives.get(i);
      try {
        next = next.replaced(directive, words(directive, namesAndValues.get(2 * i + 1)));
        check(directive, next);
      } catch (BadValueException e) {
        throw failed(namesAndValues.get(2 * i), e.why());
      }
    }
    replace(next);
  }

  private String fixedWhy(Directive<?> directive) {
    if (directive != DiskDirectives.APPENDONLY) {
      return "can't set immutable config";
    }
    return value(DiskDirectives.MEMORY_ONLY)
        ? "'appendonly' needs a directory, and 'memory-only' has none"
        : "the history begins and ends at the start of the server only; restart it with appendonly "
            + (value(DiskDirectives.APPENDONLY) ? "no" : "yes");
  }

  /// A fixed directive takes the value it has, so that clients may say what is so.
  private void check(Directive<?> directive, Values next) throws BadValueException {
    if (directive.fixed() && !next.of(directive).equals(value(directive))) {
      throw new BadValueException(fixedWhy(directive));
    }
    boolean spills =
        directive == MemoryDirectives.MAXMEMORY_POLICY
            && next.of(MemoryDirectives.MAXMEMORY_POLICY) == EvictionPolicy.SPILL;
    boolean saves =
        directive == DiskDirectives.SAVE && !next.of(DiskDirectives.SAVE).rules().isEmpty();
    if ((saves || spills) && value(DiskDirectives.MEMORY_ONLY)) {
      throw new BadValueException("the server keeps data in memory only");
    }
  }

  private static List<Directive<?>> settable(List<String> namesAndValues) {
    List<Directive<?>> directives = new ArrayList<>();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      String name = namesAndValues.get(i);
      Directive<?> directive = Directives.find(name);
      if (directive == null) {
        throw CommandException.err(
            "Unknown option or number of arguments for CONFIG SET - '" + name + "'");
      }
      directives.add(directive);
    }
    for (int i = 0; i < directives.size(); i++) {
      if (directives.indexOf(directives.get(i)) < i) {
        throw failed(namesAndValues.get(2 * i), "duplicate parameter");
      }
    }
    return directives;
  }

  private static List<String> words(Directive<?> directive, String value) {
    return directive.kind().severalWords() && !value.isBlank()
        ? Arrays.asList(value.strip().split("\\s+"))
        : List.of(value);
  }

  private static CommandException failed(String name, String why) {
    return CommandException.err(
        "CONFIG SET failed (possibly related to argument '" + name + "') - " + why);
  }

  private void apply(Setting setting) {
    Directive<?> directive = Directives.find(setting.name());
    if (directive == null) {
      throw Unknown.directive(setting);
    }
    try {
      current = current.parsed(directive, setting.words());
    } catch (BadValueException e) {
      throw setting.wrong("bad value for '" + directive + "': " + e.why());
    }
  }

  /// Without a directory there is no history, no checkpoint, and nothing to spill to; whoever asked
  /// for one is told.
  private void keepNothing(List<Setting> settings) {
    Values kept =
        current.with(DiskDirectives.APPENDONLY, false).with(DiskDirectives.SAVE, SaveRules.NONE);
    if (kept.of(MemoryDirectives.MAXMEMORY_POLICY) == EvictionPolicy.SPILL) {
      kept = kept.with(MemoryDirectives.MAXMEMORY_POLICY, EvictionPolicy.NOEVICTION);
    }
    for (Setting setting : settings) {
      Directive<?> directive = Directives.find(setting.name());
      if (directive != null && !current.of(directive).equals(kept.of(directive))) {
        throw setting.wrong("'" + directive + "' needs a directory, and 'memory-only' has none");
      }
    }
    current = kept;
  }

  private void replace(Values next) {
    Values before = current;
    current = next;
    for (Listener<?> listener : listeners) {
      call(listener, before);
    }
  }

  private <T> void call(Listener<T> listener, Values before) {
    T value = value(listener.directive);
    if (!value.equals(before.of(listener.directive))) {
      listener.action.accept(value);
    }
  }
}
