package io.karst.server.console;

/// What the browser has sent cannot be done; nothing of it has been.
final class BadRequestException extends Exception {
  BadRequestException(String message) {
    super(message, null, false, false);
  }
}
