package io.karst.server.http.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a request for commands comes to, in JSON.
///
/// - `status`: of HTTP.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Outcome(int status, byte[] json) {
  static final int OK = 200;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int TOO_LARGE = 413;
  static final int BROKEN = 500;
  static final int BAD_GATEWAY = 502;
  static final int UNAVAILABLE = 503;
  static final int TOO_SLOW = 504;

  private static final JsonFactory JSON = new JsonFactory();

  /// `{"error":message}`.
  static Outcome failure(int status, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("error", message);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Outcome(status, bytes.toByteArray());
  }
}
