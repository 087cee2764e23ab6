package io.karst.server.config;

import java.util.List;

/// A number of bytes, or a percentage of the machine's memory.
record MemoryLimitKind(Machine machine) implements Kind<MemoryLimit> {
  @Override
  public MemoryLimit parse(List<String> words, MemoryLimit current) throws BadValueException {
    String word = Kind.single(words);
    if (!word.endsWith("%")) {
      return new MemoryLimit(SizeKind.bytes(word), 0);
    }
    int percent;
    try {
      percent = Integer.parseInt(word.substring(0, word.length() - 1));
    } catch (NumberFormatException notOne) {
      percent = 0;
    }
    if (percent < 1 || percent > 100) {
      throw new BadValueException("argument must be a memory value or 1% to 100%");
    }
    return new MemoryLimit(machine.memoryBytes() / 100 * percent, percent);
  }

  @Override
  public List<List<String>> lines(MemoryLimit value) {
    String word = value.percent() > 0 ? value.percent() + "%" : SizeKind.shortest(value.bytes());
    return List.of(List.of(word));
  }

  @Override
  public String text(MemoryLimit value) {
    return Long.toString(value.bytes());
  }

  @Override
  public String form() {
    return "a number of bytes, or a percentage (`60%`) of the machine's or container's memory";
  }
}
