package io.karst.commands.stream;

import io.karst.commands.Reply;
import java.util.ArrayList;
import java.util.List;

/// A dictionary that is put together name by name. Thread: its owner's.
final class Report {
  private final List<Reply> namesAndValues = new ArrayList<>();

  Report put(String name, Reply value) {
    namesAndValues.add(Reply.bulk(name));
    namesAndValues.add(value);
    return this;
  }

  Reply reply() {
    return new Reply.Dictionary(namesAndValues);
  }
}
