package io.karst.server.session;

/// An event loop, as the end of a reign sees it.
public interface ReplyLoop {
  /// Runs something on the loop, between two runs of commands.
  ///
  /// - throws [java.util.concurrent.RejectedExecutionException] if it has ended.
  void execute(Runnable task);

  /// Another reign begins: what is held back tells what was lost, and is never sent; who waits for
  /// it is told so, and his connection closed. On the loop.
  ///
  /// - `reign`: the one that begins.
  void lose(long reign);
}
