// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.assessment.DrawnCase.Row;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for every chain, row and history, tried on many random ones. */
@Tag("inputs")
class AssessmentPropertiesTest {

  private static final int CASES = 1_500;
  private static final Tally TALLY = new Tally("random histories against each invariant");
  private static final List<String> COMMENTS =
      Collections.unmodifiableList(
          new ArrayList<>(
              Arrays.asList(
                  null, null, null, "", "requires-app 0.9", "requires-app 1.1", "requires-app x")));

  @AfterAll
  static void record() {
    TALLY.close();
  }

  private static void forEachCase(Consumer<DrawnCase> property) {
    Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
    for (int seed = 0; seed < Tally.inputs(CASES); seed++) {
      DrawnCase drawn = CaseGenerator.draw(seed);
      boolean accepted =
          TALLY.check(
              "seed " + seed + ": " + drawn,
              () -> {
                property.accept(drawn);
                seen.add(drawn.assess().verdict());
              });
      assertThat(accepted).as("a usable configuration, seed " + seed).isTrue();
    }
    EnumSet<Verdict> ofHistories = EnumSet.range(Verdict.UNKNOWN_VERSION, Verdict.UP_TO_DATE);
    ofHistories.remove(Verdict.DRIFTED);
    assertThat(seen)
        .as("verdicts that were tried")
        .containsExactlyInAnyOrderElementsOf(ofHistories);
  }

  @Test
  void compatibleMeansThatNothingRequiredIsMissingAndNothingFailed() {
    forEachCase(
        drawn -> {
          Assessment assessment = drawn.assess();
          if (assessment.isCompatible()) {
            assertThat(assessment.comparison().missing()).isEmpty();
            assertThat(assessment.comparison().failed()).isEmpty();
            assertThat(assessment.comparison().anyAhead(AheadRevision.Judgement.REFUSED)).isFalse();
          }
        });
  }

  @Test
  void whatIsMissingOrPendingOrAGapIsWithinTheChainUpToExpected() {
    forEachCase(
        drawn -> {
          ComparisonResult comparison = drawn.assess().comparison();
          RevisionChain chain = drawn.chain();
          Set<String> upToExpected =
              DesignOracle.upTo(drawn.lines(), drawn.expected()).stream()
                  .map(chain.revisions()::get)
                  .map(chain::displayName)
                  .collect(Collectors.toSet());

          assertThat(upToExpected).containsAll(comparison.pending());
          assertThat(upToExpected).containsAll(comparison.missing());
          assertThat(comparison.pending()).containsAll(comparison.gap());
          assertThat(comparison.pending()).containsAll(comparison.missing());
        });
  }

  @Test
  void everyRevisionIsEitherPendingOrAppliedNeverBoth() {
    forEachCase(
        drawn -> {
          Set<String> applied =
              new ChainHistory(
                      drawn.chain(),
                      new History(Judge.withoutChain().place(), drawn.history()),
                      PathPatterns.ALL)
                  .applied().stream()
                      .mapToObj(drawn.chain().revisions()::get)
                      .map(drawn.chain()::displayName)
                      .collect(Collectors.toSet());

          assertThat(drawn.assess().comparison().pending()).noneMatch(applied::contains);
        });
  }

  @Test
  void rowsOfDifferentRevisionsMayStandInAnyOrder() {
    forEachCase(
        drawn -> {
          Random random = new Random(drawn.rows().size());
          ComparisonResult comparison = drawn.assess().comparison();
          Assessment other = drawn.withRows(reordered(drawn, random)).assess();

          assertThat(other.verdict()).isEqualTo(drawn.assess().verdict());
          assertThat(other.isCompatible()).isEqualTo(drawn.assess().isCompatible());
          assertThat(other.comparison().pending()).isEqualTo(comparison.pending());
          assertThat(other.comparison().missing()).isEqualTo(comparison.missing());
          assertThat(other.comparison().failed())
              .containsExactlyInAnyOrderElementsOf(comparison.failed());
          assertThat(other.comparison().ahead())
              .containsExactlyInAnyOrderElementsOf(comparison.ahead());
        });
  }

  /** Shuffled, but the rows of each revision in the order in which they were. */
  private static List<Row> reordered(DrawnCase drawn, Random random) {
    Map<String, List<Row>> byRevision =
        drawn.rows().stream().collect(Collectors.groupingBy(row -> row.id().replace('w', 'r')));
    List<List<Row>> queues = new ArrayList<>();
    byRevision.values().forEach(rows -> queues.add(new ArrayList<>(rows)));
    List<Row> reordered = new ArrayList<>();
    while (!queues.isEmpty()) {
      List<Row> queue = queues.get(random.nextInt(queues.size()));
      reordered.add(queue.remove(0));
      queues.removeIf(List::isEmpty);
    }
    return reordered;
  }

  @Test
  void aRowThatIsThereTwiceChangesNothing() {
    forEachCase(
        drawn -> {
          for (int i = 0; i < drawn.history().size(); i++) {
            Assessment doubled =
                drawn.assess(drawn.with(drawn.history().get(i), i), drawn.accepted());

            assertThat(doubled.verdict()).isEqualTo(drawn.assess().verdict());
            assertThat(doubled.comparison()).isEqualTo(drawn.assess().comparison());
          }
        });
  }

  @Test
  void anUnknownRevisionNeverMakesADatabaseCompatible() {
    forEachCase(
        drawn -> {
          if (!drawn.assess().isCompatible() && drawn.assess().comparison().hasEntries()) {
            for (String comment : COMMENTS) {
              HistoryEntry unknown = Entries.entry("new", Outcome.APPLIED, comment);

              assertThat(drawn.assess(drawn.with(unknown, 0), drawn.accepted()).isCompatible())
                  .isFalse();
            }
          }
        });
  }

  @Test
  void anUnknownRevisionIsNeverUpToDate() {
    forEachCase(
        drawn -> {
          HistoryEntry unknown = Entries.applied("new");

          assertThat(drawn.assess(drawn.with(unknown, 0), drawn.accepted()).verdict())
              .isNotIn(Verdict.UP_TO_DATE, Verdict.BEHIND_COMPATIBLE, Verdict.UNINITIALIZED);
        });
  }

  @Test
  void acceptingNeverLiftsARefusalNorAFailureNorWhatIsMissing() {
    Set<Verdict> lasting =
        EnumSet.of(
            Verdict.FAILED, Verdict.UNINITIALIZED, Verdict.BEHIND, Verdict.AHEAD_INCOMPATIBLE);
    forEachCase(
        drawn -> {
          Set<String> everything =
              drawn.history().stream()
                  .flatMap(entry -> Stream.of(entry.name(), entry.shortName()))
                  .collect(Collectors.toSet());
          Verdict verdict = drawn.assess(drawn.history(), Set.of()).verdict();
          if (lasting.contains(verdict)) {
            assertThat(drawn.assess(drawn.history(), everything).verdict()).isEqualTo(verdict);
          }
        });
  }

  @Test
  void acceptingMoreNeverMakesItWorse() {
    forEachCase(
        drawn -> {
          Set<String> everything = drawn.rows().stream().map(Row::name).collect(Collectors.toSet());
          Assessment less = drawn.assess(drawn.history(), Set.of());
          Assessment given = drawn.assess();
          Assessment more = drawn.assess(drawn.history(), everything);

          assertThat(given.verdict()).isGreaterThanOrEqualTo(less.verdict());
          assertThat(more.verdict()).isGreaterThanOrEqualTo(given.verdict());
          assertThat(given.isCompatible() || !less.isCompatible()).isTrue();
          assertThat(more.isCompatible() || !given.isCompatible()).isTrue();
          if (more.verdict() != less.verdict()) {
            assertThat(less.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
          }
        });
  }

  @Test
  void anErrorIsThereExactlyForAFailureAndForWhatCannotBeTold() {
    forEachCase(
        drawn -> {
          Judge judge = Judge.withoutChain();
          Assessor assessor = drawn.assessor(drawn.accepted());
          boolean noRow = drawn.assess().verdict() == Verdict.UNKNOWN_VERSION;
          Assessment absent = assessor.assess(judge.absent());
          Assessment empty = assessor.assess(new History(judge.place(), List.of()));
          Assessment unreadable = assessor.assess(judge.unreadable(Cause.PERMISSION));
          Assessment unreachable =
              assessor.unreachable(
                  new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, "no answer"));

          Verdict withRow =
              empty.comparison().missing().isEmpty()
                  ? Verdict.BEHIND_COMPATIBLE
                  : Verdict.UNINITIALIZED;
          Verdict fresh = noRow ? Verdict.UNKNOWN_VERSION : withRow;
          assertThat(absent.verdict()).isEqualTo(fresh);
          assertThat(empty.verdict()).isEqualTo(fresh);
          assertThat(unreadable.verdict()).isEqualTo(Verdict.UNREADABLE);
          assertThat(unreachable.verdict()).isEqualTo(Verdict.UNREACHABLE);
          for (Assessment given : List.of(drawn.assess(), absent, empty, unreadable, unreachable)) {
            requireConsistent(judge.status(given));
          }
        });
  }

  private static void requireConsistent(MigrationStatus status) {
    Set<Verdict> withError =
        Set.of(Verdict.UNREACHABLE, Verdict.UNREADABLE, Verdict.UNKNOWN_VERSION, Verdict.FAILED);
    boolean error = withError.contains(status.verdict());
    assertThat(status.error() != null).isEqualTo(error);
    assertThat(status.summary().startsWith("ERROR: ")).isEqualTo(error);
    assertThat(status.error() == null ? "-" : status.error()).isNotBlank().hasSizeLessThan(301);
    assertThat(status.problem() == null).isEqualTo(status.compatible());
    assertThat(status.pendingRevisions()).noneMatch(status.aheadRevisions()::contains);
    if (status.verdict() != Verdict.FAILED) {
      assertThat(status.failedRevisions().isEmpty() || error).isTrue();
    }
  }

  @Test
  void applyingWhatIsPendingLeavesNothingPendingOrMissing() {
    forEachCase(
        drawn -> {
          List<HistoryEntry> migrated = new ArrayList<>(drawn.history());
          RevisionChain chain = drawn.chain();
          List<String> pending = drawn.assess().comparison().pending();
          chain.revisions().stream()
              .filter(revision -> pending.contains(chain.displayName(revision)))
              .forEach(revision -> migrated.add(Entries.applied(revision.name())));
          ComparisonResult comparison = drawn.assess(migrated, drawn.accepted()).comparison();

          assertThat(comparison.pending()).isEmpty();
          assertThat(comparison.missing()).isEmpty();
        });
  }

  @Test
  void aStatusIsConsistentInItself() {
    forEachCase(
        drawn -> {
          MigrationStatus status = drawn.status();
          boolean hasError = status.verdict() == Verdict.FAILED || !status.verdict().isKnown();

          assertThat(status.error() != null).isEqualTo(hasError);
          assertThat(status.problem() == null).isEqualTo(status.compatible());
          assertThat(status.exitCode() == 0).isEqualTo(status.compatible());
          assertThat(status.summary()).isNotBlank().doesNotContain("null");
          assertThat(status.toJson()).contains("\"pending_count\": ");
          if (status.problem() != null) {
            assertThat(status.problem().actions()).isNotEmpty();
            assertThat(status.problem().text("refused", null)).doesNotContain("null");
          }
        });
  }
}
