// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.StatusExample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnavailablePageTest {

  private static final Problem PROBLEM =
      new Problem("GUARD-X", "a title", "a database", null, null, "a cause", List.of("a remedy"));

  private static MigrationStatus status(Verdict verdict) {
    return StatusExample.of(verdict).problem(PROBLEM).status();
  }

  @ParameterizedTest
  @EnumSource
  void aVisitorLearnsTheCodeAloneAndHowToTryAgain(Verdict verdict) {
    assertThat(UnavailablePage.of(status(verdict), false))
        .contains("GUARD-X", "try again in a few minutes", "<a href=\"\">Try again</a>")
        .doesNotContain("a title", "a database", "a cause", "a remedy", "a summary");
  }

  @Test
  void withDetailsItSaysWhyAndWhatToDo() {
    assertThat(UnavailablePage.of(status(Verdict.UNREADABLE), true))
        .contains("a title", "Why: a cause", "<p class=\"lead\">A remedy</p>");
  }

  @Test
  void withDetailsItNamesTheDatabaseAndTheEnvironment() {
    assertThat(UnavailablePage.of(status(Verdict.BEHIND), true, "staging"))
        .contains("Database <strong>a database</strong>", "Environment <strong>staging</strong>");
    assertThat(UnavailablePage.of(status(Verdict.BEHIND), false, "staging"))
        .doesNotContain("a database", "staging");
  }

  @Test
  void anUpdateIsPromisedOnlyWhereOneIsLikely() {
    MigrationLock lock = new MigrationLock(null, null, "its clock", null, false);

    assertThat(UnavailablePage.of(status(Verdict.BEHIND), false)).contains("is being updated");
    assertThat(UnavailablePage.of(StatusExample.of(Verdict.FAILED).lock(lock).status(), false))
        .contains("is being updated");
    assertThat(UnavailablePage.of(status(Verdict.UNREACHABLE), false))
        .contains("is not available right now");
  }
}
