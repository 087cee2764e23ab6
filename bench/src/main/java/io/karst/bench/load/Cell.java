package io.karst.bench.load;

/// One kind of load: a test at a depth of pipelining.
public record Cell(LoadTest test, int pipeline) {
  @Override
  public String toString() {
    return test + ", pipeline " + pipeline;
  }
}
