package io.karst.bench.load;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import java.util.SplittableRandom;

/// Sets the keys of a [Dataset], in pipelines.
public final class DatasetLoader {
  private static final int BATCH = 128;

  private final RequestEncoder encoder;
  private final SplittableRandom random = new SplittableRandom(2);
  private final Dataset dataset;

  public DatasetLoader(Dataset dataset) {
    this.dataset = dataset;
    encoder = new RequestEncoder(dataset);
  }

  /// Sets every key.
  public void load(RespConnection connection) {
    load(connection, 0, 1);
  }

  /// Sets each `step`th key from `first` on.
  public void load(RespConnection connection, int first, int step) {
    byte[] request = new byte[encoder.sizeMax()];
    int sent = 0;
    for (long number = first; number < dataset.keys(); number += step) {
      connection.send(request, encoder.set((int) number, random, request, 0));
      sent++;
      if (sent == BATCH) {
        expectOk(connection, sent);
        sent = 0;
      }
    }
    expectOk(connection, sent);
  }

  private static void expectOk(RespConnection connection, int count) {
    for (int i = 0; i < count; i++) {
      Answer answer = connection.answer();
      if (!answer.equals(Answer.ok())) {
        throw new HarnessException("SET was answered with " + answer.shown());
      }
    }
  }
}
