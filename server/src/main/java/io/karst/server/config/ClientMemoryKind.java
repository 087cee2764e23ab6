package io.karst.server.config;

import java.util.List;

/// A number of bytes, or a part of `maxmemory` as `5%`.
record ClientMemoryKind() implements Kind<ClientMemory> {
  private static final SizeKind BYTES = new SizeKind(0, Long.MAX_VALUE);
  private static final int ALL = 100;

  @Override
  public ClientMemory parse(List<String> words, ClientMemory current) throws BadValueException {
    String word = Kind.single(words);
    return word.endsWith("%")
        ? new ClientMemory(0, percent(word.substring(0, word.length() - 1)))
        : new ClientMemory(BYTES.parse(words, current.bytes()), 0);
  }

  private static int percent(String number) throws BadValueException {
    try {
      int percent = Integer.parseInt(number);
      if (percent > ALL) {
        throw new BadValueException("percentage argument must be less or equal to 100");
      }
      if (percent >= 0) {
        return percent;
      }
    } catch (NumberFormatException notOne) {
      // Said below, as for one that is negative.
    }
    throw new BadValueException("argument must be a memory or percent value");
  }

  @Override
  public List<List<String>> lines(ClientMemory value) {
    return value.percent() == 0
        ? BYTES.lines(value.bytes())
        : List.of(List.of(value.percent() + "%"));
  }

  @Override
  public String text(ClientMemory value) {
    return value.percent() == 0 ? Long.toString(value.bytes()) : value.percent() + "%";
  }

  @Override
  public String form() {
    return "a number of bytes, or a part of `maxmemory` as `5%`";
  }
}
