package io.karst.engine;

/// Two clients that wait for something: what the store and a model of it can do.
///
/// An operation that blocks is three here, so that each of them ends: to begin, to ask for the
/// answer, to leave. Answers are numbers from 0 on.
///
/// @param <W> what a client waits for
interface WaitingClients<W> {
  int NONE = -1;
  int WAITING = -2;
  int LEFT = -3;

  /// The answer, or [#WAITING].
  int begin(int client, W want);

  /// The answer, [#WAITING], or [#NONE] if it does not wait for one.
  int answer(int client);

  /// [#LEFT], or as [#answer] if it is too late.
  int leave(int client);
}
