package io.karst.server.config;

import io.karst.engine.EventClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Letters, each for a class of events or for a way in which they are told of; none tells of
/// nothing.
record KeyspaceEventsKind() implements Kind<KeyspaceEvents> {
  /// What `A` stands for, in the order in which they are written.
  private static final List<EventClass> ALL =
      List.of(
          EventClass.GENERIC,
          EventClass.STRING,
          EventClass.LIST,
          EventClass.SET,
          EventClass.HASH,
          EventClass.SORTED_SET,
          EventClass.EXPIRED,
          EventClass.EVICTED,
          EventClass.STREAM);

  @Override
  public KeyspaceEvents parse(List<String> words, KeyspaceEvents current) throws BadValueException {
    Set<EventClass> classes = EnumSet.noneOf(EventClass.class);
    boolean modules = false;
    boolean byKey = false;
    boolean byEvent = false;
    for (char letter : Kind.single(words).toCharArray()) {
      switch (letter) {
        case 'A' -> {
          classes.addAll(ALL);
          modules = true;
        }
        case 'K' -> byKey = true;
        case 'E' -> byEvent = true;
        case 'd' -> modules = true;
        default -> classes.add(eventClass(letter));
      }
    }
    return new KeyspaceEvents(Set.copyOf(classes), modules, byKey, byEvent);
  }

  private static EventClass eventClass(char letter) throws BadValueException {
    for (EventClass each : EventClass.values()) {
      if (each.letter() == letter) {
        return each;
      }
    }
    throw new BadValueException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
  }

  @Override
  public List<List<String>> lines(KeyspaceEvents value) {
    StringBuilder text = new StringBuilder();
    if (value.modules() && value.classes().containsAll(ALL)) {
      text.append('A');
    } else {
      ALL.stream().filter(value.classes()::contains).forEach(each -> text.append(each.letter()));
      text.append(value.modules() ? "d" : "");
    }
    text.append(value.classes().contains(EventClass.NEW) ? "n" : "");
    text.append(value.byKey() ? "K" : "").append(value.byEvent() ? "E" : "");
    text.append(value.classes().contains(EventClass.MISS) ? "m" : "");
    return List.of(List.of(text.toString()));
  }

  @Override
  public String form() {
    return "letters out of `KEg$lshzxetdmnA`; `\"\"` is none";
  }
}
