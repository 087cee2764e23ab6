package io.karst.server;

import io.karst.server.config.Directive;
import io.karst.server.config.Directives;
import java.io.PrintStream;

/// What `./karst server --help` prints: the way to write directives, and all of them.
final class Usage {
  private static final int NAME_WIDTH = 28;

  private Usage() {}

  static void print(PrintStream out) {
    out.println(
        """
        usage: ./karst server [file] [--name value ...]

          --import FILE [replace] [skip-unsupported]
              Put the keys of an RDB file into the store before the first client is served.

        Directives come from a file in the syntax of redis.conf and from the command line, which
        wins. Those marked * can be changed at run time (CONFIG SET). In brackets: the default.
        """);
    String section = "";
    for (Directive<?> directive : Directives.all()) {
      if (directive.inertness() != null) {
        continue; // Whoever brings a file of Redis has them; nobody looks for them here.
      }
      if (!directive.section().equals(section)) {
        section = directive.section();
        out.println(section);
      }
      out.println(line(directive));
    }
  }

  private static String line(Directive<?> directive) {
    String name = "  --" + directive.name() + (directive.fixed() ? "" : " *");
    String gap = " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
    return name
        + gap
        + " "
        + directive.summary()
        + "\n"
        + " ".repeat(NAME_WIDTH + 1)
        + directive.form()
        + " ["
        + directive.defaultText()
        + "]";
  }
}
