// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every version of statewave on every revision of its schema, brought there by Liquibase. */
class StatewaveMatrixTest {

  private static final List<String> VERSIONS =
      List.of("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0", "0.6.0", "0.6.1");

  /**
   * After so many changesets, the verdict for each of the versions, written by hand from the
   * matrix. I: uninitialized, B: behind, b: behind but compatible, =: up to date, A: ahead, by what
   * this version cannot know. Compatible are b and =.
   */
  private static final String GRID =
      """
       0, I I I I I I I
       1, = b B B B B B
       2, A b B B B B B
       3, A b B B B B B
       4, A = b B B B B
       5, A A = b B B B
       6, A A A b B B B
       7, A A A b B B B
       8, A A A = B B B
       9, A A A A = B B
      10, A A A A A b B
      11, A A A A A b B
      12, A A A A A = =
      """;

  /** Hundreds of warnings, all of them wanted. */
  private static final Logger LOG = Logger.getLogger(SchemaGuard.class.getName());

  @BeforeAll
  static void silence() {
    LOG.setUseParentHandlers(false);
  }

  @AfterAll
  static void listenAgain() {
    LOG.setUseParentHandlers(true);
  }

  @ParameterizedTest
  @CsvSource(textBlock = GRID)
  void onH2(int changesets, String verdicts) {
    assertVerdicts(H2.database(), changesets, verdicts);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource(textBlock = GRID)
  void onPostgres(int changesets, String verdicts) {
    assertVerdicts(Postgres.database(), changesets, verdicts);
  }

  private static void assertVerdicts(TestDatabase database, int changesets, String verdicts) {
    if (changesets > 0) {
      Statewave.update(database.dataSource(), changesets);
    }

    assertThat(verdicts(database, Mode.WARN)).isEqualTo(verdicts);
    assertThat(verdicts(database, Mode.STRICT)).isEqualTo(verdicts);
  }

  private static String verdicts(TestDatabase database, Mode mode) {
    return VERSIONS.stream()
        .map(version -> Statewave.guard(database.dataSource(), version).mode(mode).build())
        .map(guard -> letter(mode == Mode.WARN ? warned(guard) : refusedOrNot(guard)))
        .collect(Collectors.joining(" "));
  }

  /** In warn mode the status comes back whatever it is. */
  private static MigrationStatus warned(SchemaGuard guard) {
    return guard.enforce();
  }

  /** In strict mode it comes back exactly if it is compatible; else the exception carries it. */
  private static MigrationStatus refusedOrNot(SchemaGuard guard) {
    try {
      MigrationStatus status = guard.enforce();
      assertThat(status.compatible()).isTrue();
      return status;
    } catch (IncompatibleSchemaException e) {
      assertThat(e.status().compatible()).isFalse();
      return e.status();
    }
  }

  /** The letter of a verdict; in lower case or a sign only if the schema is compatible. */
  private static String letter(MigrationStatus status) {
    String letter =
        switch (status.verdict()) {
          case UNINITIALIZED -> "I";
          case BEHIND -> "B";
          case BEHIND_COMPATIBLE -> "b";
          case UP_TO_DATE -> "=";
          case AHEAD_UNKNOWN -> "A";
          case AHEAD_COMPATIBLE,
              AHEAD_INCOMPATIBLE,
              DRIFTED,
              FAILED,
              UNKNOWN_VERSION,
              UNREADABLE,
              UNREACHABLE ->
              status.verdict().name();
        };
    assertThat(status.compatible()).isEqualTo(letter.equals("b") || letter.equals("="));
    return letter;
  }
}
