package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// Reads a JSON text onto the stack: `null` as a light userdata of 0, objects and arrays as tables.
final class JsonReader {
  /// As [JsonWriter#DEPTH_LIMIT].
  private static final int DEPTH_LIMIT = 2000;

  private final LuaStack stack;
  private final JsonSettings settings;
  private final int arrayMark;
  private final JsonTokens tokens;

  JsonReader(LuaStack stack, JsonSettings settings, int arrayMark, byte[] text) {
    this.stack = stack;
    this.settings = settings;
    this.arrayMark = arrayMark;
    if (text.length >= 2 && (text[0] == 0 || text[1] == 0)) {
      throw LuaException.at("JSON parser does not support UTF-16 or UTF-32");
    }
    tokens = new JsonTokens(text, settings.decodeInvalid);
  }

  /// Pushes the one value of the text.
  void document() {
    tokens.next();
    value(0);
    if (tokens.next() != JsonTokens.Token.END) {
      throw expected("the end");
    }
  }

  private LuaException expected(String what) {
    return LuaException.at(
        "Expected " + what + " but found " + tokens.found() + " at character " + tokens.place());
  }

  private void value(int depth) {
    stack.room(4);
    switch (tokens.token()) {
      case STRING -> pushString();
      case NUMBER -> stack.push(tokens.number());
      case BOOLEAN -> stack.push(tokens.truth());
      case NULL -> stack.pushUserdata(0);
      case OBJECT_BEGIN -> object(deeper(depth));
      case ARRAY_BEGIN -> array(deeper(depth));
      default -> throw expected("value");
    }
  }

  private int deeper(int depth) {
    int next = depth + 1;
    if (next > Math.min(settings.decodeDepth, DEPTH_LIMIT)) {
      throw LuaException.at(
          "Found too many nested data structures (" + next + ") at character " + tokens.place());
    }
    stack.memory(0);
    return next;
  }

  private void pushString() {
    stack.push(tokens.bytes(), 0, tokens.size());
  }

  private void object(int depth) {
    stack.pushTable(0, 0);
    if (tokens.next() == JsonTokens.Token.OBJECT_END) {
      return;
    }
    while (true) {
      if (tokens.token() != JsonTokens.Token.STRING) {
        throw expected("object key string");
      }
      pushString();
      if (tokens.next() != JsonTokens.Token.COLON) {
        throw expected("colon");
      }
      tokens.next();
      value(depth);
      stack.set(-3);
      switch (tokens.next()) {
        case OBJECT_END -> {
          return;
        }
        case COMMA -> tokens.next();
        default -> throw expected("comma or object end");
      }
    }
  }

  private void array(int depth) {
    stack.pushTable(0, 0);
    if (settings.markArrays) {
      stack.pushKept(arrayMark);
      stack.setMetatable(-2);
    }
    if (tokens.next() == JsonTokens.Token.ARRAY_END) {
      return;
    }
    for (int i = 1; ; i++) {
      value(depth);
      stack.set(-2, i);
      switch (tokens.next()) {
        case ARRAY_END -> {
          return;
        }
        case COMMA -> tokens.next();
        default -> throw expected("comma or array end");
      }
    }
  }
}
