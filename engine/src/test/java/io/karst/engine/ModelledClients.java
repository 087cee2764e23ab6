package io.karst.engine;

import java.util.ArrayList;
import java.util.List;

/// What the clients of the store are compared with: they stand in one queue.
abstract class ModelledClients<W> implements WaitingClients<W> {
  record Waiting<W>(int client, W want) {}

  final List<Waiting<W>> queue = new ArrayList<>();
  private final int[] answers = {NONE, NONE};

  /// Takes what a client wants; [#NONE] if it is not there.
  abstract int done(W want);

  /// What a client that begins wants, as it will be wanted later.
  W settled(W want) {
    return want;
  }

  final void answered(Waiting<W> waiting, int value) {
    queue.remove(waiting);
    answers[waiting.client] = value;
  }

  private boolean isWaiting(int client) {
    return queue.stream().anyMatch(waiting -> waiting.client == client);
  }

  @Override
  public int begin(int client, W want) {
    if (answers[client] != NONE || isWaiting(client)) {
      return WAITING;
    }
    W settled = settled(want);
    int value = done(settled);
    if (value != NONE) {
      return value;
    }
    queue.add(new Waiting<>(client, settled));
    return WAITING;
  }

  @Override
  public final int answer(int client) {
    int value = answers[client];
    answers[client] = NONE;
    return value != NONE ? value : isWaiting(client) ? WAITING : NONE;
  }

  @Override
  public final int leave(int client) {
    return queue.removeIf(waiting -> waiting.client == client) ? LEFT : answer(client);
  }
}
