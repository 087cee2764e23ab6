package io.karst.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// A directory, kept as it was written; `CONFIG GET` tells where that is.
record DirectoryKind() implements Kind<String> {
  @Override
  public String parse(List<String> words, String current) throws BadValueException {
    String word = Kind.single(words);
    try {
      if (!word.isEmpty() && Path.of(word).getFileName() != null) {
        return word;
      }
    } catch (InvalidPathException notOne) {
      // Said below, as for a path that names nothing.
    }
    throw new BadValueException("argument must be the path of a directory");
  }

  @Override
  public List<List<String>> lines(String value) {
    return List.of(List.of(value));
  }

  @Override
  public String text(String value) {
    return Path.of(value).toAbsolutePath().normalize().toString();
  }

  @Override
  public String defaultText(String value) {
    return value;
  }

  @Override
  public String form() {
    return "a path";
  }
}
