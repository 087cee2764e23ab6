package io.karst.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {
  @Test
  void ratiosAreKarstsFigureDividedByRediss() {
    Row row = row(new Rounds(200), new Rounds(300), new Goal.RatioAtLeast(1.5));
    assertThat(row.ratio()).isEqualTo(1.5);
    assertThat(row.verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void aHigherRatioMissesAnUpperLimit() {
    Goal goal = new Goal.RatioAtMost(1);
    assertThat(row(new Rounds(2), new Rounds(2.1), goal).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(row(new Rounds(2), new Rounds(2), goal).verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void anAbsoluteGoalNeedsNoRedis() {
    Goal goal = new Goal.AtMost(120);
    assertThat(row(null, new Rounds(120), goal).verdict()).isEqualTo(Verdict.MET);
    assertThat(row(null, new Rounds(121), goal).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aFigureCanHaveAFloor() {
    Goal goal = new Goal.AtLeast(0.9);
    assertThat(goal.text()).isEqualTo("≥ 0.900");
    assertThat(row(new Rounds(5), new Rounds(0.9), goal).verdict()).isEqualTo(Verdict.MET);
    assertThat(row(new Rounds(5), new Rounds(0.89), goal).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aRatioWithoutRedisIsNotJudged() {
    Row row = row(null, new Rounds(3), new Goal.RatioAtLeast(1));
    assertThat(row.verdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void theMedianStandsForTheRounds() {
    assertThat(new Rounds(9, 1, 2).median()).isEqualTo(2);
    assertThat(new Rounds(4, 1, 3, 2).median()).isEqualTo(2.5);
  }

  private static Row row(Rounds redis, Rounds karst, Goal goal) {
    return new Row("throughput", "GET", "k/s", redis, karst, goal);
  }
}
