package io.karst.server.messages;

import io.karst.base.Glob;
import org.jspecify.annotations.Nullable;

/// Those who listen to one channel, or to one pattern, at one moment. Immutable, but that each of
/// them may end.
///
/// Most channels have one listener: a [Subscription] is an audience by itself.
sealed interface Audience permits Subscription, Crowd {
  /// What names match, of the audience of a pattern.
  Glob glob();

  /// How many they are, at least one.
  int size();

  /// They stand in so many groups, one for each event loop.
  int groups();

  Group group(int index);

  /// With one more, where no other is being added.
  Audience with(Subscription another);

  /// Without one of them, who has ended; null if nobody is left.
  @Nullable Audience without(Subscription gone);
}
