package io.karst.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.bench.harness.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Histories of which it is known what they are.
class LinearizabilityTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void nothingIsLinearizable() {
    assertThat(check(new RegisterModel(), new Script())).isInstanceOf(Verdict.Linearizable.class);
  }

  @Test
  void readsBesideAWriteMaySeeItOrNot() {
    valid(
        new RegisterModel(),
        new Script()
            .ok(0, 1, "SET k a")
            .ok(2, 9, "SET k b")
            .bulk(3, 4, "GET k", "a")
            .bulk(5, 6, "GET k", "b"));
  }

  @Test
  void aReadThatIsOverBeforeAWriteBeginsDoesNotSeeIt() {
    invalid(new RegisterModel(), new Script().bulk(0, 1, "GET k", "a").ok(2, 3, "SET k a"));
  }

  @Test
  void aStaleReadIsFound() {
    invalid(
        new RegisterModel(),
        new Script().ok(0, 1, "SET k a").ok(2, 3, "SET k b").bulk(4, 5, "GET k", "a"));
  }

  @Test
  void twoReadsInAWrongOrderAreFound() {
    invalid(
        new RegisterModel(),
        new Script()
            .ok(0, 1, "SET k a")
            .ok(2, 9, "SET k b")
            .bulk(3, 4, "GET k", "b")
            .bulk(5, 6, "GET k", "a"));
  }

  @Test
  void aLostUpdateIsFound() {
    invalid(
        new CounterModel(),
        new Script().whole(0, 5, "INCR k", 1).whole(1, 4, "INCR k", 1).bulk(6, 7, "GET k", "1"));
  }

  @Test
  void aLostAcknowledgedWriteIsFound() {
    invalid(
        new RegisterModel(),
        new Script().ok(0, 1, "SET k a").ok(2, 3, "SET k b").nil(4, 5, "GET k"));
  }

  @Test
  void anElementThatIsPoppedTwiceIsFound() {
    invalid(
        new ListModel(),
        new Script()
            .whole(0, 1, "RPUSH k a", 1)
            .bulk(2, 5, "LPOP k", "a")
            .bulk(3, 4, "LPOP k", "a"));
  }

  @Test
  void anElementThatWasTakenFromTheWrongEndIsFound() {
    Script script = new Script().whole(0, 1, "RPUSH k a", 1).whole(2, 3, "RPUSH k b", 2);
    invalid(new ListModel(), script.bulk(4, 5, "LPOP k", "b"));
  }

  @Test
  void aValueThatWasSeenAndTakenBackIsFound() {
    Script script = new Script().ok(0, 1, "SET k a").open(2, "SET k b").bulk(3, 4, "GET k", "b");
    valid(new RegisterModel(), script);
    invalid(new RegisterModel(), script.bulk(5, 6, "GET k", "a"));
  }

  @Test
  void whatWasNotAnsweredMayHappenLater() {
    valid(
        new RegisterModel(),
        new Script()
            .ok(0, 1, "SET k a")
            .open(2, "SET k b")
            .ok(3, 4, "SET k c")
            .bulk(5, 6, "GET k", "c")
            .bulk(7, 8, "GET k", "b"));
  }

  @Test
  void whatWasNotAnsweredHappensOnceAtMost() {
    invalid(
        new RegisterModel(),
        new Script()
            .ok(0, 1, "SET k a")
            .open(2, "SET k b")
            .bulk(3, 4, "GET k", "b")
            .ok(5, 6, "SET k c")
            .bulk(7, 8, "GET k", "c")
            .bulk(9, 10, "GET k", "b"));
  }

  @Test
  void whatWasNotAnsweredDoesNotHappenBeforeItWasAsked() {
    invalid(new RegisterModel(), new Script().bulk(0, 1, "GET k", "a").open(2, "SET k a"));
  }

  @Test
  void ofTwoConditionalSetsOneSucceeds() {
    valid(new RegisterModel(), new Script().ok(0, 5, "SET k a NX").nil(1, 4, "SET k b NX"));
    invalid(new RegisterModel(), new Script().ok(0, 5, "SET k a NX").ok(1, 4, "SET k b NX"));
  }

  @Test
  void aSetThatFailedSaysThatThereWasSomething() {
    invalid(new RegisterModel(), new Script().nil(0, 1, "SET k b NX"));
    valid(new RegisterModel(), new Script().open(0, "SET k a").nil(1, 2, "SET k b NX"));
  }

  @Test
  void ofTwoThatCompareWithTheSameOneSucceeds() {
    List<Operation> history = new ArrayList<>(new Script().ok(0, 1, "SET k a").operations());
    history.add(swap(2, 5, "a", "b", 1));
    history.add(swap(3, 6, "a", "c", 0));
    assertThat(check(new RegisterModel(), history)).isInstanceOf(Verdict.Linearizable.class);
    history.set(2, swap(3, 6, "a", "c", 1));
    assertThat(check(new RegisterModel(), history)).isInstanceOf(Verdict.Violated.class);
  }

  @Test
  void ofTwoThatDeleteOneFindsSomething() {
    Script script = new Script().ok(0, 1, "SET k a").whole(2, 5, "DEL k", 1);
    valid(new RegisterModel(), script);
    invalid(new RegisterModel(), script.whole(3, 4, "DEL k", 1));
  }

  @Test
  void membersComeInAnyOrder() {
    Script script = new Script().whole(0, 1, "SADD k a", 1).whole(2, 3, "SADD k b", 1);
    valid(new SetModel(), script.answered(4, 5, "SMEMBERS k", many("b", "a")));
    valid(new SetModel(), script.answered(6, 7, "SMEMBERS k", many("a", "b")));
    invalid(new SetModel(), script.answered(8, 9, "SMEMBERS k", many("a")));
  }

  @Test
  void aMemberThatWasRemovedIsThereNoLonger() {
    invalid(
        new SetModel(),
        new Script()
            .whole(0, 1, "SADD k a", 1)
            .whole(2, 3, "SREM k a", 1)
            .whole(4, 5, "SISMEMBER k a", 1));
  }

  @Test
  void saysWhereItStops() {
    Verdict verdict =
        check(
            new RegisterModel(),
            new Script().ok(0, 1, "SET k a").bulk(2, 3, "GET k", "a").bulk(4, 5, "GET k", "z"));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Violated.class,
            violated ->
                assertThat(violated.where())
                    .contains("2 of 3 answered operations")
                    .contains("GET k -> \"z\""));
  }

  /// A hundred writes that may happen at any time, and an error at the end: all there is has to be
  /// gone through to know that there is no order.
  @Test
  void manyOpenWritesAreNoTrouble() {
    Script script = new Script();
    for (int i = 0; i < 100; i++) {
      script.open(10 * i, "SET k open" + i);
      script.ok(10 * i + 1, 10 * i + 2, "SET k v" + i);
      script.bulk(10 * i + 3, 10 * i + 4, "GET k", i % 7 == 3 ? "open" + (i - 2) : "v" + i);
    }
    valid(new RegisterModel(), script);
    invalid(new RegisterModel(), script.bulk(4000, 4001, "GET k", "never"));
  }

  @Test
  void manyOpenStepsOfACounterAreNoTrouble() {
    Script script = new Script();
    for (int i = 0; i < 200; i++) {
      script.open(10 * i, "INCR k");
      script.bulk(10 * i + 1, 10 * i + 2, "GET k", Integer.toString(i / 2));
    }
    valid(new CounterModel(), script);
    invalid(new CounterModel(), script.bulk(4000, 4001, "GET k", "201"));
  }

  /// Forty members come in any order, and one too many is counted: there are 2^40 sets to try.
  @Test
  void anUndecidedSearchSaysSo() {
    Script script = new Script();
    for (int i = 0; i < 40; i++) {
      script.whole(i, 1000 + i, "SADD k " + i, 1);
    }
    script.whole(2000, 2001, "SCARD k", 41);
    Verdict verdict =
        new Linearizability<>(new SetModel(), Duration.ZERO).check(script.operations());
    assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
  }

  private static Operation swap(int call, int end, String from, String to, int answer) {
    List<String> words = RegisterModel.compareAndSet("k", from, to);
    return new Operation(0, words, new Answer.Whole(answer), call, end);
  }

  private static Answer many(String... items) {
    return new Answer.Many(Stream.of(items).<Answer>map(Answer.Bulk::new).toList());
  }

  private static <S> void valid(Model<S> model, Script script) {
    assertThat(check(model, script)).isInstanceOf(Verdict.Linearizable.class);
  }

  private static <S> void invalid(Model<S> model, Script script) {
    assertThat(check(model, script)).isInstanceOf(Verdict.Violated.class);
  }

  private static <S> Verdict check(Model<S> model, Script script) {
    return check(model, script.operations());
  }

  private static <S> Verdict check(Model<S> model, List<Operation> history) {
    return new Linearizability<>(model, PATIENCE).check(history);
  }
}
