package io.karst.server.info;

import io.karst.server.session.Server;

/// A section of `INFO`.
///
/// - `title`: `Server`; in lower case it is what clients ask for.
/// - `group`: which requests without this name bring it.
record Section(String title, Group group, Writer writer) {
  /// Which requests bring a section that they do not name; each is contained in the next.
  enum Group {
    DEFAULT,
    ALL,
    EVERYTHING
  }

  /// Writes the fields.
  @FunctionalInterface
  interface Writer {
    void write(Server server, InfoText text);
  }
}
