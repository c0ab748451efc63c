// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.numbered;
import static dev.schemaguard.assessment.Entries.pathless;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.assessment.rollback.RollbackPlan;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Known;
import dev.schemaguard.preflight.Rollback.Undo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What has to be undone before an older version may start. */
class RollbackTest {

  private static Rollback rollback(Judge judge, HistoryEntry... history) {
    return RollbackPlan.of(judge.assess(history), false).orElseThrow();
  }

  private static List<String> undone(Rollback rollback) {
    return rollback.undo().stream().map(Undo::revision).toList();
  }

  private static Judge liquibase() {
    return Judge.chain("1", "2", "3", "4", "5").expecting("2");
  }

  @Nested
  class ThereIs {

    @Test
    void noneWhereNothingIsAhead() {
      assertThat(RollbackPlan.of(liquibase().assess(allApplied("1", "2")), false)).isEmpty();
      assertThat(RollbackPlan.of(liquibase().assess(allApplied("1")), true)).isEmpty();
      assertThat(RollbackPlan.of(liquibase().version("9").assess(allApplied("1", "3")), false))
          .isEmpty();
      Judge judge = liquibase();
      assertThat(RollbackPlan.of(judge.assess(judge.absent()), false)).isEmpty();
    }

    @Test
    void nothingToUndoWhereTheVersionMayStart() {
      Judge judge = Judge.chain("1", "2", "3", "4").row("1.0", "2", null, "3");

      Rollback rollback = rollback(judge, allApplied("1", "2", "3"));

      assertThat(rollback)
          .isEqualTo(new Rollback(true, List.of(), List.of(), List.of(), List.of()));
      assertThat(
              RollbackPlan.of(judge.assess(allApplied("1", "2", "3")), true).orElseThrow().notes())
          .singleElement()
          .asString()
          .contains("lock");
    }

    @Test
    void nothingToUndoWhereOnlySomethingIsMissing() {
      Rollback rollback =
          rollback(Judge.chain("1", "2", "3").row("1.0", "2", null, "any"), allApplied("1", "3"));

      assertThat(rollback.mayStart()).isFalse();
      assertThat(rollback.undo()).isEmpty();
      assertThat(rollback.notes().get(0)).contains("2 is missing");
    }

    @Test
    void noPlanForWhatFailedOrMayBeChanging() {
      Rollback broken =
          rollback(liquibase(), applied("1"), applied("2"), failed("3"), applied("4"));
      Rollback locked =
          RollbackPlan.of(liquibase().assess(allApplied("1", "2", "3")), true).orElseThrow();

      assertThat(broken.mayStart() || locked.mayStart()).isFalse();
      assertThat(broken.undo()).isEqualTo(locked.undo()).isEmpty();
      assertThat(broken.notes()).containsExactly("no plan: 3 failed; put that right first");
      assertThat(locked.notes().get(0)).startsWith("no plan: a migration lock is held");
    }

    @Test
    void noPlanForWhatIsGoneFromTheMigrations() {
      Judge judge = Judge.chain("1", "2", "3\tretired").expecting("2");

      Rollback rollback =
          rollback(judge, applied("1"), applied("2"), applied("3", "requires-app 2.0"));

      assertThat(rollback.undo()).isEmpty();
      assertThat(rollback.notes().get(0)).contains("3 is retired");
    }
  }

  @Nested
  class OfLiquibase {

    @Test
    void undoesFromTheEndDownToTheOldestThatIsRefused() {
      Rollback rollback = rollback(liquibase(), allApplied("1", "2", "4", "3"));

      assertThat(undone(rollback)).containsExactly("3", "4");
      assertThat(rollback.undo()).allMatch(undo -> undo.hasRollback() == Known.UNKNOWN);
      assertThat(rollback.undo().get(0).name()).isEqualTo("db/3.xml::3::dev");
      assertThat(rollback.commands())
          .containsExactly(
              "liquibase rollback-count-sql --changelog-file=CHANGELOG --count=2",
              "liquibase rollback-count --changelog-file=CHANGELOG --count=2");
      assertThat(rollback.notes())
          .containsExactly(
              "rollback-count counts from the newest row: if it fails or is stopped half-way, do"
                  + " not repeat it; run preflight again, which counts anew",
              "only the artifact that brought them can undo them; that of 1.0 holds no such"
                  + " migration");
    }

    @Test
    void leavesWhatIsAllowedUnlessItWasAppliedLater() {
      Judge judge = Judge.chain("1", "2", "3", "4", "5").row("1.0", "2", null, "3");

      assertThat(undone(rollback(judge, allApplied("1", "2", "3", "4")))).containsExactly("4");
      assertThat(undone(rollback(judge, allApplied("1", "2", "4", "3")))).containsExactly("3", "4");
    }

    @Test
    void leavesTheUnknownWhereThoseAreAllowedButNoDoubtfulMarker() {
      Rollback rollback =
          rollback(
              liquibase().allowingUnknown(),
              applied("1"),
              applied("2"),
              applied("3"),
              applied("4", "requires-app 2.0"),
              applied("5"));
      assertThat(undone(rollback)).containsExactly("5", "4");

      Rollback doubtful =
          rollback(
              liquibase().allowingUnknown(),
              applied("1"),
              applied("2"),
              applied("3", "see requires-app"),
              applied("4", "requires-app 2.0"));
      assertThat(undone(doubtful)).containsExactly("4", "3");
    }

    @Test
    void namesWhatTheVersionRequiresAndWhatItMerelyExpects() {
      Judge judge =
          Judge.chain("1", "2", "3", "hot\tparents=2", "late\tparents=hot")
              .row("1.0", "late", "hot", null);

      Rollback rollback = rollback(judge, allApplied("1", "2", "3", "late", "hot"));

      assertThat(undone(rollback)).containsExactly("hot", "late", "3");
      assertThat(rollback.applyAgain()).containsExactly("hot");
      assertThat(rollback.notes().get(1)).contains("expects late as well");
    }

    @Test
    void countsRowsThatItsChangelogHolds() {
      Judge judge = Judge.chain("1", "2", "3", "old\tretired").paths("db/*").expecting("2");

      Rollback rollback =
          rollback(
              judge,
              applied("1"),
              applied("2"),
              applied("3"),
              applied("other/x.xml::x::dev"),
              applied("4"),
              applied("old"),
              applied("3"));

      assertThat(undone(rollback)).containsExactly("3", "4");
      assertThat(rollback.commands().get(1)).endsWith("--count=2");
    }

    @Test
    void hasNoCommandWhereLiquibaseWouldUndoARevisionTwice() {
      Rollback rollback = rollback(liquibase(), allApplied("1", "2", "3", "5", "4", "5"));

      assertThat(undone(rollback)).containsExactly("5", "4", "3");
      assertThat(rollback.commands()).isEmpty();
      assertThat(rollback.notes().get(0)).startsWith("no command: 5 is recorded twice");
      assertThat(rollback(liquibase(), allApplied("1", "3", "2", "3")).commands().get(1))
          .as("the older row is not reached")
          .endsWith("--count=1");
    }

    @Test
    void namesThePlaceWhereItIsNotTheUsualOne() {
      HistoryPlace place = new HistoryPlace("liquibase", "postgresql", "a b", "CHANGELOG");

      Rollback rollback =
          RollbackPlan.of(
                  liquibase().assess(new History(place, List.of(allApplied("1", "2", "3")))), false)
              .orElseThrow()
              .filledIn(Map.of("--changelog-file=", "it's.xml"));

      assertThat(rollback.commands().get(1))
          .isEqualTo(
              "liquibase --database-changelog-table-name=CHANGELOG rollback-count"
                  + " --changelog-file='it'\\''s.xml' --default-schema-name='a b' --count=1");
    }

    @Test
    void needsNoChain() {
      Judge judge = Judge.withoutChain().expecting("2", "1");

      Rollback rollback = rollback(judge, allApplied("1", "2", "3", "4"));

      assertThat(undone(rollback)).containsExactly("4", "3");
      assertThat(rollback.commands().get(1)).endsWith("--count=2");
    }

    /** Whatever the history: undone as planned, and applied again as planned, it is compatible. */
    @Test
    void isEnoughAndHasNothingToSpareAtItsOldEnd() {
      Random random = new Random(7);
      List<String> ids = List.of("1", "2", "3", "4", "5", "6", "7");
      int plans = 0;
      for (int i = 0; i < 2000; i++) {
        int expected = random.nextInt(6);
        int min = random.nextInt(expected + 1);
        String max = random.nextBoolean() ? null : ids.get(expected + random.nextInt(7 - expected));
        Judge judge =
            Judge.chain(ids.toArray(String[]::new))
                .row("1.0", ids.get(expected), ids.get(min), max);
        List<String> order = new ArrayList<>(ids.subList(0, 1 + random.nextInt(7)));
        Collections.shuffle(order, random);
        order.add(ids.get(random.nextInt(7)));
        Rollback rollback =
            RollbackPlan.of(judge.assess(allApplied(order.toArray(String[]::new))), false)
                .orElse(null);
        if (rollback != null && !rollback.commands().isEmpty()) {
          plans++;
          requireEnough(judge, order, rollback);
        }
      }
      assertThat(plans).isGreaterThan(300);
    }

    private void requireEnough(Judge judge, List<String> order, Rollback rollback) {
      int count = Integer.parseInt(rollback.commands().get(1).replaceFirst(".*=", ""));
      List<String> left = new ArrayList<>(order.subList(0, order.size() - count));
      left.removeAll(undone(rollback));
      List<String> again = new ArrayList<>(left);
      again.addAll(rollback.applyAgain());
      List<String> before = missing(judge, order);
      again.addAll(before);
      assertThat(judge.assess(allApplied(again.toArray(String[]::new))).isCompatible())
          .as("%s: %s", order, rollback)
          .isTrue();
      assertThat(rollback.applyAgain()).noneMatch(before::contains);
      List<String> oneLess = new ArrayList<>(left);
      oneLess.add(rollback.undo().get(rollback.undo().size() - 1).revision());
      assertThat(judge.assess(allApplied(oneLess.toArray(String[]::new))).isAheadAllowed())
          .as("the oldest that is undone is one that is refused")
          .isFalse();
    }

    private List<String> missing(Judge judge, List<String> order) {
      return judge.assess(allApplied(order.toArray(String[]::new))).comparison().missing();
    }
  }

  @Nested
  class OfFlyway {

    private HistoryEntry[] ranks(String... versions) {
      return Arrays.stream(versions)
          .map(version -> numbered(version, Outcome.APPLIED, "x"))
          .toArray(HistoryEntry[]::new);
    }

    @Test
    void goesOnUntilAVersionBelowTheTarget() {
      Judge judge =
          Judge.chain("1", "2", "2.1\tparents=2", "3", "4")
              .tool("flyway")
              .row("1.0", "2.1", "2", "3");

      Rollback rollback = rollback(judge, ranks("1", "2", "3", "4", "2.1"));

      assertThat(undone(rollback)).containsExactly("2.1", "4", "3");
      assertThat(rollback.commands()).containsExactly("flyway undo -target=2.1");
      assertThat(rollback.applyAgain()).isEmpty();
      assertThat(rollback.notes().get(0)).contains("paid editions");
      assertThat(rollback.notes().get(1)).contains("expects 2.1 as well");
    }

    @Test
    void undoesNoBaseline() {
      Judge judge = Judge.chain("1", "2").tool("flyway").expecting("2");

      assertThat(rollback(judge, numbered("3", Outcome.BASELINE, "x")).notes().get(0))
          .isEqualTo("no plan: 3 is a baseline, which no tool undoes");
      Judge newer = Judge.chain("1", "2", "3").tool("flyway").expecting("2");
      assertThat(rollback(newer, numbered("3", Outcome.BASELINE, "x")).undo()).isEmpty();
    }

    @Test
    void leavesOutWhatWasUndoneAndStopsAtWhatHasNoScript() {
      Judge judge = Judge.chain("1", "2", "3", "4", "5\tretired").tool("flyway").expecting("2");
      HistoryEntry undo = numbered("4", Outcome.SKIPPED, "x");
      HistoryEntry[] ranks = ranks("1", "2", "4", "3", "5");

      assertThat(undone(rollback(judge, ranks[0], ranks[1], ranks[2], undo, ranks[3])))
          .containsExactly("3");
      Rollback stopped = rollback(judge, ranks[0], ranks[1], ranks[3], ranks[4]);
      assertThat(undone(stopped)).containsExactly("3");
      assertThat(stopped.commands()).isEmpty();
      assertThat(stopped.notes().get(0)).contains("stops at 5");
    }

    @Test
    void requiresAgainWhatIsNotAheadWithoutAChain() {
      Judge judge = Judge.withoutChain().tool("flyway").expecting("3", "2");

      Rollback rollback = rollback(judge, ranks("1", "2", "4", "3"));

      assertThat(undone(rollback)).containsExactly("3", "4");
      assertThat(rollback.applyAgain()).containsExactly("3");
    }
  }

  @Nested
  class OfAlembic {

    private final String[] branches = {
      "a", "b\tparents=a", "c\tparents=b", "x\tparents=a", "y\tparents=x", "m\tparents=c,y"
    };

    private HistoryEntry head(String revision) {
      return new HistoryEntry(revision, revision, null, Outcome.HEAD, false, null, null, null);
    }

    private Judge expecting(String expected) {
      return Judge.chain(branches).tool("alembic").expecting(expected);
    }

    @Test
    void goesDownToWhatTheOldestBuildsOn() {
      Judge linear = Judge.chain("a", "b", "c", "d").tool("alembic").expecting("b");

      Rollback rollback = rollback(linear, head("d"));

      assertThat(undone(rollback)).containsExactly("d", "c");
      assertThat(rollback.commands())
          .containsExactly("alembic downgrade d:b --sql", "alembic downgrade b");
    }

    @Test
    void leavesTheOtherBranchWhereTheyBeginTogether() {
      Rollback rollback = rollback(expecting("c"), head("m"));

      assertThat(undone(rollback)).containsExactly("m", "y", "x");
      assertThat(rollback.commands()).containsExactly("alembic downgrade x@a");
      assertThat(rollback.applyAgain()).isEmpty();
    }

    @Test
    void leavesABranchThatHasItsOwnHead() {
      Judge judge = Judge.chain("a", "b", "r\tparents=", "s\tparents=r").tool("alembic");

      Rollback rollback = rollback(judge.row("1.0", "r", null, null), head("s"));
      assertThat(undone(rollback)).containsExactly("s");

      Rollback root = rollback(judge, head("b"), head("r"));
      assertThat(undone(root)).containsExactly("b", "a");
      assertThat(root.commands()).containsExactly("alembic downgrade a@base");
    }

    @Test
    void goesDownToTheChainFromWhatNobodyHereKnows() {
      Judge linear = Judge.chain("a", "b").tool("alembic").row("1.0", "b", "a", null);

      Rollback rollback = rollback(linear, head("z"));
      assertThat(undone(rollback)).containsExactly("z");
      assertThat(rollback.commands())
          .containsExactly("alembic downgrade z:b --sql", "alembic downgrade b");
      assertThat(rollback.notes().get(0)).contains("between this chain and z");

      Judge allowing =
          Judge.chain("a", "b", "c").tool("alembic").row("1.0", "a", null, "b").allowingUnknown();
      assertThat(undone(rollback(allowing, head("z"))))
          .as("what is allowed goes with what it builds on")
          .containsExactly("z", "c");

      Rollback beside = rollback(expecting("m"), head("c"), head("z"));
      assertThat(undone(beside)).containsExactly("z");
      assertThat(beside.commands()).isEmpty();
    }

    @Test
    void goesDownToTheExpectedRevisionWithoutAChain() {
      Judge judge = Judge.withoutChain().tool("alembic").row("1.0", "b", null, "d");

      assertThat(RollbackPlan.of(judge.assess(head("d")), false).orElseThrow().mayStart()).isTrue();
      HistoryEntry marked =
          new HistoryEntry("d", "d", null, Outcome.HEAD, false, null, "requires-app 2.0", null);
      assertThat(rollback(judge, marked).commands()).containsExactly("alembic downgrade b");
    }
  }

  @Nested
  class OfGolangMigrate {

    private HistoryEntry[] at(String version) {
      return new HistoryEntry[] {
        numbered(version, Outcome.BASELINE, null), numbered(version, Outcome.APPLIED, null)
      };
    }

    @Test
    void goesToTheVersionBelow() {
      Judge judge = Judge.chain("001", "002", "003", "004").tool("golang-migrate").expecting("002");

      Rollback rollback = rollback(judge, at("4"));

      assertThat(undone(rollback)).containsExactly("004", "003");
      assertThat(rollback.commands())
          .containsExactly("migrate -path MIGRATIONS -database \"$DATABASE_URL\" goto 2");
    }

    @Test
    void knowsNotWhatLiesBetweenItsChainAndANewerVersion() {
      Judge judge = Judge.chain("1", "2", "3").tool("golang-migrate").expecting("2");

      Rollback rollback = rollback(judge, at("9"));

      assertThat(undone(rollback)).containsExactly("9", "3");
      assertThat(rollback.notes().get(0)).contains("between this chain and 9");
      assertThat(rollback.commands().get(0)).endsWith("goto 2");
    }

    @Test
    void goesToTheExpectedVersionWithoutAChain() {
      Judge judge = Judge.withoutChain().tool("golang-migrate").expecting("002");

      assertThat(rollback(judge, at("4")).commands().get(0)).endsWith("goto 2");
    }
  }

  @Test
  void ofAnotherToolHasNoCommand() {
    Judge judge = Judge.chain("1", "2", "3").tool("table").expecting("2");

    Rollback rollback = rollback(judge, pathless("1"), pathless("2"), pathless("3"));

    assertThat(undone(rollback)).containsExactly("3");
    assertThat(rollback.commands()).isEmpty();
    assertThat(rollback.notes().get(0)).contains("your tool's own");
  }
}
