package io.karst.engine;

import io.karst.base.Bytes;

/// Those elements of a batch, without their values, that a collection does not have. One that is
/// named twice is here twice.
final class Missing implements ElementBatch {
  private final ElementBatch batch;
  private final int[] indices;
  private int count;

  Missing(Elements elements, ElementBatch batch) {
    this.batch = batch;
    indices = new int[batch.count()];
    for (int i = 0; i < indices.length; i++) {
      if (!elements.contains(batch.element(i))) {
        indices[count++] = i;
      }
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Bytes element(int index) {
    return batch.element(indices[index]);
  }
}
