package io.karst.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The plain name of a file or directory, without a path.
record FileNameKind() implements Kind<String> {
  @Override
  public String parse(List<String> words, String current) throws BadValueException {
    String word = Kind.single(words);
    try {
      Path name = Path.of(word).getFileName();
      if (name != null && name.toString().equals(word) && !word.matches("\\.\\.?")) {
        return word;
      }
    } catch (InvalidPathException notOne) {
      // Said below, as for a path.
    }
    throw new BadValueException("argument must be a name, not a path");
  }

  @Override
  public List<List<String>> lines(String value) {
    return List.of(List.of(value));
  }

  @Override
  public String form() {
    return "a name";
  }
}
