package io.karst.bench.torture;

import io.karst.bench.ledger.Ledger;
import io.karst.bench.ledger.Request;
import java.util.random.RandomGenerator;

/// A kind of writer: what it asks for.
interface Load {
  /// The next request; the ledger's model has gone through it then.
  Request next(RandomGenerator random, Ledger ledger);
}
