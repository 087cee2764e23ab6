package io.karst.bench.torture;

import io.karst.bench.harness.RespConnection;
import io.karst.bench.ledger.LossException;
import java.util.Locale;

/// Whether `DBSIZE` is exact.
///
/// Keys that are due count until they are removed, which takes a moment: what was read is compared
/// with what there was before it at most, and after it at least.
final class SizeCheck {
  private static final int SERVER_DATABASES = 16;
  private static final long EXPIRY_NANOS = 10_000_000_000L;

  private final RespConnection connection;
  private final Staff staff;
  private final long[] sizes = new long[SERVER_DATABASES];

  /// Reads the sizes.
  SizeCheck(RespConnection connection, Staff staff) {
    this.connection = connection;
    this.staff = staff;
    for (int database = 0; database < SERVER_DATABASES; database++) {
      sizes[database] = read(database);
    }
  }

  private long read(int database) {
    connection.call("SELECT", Integer.toString(database));
    return Long.parseLong(connection.call("DBSIZE"));
  }

  /// Compares them with what should be there, once that is known.
  void compare() {
    long nowMillis = System.currentTimeMillis();
    for (int database = 0; database < SERVER_DATABASES; database++) {
      long least = staff.sizeAt(database, nowMillis);
      long most = staff.size(database);
      if (sizes[database] < least || sizes[database] > most) {
        throw wrong(database, sizes[database], least, most);
      }
    }
  }

  /// Waits until all that is due has been removed.
  void awaitExpiry() {
    int database = ExpiringLoad.DATABASE;
    long deadlineNanos = System.nanoTime() + EXPIRY_NANOS;
    while (true) {
      long before = staff.sizeAt(database, System.currentTimeMillis());
      long size = read(database);
      long after = staff.sizeAt(database, System.currentTimeMillis());
      if (after <= size && size <= before) {
        return;
      }
      if (System.nanoTime() > deadlineNanos) {
        throw wrong(database, size, after, before);
      }
    }
  }

  private static LossException wrong(int database, long size, long least, long most) {
    return new LossException(
        String.format(
            Locale.ROOT,
            "DBSIZE of database %d is %d; it should be %s",
            database,
            size,
            least == most ? least : least + " to " + most));
  }
}
