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
public final class Config implements DirectiveValues {
  /// - `always`: whether it is told, too, when a value is set that is the same.
  private record Listener<T>(Directive<T> directive, Consumer<? super T> action, boolean always) {}

  /// All values at one time, by [Directive#index].
  private static final class Values implements DirectiveValues {
    private final Object[] values;

    Values(Object[] values) {
      this.values = values;
    }

    /// Directives are numbered as their classes are loaded, in whatever order that is.
    static Values defaults() {
      Object[] values = new Object[Directives.all().size()];
      Directives.all().forEach(each -> values[each.index()] = each.byDefault());
      return new Values(values);
    }

    @SuppressWarnings("unchecked") // with() lets only values of the directive's type in.
    <T> T of(Directive<T> directive) {
      return (T) values[directive.index()];
    }

    @Override
    public <T> T value(Directive<T> directive) {
      return of(directive);
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
  private final Guards guards = new Guards();
  private final List<String> warnings = new ArrayList<>();
  private final @Nullable Path file;
  private volatile Values current;

  private Config(@Nullable Path file) {
    this.file = file;
    current = Values.defaults();
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

  @Override
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
    listeners.add(new Listener<>(directive, action, false));
    action.accept(value(directive));
  }

  /// As [#follow], and with the value that there is already whenever a client sets it again, for
  /// what others may have changed since.
  public synchronized <T> void obey(Directive<T> directive, Consumer<? super T> action) {
    listeners.add(new Listener<>(directive, action, true));
    action.accept(value(directive));
  }

  /// Lets `guard` agree before `CONFIG SET` changes one of `directives`.
  public synchronized void guard(List<Directive<?>> directives, Guard guard) {
    guards.add(directives, guard);
  }

  /// Sets one value, as whoever makes a configuration does: no guard is asked.
  public synchronized <T> void set(Directive<T> directive, T value) {
    replace(current.with(directive, value), List.of(directive));
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
        String fixed = directive.kind() instanceof OnlyKind ? "can't set immutable config: " : "";
        throw failed(namesAndValues.get(2 * i), fixed + e.why());
      }
    }
    try {
      Guard.Change change = guards.prepare(directives, next);
      replace(next, directives);
      change.commit();
      for (Directive<?> directive : directives) {
        warnOf("CONFIG SET: ", directive, next);
      }
    } catch (Guards.Refused e) {
      throw failed(e.directive.name(), e.why());
    }
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
    boolean told = directive == NetworkDirectives.PORT || directive == TlsDirectives.PORT;
    if (told && value(ClusterDirectives.ENABLED) && !next.of(directive).equals(value(directive))) {
      throw new BadValueException("the members of the cluster, and their clients, were told it");
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

  /// Notes that a value has been set that means nothing here.
  private void warnOf(String place, Directive<?> directive, Values values) {
    String why = directive.inertness();
    if (why != null && !values.of(directive).equals(directive.byDefault())) {
      warnings.add(place + "'" + directive + "' has no effect: " + why);
    }
  }

  /// What whoever has set something should know, once. The log is not there when a file is read.
  public synchronized List<String> takeWarnings() {
    List<String> taken = List.copyOf(warnings);
    warnings.clear();
    return taken;
  }

  private void apply(Setting setting) {
    Directive<?> directive = Directives.find(setting.name());
    if (directive == null) {
      throw Unknown.directive(setting);
    }
    try {
      current = current.parsed(directive, setting.words());
      warnOf(setting.place() + ": ", directive, current);
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

  private void replace(Values next, List<Directive<?>> named) {
    Values before = current;
    current = next;
    for (Listener<?> listener : listeners) {
      call(listener, before, listener.always && named.contains(listener.directive));
    }
  }

  private <T> void call(Listener<T> listener, Values before, boolean anyway) {
    T value = value(listener.directive);
    if (anyway || !value.equals(before.of(listener.directive))) {
      listener.action.accept(value);
    }
  }
}
