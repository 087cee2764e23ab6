package io.karst.server.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A verb that has run in this process.
///
/// - `code`: the exit code.
/// - `out`, `err`: what it has printed.
record ToolRun(int code, String out, String err) {
  static ToolRun of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = words[i].toString();
    }
    int code = Tools.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    return new ToolRun(code, out.toString(), err.toString());
  }
}
