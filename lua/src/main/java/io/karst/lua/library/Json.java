package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaFunction;
import io.karst.lua.vm.LuaStack;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/// `cjson`: values to JSON and back. Format: RFC 8259; names and settings: the manual of lua-cjson
/// 2.1.
///
/// Settings belong to the interpreter and are as they were at the beginning of each run
/// ([#restart]).
public final class Json {
  private JsonSettings settings = new JsonSettings();
  private int arrayMark;

  /// Before each run.
  public void restart() {
    if (settings.changed) {
      settings = new JsonSettings();
    }
  }

  /// Adds the table `cjson`.
  public void into(LuaStack stack) {
    stack.pushTable(0, 0);
    arrayMark = stack.keep();
    stack.pushTable(0, 32);
    addSettings(stack);
    stack.set("encode", this::encode);
    stack.set("decode", this::decode);
    stack.pushUserdata(0);
    stack.set(-2, "null");
    stack.pushKept(arrayMark);
    stack.set(-2, "array_mt");
    stack.push("cjson");
    stack.set(-2, "_NAME");
    stack.push("2.1.0");
    stack.set(-2, "_VERSION");
    stack.set(-2, "cjson");
  }

  private void addSettings(LuaStack stack) {
    stack.set("encode_sparse_array", this::sparse);
    stack.set(
        "encode_max_depth",
        number(
            "encode_max_depth",
            1,
            Integer.MAX_VALUE,
            () -> settings.encodeDepth,
            value -> settings.encodeDepth = value));
    stack.set(
        "decode_max_depth",
        number(
            "decode_max_depth",
            1,
            Integer.MAX_VALUE,
            () -> settings.decodeDepth,
            value -> settings.decodeDepth = value));
    stack.set(
        "encode_number_precision",
        number(
            "encode_number_precision",
            1,
            17,
            () -> settings.precision,
            value -> settings.precision = value));
    stack.set(
        "encode_keep_buffer",
        flag(
            "encode_keep_buffer",
            () -> settings.keepBuffer ? 1 : 0,
            value -> settings.keepBuffer = value != 0));
    stack.set(
        "decode_array_with_array_mt",
        flag(
            "decode_array_with_array_mt",
            () -> settings.markArrays ? 1 : 0,
            value -> settings.markArrays = value != 0));
    stack.set(
        "decode_invalid_numbers",
        flag(
            "decode_invalid_numbers",
            () -> settings.decodeInvalid ? 1 : 0,
            value -> settings.decodeInvalid = value != 0));
    stack.set("encode_invalid_numbers", this::invalidNumbers);
  }

  private int encode(LuaStack stack) {
    if (stack.count() != 1) {
      throw LuaException.argument(1, "encode", "expected 1 argument");
    }
    ByteSink out = new ByteSink(stack);
    new JsonWriter(stack, settings, arrayMark, out).write(0);
    out.push();
    return 1;
  }

  private int decode(LuaStack stack) {
    if (stack.count() != 1) {
      throw LuaException.argument(1, "decode", "expected 1 argument");
    }
    byte[] text = Strings.check(stack, 1, "decode");
    stack.cut(0);
    new JsonReader(stack, settings, arrayMark, text).document();
    return 1;
  }

  /// A setting between two bounds: set if there is an argument, returned anyway.
  private LuaFunction number(String name, int min, int max, IntSupplier get, IntConsumer set) {
    return stack -> {
      if (!stack.isNil(1)) {
        set.accept(between(stack, 1, name, min, max));
        settings.changed = true;
      }
      stack.push((double) get.getAsInt());
      return 1;
    };
  }

  private static int between(LuaStack stack, int index, String name, int min, int max) {
    double value = Numbers.check(stack, index, name);
    if (!(value >= min && value <= max)) {
      throw LuaException.argument(index, name, "expected integer between " + min + " and " + max);
    }
    return (int) value;
  }

  /// A setting that is true or false, or `on` or `off`.
  private LuaFunction flag(String name, IntSupplier get, IntConsumer set) {
    return stack -> {
      if (!stack.isNil(1)) {
        set.accept(onOrOff(stack, name) ? 1 : 0);
        settings.changed = true;
      }
      stack.push(get.getAsInt() != 0);
      return 1;
    };
  }

  private static boolean onOrOff(LuaStack stack, String name) {
    if (stack.type(1) == LuaStack.BOOLEAN) {
      return stack.truth(1);
    }
    if (stack.type(1) == LuaStack.STRING) {
      switch (stack.text(1)) {
        case "on" -> {
          return true;
        }
        case "off" -> {
          return false;
        }
        default -> {}
      }
    }
    throw LuaException.argument(1, name, "invalid option '" + stack.textOfCopy(1) + "'");
  }

  /// `false`, `true` or `"null"`.
  private int invalidNumbers(LuaStack stack) {
    if (stack.type(1) == LuaStack.STRING && stack.text(1).equals("null")) {
      settings.invalid = JsonSettings.Invalid.NULL;
      settings.changed = true;
    } else if (!stack.isNil(1)) {
      settings.invalid =
          onOrOff(stack, "encode_invalid_numbers")
              ? JsonSettings.Invalid.ALLOWED
              : JsonSettings.Invalid.REFUSED;
      settings.changed = true;
    }
    if (settings.invalid == JsonSettings.Invalid.NULL) {
      stack.push("null");
    } else {
      stack.push(settings.invalid == JsonSettings.Invalid.ALLOWED);
    }
    return 1;
  }

  /// `convert, ratio, safe`.
  private int sparse(LuaStack stack) {
    stack.cut(3);
    if (!stack.isNil(1)) {
      settings.sparseConvert = onOrOff(stack, "encode_sparse_array");
    }
    if (!stack.isNil(2)) {
      settings.sparseRatio = between(stack, 2, "encode_sparse_array", 0, Integer.MAX_VALUE);
    }
    if (!stack.isNil(3)) {
      settings.sparseSafe = between(stack, 3, "encode_sparse_array", 0, Integer.MAX_VALUE);
    }
    settings.changed = true;
    stack.push(settings.sparseConvert);
    stack.push((double) settings.sparseRatio);
    stack.push((double) settings.sparseSafe);
    return 3;
  }
}
