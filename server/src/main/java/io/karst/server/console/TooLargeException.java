package io.karst.server.console;

import java.io.IOException;

/// The replies are larger than one answer may be.
final class TooLargeException extends IOException {
  TooLargeException(String message) {
    super(message);
  }
}
