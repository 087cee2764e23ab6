package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.commands.BulkList;
import io.karst.commands.Reply;
import io.karst.commands.ScoredList;
import io.karst.engine.ScoreVisitor;

/// Collects members for a reply, with their scores if they are asked for. Thread: its owner's.
final class Pairs implements ScoreVisitor {
  private final boolean withScores;
  private final BulkList members = new BulkList();
  private final ScoredList scored = new ScoredList();

  Pairs(boolean withScores) {
    this.withScores = withScores;
  }

  @Override
  public void visit(Bytes member, double score) {
    if (withScores) {
      scored.add(member, score);
    } else {
      members.add(member);
    }
  }

  Reply reply() {
    return withScores ? new Reply.Scored(scored, true) : new Reply.Strings(members);
  }
}
