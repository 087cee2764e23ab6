/// The keyspace: databases of 16384 slots, each a table of records in native memory.
///
/// A slot is the unit of locking. Its lock ([SlotLock]) guards the slot of that number in every
/// database; locks are taken in ascending order. Everything in a slot, and every view of its
/// records, is touched only by who holds the lock.
@NullMarked
package io.karst.keyspace;

import org.jspecify.annotations.NullMarked;
