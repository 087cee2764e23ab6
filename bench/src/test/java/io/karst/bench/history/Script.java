package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A history written down by a test: operations with the times of their requests and answers.
final class Script {
  private final List<Operation> operations = new ArrayList<>();

  /// An operation that is answered; words are separated by spaces.
  Script answered(int callNanos, int returnNanos, String words, Answer answer) {
    int client = operations.size();
    operations.add(new Operation(client, split(words), answer, callNanos, returnNanos));
    return this;
  }

  /// One that is answered with OK.
  Script ok(int callNanos, int returnNanos, String words) {
    return answered(callNanos, returnNanos, words, Answer.ok());
  }

  /// One that is answered with a string.
  Script bulk(int callNanos, int returnNanos, String words, String value) {
    return answered(callNanos, returnNanos, words, new Answer.Bulk(value));
  }

  /// One that is answered with a number.
  Script whole(int callNanos, int returnNanos, String words, long value) {
    return answered(callNanos, returnNanos, words, new Answer.Whole(value));
  }

  /// One that is answered with nothing.
  Script nil(int callNanos, int returnNanos, String words) {
    return answered(callNanos, returnNanos, words, Answer.nil());
  }

  /// One whose answer never came.
  Script open(int callNanos, String words) {
    operations.add(Operation.open(operations.size(), split(words), callNanos));
    return this;
  }

  List<Operation> operations() {
    return operations;
  }

  private static List<String> split(String words) {
    return Arrays.asList(words.split(" ", -1));
  }
}
