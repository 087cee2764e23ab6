package io.karst.bench.load;

/// One kind of load: what is asked for, at a depth of pipelining.
public record Cell(Workload workload, int pipeline) {
  long trialRequests() {
    return workload.trialRequests(pipeline);
  }

  @Override
  public String toString() {
    return workload + ", pipeline " + pipeline;
  }
}
