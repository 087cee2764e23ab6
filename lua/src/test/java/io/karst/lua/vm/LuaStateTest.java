package io.karst.lua.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuaStateTest {
  private static final String GROW =
      "local t = {} for i = 1, 20000 do t[i] = {i .. 'x', function() return i end} end return #t";

  /// Lua's own count, in its unit of a kilobyte.
  private static long counted(LuaState state) {
    state.load("return collectgarbage('count')".getBytes(StandardCharsets.UTF_8), "=t");
    assertThat(state.call(0, 1, 0)).isZero();
    double kilobytes = state.stack().number(-1);
    state.stack().cut(0);
    return (long) (kilobytes * 1024);
  }

  private static LuaState open(boolean portable) {
    LuaState state = new LuaState(portable);
    state.open("base");
    state.open("string");
    return state;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void memoryIsCountedAsLuaDoes(boolean portable) {
    try (LuaState state = open(portable)) {
      state.load(GROW.getBytes(StandardCharsets.UTF_8), "=t");
      assertThat(state.call(0, 1, 0)).isZero();
      assertThat(state.stack().number(-1)).isEqualTo(20000);
      assertThat(state.used()).isGreaterThan(1 << 20).isCloseTo(counted(state), within());
      state.stack().cut(0);
      state.collect();
      assertThat(state.used()).isLessThan(200 << 10).isCloseTo(counted(state), within());
    }
  }

  /// What the question itself takes.
  private static Offset<Long> within() {
    return Offset.offset(4096L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void memoryIsRefusedBeyondTheLimit(boolean portable) {
    try (LuaState state = open(portable)) {
      state.limit(512 << 10);
      state.load(GROW.getBytes(StandardCharsets.UTF_8), "=t");
      assertThat(state.call(0, 1, 0)).isNotZero();
      assertThat(state.stack().text(-1)).isEqualTo("not enough memory");
      state.stack().cut(0);
      assertThat(state.used()).isLessThan(513 << 10);
      state.load("return string.rep('x', 1000)".getBytes(StandardCharsets.UTF_8), "=t");
      state.collect();
      assertThat(state.call(0, 1, 0)).isZero();
      assertThat(state.stack().length(-1)).isEqualTo(1000);
    }
  }

  @Test
  void anErrorOfJavaIsRaisedAtTheLineOfTheCall() {
    try (LuaState state = open(false)) {
      state.stack().pushGlobals();
      state
          .stack()
          .set(
              "fail",
              stack -> {
                throw LuaException.at("no");
              });
      state.stack().cut(0);
      state.load("local a\nreturn fail()".getBytes(StandardCharsets.UTF_8), "=t");
      assertThat(state.call(0, 1, 0)).isNotZero();
      assertThat(state.stack().text(-1)).isEqualTo("t:2: no");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, liblua5164.so",
    "Linux, aarch64, liblua51arm64.so",
    "Mac OS X, x86_64, liblua5164.dylib",
    "Mac OS X, aarch64, liblua51arm64.dylib"
  })
  void everyPlatformHasItsLibrary(String system, String architecture, String name) {
    assertThat(NativeLua.fileName(system, architecture)).isEqualTo(name);
    assertThat(NativeLua.class.getResource("/" + name)).isNotNull();
  }
}
