// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is left of every problem where details are hidden. */
class OpenProblemTest {

  @TestFactory
  Stream<DynamicTest> everyProblemKeepsItsCodeAndLosesUserHostSchemaAndHolder() {
    return ProblemExamples.statuses().entrySet().stream()
        .map(example -> DynamicTest.dynamicTest(example.getKey(), () -> check(example.getValue())));
  }

  private static void check(MigrationStatus status) {
    MigrationStatus open = status.redacted();

    assertThat(open.toString())
        .doesNotContain("pg3", "app7", "10.0.0.7", "public", "\"app\"", "app@", "contexts test")
        .doesNotContain("databasechangelog", "flyway_schema_history", "compatibility.md");
    assertThat(open.problem().code()).isEqualTo(status.problem().code());
    assertThat(open.problem().title()).isEqualTo(status.problem().title());
    assertThat(open.problem().actions()).isNotEmpty();
    assertThat(open.verdict()).isEqualTo(status.verdict());
    assertThat(open.exitCode()).isEqualTo(status.exitCode());
    assertThat(open.currentRevision()).isEqualTo(status.currentRevision());
    assertThat(open.pendingRevisions()).isEqualTo(status.pendingRevisions());
    assertThat(open.aheadRevisions()).isEqualTo(status.aheadRevisions());
    assertThat(open.error() == null).isEqualTo(status.error() == null);
    assertThat(open.redacted()).isEqualTo(open);
  }
}
