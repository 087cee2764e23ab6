package io.karst.server.config;

/// Has to agree before directives change: it tries what they ask for, where only that tells whether
/// it can be done.
///
/// Called by the thread that changes the values, which may block; one change at a time.
public interface Guard {
  /// Makes ready what `next` asks for.
  ///
  /// - throws [BadValueException] if it cannot be done; nothing is different then.
  Change prepare(DirectiveValues next) throws BadValueException;

  /// What has been made ready. One of its methods is called, once.
  interface Change {
    /// There is nothing to do.
    Change NONE =
        new Change() {
          @Override
          public void commit() {}

          @Override
          public void cancel() {}
        };

    /// Puts it in force. Does not fail.
    void commit();

    /// Forgets it, as another guard does not agree.
    void cancel();
  }
}
