package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.ChannelSpec;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeyPositions;
import io.karst.commands.KeySpec;
import io.karst.commands.KeyUse;
import io.karst.commands.Reach;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks whether a user may run a command. Nothing is allocated unless he may not.
///
/// A selector has to allow the whole: the command, each key for what is done to it, and each
/// channel. If none does, what is told is why the one that came nearest does not.
///
/// Thread: its owner's.
public final class Guard {
  private final KeyPositions positions = new KeyPositions();

  /// How far the selector that came nearest went: the index of the word it did not allow.
  private int farthest;

  /// Why `user` may not run this; null if he may.
  ///
  /// - `args`: of a number that the command accepts.
  public @Nullable Denial denial(User user, Command command, Args args) {
    if (user.unrestricted()) {
      return null;
    }
    farthest = -1;
    Denial nearest = denial(user, user.root(), command, args, null);
    List<Selector> selectors = user.selectors();
    for (int i = 0; nearest != null && i < selectors.size(); i++) {
      nearest = denial(user, selectors.get(i), command, args, nearest);
    }
    return nearest;
  }

  /// As [#denial] of one selector; `nearest` if that came nearer.
  private @Nullable Denial denial(
      User user, Selector selector, Command command, Args args, @Nullable Denial nearest) {
    if (!command.has(Flag.NO_AUTH) && !selector.commands().allows(command, args)) {
      return nearest == null ? Denial.command(user, command.fullName()) : nearest;
    }
    int key = selector.allKeys() ? -1 : deniedKey(selector, command, args);
    if (key >= 0) {
      return nearer(nearest, key) ? Denial.key(Latin1.text(args.bytes(key))) : nearest;
    }
    Denial reach = selector.allKeys() ? null : deniedReach(selector, command, args);
    if (reach != null) {
      return nearer(nearest, 0) ? reach : nearest;
    }
    int channel = selector.allChannels() ? -1 : deniedChannel(selector, command, args);
    if (channel < 0) {
      return null;
    }
    farthest = channel;
    return Denial.channel(Latin1.text(args.bytes(channel)));
  }

  private boolean nearer(@Nullable Denial nearest, int word) {
    boolean nearer =
        nearest == null
            || nearest.reason() == Denial.Reason.COMMAND
            || (nearest.reason() == Denial.Reason.KEY && word > farthest);
    farthest = nearer ? word : farthest;
    return nearer;
  }

  /// The index of the first key that is not open; -1 if all are.
  private int deniedKey(Selector selector, Command command, Args args) {
    List<KeySpec> specs = command.keySpecs();
    for (int i = 0; i < specs.size(); i++) {
      KeySpec spec = specs.get(i);
      if (spec.flags().contains(KeyFlag.NOT_KEY)) {
        continue;
      }
      KeyUse use = command.keyUse(spec, args);
      positions.clear();
      spec.positions(args, positions);
      for (int k = 0; k < positions.count(); k++) {
        if (!selector.allowsKey(args.bytes(positions.at(k)), use)) {
          return positions.at(k);
        }
      }
    }
    return -1;
  }

  private static @Nullable Denial deniedReach(Selector selector, Command command, Args args) {
    List<Reach> reaches = command.reaches();
    for (int i = 0; i < reaches.size(); i++) {
      Reach reach = reaches.get(i);
      String refusal = reach.refusal().apply(args);
      if (refusal != null && !selector.allowsAnyKey(reach.use())) {
        return new Denial(Denial.Reason.KEY, "*", refusal);
      }
    }
    return null;
  }

  private static int deniedChannel(Selector selector, Command command, Args args) {
    ChannelSpec spec = command.channels();
    if (spec == null) {
      return -1;
    }
    for (int i = spec.first(); i <= spec.last(args.count()); i++) {
      Bytes channel = args.bytes(i);
      if (!selector.allowsChannel(channel, spec.patterns())) {
        return i;
      }
    }
    return -1;
  }
}
