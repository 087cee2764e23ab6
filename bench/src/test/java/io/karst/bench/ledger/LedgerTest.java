package io.karst.bench.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.Answer;
import io.karst.bench.ledger.Observation.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long NOW = 1_000_000;

  private final Ledger ledger = new Ledger("me", new Territory(List.of(0, 1), "k:"), 2);

  @Test
  void whatWasSentMayHaveHappenedOrNot() {
    set("k:1", "a");
    acknowledge();
    set("k:1", "b");
    set("k:2", "c");
    assertThatCode(() -> ledger.settle(seen("k:1", "a"), false)).doesNotThrowAnyException();
  }

  @Test
  void goesOnFromWhatItFound() {
    set("k:1", "a");
    acknowledge();
    set("k:1", "b");
    ledger.settle(seen("k:1", "a"), false);
    assertThatThrownBy(() -> ledger.settle(seen("k:1", "b"), false))
        .hasMessageContaining("should be \"a\", is \"b\"");
  }

  @Test
  void anAcknowledgedValueMustNotBeLost() {
    set("k:1", "a");
    set("k:1", "b");
    acknowledge();
    acknowledge();
    assertThatThrownBy(() -> ledger.settle(seen("k:1", "a"), false))
        .isInstanceOf(LossException.class)
        .hasMessageContaining("me: what is there is not what there was after any request from 2")
        .hasMessageContaining("database 0, key k:1: should be \"b\", is \"a\"")
        .hasMessageContaining("the first that is lost: \"SET\" \"k:1\" \"b\"");
  }

  @Test
  void whatIsNotSafeMayBeLostUnlessTheServerEndedByItself() {
    set("k:1", "a");
    ledger.answered(Answer.ok());
    assertThatThrownBy(() -> ledger.settle(seen(), true)).isInstanceOf(LossException.class);
    assertThatCode(() -> other("k:1").settle(seen(), false)).doesNotThrowAnyException();
  }

  @Test
  void aDeletedKeyMustNotComeBack() {
    set("k:1", "a");
    acknowledge();
    ledger.model().remove(0, "k:1");
    ledger.sent(new Request(0, List.of("DEL", "k:1"), new Answer.Whole(1)));
    ledger.answered(new Answer.Whole(1));
    ledger.safe(2);
    assertThatThrownBy(() -> ledger.settle(seen("k:1", "a"), false))
        .hasMessageContaining("should be nothing, is \"a\"");
  }

  @Test
  void aRequestHappensAsAWholeOrNotAtAll() {
    ledger.model().put(0, "k:1", new Entry("a"));
    ledger.model().put(0, "k:2", new Entry("b"));
    ledger.sent(new Request(0, List.of("MSET"), Answer.ok()));
    assertThatThrownBy(() -> ledger.settle(seen("k:1", "a"), false))
        .hasMessageContaining("differs in 1 keys");
  }

  @Test
  void unlessItIsManyThings() {
    ledger.model().put(0, "k:1", new Entry("a"));
    ledger.model().put(0, "k:2", new Entry("b"));
    ledger.sent(new Request(0, List.of("MANY"), false, Expected.oneOf(Answer.ok())));
    assertThatCode(() -> ledger.settle(seen("k:1", "a"), false)).doesNotThrowAnyException();
  }

  @Test
  void laterRequestsDoNotHappenWithoutEarlierOnes() {
    set("k:1", "a");
    set("k:2", "b");
    assertThatThrownBy(() -> ledger.settle(seen("k:2", "b"), false))
        .isInstanceOf(LossException.class);
  }

  @Test
  void flushedAndSwappedDatabasesComeBack() {
    set("k:1", "a");
    acknowledge();
    ledger.model().swap(0, 1);
    ledger.sent(new Request(0, List.of("SWAPDB"), Answer.ok()));
    ledger.model().flush(1);
    ledger.sent(new Request(0, List.of("FLUSHDB"), Answer.ok()));
    assertThatCode(() -> ledger.settle(seen("k:1", "a"), false)).doesNotThrowAnyException();
  }

  @Test
  void keysGoWhenTheyAreDueAndNotBefore() {
    expiring(NOW - 1);
    assertThatCode(() -> ledger.settle(seen(), false)).doesNotThrowAnyException();
    expiring(NOW + 1);
    assertThatThrownBy(() -> ledger.settle(seen(), false))
        .hasMessageContaining("until 1000001, is nothing");
  }

  @Test
  void keysThatAreDueMustNotBeSeen() {
    expiring(NOW - 1);
    Observation observation = new Observation();
    observation.add(0, "k:1", new Seen("a", NOW - 1, NOW));
    observation.end(NOW);
    assertThatThrownBy(() -> ledger.settle(observation, false)).isInstanceOf(LossException.class);
  }

  @Test
  void aWrongAnswerIsTold() {
    set("k:1", "a");
    assertThatThrownBy(() -> ledger.answered(new Answer.Failure("OOM no")))
        .hasMessage(
            "me, request 1, in database 0, \"SET\" \"k:1\" \"a\": the answer must be OK, and is the"
                + " error 'OOM no'");
  }

  private Ledger other(String key) {
    Ledger other = new Ledger("other", ledger.territory(), 2);
    other.model().put(0, key, new Entry("a"));
    other.sent(new Request(0, List.of("SET"), Answer.ok()));
    other.answered(Answer.ok());
    return other;
  }

  private void set(String key, String value) {
    ledger.model().put(0, key, new Entry(value));
    ledger.sent(new Request(0, List.of("SET", key, value), Answer.ok()));
  }

  /// An acknowledged key with an expiry.
  private void expiring(long atMillis) {
    ledger.model().put(0, "k:1", new Entry("a", atMillis));
    ledger.sent(new Request(0, List.of("SET"), Answer.ok()));
    acknowledge();
  }

  private void acknowledge() {
    ledger.answered(Answer.ok());
    ledger.safe(ledger.answered());
  }

  /// Keys of database 0, each followed by its value.
  private static Observation seen(String... words) {
    Observation observation = new Observation();
    for (int i = 0; i < words.length; i += 2) {
      observation.add(0, words[i], new Seen(words[i + 1], Entry.NEVER, NOW));
    }
    observation.end(NOW);
    return observation;
  }
}
