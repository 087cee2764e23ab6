package io.karst.value;

/// Up to what size collections are packed: the thresholds of Redis, by its names for them.
/// A collection that has outgrown them stays large.
///
/// Thread-safe; a change holds for what is changed from then on.
public final class Encodings {
  private volatile int hashEntriesMax = 512;
  private volatile int hashValueMax = 64;
  private volatile int setNumbersMax = 512;
  private volatile int setEntriesMax = 128;
  private volatile int setValueMax = 64;
  private volatile int sortedSetEntriesMax = 128;
  private volatile int sortedSetValueMax = 64;
  private volatile int sparseCounterMax = 3000;
  private volatile int streamNodeSizeMax = 4096;
  private volatile int streamNodeEntriesMax = 100;

  private volatile NodeLimit listNodeLimit = NodeLimit.of(NodeLimit.DEFAULT);

  /// `hash-max-listpack-entries`.
  public int hashEntriesMax() {
    return hashEntriesMax;
  }

  public void hashEntriesMax(int count) {
    hashEntriesMax = count;
  }

  /// `hash-max-listpack-value`, in bytes.
  public int hashValueMax() {
    return hashValueMax;
  }

  public void hashValueMax(int bytes) {
    hashValueMax = bytes;
  }

  /// `set-max-intset-entries`.
  public int setNumbersMax() {
    return setNumbersMax;
  }

  public void setNumbersMax(int count) {
    setNumbersMax = count;
  }

  /// `set-max-listpack-entries`.
  public int setEntriesMax() {
    return setEntriesMax;
  }

  public void setEntriesMax(int count) {
    setEntriesMax = count;
  }

  /// `set-max-listpack-value`, in bytes.
  public int setValueMax() {
    return setValueMax;
  }

  public void setValueMax(int bytes) {
    setValueMax = bytes;
  }

  /// `hll-sparse-max-bytes`, the header included.
  public int sparseCounterMax() {
    return sparseCounterMax;
  }

  public void sparseCounterMax(int bytes) {
    sparseCounterMax = bytes;
  }

  /// `zset-max-listpack-entries`.
  public int sortedSetEntriesMax() {
    return sortedSetEntriesMax;
  }

  public void sortedSetEntriesMax(int count) {
    sortedSetEntriesMax = count;
  }

  /// `zset-max-listpack-value`, in bytes.
  public int sortedSetValueMax() {
    return sortedSetValueMax;
  }

  public void sortedSetValueMax(int bytes) {
    sortedSetValueMax = bytes;
  }

  /// `list-max-listpack-size`.
  public NodeLimit listNodeLimit() {
    return listNodeLimit;
  }

  public void listNodeLimit(NodeLimit limit) {
    listNodeLimit = limit;
  }

  /// `stream-node-max-bytes`, 0 for no limit.
  public int streamNodeSizeMax() {
    return streamNodeSizeMax;
  }

  public void streamNodeSizeMax(int bytes) {
    streamNodeSizeMax = bytes;
  }

  /// `stream-node-max-entries`, 0 for no limit.
  public int streamNodeEntriesMax() {
    return streamNodeEntriesMax;
  }

  public void streamNodeEntriesMax(int count) {
    streamNodeEntriesMax = count;
  }
}
