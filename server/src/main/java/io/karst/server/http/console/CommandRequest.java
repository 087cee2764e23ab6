package io.karst.server.http.console;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the browser wants to be run: `{"db":0,"clip":4096,"commands":[["GET","key"]]}`. A word is a
/// string, a number, or `{"b64":"AP8="}` for bytes that are no UTF-8. docs/CONSOLE.md has all of
/// it.
///
/// - `clip`: bytes of a string beyond which its beginning is answered; 0 for none.
record CommandRequest(int database, int clip, List<List<byte[]>> commands) {
  private static final int COMMANDS_MAX = 1024;
  private static final JsonFactory JSON = new JsonFactory();

  /// Reads one.
  ///
  /// - throws [BadRequestException] if it is none.
  static CommandRequest parse(byte[] body) throws BadRequestException {
    try (JsonParser parser = JSON.createParser(body)) {
      CommandRequest request = parse(parser);
      if (parser.nextToken() != null) {
        throw new BadRequestException("something follows the request");
      }
      return request;
    } catch (JacksonException wrong) {
      throw new BadRequestException("not JSON: " + wrong.getOriginalMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static CommandRequest parse(JsonParser parser) throws IOException, BadRequestException {
    int database = 0;
    int clip = 0;
    List<List<byte[]>> commands = List.of();
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "db" -> database = number(parser, name);
        case "clip" -> clip = number(parser, name);
        case "commands" -> commands = commands(parser);
        default -> throw new BadRequestException("there is db, clip, and commands; not " + name);
      }
    }
    if (commands.isEmpty()) {
      throw new BadRequestException("there are no commands");
    }
    return new CommandRequest(database, clip, commands);
  }

  private static int number(JsonParser parser, String name)
      throws IOException, BadRequestException {
    expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT);
    int value = parser.getIntValue();
    if (value < 0) {
      throw new BadRequestException(name + " is below 0");
    }
    return value;
  }

  private static List<List<byte[]>> commands(JsonParser parser)
      throws IOException, BadRequestException {
    List<List<byte[]>> commands = new ArrayList<>();
    expect(parser.currentToken(), JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (commands.size() == COMMANDS_MAX) {
        throw new BadRequestException("there are more than " + COMMANDS_MAX + " commands");
      }
      commands.add(command(parser));
    }
    return commands;
  }

  private static List<byte[]> command(JsonParser parser) throws IOException, BadRequestException {
    List<byte[]> words = new ArrayList<>();
    expect(parser.currentToken(), JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      words.add(word(parser));
    }
    if (words.isEmpty()) {
      throw new BadRequestException("a command has no words");
    }
    return words;
  }

  private static byte[] word(JsonParser parser) throws IOException, BadRequestException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> utf8(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> utf8(parser.getText());
      case START_OBJECT -> base64(parser);
      default -> throw new BadRequestException("a word is a string, a number, or {\"b64\":…}");
    };
  }

  private static byte[] base64(JsonParser parser) throws IOException, BadRequestException {
    expect(parser.nextToken(), JsonToken.FIELD_NAME);
    if (!parser.currentName().equals("b64")) {
      throw new BadRequestException("a word is a string, a number, or {\"b64\":…}");
    }
    expect(parser.nextToken(), JsonToken.VALUE_STRING);
    byte[] bytes = parser.getBinaryValue();
    expect(parser.nextToken(), JsonToken.END_OBJECT);
    return bytes;
  }

  /// The bytes of a text; half a surrogate pair has none.
  private static byte[] utf8(String text) throws BadRequestException {
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException half) {
      throw new BadRequestException("a word has half a surrogate pair");
    }
  }

  private static void expect(JsonToken found, JsonToken wanted) throws BadRequestException {
    if (found != wanted) {
      throw new BadRequestException("found " + found + " where " + wanted + " belongs");
    }
  }
}
