// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changesets that are recorded under another path than the chain's. */
class MovedChangesetsTest {

  private static final Judge CHAIN =
      Judge.chain("db/a.xml::1::me", "db/b.xml::2::me").expectingHead();

  @ParameterizedTest
  @CsvSource({
    "app/db/a.xml::1::me, app/db/b.xml::2::me, true",
    "a.xml::1::me,        b.xml::2::me,        true",
    "app/db/a.xml::1::me, old/db/b.xml::2::me, false",
    "app/db/a.xml::1::me, b.xml::2::me,        false",
    "xdb/a.xml::1::me,    xdb/b.xml::2::me,    false",
    "old/a.xml::1::me,    old/b.xml::2::me,    false",
  })
  void areOfAnotherChangelogFileIfOneFolderPrecedesAllPaths(
      String first, String second, boolean otherFile) {
    MovedChangesets moved = CHAIN.assess(allApplied(first, second)).comparison().moved();

    assertThat(moved.isOtherChangelogFile()).isEqualTo(otherFile);
    assertThat(moved.why().startsWith("Liquibase was run with another")).isEqualTo(otherFile);
    assertThat(moved.actions())
        .hasSize(otherFile ? 2 : 1)
        .last()
        .asString()
        .contains("name 1 more");
    assertThat(moved.covers(List.of("1", "2"))).isTrue();
    assertThat(moved.contains(applied(second))).isTrue();
  }

  @Test
  void areOnlyThoseThatAreAppliedAndWhoseLineIsMissing() {
    MovedChangesets moved =
        CHAIN.assess(applied("db/a.xml::1::me"), applied("old/a.xml::1::me")).comparison().moved();
    assertThat(moved.pairs()).isEmpty();
    assertThat(moved.covers(List.of())).isFalse();

    moved =
        CHAIN.assess(skipped("old/a.xml::1::me"), applied("old/b.xml::2::me")).comparison().moved();
    assertThat(moved.pairs()).extracting(MovedChangeset::revision).containsExactly("2");
    assertThat(moved.covers(List.of("1", "2"))).isFalse();
    assertThat(moved.contains(skipped("old/a.xml::1::me"))).isFalse();
    assertThat(moved.why()).isEqualTo("2 is recorded under another path");
    assertThat(moved.actions()).singleElement().asString().doesNotContain("more");
  }
}
