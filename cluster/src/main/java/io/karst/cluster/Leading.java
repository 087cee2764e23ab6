package io.karst.cluster;

/// What a reign consists of.
interface Leading {
  /// Whether this member leads by Ratis's word, in a term.
  boolean stillLeads(long term);

  /// Begins to propose.
  void begin(long term);

  /// Proposes nothing more when it returns.
  void end();
}
