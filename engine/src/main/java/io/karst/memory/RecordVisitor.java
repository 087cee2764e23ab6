package io.karst.memory;

/// Is shown records one by one, under the lock of their slot; the handle is good for the call.
@FunctionalInterface
public interface RecordVisitor {
  void visit(long record);
}
