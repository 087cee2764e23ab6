package io.karst.server.net;

import io.karst.server.messages.Group;
import io.karst.server.messages.Post;
import io.karst.server.messages.Subscription;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages to the same connections of an event loop, which are encoded once for each version of
/// the protocol, into one buffer that all connections share.
///
/// Thread: its event loop's.
final class Parcel {
  /// Bytes beyond which no more messages are put together.
  private static final int SIZE_MAX = 32 << 10;

  private final MessageEncoder encoder = new MessageEncoder();
  private final List<Post> posts = new ArrayList<>();

  /// Encoded for RESP2 and for RESP3, as soon as somebody wants that.
  private @Nullable ByteBuf resp2;

  private @Nullable ByteBuf resp3;
  private @Nullable Group group;
  private int next;
  private long size;
  private long seenLsn;
  private long heldLsn;

  /// Whether there is somebody left to be handed his share.
  boolean isOpen() {
    return group != null;
  }

  /// Begins with a message. Not open before.
  void open(Post first) {
    group = first.group();
    next = 0;
    size = 0;
    seenLsn = 0;
    heldLsn = 0;
    take(first);
  }

  /// Takes another message, if it goes to the same connections; whether it has.
  @SuppressWarnings("ReferenceEquality") // A subscriber is no value.
  boolean add(Post another) {
    boolean alike = another.group() == group && another.except() == posts.getFirst().except();
    if (!alike || size > SIZE_MAX) {
      return false;
    }
    take(another);
    return true;
  }

  private void take(Post post) {
    posts.add(post);
    size += post.size();
    seenLsn = Math.max(seenLsn, post.seenLsn());
    heldLsn = Math.max(heldLsn, post.heldLsn());
  }

  /// Hands it to some connections, `most` at most; returns how many of those are left.
  int hand(int most) {
    Group to = group;
    int left = most;
    while (to != null && left > 0) {
      if (next == to.count()) {
        close();
        break;
      }
      hand(to.member(next++));
      left--;
    }
    return left;
  }

  @SuppressWarnings("ReferenceEquality")
  private void hand(Subscription subscription) {
    if (subscription.isActive()
        && subscription.subscriber() instanceof Inbox inbox
        && inbox != posts.getFirst().except()) {
      try {
        int protocol = inbox.protocol();
        if (posts.getFirst().message().isFor(protocol, inbox.listens())) {
          inbox.receive(share(protocol), seenLsn, heldLsn);
        }
      } catch (OutOfMemoryError full) {
        inbox.misses(size); // Closed: it is not to believe that there was nothing.
      }
    }
  }

  private ByteBuf share(int protocol) {
    ByteBuf whole = protocol == 3 ? resp3 : resp2;
    if (whole == null) {
      whole = encoder.encode(posts, protocol);
      if (protocol == 3) {
        resp3 = whole;
      } else {
        resp2 = whole;
      }
    }
    return whole.retainedDuplicate();
  }

  /// Lets go of everything.
  void close() {
    group = null;
    posts.clear();
    if (resp2 != null) {
      resp2.release();
      resp2 = null;
    }
    if (resp3 != null) {
      resp3.release();
      resp3 = null;
    }
  }
}
