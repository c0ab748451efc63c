// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.skipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationStatus;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which names a status tells what. */
class NamesTest {

  @Nested
  class CurrentRevision {

    private final Judge judge =
        Judge.chain("1", "2", "3", "4\toptional", "5").row("1.0", "3", "1", "any");

    @Test
    void isTheAppliedOneFurthestAlongTheChainInAnyRowOrder() {
      assertThat(current(allApplied("1", "2", "3"))).isEqualTo("3");
      assertThat(current(allApplied("3", "2", "1"))).isEqualTo("3");
      assertThat(current(allApplied("1", "3"))).isEqualTo("3");
      assertThat(current(allApplied("1", "2", "3", "4"))).isEqualTo("4");
    }

    @Test
    void isTheLastThatTheChainDoesNotKnow() {
      assertThat(current(allApplied("x", "1", "2", "5"))).isEqualTo("x");
      assertThat(current(allApplied("x", "1", "y", "2"))).isEqualTo("y");
      assertThat(current(applied("y"), applied("x"), applied("y"))).isEqualTo("y");
    }

    @Test
    void isNothingThatIsNotApplied() {
      assertThat(current(applied("1"), failed("2"), skipped("3"))).isEqualTo("1");
      assertThat(current(applied("1"), failed("x"), skipped("y"))).isEqualTo("1");
      assertThat(current(applied("1"), applied("x"), skipped("x"))).isEqualTo("1");
    }

    @Test
    void isNullWhereNothingIsApplied() {
      assertThat(current()).isNull();
      assertThat(current(skipped("1"))).isNull();
    }

    private String current(HistoryEntry... entries) {
      return judge.status(entries).currentRevision();
    }
  }

  @Nested
  class Lists {

    @Test
    void areInTheOrderOfTheChainThenAsRecorded() {
      Judge judge = Judge.chain("1", "2", "3", "4", "5").row("1.0", "2", "1", null);

      MigrationStatus status = judge.status(allApplied("y", "5", "1", "x", "3", "2"));

      assertThat(status.aheadRevisions()).containsExactly("3", "5", "y", "x");
    }

    @Test
    void ofFailuresToo() {
      Judge judge = Judge.chain("1", "2", "3").expectingHead();

      MigrationStatus status =
          judge.status(failed("y"), failed("3"), failed("x"), applied("2"), failed("1"));

      assertThat(status.failedRevisions()).containsExactly("1", "3", "y", "x");
    }

    @Test
    void ofPendingOnesLeaveOutWhatIsApplied() {
      Judge judge = Judge.chain("1", "2", "3", "4").expectingHead();

      assertThat(judge.status(allApplied("3", "1")).pendingRevisions()).containsExactly("2", "4");
    }
  }

  @Nested
  class OfTheChain {

    @Test
    void areIdsWhereAllIdsDiffer() {
      Judge judge = Judge.chain("a.xml::1::me", "b.xml::2::me").expectingHead();

      assertThat(judge.status(applied("a.xml::1::me")).pendingRevisions()).containsExactly("2");
      assertThat(judge.status(applied("a.xml::1::me")).currentRevision()).isEqualTo("1");
    }

    @Test
    void areWholeKeysWhereTwoShareAnId() {
      Judge judge = Judge.chain("a.xml::1::me", "b.xml::1::me", "c.xml::2::me").expectingHead();

      MigrationStatus status = judge.status(applied("a.xml::1::me"), applied("x.xml::9::me"));

      assertThat(status.pendingRevisions()).containsExactly("b.xml::1::me", "c.xml::2::me");
      assertThat(status.aheadRevisions()).containsExactly("x.xml::9::me");
      assertThat(status.expectedHead()).isEqualTo("c.xml::2::me");
    }
  }

  @Nested
  class OfUnknownRevisions {

    private final Judge judge = Judge.chain("a.xml::1::me", "b.xml::2::me").expectingHead();

    @Test
    void areIds() {
      assertThat(ahead(applied("x.xml::9::me"))).containsExactly("9");
    }

    @Test
    void areWholeKeysWhereALineOfTheChainHasThatId() {
      assertThat(ahead(applied("x.xml::2::me"))).containsExactly("x.xml::2::me");
    }

    @Test
    void areWholeKeysWhereTwoShareAnId() {
      assertThat(ahead(applied("x.xml::9::me"), applied("y.xml::9::me"), applied("z.xml::8::me")))
          .containsExactly("x.xml::9::me", "y.xml::9::me", "8");
    }

    @Test
    void areWholeKeysWhereTheIdIsBlank() {
      assertThat(ahead(applied("x.xml:: ::me"))).containsExactly("x.xml:: ::me");
    }

    private List<String> ahead(HistoryEntry... entries) {
      return judge.status(entries).aheadRevisions();
    }
  }

  @Nested
  class Bounds {

    @ParameterizedTest(name = "expected {0}, Min {1}, Max {2}")
    @CsvSource(
        nullValues = "-",
        value = {
          "2, -, -, 2, 2, -",
          "2, 1, 3, 2, 1, 3",
          "2, 1, any, 2, 1, any",
          "0002, 1, 0003, 2, 1, 3",
        })
    void areTheNamesOfTheChain(
        String expected, String min, String max, String expectedName, String minName, String maxN) {
      MigrationStatus status =
          Judge.chain("1", "2", "3").row("1.0", expected, min, max).status(allApplied("1", "2"));

      assertThat(status.expectedHead()).isEqualTo(expectedName);
      assertThat(status.minCompatibleRevision()).isEqualTo(minName);
      assertThat(status.maxCompatibleRevision()).isEqualTo(maxN);
    }

    @Test
    void ofHeadAreItsLastLineThatIsDue() {
      Judge judge =
          Judge.chain("1", "2", "3\toptional", "4\tretired", "5\tdbms=oracle").expectingHead();

      assertThat(judge.status(allApplied("1", "2")).expectedHead()).isEqualTo("2");
      assertThat(judge.status(allApplied("1", "2")).minCompatibleRevision()).isEqualTo("2");
    }

    @Test
    void areThoseOfTheRowWhereThereIsNoChain() {
      MigrationStatus status =
          Judge.withoutChain().row("1.0", "0003", "0001", "0004").status(allApplied("0001"));

      assertThat(status.expectedHead()).isEqualTo("0003");
      assertThat(status.minCompatibleRevision()).isEqualTo("0001");
      assertThat(status.maxCompatibleRevision()).isEqualTo("0004");
    }
  }

  @Nested
  class Notes {

    @ParameterizedTest(name = "{0} by the row {1}: {2}")
    @CsvSource({
      "1.0, 1.0, false",
      "v1.0, 1.0, false",
      "1.0.0, 1.0, false",
      "1.0-SNAPSHOT, 1.0, true",
      "1.0+build.7, 1.0, true",
      "1.0-3-gabc, 1.0, true",
      "1.0-SNAPSHOT, 1.0-SNAPSHOT, false",
      "1.0-SNAPSHOT, 1.x, false",
      "1.0-SNAPSHOT, *, false",
    })
    void tellWhereTheRowOfTheReleaseStandsIn(String version, String row, boolean noted) {
      MigrationStatus status =
          Judge.chain("1").row(row, "1", null, null).version(version).status(applied("1"));

      assertThat(status.matrixRow()).isEqualTo(row);
      assertThat(status.notes())
          .isEqualTo(
              noted ? List.of(version + " is judged by the row of its release, 1.0") : List.of());
    }

    @Test
    void tellItAlsoWhereNothingCouldBeRead() {
      Judge judge = Judge.chain("1").row("1.0", "1", null, null).version("1.0-SNAPSHOT");

      assertThat(judge.status(judge.unreadable(Cause.QUERY)))
          .extracting(MigrationStatus::notes)
          .isEqualTo(List.of("1.0-SNAPSHOT is judged by the row of its release, 1.0"));
    }

    @Test
    void nameWhatDiffersByItsFileAlone() {
      MigrationStatus status =
          Judge.chain("new/a.xml::1::me", "b.xml::2::me")
              .expectingHead()
              .status(applied("old/a.xml::1::me"), applied("x.xml::1::you"));

      assertThat(status.notes())
          .containsExactly(
              "1 is not recorded, but old/a.xml::1::me is, which has the same id and author");
    }
  }

  @Test
  void aChainThatRequiresNothingIsAConfigurationError() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Judge.chain("1\toptional").expectingHead().assessor())
        .withMessageContaining("nothing is required of any database");
    Judge elsewhere = Judge.chain("1\tdbms=mysql").expectingHead();
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> elsewhere.assess(elsewhere.absent()))
        .withMessageContaining("nothing is required of a database of the product postgresql");
  }

  @Test
  void anEmptyChainIsAConfigurationError() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Judge.chain("# none yet").expectingHead().assessor())
        .withMessageContaining("the chain holds no revision");
    assertThatExceptionOfType(ConfigurationException.class)
        .as("for a version without a row as well")
        .isThrownBy(() -> Judge.chain("# none yet").expecting("1").version("7.0").assessor())
        .withMessageContaining("the chain holds no revision");
  }

  @Test
  void onlyTheRowInUseMustResolve() {
    Judge judge = Judge.chain("1").expecting("1").row("0.1", "gone", null, null);

    assertThat(judge.status(applied("1")).compatible()).isTrue();
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> judge.version("0.1").assessor());
  }
}
