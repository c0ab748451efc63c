// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.numbered;
import static dev.schemaguard.assessment.Entries.pathless;
import static dev.schemaguard.assessment.Entries.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.assessment.Ownership.Owner;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.RevisionChain;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a history is, by its rows beside the lines of the chain. */
class OwnershipTest {

  private static final String[] CHAIN = {"1", "2", "3"};

  @Nested
  class OfLiquibase {

    @ParameterizedTest
    @CsvSource({
      "1 2 3, THIS_APPLICATION",
      "1, THIS_APPLICATION",
      "3 2, THIS_APPLICATION",
      "1 2 x, THIS_APPLICATION",
      "1 x, UNDECIDED",
      "1 3 x, UNDECIDED",
      "2 3 x, UNDECIDED",
      "x y, ANOTHER_APPLICATION",
    })
    void isThisApplicationsByAllRowsOrByACompleteBeginning(String rows, Owner owner) {
      assertThat(owner("liquibase", chain(CHAIN), allApplied(rows.split(" ")))).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource({
      "optional, 1 3 x, THIS_APPLICATION",
      "retired, 1 3 x, THIS_APPLICATION",
      "dbms=mysql, 1 3 x, THIS_APPLICATION",
      "dbms=postgresql, 1 3 x, UNDECIDED",
    })
    void needsNoRowOfALineThatIsNotRequired(String attribute, String rows, Owner owner) {
      String[] chain = CHAIN.clone();
      chain[1] += "\t" + attribute;

      assertThat(owner("liquibase", chain(chain), allApplied(rows.split(" ")))).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource({"3 4 x, THIS_APPLICATION", "1 2 4 x, THIS_APPLICATION", "1 4 x, UNDECIDED"})
    void needsASquashOrAllThatItReplaced(String rows, Owner owner) {
      RevisionChain chain =
          RevisionChain.parse(
              """
              db/1.xml::1::dev\treplaced-by=db/3.xml::3::dev
              db/2.xml::2::dev\treplaced-by=db/3.xml::3::dev
              db/3.xml::3::dev
              db/4.xml::4::dev
              """,
              "revisions.txt");

      assertThat(owner("liquibase", chain, allApplied(rows.split(" ")))).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource({
      "1 3, all of its rows are in the chain",
      "1 2 x, it holds all of the chain up to 2",
      "1 x y, 1 of its 3 rows are in the chain",
      "x y, none of its rows is in the chain",
    })
    void saysWhatItFollowsFrom(String rows, String evidence) {
      assertThat(evidence(history("liquibase", allApplied(rows.split(" "))), "db/**"))
          .isEqualTo(evidence);
    }

    @Test
    void saysIfThereIsNoRowToJudge() {
      assertThat(evidence(history("liquibase"), "db/**")).isEqualTo("it is empty");
      assertThat(evidence(history("liquibase", allApplied("other/x.xml::x::dev")), "db/**"))
          .isEqualTo("no row is in Paths:");
    }

    private static String evidence(History history, String paths) {
      return Ownership.of("liquibase", history, chain(CHAIN), new PathPatterns(List.of(paths)))
          .evidence();
    }

    @Test
    void ofAChainOfOneLineThatLineIsEnough() {
      assertThat(owner("liquibase", chain("1"), allApplied("1", "x")))
          .isEqualTo(Owner.THIS_APPLICATION);
    }

    @Test
    void isComparedWithoutThePathAsWell() {
      assertThat(owner("liquibase", chain(CHAIN), allApplied("old/1.xml::1::dev", "a.xml::2::dev")))
          .isEqualTo(Owner.THIS_APPLICATION);
      assertThat(owner("liquibase", chain(CHAIN), allApplied("old/1.xml::1::dev", "2", "x")))
          .isEqualTo(Owner.THIS_APPLICATION);
      assertThat(owner("liquibase", chain(CHAIN), allApplied("old/1.xml::1::ann")))
          .isEqualTo(Owner.ANOTHER_APPLICATION);
    }

    @Test
    void doesNotCountWhatWasLeftOutOrIsOutsideOfPaths() {
      assertThat(owner("liquibase", chain(CHAIN), Entries.applied("1"), skipped("x")))
          .isEqualTo(Owner.THIS_APPLICATION);
      History shared = history("liquibase", allApplied("1", "other/x.xml::x::dev"));
      assertThat(within(shared, new PathPatterns(List.of("db/**"))))
          .isEqualTo(Owner.THIS_APPLICATION);
      assertThat(within(shared, new PathPatterns(List.of("elsewhere/**"))))
          .as("a line of the chain outside of Paths: is a mistake in the matrix")
          .isEqualTo(Owner.UNDECIDED);
      assertThat(
              within(
                  history("liquibase", allApplied("other/x.xml::x::dev")),
                  new PathPatterns(List.of("db/**"))))
          .isEqualTo(Owner.ANOTHER_APPLICATION);
    }

    @Test
    void isNoOtherToolsThatCannotRecordChangesets() {
      HistoryEntry[] one = {pathless("db/1.xml::1::dev")};

      assertThat(owner("flyway", chain(CHAIN), one)).isEqualTo(Owner.ANOTHER_APPLICATION);
      assertThat(owner("alembic", chain(CHAIN), one)).isEqualTo(Owner.ANOTHER_APPLICATION);
      assertThat(owner("table", chain(CHAIN), one)).isEqualTo(Owner.THIS_APPLICATION);
    }

    private static RevisionChain chain(String... lines) {
      return RevisionChain.parse(
          Stream.of(lines)
              .map(
                  line ->
                      "db/%1$s.xml::%1$s::dev".formatted(line.substring(0, 1)) + line.substring(1))
              .collect(Collectors.joining("\n")),
          "revisions.txt");
    }

    private static Owner within(History history, PathPatterns paths) {
      return Ownership.of("liquibase", history, chain(CHAIN), paths).owner();
    }
  }

  @Nested
  class OfFlyway {

    private static final String CHAIN = "1\talias=1_item\n2\talias=2_note\n";

    @ParameterizedTest
    @CsvSource({
      "1 item 2 note, THIS_APPLICATION",
      "1 item 2 - , THIS_APPLICATION",
      "1 invoice 2 dunning, ANOTHER_APPLICATION",
      "1 item 2 dunning, UNDECIDED",
    })
    void isToldByItsDescriptions(String rows, Owner owner) {
      assertThat(flyway(CHAIN, rows)).isEqualTo(owner);
    }

    @Test
    void isUndecidedIfTheChainHasNone() {
      assertThat(flyway("1\n2\n", "1 item 2 note")).isEqualTo(Owner.UNDECIDED);
      assertThat(flyway("1\talias=1_item\n2\n", "1 item 2 note")).isEqualTo(Owner.THIS_APPLICATION);
    }

    @Test
    void isUndecidedByABaselineAlone() {
      HistoryEntry baseline = numbered("1", Outcome.BASELINE, "<< Flyway Baseline >>");

      assertThat(owner("flyway", parsed(CHAIN), baseline)).isEqualTo(Owner.UNDECIDED);
      assertThat(owner("flyway", parsed(CHAIN), baseline, numbered("2", Outcome.APPLIED, "note")))
          .isEqualTo(Owner.THIS_APPLICATION);
    }

    @Test
    void cannotRecordNamesThatAreNoVersions() {
      assertThat(flyway("ab12\n", "1 item")).isEqualTo(Owner.ANOTHER_APPLICATION);
      assertThat(flyway("before_flyway\tretired\n" + CHAIN, "1 item 2 note"))
          .isEqualTo(Owner.THIS_APPLICATION);
    }

    private static Owner flyway(String chain, String rows) {
      String[] words = rows.strip().split(" ", -1);
      HistoryEntry[] entries = new HistoryEntry[words.length / 2];
      for (int i = 0; i < entries.length; i++) {
        String description = words[2 * i + 1].equals("-") ? null : words[2 * i + 1];
        entries[i] = numbered(words[2 * i], Outcome.APPLIED, description);
      }
      return owner("flyway", parsed(chain), entries);
    }
  }

  /** What every project has says nothing. */
  @ParameterizedTest
  @CsvSource({
    "golang-migrate, 2, UNDECIDED",
    "golang-migrate, 9, UNDECIDED",
    "alembic, 2, UNDECIDED",
    "alembic, 2 3, THIS_APPLICATION",
    "alembic, b4c5, THIS_APPLICATION",
    "alembic, ffff, ANOTHER_APPLICATION",
    "table, 2, UNDECIDED",
  })
  void aLoneNumberIsUndecided(String tool, String heads, Owner owner) {
    HistoryEntry[] entries =
        Arrays.stream(heads.split(" "))
            .map(head -> new HistoryEntry(head, head, null, Outcome.HEAD, false, null, null, null))
            .toArray(HistoryEntry[]::new);
    String chain = tool.equals("alembic") ? "1\n2\n3\nb4c5\n" : "1\n2\n3\n";

    assertThat(owner(tool, parsed(chain), entries)).isEqualTo(owner);
  }

  @Test
  void whatWasNotReadOrHasNoChainIsUndecided() {
    HistoryPlace place = place("liquibase");
    RevisionChain chain = parsed("1\n");

    assertThat(judge(null, chain)).isEqualTo(Owner.UNDECIDED);
    assertThat(judge(new Unreadable(place, Cause.PERMISSION, "no", List.of()), chain))
        .isEqualTo(Owner.UNDECIDED);
    assertThat(judge(history("liquibase", allApplied("1")), null)).isEqualTo(Owner.UNDECIDED);
    assertThat(judge(history("liquibase"), null)).isEqualTo(Owner.ANOTHER_APPLICATION);
    assertThat(judge(history("liquibase"), chain)).isEqualTo(Owner.ANOTHER_APPLICATION);
  }

  private static Owner judge(HistoryResult reading, RevisionChain chain) {
    return Ownership.of("liquibase", reading, chain, PathPatterns.ALL).owner();
  }

  private static Owner owner(String tool, RevisionChain chain, HistoryEntry... entries) {
    return Ownership.of(tool, history(tool, entries), chain, PathPatterns.ALL).owner();
  }

  private static History history(String tool, HistoryEntry... entries) {
    return new History(place(tool), List.of(entries));
  }

  private static HistoryPlace place(String tool) {
    return new HistoryPlace(tool, "postgresql", "public", "any");
  }

  private static RevisionChain parsed(String chain) {
    return RevisionChain.parse(chain, "revisions.txt");
  }
}
