// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every chain, row and history, tried on many random ones. */
class AssessmentPropertiesTest {

  private static final int CASES = 1_500;
  private static final List<String> COMMENTS =
      Collections.unmodifiableList(
          new ArrayList<>(
              Arrays.asList(
                  null, null, null, "", "requires-app 0.9", "requires-app 1.1", "requires-app x")));

  /** One chain with one row, and a history. */
  private record Case(
      CompatibilityMatrix matrix,
      String version,
      Set<String> accepted,
      List<HistoryEntry> history) {

    Assessment assess() {
      return assess(history, accepted);
    }

    Assessment assess(List<HistoryEntry> entries, Set<String> names) {
      return new Assessor(matrix, new Question(version, true, names))
          .assess(new History(Judge.withoutChain().place(), entries));
    }

    MigrationStatus status() {
      return Judge.withoutChain().status(assess());
    }

    List<HistoryEntry> with(HistoryEntry entry, int place) {
      List<HistoryEntry> more = new ArrayList<>(history);
      more.add(place, entry);
      return more;
    }
  }

  private static void forEachCase(Consumer<Case> property) {
    Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
    for (int seed = 0; seed < CASES; seed++) {
      Case drawn = draw(new Random(seed));
      try {
        property.accept(drawn);
        seen.add(drawn.assess().verdict());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + drawn, e);
      }
    }
    assertThat(seen)
        .as("verdicts that were tried")
        .containsExactlyInAnyOrderElementsOf(EnumSet.range(Verdict.FAILED, Verdict.UP_TO_DATE));
  }

  private static Case draw(Random random) {
    int size = 1 + random.nextInt(8);
    RevisionChain chain = RevisionChain.parse(chain(random, size), "revisions.txt");
    int expected = random.nextInt(size);
    while (chain.revisions().get(expected).optional()) {
      expected = random.nextInt(size);
    }
    int min = random.nextInt(expected + 1);
    while (chain.revisions().get(min).optional()) {
      min = random.nextInt(expected + 1);
    }
    String max =
        switch (random.nextInt(4)) {
          case 0 -> "any";
          case 1 -> "r" + (expected + random.nextInt(size - expected));
          default -> null;
        };
    CompatibilityMatrix matrix =
        CompatibilityMatrix.builder()
            .unknownAhead(random.nextInt(4) == 0 ? UnknownAhead.ALLOWED : UnknownAhead.REFUSED)
            .row("*", "r" + expected, "r" + min, max)
            .chain(chain)
            .build();
    List<HistoryEntry> history = history(random, size);
    Set<String> accepted = new HashSet<>();
    if (random.nextInt(4) == 0) {
      accepted.add("x" + random.nextInt(3));
      accepted.add("r" + random.nextInt(size));
    }
    return new Case(matrix, random.nextInt(8) == 0 ? "main" : "1.0", accepted, history);
  }

  private static String chain(Random random, int size) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append('r').append(i);
      switch (i == 0 ? 99 : random.nextInt(12)) {
        case 0 -> text.append("\toptional");
        case 1 -> text.append("\tretired");
        case 2 -> text.append("\tdbms=oracle");
        case 3 -> text.append(i + 1 < size ? "\treplaced-by=r" + (size - 1) : "");
        case 4 -> text.append("\twas=w").append(i);
        default -> {}
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static List<HistoryEntry> history(Random random, int size) {
    List<HistoryEntry> history = new ArrayList<>();
    int applied = random.nextInt(size + 1);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(10) < (i < applied ? 9 : 1)) {
        history.add(
            Entries.entry(
                (random.nextInt(6) == 0 ? "w" : "r") + i,
                outcome(random),
                COMMENTS.get(random.nextInt(COMMENTS.size()))));
      }
    }
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      history.add(
          random.nextInt(history.size() + 1),
          Entries.entry(
              "x" + random.nextInt(3),
              outcome(random),
              COMMENTS.get(random.nextInt(COMMENTS.size()))));
    }
    return history;
  }

  private static Outcome outcome(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> Outcome.FAILED;
      case 1 -> Outcome.SKIPPED;
      default -> Outcome.APPLIED;
    };
  }

  @Test
  void compatibleMeansThatNothingRequiredIsMissingAndNothingFailed() {
    forEachCase(
        drawn -> {
          Assessment assessment = drawn.assess();
          if (assessment.isCompatible()) {
            assertThat(assessment.findings().missing()).isEmpty();
            assertThat(assessment.findings().failed()).isEmpty();
            assertThat(assessment.findings().anyAhead(AheadRevision.Judgement.REFUSED)).isFalse();
          }
        });
  }

  @Test
  void whatIsMissingOrPendingOrAGapIsWithinTheChainUpToExpected() {
    forEachCase(
        drawn -> {
          Findings findings = drawn.assess().findings();
          RevisionChain chain = drawn.matrix().chain().orElseThrow();
          Set<String> upToExpected =
              chain.upTo(chain.resolve(findings.expected(), "test")).stream()
                  .mapToObj(chain.revisions()::get)
                  .map(chain::displayName)
                  .collect(Collectors.toSet());

          assertThat(upToExpected).containsAll(findings.pending());
          assertThat(upToExpected).containsAll(findings.missing());
          assertThat(findings.pending()).containsAll(findings.gap());
          assertThat(findings.pending()).containsAll(findings.missing());
        });
  }

  @Test
  void everyRevisionIsEitherPendingOrAppliedNeverBoth() {
    forEachCase(
        drawn -> {
          Set<String> applied =
              new PlacedHistory(
                      drawn.matrix().chain().orElseThrow(),
                      new History(Judge.withoutChain().place(), drawn.history()),
                      PathPatterns.ALL)
                  .applied().stream()
                      .mapToObj(drawn.matrix().chain().orElseThrow().revisions()::get)
                      .map(drawn.matrix().chain().orElseThrow()::displayName)
                      .collect(Collectors.toSet());

          assertThat(drawn.assess().findings().pending()).noneMatch(applied::contains);
        });
  }

  @Test
  void theOrderOfRowsOfDifferentRevisionsDoesNotMatter() {
    forEachCase(
        drawn -> {
          Set<String> names = new HashSet<>();
          boolean distinct =
              drawn.history().stream()
                  .allMatch(entry -> names.add(entry.shortName().replaceFirst("^w", "r")));
          if (distinct) {
            List<HistoryEntry> shuffled = new ArrayList<>(drawn.history());
            Collections.shuffle(shuffled, new Random(drawn.history().size()));
            Assessment other = drawn.assess(shuffled, drawn.accepted());

            assertThat(other.verdict()).isEqualTo(drawn.assess().verdict());
            assertThat(other.isCompatible()).isEqualTo(drawn.assess().isCompatible());
            assertThat(other.findings().pending()).isEqualTo(drawn.assess().findings().pending());
          }
        });
  }

  @Test
  void aRowThatIsThereTwiceChangesNothing() {
    forEachCase(
        drawn -> {
          for (int i = 0; i < drawn.history().size(); i++) {
            Assessment doubled =
                drawn.assess(drawn.with(drawn.history().get(i), i), drawn.accepted());

            assertThat(doubled.verdict()).isEqualTo(drawn.assess().verdict());
            assertThat(doubled.findings()).isEqualTo(drawn.assess().findings());
          }
        });
  }

  @Test
  void anUnknownRevisionNeverMakesADatabaseCompatible() {
    forEachCase(
        drawn -> {
          if (!drawn.assess().isCompatible() && drawn.assess().findings().hasEntries()) {
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
  void acceptingMoreNeverMakesACompatibleDatabaseIncompatible() {
    forEachCase(
        drawn -> {
          if (drawn.assess(drawn.history(), Set.of()).isCompatible()) {
            assertThat(drawn.assess().isCompatible()).isTrue();
          }
        });
  }

  @Test
  void applyingWhatIsPendingLeavesNothingPendingOrMissing() {
    forEachCase(
        drawn -> {
          List<HistoryEntry> migrated = new ArrayList<>(drawn.history());
          drawn.assess().findings().pending().forEach(name -> migrated.add(Entries.applied(name)));
          Findings findings = drawn.assess(migrated, drawn.accepted()).findings();

          assertThat(findings.pending()).isEmpty();
          assertThat(findings.missing()).isEmpty();
        });
  }

  @Test
  void aStatusIsConsistentInItself() {
    forEachCase(
        drawn -> {
          MigrationStatus status = drawn.status();
          boolean hasError = status.verdict() == Verdict.FAILED || !status.verdict().isTold();

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
