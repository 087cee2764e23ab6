package io.karst.server.config;

import java.util.List;

/// Permissions in octal, as `700`.
record FileModeKind() implements Kind<FileMode> {
  private static final int OCTAL = 8;

  @Override
  public FileMode parse(List<String> words, FileMode current) throws BadValueException {
    try {
      int bits = Integer.parseInt(Kind.single(words), OCTAL);
      if (bits >= 0 && bits <= FileMode.ALL) {
        return new FileMode(bits);
      }
    } catch (NumberFormatException notOne) {
      // Said below, as for too many bits.
    }
    throw new BadValueException("argument must be permissions in octal, from 0 to 777");
  }

  @Override
  public List<List<String>> lines(FileMode value) {
    return List.of(List.of(Integer.toOctalString(value.bits())));
  }

  @Override
  public String form() {
    return "three octal digits";
  }
}
