package io.karst.eviction;

/// The best candidates seen so far, the best of them last.
///
/// A sample of five finds a good victim, and with luck several: those that were not needed are kept
/// for later, which is what makes sampling nearly as good as a sorted list of all keys. A candidate
/// may have been accessed, moved or deleted meanwhile: whoever takes one looks again.
///
/// A candidate is known by its *place* (any number that tells database and slot), hash and record;
/// none of them is followed from here. Thread: its owner's.
public final class VictimPool {
  static final int SIZE = 16;

  private final long[] scores = new long[SIZE];
  private final long[] places = new long[SIZE];
  private final long[] hashes = new long[SIZE];
  private final long[] records = new long[SIZE];
  private int size;

  public void clear() {
    size = 0;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// Whether a candidate of this score would be kept.
  public boolean wants(long score) {
    return size < SIZE || score > scores[0];
  }

  /// Adds a candidate, unless it is here already; if there are too many, the worst is dropped. Of
  /// two with the same score the one that has been here for longer is the better.
  public void add(long score, long place, long hash, long record) {
    if (!wants(score) || contains(record)) {
      return;
    }
    int at = size;
    while (at > 0 && scores[at - 1] >= score) {
      at--;
    }
    if (size < SIZE) {
      move(at, at + 1, size - at);
      size++;
    } else {
      at--;
      move(1, 0, at);
    }
    scores[at] = score;
    places[at] = place;
    hashes[at] = hash;
    records[at] = record;
  }

  /// The best candidate's; there is one.
  public long bestScore() {
    return scores[size - 1];
  }

  public long bestPlace() {
    return places[size - 1];
  }

  public long bestHash() {
    return hashes[size - 1];
  }

  public long bestRecord() {
    return records[size - 1];
  }

  public void dropBest() {
    size--;
  }

  private boolean contains(long record) {
    for (int i = 0; i < size; i++) {
      if (records[i] == record) {
        return true;
      }
    }
    return false;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(scores, from, scores, to, count);
    System.arraycopy(places, from, places, to, count);
    System.arraycopy(hashes, from, hashes, to, count);
    System.arraycopy(records, from, records, to, count);
  }
}
