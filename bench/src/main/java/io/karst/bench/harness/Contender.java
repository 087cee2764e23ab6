package io.karst.bench.harness;

/// The servers that are compared, in the order in which they take turns.
public enum Contender {
  REDIS("Redis"),
  KARST("Karst");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
