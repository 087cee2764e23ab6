package io.karst.server.config;

import java.util.ArrayList;
import java.util.List;

/// Who has to agree to which changes. Used under the lock of its [Config].
final class Guards {
  private record Entry(List<Directive<?>> directives, Guard guard) {
    boolean concerns(List<Directive<?>> named) {
      return named.stream().anyMatch(directives::contains);
    }

    /// The first of those named that it looks after.
    Directive<?> culprit(List<Directive<?>> named) {
      return named.stream().filter(directives::contains).findFirst().orElseThrow();
    }
  }

  /// A guard does not agree.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    final transient Directive<?> directive;

    private Refused(Directive<?> directive, BadValueException why) {
      super(why.why(), null, false, false);
      this.directive = directive;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void add(List<Directive<?>> directives, Guard guard) {
    entries.add(new Entry(List.copyOf(directives), guard));
  }

  /// Asks everybody who looks after one of those `named`, whether or not its value is another one:
  /// what it stands for, as the content of a file, may be.
  ///
  /// - returns: what they have made ready.
  Guard.Change prepare(List<Directive<?>> named, DirectiveValues next) throws Refused {
    List<Guard.Change> ready = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.concerns(named)) {
        try {
          ready.add(entry.guard.prepare(next));
        } catch (BadValueException e) {
          all(ready).cancel();
          throw new Refused(entry.culprit(named), e);
        }
      }
    }
    return all(ready);
  }

  private static Guard.Change all(List<Guard.Change> changes) {
    return new Guard.Change() {
      @Override
      public void commit() {
        changes.forEach(Guard.Change::commit);
      }

      @Override
      public void cancel() {
        changes.reversed().forEach(Guard.Change::cancel);
      }
    };
  }
}
