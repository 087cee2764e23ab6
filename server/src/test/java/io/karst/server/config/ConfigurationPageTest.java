package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/CONFIGURATION.md` is written from the declarations: `-DupdateDocs` writes it anew.
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "CONFIGURATION.md");

  @Test
  void thePageSaysWhatIsDeclared() throws IOException {
    String page = page();
    if (System.getProperty("updateDocs") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("write it anew with -DupdateDocs").content().isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration

            Directives come from the defaults, then from a file in the syntax of `redis.conf`
            (`./karst server karst.conf`), then from the command line
            (`./karst server karst.conf --port 7000`); the later wins. `CONFIG SET` changes those
            marked *at run time*, and `CONFIG REWRITE` writes what was changed to the file, whose
            comments and order stay.

            In a file, a line is a directive, `#` at its beginning makes it a comment, a value with
            blanks stands in quotes, and `include path` stands for the lines of another file. A
            name that is unknown stops the start, with the line and the nearest known name; so does
            a directive of Redis that Karst does not have, with what to do instead. What means
            nothing here is taken, so that a file of Redis starts Karst, and the log warns of
            each of them that is set to something else than Redis's default: those of the last
            table.

            Sizes take units: `k`, `m`, `g` are powers of 1000, `kb`, `mb`, `gb` of 1024.
            """);
    String section = "";
    for (Directive<?> directive : Directives.all()) {
      if (!directive.section().equals(section)) {
        section = directive.section();
        page.append("\n## ").append(section).append("\n\n");
        page.append("| directive | value | default | at run time | |\n|---|---|---|---|---|\n");
      }
      page.append(row(directive));
    }
    return page.toString();
  }

  private static String row(Directive<?> directive) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            directive.name(),
            directive.form(),
            directive.defaultText(),
            directive.fixed() ? "" : "yes",
            directive.summary());
  }
}
