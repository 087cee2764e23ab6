package io.karst.server.messages;

/// Those of an audience whose connections are on one event loop, at one moment.
///
/// *How it works.* Groups of later moments share the array: who comes is written behind the last
/// one, where no group of an earlier moment looks, and who goes stays in it, inactive, until half
/// of it is. So to come or to go costs the same however many there are, and whoever sends a message
/// takes the group as it is with him. One group at a time may be the latest, and only of that
/// others are made: under the lock of its channel.
public final class Group {
  private static final int CAPACITY = 4;

  private final Outbox outbox;
  private final Subscription[] members;
  private final int count;

  /// How many of them have ended.
  private final int gone;

  private Group(Outbox outbox, Subscription[] members, int count, int gone) {
    this.outbox = outbox;
    this.members = members;
    this.count = count;
    this.gone = gone;
  }

  static Group of(Subscription one) {
    return new Group(one.subscriber().outbox(), new Subscription[] {one}, 1, 0);
  }

  Outbox outbox() {
    return outbox;
  }

  /// How many there are, those included that have ended since.
  public int count() {
    return count;
  }

  /// One of them, perhaps one that has ended.
  public Subscription member(int index) {
    return members[index];
  }

  /// How many have not ended.
  int active() {
    return count - gone;
  }

  Group with(Subscription another) {
    if (count == members.length) {
      return packed(Math.max(CAPACITY, 2 * active())).with(another);
    }
    members[count] = another;
    return new Group(outbox, members, count + 1, gone);
  }

  /// Without one that has ended.
  Group without() {
    Group fewer = new Group(outbox, members, count, gone + 1);
    return fewer.gone > CAPACITY && 2 * fewer.gone > count ? fewer.packed(count) : fewer;
  }

  /// In an array of its own, without those that have ended.
  private Group packed(int capacity) {
    Subscription[] packed = new Subscription[capacity];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (members[i].isActive()) {
        packed[size++] = members[i];
      }
    }
    return new Group(outbox, packed, size, 0);
  }
}
