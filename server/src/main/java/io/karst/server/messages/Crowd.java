package io.karst.server.messages;

import io.karst.base.Glob;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An audience of several, or of one that is left of several.
final class Crowd implements Audience {
  private final Group[] groups;
  private final int size;

  private Crowd(Group[] groups, int size) {
    this.groups = groups;
    this.size = size;
  }

  static Audience of(Subscription first, Subscription second) {
    return new Crowd(new Group[] {Group.of(first)}, 1).with(second);
  }

  @Override
  public Glob glob() {
    return groups[0].member(0).glob();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int groups() {
    return groups.length;
  }

  @Override
  public Group group(int index) {
    return groups[index];
  }

  @Override
  public Audience with(Subscription another) {
    int place = place(another);
    Group[] changed = Arrays.copyOf(groups, Math.max(groups.length, place + 1));
    changed[place] = place == groups.length ? Group.of(another) : groups[place].with(another);
    return new Crowd(changed, size + 1);
  }

  @Override
  public @Nullable Audience without(Subscription gone) {
    if (size == 1) {
      return null;
    }
    int place = place(gone);
    Group[] changed = groups.clone();
    changed[place] = groups[place].without();
    if (changed[place].active() == 0) {
      changed[place] = changed[changed.length - 1];
      changed = Arrays.copyOf(changed, changed.length - 1);
    }
    return new Crowd(changed, size - 1);
  }

  /// Where the group of its event loop is, or would be.
  @SuppressWarnings("ReferenceEquality") // An outbox is no value.
  private int place(Subscription subscription) {
    Outbox outbox = subscription.subscriber().outbox();
    int place = 0;
    while (place < groups.length && groups[place].outbox() != outbox) {
      place++;
    }
    return place;
  }
}
