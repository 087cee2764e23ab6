package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteIfTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void deletesAnyTypeWithoutACondition() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("DELEX list")).isEqualTo("1");
    assertThat(store.line("DELEX list")).isEqualTo("0");
    store.line("SET k v");
    assertThat(store.line("DELEX k")).isEqualTo("1");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void deletesIfEqual() {
    store.line("SET k v");
    assertThat(store.line("DELEX k IFEQ w")).isEqualTo("0");
    assertThat(store.line("GET k")).isEqualTo("v");
    assertThat(store.line("DELEX k ifeq v")).isEqualTo("1");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void deletesIfNotEqual() {
    store.line("SET k v");
    assertThat(store.line("DELEX k IFNE v")).isEqualTo("0");
    assertThat(store.line("DELEX k IFNE w")).isEqualTo("1");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void comparesBytesNotNumbers() {
    store.line("SET k 0123");
    assertThat(store.line("DELEX k IFEQ 123")).isEqualTo("0");
    assertThat(store.line("DELEX k IFEQ 0123")).isEqualTo("1");
  }

  @Test
  void comparesDigests() {
    store.line("SET k hello");
    assertThat(store.line("DELEX k IFDEQ 0000000000000000")).isEqualTo("0");
    assertThat(store.line("DELEX k IFDNE 9555e8555c62dcfd")).isEqualTo("0");
    assertThat(store.line("DELEX k IFDEQ 9555E8555c62dcfd")).isEqualTo("1");
    store.line("SET k hello");
    assertThat(store.line("DELEX k IFDNE zzzzzzzzzzzzzzzz")).isEqualTo("1");
  }

  @Test
  void refusesADigestOfAnotherLength() {
    store.line("SET k v");
    assertThat(store.line("DELEX k IFDEQ 123"))
        .isEqualTo("!ERR must be exactly 16 hexadecimal characters");
    assertThat(store.line("GET k")).isEqualTo("v");
  }

  @Test
  void answersZeroForAMissingKeyWhateverTheCondition() {
    assertThat(store.line("DELEX k IFEQ v")).isEqualTo("0");
    assertThat(store.line("DELEX k IFNE v")).isEqualTo("0");
    assertThat(store.line("DELEX k IFDEQ v")).isEqualTo("0");
    assertThat(store.line("DELEX k IFDNE v")).isEqualTo("0");
    assertThat(store.line("DELEX k FOO v")).isEqualTo("0");
  }

  @Test
  void refusesOtherConditions() {
    store.line("SET k v");
    assertThat(store.line("DELEX k FOO v"))
        .isEqualTo("!ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
    assertThat(store.line("DELEX k NX v"))
        .isEqualTo("!ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
    assertThat(store.line("DELEX k IF v"))
        .isEqualTo("!ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
    assertThat(store.line("GET k")).isEqualTo("v");
  }

  @Test
  void comparesStringsOnly() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("DELEX list IFEQ v"))
        .isEqualTo("!ERR Key should be of string type if conditions are specified");
    assertThat(store.line("DELEX list FOO v"))
        .isEqualTo("!ERR Key should be of string type if conditions are specified");
  }

  @Test
  void seesADueKeyAsMissing() {
    store.line("SET k v PX 10");
    store.advance(10);
    assertThat(store.line("DELEX k IFEQ v")).isEqualTo("0");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("DELEX")).isEqualTo("!ERR wrong number of arguments for 'delex' command");
    assertThat(store.line("DELEX k IFEQ"))
        .isEqualTo("!ERR wrong number of arguments for 'delex' command");
    assertThat(store.line("DELEX k IFEQ v w"))
        .isEqualTo("!ERR wrong number of arguments for 'delex' command");
  }
}
