package io.karst.server.config;

import java.util.List;

/// One thing that can be set. Declared in the class of its area ([Declarations]) and nowhere else.
///
/// Immutable; two directives are equal if they are the same object.
public final class Directive<T> {
  private final int index;
  private final String section;
  private final String name;
  private final Kind<T> kind;
  private final T byDefault;
  private final boolean fixed;
  private final String summary;

  private Directive(Declaration declaration, Kind<T> kind, T byDefault) {
    this.index = declaration.index();
    this.section = declaration.section();
    this.name = declaration.name();
    this.fixed = declaration.fixed();
    this.summary = declaration.summary();
    this.kind = kind;
    this.byDefault = byDefault;
  }

  /// What a directive is besides its type.
  ///
  /// - `index`: its place among all directives.
  /// - `fixed`: set at the start and not changed afterwards.
  record Declaration(int index, String section, String name, boolean fixed, String summary) {
    <T> Directive<T> of(Kind<T> kind, T byDefault) {
      return new Directive<>(this, kind, byDefault);
    }
  }

  int index() {
    return index;
  }

  /// The heading it stands under in the documentation.
  public String section() {
    return section;
  }

  public String name() {
    return name;
  }

  public T byDefault() {
    return byDefault;
  }

  /// Whether it can only be set at the start.
  public boolean fixed() {
    return fixed;
  }

  public String summary() {
    return summary;
  }

  /// What may be written after its name, for people.
  public String form() {
    return kind.form();
  }

  /// For people: what it is if nobody sets it.
  public String defaultText() {
    return kind.defaultText(byDefault);
  }

  Kind<T> kind() {
    return kind;
  }

  /// The words of each line that states `value` in a file, without the name.
  List<List<String>> lines(T value) {
    return kind.lines(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
