package io.karst.server.config;

import io.karst.server.config.Directive.Declaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The directives of one area, as they are declared.
final class Declarations {
  private static final AtomicInteger INDEX = new AtomicInteger();

  private final String section;
  private final List<Directive<?>> all = new ArrayList<>();
  private final Map<String, Directive<?>> aliases = new LinkedHashMap<>();

  /// - `section`: the heading they stand under in the documentation.
  Declarations(String section) {
    this.section = section;
  }

  /// In the order of their declaration.
  List<Directive<?>> all() {
    return Collections.unmodifiableList(all);
  }

  /// By former names.
  Map<String, Directive<?>> aliases() {
    return Collections.unmodifiableMap(aliases);
  }

  /// Set at the start and not changed afterwards.
  <T> Directive<T> fixed(String name, Kind<T> kind, T byDefault, String summary) {
    return declare(name, true, kind, byDefault, summary);
  }

  <T> Directive<T> atRunTime(String name, Kind<T> kind, T byDefault, String summary) {
    return declare(name, false, kind, byDefault, summary);
  }

  /// A bound up to which collections are packed.
  Directive<Integer> packed(
      String name, @Nullable String formerName, int byDefault, String summary) {
    WholeKind kind = new WholeKind(0, Integer.MAX_VALUE);
    Directive<Integer> directive = atRunTime(name, kind, byDefault, summary);
    return formerName == null ? directive : alias(formerName, directive);
  }

  /// Of which one value is known.
  Directive<String> only(String name, String value, String why, String summary) {
    return atRunTime(name, new OnlyKind(value, why), value, summary);
  }

  <T> Directive<T> alias(String formerName, Directive<T> directive) {
    aliases.put(formerName, directive);
    return directive;
  }

  private <T> Directive<T> declare(
      String name, boolean fixed, Kind<T> kind, T byDefault, String summary) {
    int index = INDEX.getAndIncrement();
    Directive<T> directive =
        new Declaration(index, section, name, fixed, summary).of(kind, byDefault);
    all.add(directive);
    return directive;
  }
}
