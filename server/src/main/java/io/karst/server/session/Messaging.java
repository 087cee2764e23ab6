package io.karst.server.session;

import io.karst.commands.Reply;
import io.karst.server.messages.Sender;
import io.karst.server.messages.Subscriptions;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.ReplyEncoder;
import java.util.ArrayList;
import java.util.List;

/// What a session listens to, and what it is as a sender of messages.
///
/// Thread: the one that runs the session's commands.
public final class Messaging implements Sender {
  private final Session session;
  private final Subscriptions subscriptions;
  private final List<Reply.Push> echoes = new ArrayList<>(0);

  Messaging(Session session) {
    this.session = session;
    subscriptions = new Subscriptions(session.server().exchange(), session.link().subscriber());
  }

  @Override
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public void echo(Reply.Push message) {
    echoes.add(message);
  }

  /// What was lost with a reign that has ended stands nowhere in the history.
  @Override
  public long seenLsn() {
    return session.hasLost() ? 0 : session.writtenLsn();
  }

  @Override
  public long heldLsn() {
    return session.durability() == Durability.FSYNC ? seenLsn() : 0;
  }

  /// Writes the messages it has sent to itself, behind the reply to the command that did so.
  void writeEchoes(ReplyBuffer out) {
    if (!echoes.isEmpty()) {
      ReplyEncoder encoder = ReplyEncoder.of(session.protocol());
      echoes.forEach(message -> encoder.encode(message, out));
      echoes.clear();
    }
  }
}
