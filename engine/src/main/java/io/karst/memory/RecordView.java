package io.karst.memory;

/// The key and the value of one record after another, through the same two objects: who goes
/// through millions of records makes none.
///
/// Thread: its owner's, under the lock of the records' slot.
public final class RecordView {
  private final NativeBytes key = new NativeBytes(Native.NULL, 0);
  private final NativeBytes value = new NativeBytes(Native.NULL, 0);

  /// Shows another record from now on.
  public RecordView move(long record) {
    long valueAddress = Record.valueAddress(record);
    int keyLength = Record.keyLength(record);
    key.move(valueAddress - keyLength, keyLength);
    value.move(valueAddress, Record.valueLength(record));
    return this;
  }

  /// The key of the record shown; another one's after the next [#move].
  public NativeBytes key() {
    return key;
  }

  /// The value of the record shown; another one's after the next [#move].
  public NativeBytes value() {
    return value;
  }
}
