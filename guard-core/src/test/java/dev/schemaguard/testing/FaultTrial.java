// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One fault, tried again and again: it strikes, the guard is asked, it is mended, and seen to. */
public final class FaultTrial {

  /** What makes a fault, or mends it. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run() throws Exception;
  }

  private final String fault;
  private final int rounds;
  private final List<Verdict> verdicts;
  private final List<String> wrong = new ArrayList<>();
  private String table = "faults";
  private String code;

  private FaultTrial(String fault, int rounds, List<Verdict> verdicts) {
    this.fault = fault;
    this.rounds = rounds;
    this.verdicts = verdicts;
  }

  /**
   * A trial of a fault.
   *
   * @param fault what is broken, in words
   * @param rounds how often, before {@link Repetitions} takes its percentage
   * @param verdicts what the guard may say while it is broken
   */
  public static FaultTrial of(String fault, int rounds, Verdict... verdicts) {
    return new FaultTrial(fault, Repetitions.of(rounds), Arrays.asList(verdicts));
  }

  /** The same where the guard also has to name this problem. */
  public FaultTrial withProblem(String expected) {
    code = expected;
    return this;
  }

  /** The same whose figures stand in another table. */
  public FaultTrial recordedIn(String other) {
    table = other;
    return this;
  }

  /** How often it is tried. */
  public int rounds() {
    return rounds;
  }

  /** Tries it on {@code lender}, and fails if anything was wrong. */
  public void on(ConnectionSource lender, Action strike, Action mend) throws Exception {
    for (int i = 0; i < rounds; i++) {
      strike.run();
      try {
        judge(lender.check());
        lender.assertNothingRuns();
      } catch (AssertionError e) {
        wrong.add(e.getMessage());
      } finally {
        mend.run();
      }
      look(lender);
    }
    conclude();
  }

  /** Notes {@code status}, told while the fault was there, if it is none of the expected ones. */
  public synchronized void judge(MigrationStatus status) {
    String problem = status.problem() == null ? null : status.problem().code();
    if (!verdicts.contains(status.verdict()) || (code != null && !code.equals(problem))) {
      wrong.add(status.verdict() + " " + problem + ": " + status.error());
    }
  }

  /** Notes what is not well with {@code lender} although the fault is mended. */
  public void look(ConnectionSource lender) throws Exception {
    try {
      lender.assertUnharmed();
    } catch (AssertionError e) {
      wrong.add(e.getMessage());
    }
  }

  /** Records the figures, and fails if anything was wrong. */
  public void conclude() {
    String expected =
        verdicts.stream().map(Verdict::name).collect(Collectors.joining(" or "))
            + (code == null ? "" : " (" + code + ")");
    Figures.record(table, fault, expected, rounds, wrong.size());
    assertThat(wrong).as(fault).isEmpty();
  }
}
