package io.karst.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.engine.Observers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever wants to know of all keys that begin in some way hears of those that have changed since
/// his event loop looked last, each once, in one message.
final class BroadcastsTest {
  /// An event loop's box that nobody empties but the test.
  private static final class Box implements Outbox {
    final List<Mail> mails = new ArrayList<>();
    int bytes;

    @Override
    public void post(Mail mail) {
      mails.add(mail);
      bytes += mail.size();
    }

    @Override
    public void grew(int more) {
      bytes += more;
    }

    /// What the first mail says, which is taken out.
    Post take() {
      Post post = mails.removeFirst().settled();
      bytes -= post.size();
      return post;
    }
  }

  private final Box box = new Box();
  private final Tracking tracking = new Tracking(new Observers(), _ -> null);

  private Tracker listen(long client, boolean noLoop, String... prefixes) {
    List<Bytes> bytes = List.of(prefixes).stream().map(Bytes::utf8).toList();
    TrackingMode mode = new TrackingMode(0, true, bytes, false, false, noLoop);
    Tracker tracker = tracking.open(client, () -> box, mode, null);
    assertThat(tracker).isNotNull();
    return tracker;
  }

  private void changed(String key, long client, long lsn) {
    tracking.changed(Bytes.utf8(key), client, lsn, lsn / 2);
  }

  private static Reply told(String... keys) {
    List<Reply> names = List.of(keys).stream().map(key -> Reply.bulk(Bytes.utf8(key))).toList();
    return new Reply.Push(List.of(Reply.bulk("invalidate"), new Reply.Array(names)));
  }

  @Test
  void keysThatChangeBeforeTheLoopLooksAreToldTogetherAndOnce() {
    Tracker _ = listen(1, false, "a:", "b:");
    changed("a:1", 9, 10);
    changed("b:1", 9, 40);
    changed("a:2", 9, 30);
    changed("a:1", 9, 20);
    changed("c:1", 9, 50);
    Post first = box.take();
    assertThat(first.message().in(3)).isEqualTo(told("a:1", "a:2"));
    assertThat(first.seenLsn()).isEqualTo(30);
    assertThat(first.heldLsn()).isEqualTo(15);
    changed("a:3", 9, 60);
    assertThat(box.take().message().in(3)).isEqualTo(told("b:1"));
    assertThat(box.take().message().in(3)).isEqualTo(told("a:3"));
    assertThat(box.mails).isEmpty();
    assertThat(box.bytes).isZero();
  }

  @Test
  void eachListenerHasHisOwnMessageWithoutWhatHeChanged() {
    Tracker _ = listen(1, true, "");
    Tracker _ = listen(2, false, "");
    changed("x", 1, 10);
    changed("y", 2, 10);
    List<Reply> heard = List.of(box.take().message().in(3), box.take().message().in(3));
    assertThat(heard).containsExactlyInAnyOrder(told("y"), told("x", "y"));
    assertThat(box.mails).isEmpty();
  }

  @Test
  void oneMessageDoesNotGrowForEver() {
    Tracker _ = listen(1, false, "");
    for (int i = 0; i < 10_000; i++) {
      changed("key:" + i, 9, i);
    }
    int keys = 0;
    assertThat(box.mails).hasSizeGreaterThan(10);
    while (!box.mails.isEmpty()) {
      Post post = box.take();
      Reply.Push push = (Reply.Push) post.message().in(3);
      keys += ((Reply.Array) push.items().get(1)).items().size();
      assertThat(post.size()).isLessThan(32 << 10);
    }
    assertThat(keys).isEqualTo(10_000);
    assertThat(box.bytes).isZero();
  }

  @Test
  void whoDoesNotWantToKnowAnyMoreIsNotTold() {
    Tracker tracker = listen(1, false, "a", "b");
    assertThat(tracking.prefixes()).isEqualTo(2);
    tracker.close();
    changed("a", 9, 1);
    assertThat(box.mails).isEmpty();
    assertThat(tracking.prefixes()).isZero();
  }
}
