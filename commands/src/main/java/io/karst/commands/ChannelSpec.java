package io.karst.commands;

/// Which words of a command name channels of messages, as access rules ask it: every word from
/// `first` to `last`.
///
/// - `first`: the command's name is word 0.
/// - `last`: negative if counted from the command's end; -1 is its last word.
/// - `patterns`: whether the words are patterns of channels. A user may use one only if a rule of
///   his is that very pattern, or all channels are open to him.
public record ChannelSpec(int first, int last, boolean patterns) {

  /// One channel, at word `index` (`PUBLISH`).
  public static ChannelSpec at(int index) {
    return new ChannelSpec(index, index, false);
  }

  /// Every word from `first` on (`SUBSCRIBE`).
  public static ChannelSpec from(int first) {
    return new ChannelSpec(first, -1, false);
  }

  /// Every word from `first` on, as patterns (`PSUBSCRIBE`).
  public static ChannelSpec patternsFrom(int first) {
    return new ChannelSpec(first, -1, true);
  }

  /// The index of the last channel in a command of `words` words.
  public int last(int words) {
    return last >= 0 ? last : words + last;
  }
}
