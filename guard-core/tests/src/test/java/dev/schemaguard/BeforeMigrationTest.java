// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a strict application asks before it runs its own migrator. */
class BeforeMigrationTest {

  private final TestDatabase database = H2.database();

  private SchemaGuardBuilder guard(String version) {
    return Statewave.guard(database.dataSource(), version).mode(Mode.STRICT);
  }

  private static IncompatibleSchemaException refusal(SchemaGuardBuilder guard) {
    return catchThrowableOfType(
        IncompatibleSchemaException.class, () -> guard.build().enforceBeforeMigration());
  }

  private void migrated(int revisions) {
    Statewave.update(database.dataSource(), revisions);
  }

  private void recorded(String id, String comment, String outcome) throws SQLException {
    database.execute(
        "INSERT INTO DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE,"
            + " COMMENTS) VALUES ('%s', 'me', 'db/x.xml', CURRENT_TIMESTAMP, 99, '%s', '%s')"
                .formatted(id, outcome, comment));
  }

  @Test
  void whatAMigrationCuresIsNoReasonToRefuse() {
    assertThatCode(() -> guard("0.6.1").build().enforceBeforeMigration())
        .as("a fresh database")
        .doesNotThrowAnyException();

    migrated(5);

    assertThatCode(() -> guard("0.6.1").build().enforceBeforeMigration())
        .as("a database behind")
        .doesNotThrowAnyException();
  }

  @Test
  void aRevisionAheadIsRefusedAlsoWhereOthersAreMissing() throws SQLException {
    migrated(5);
    recorded("0099_future", "requires-app 9.0.0", "EXECUTED");

    IncompatibleSchemaException refused = refusal(guard("0.6.1"));

    assertThat(guard("0.6.1").build().check().verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(refused.status().verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    assertThat(refused.text())
        .contains("[GUARD-AHEAD-INCOMPATIBLE]", "0099_future says requires-app")
        .doesNotContain("run this release's migrations");
  }

  @Test
  void anUnknownRevisionAheadIsRefusedAlsoWhereOthersAreMissing() throws SQLException {
    migrated(5);
    recorded("0099_future", "", "EXECUTED");

    assertThat(refusal(guard("0.6.1")).status().verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
  }

  @Test
  void aFailureIsRefused() throws SQLException {
    migrated(5);
    recorded("0099_future", "", "FAILED");

    assertThat(refusal(guard("0.6.1")).status().verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void anUnknownVersionIsRefused() {
    migrated(12);

    CompatibilityMatrix handedOver =
        CompatibilityMatrix.parse(
            "| App version | Expected |\n|---|---|\n| 0.6.1 | 0012_add_health_cache |\n",
            "compatibility.md",
            false,
            Statewave.matrix().chain().orElseThrow());

    assertThat(refusal(guard("9.9.9").matrix(handedOver)).status().verdict())
        .isEqualTo(Verdict.UNKNOWN_VERSION);
  }

  @Test
  void warnModeAsksNothing() {
    AtomicInteger asked = new AtomicInteger();
    SchemaGuardBuilder guard = unreachable(asked, Integer.MAX_VALUE);

    guard.mode(Mode.WARN).build().enforceBeforeMigration();

    assertThat(asked).hasValue(0);
  }

  @Test
  void aDatabaseThatCannotBeReachedIsRefused() {
    AtomicInteger asked = new AtomicInteger();

    assertThat(refusal(unreachable(asked, Integer.MAX_VALUE)).status().verdict())
        .isEqualTo(Verdict.UNREACHABLE);
    assertThat(asked).hasValue(1);
    assertThatCode(
            () ->
                unreachable(asked, Integer.MAX_VALUE)
                    .onUnreachable(Mode.WARN)
                    .build()
                    .enforceBeforeMigration())
        .doesNotThrowAnyException();
  }

  @Test
  void waitsUntilADatabaseToMigrateIsThere() {
    AtomicInteger asked = new AtomicInteger();

    unreachable(asked, 2).waitTimeout(Duration.ofMinutes(1)).build().enforceBeforeMigration();

    assertThat(asked).hasValue(3);
  }

  @Test
  void everyGuardOfSeveralIsAsked() throws SQLException {
    migrated(5);
    recorded("0099_future", "requires-app 9.0.0", "EXECUTED");
    SchemaGuards guards =
        SchemaGuards.of(
            Statewave.guard(H2.database().dataSource(), "0.6.1")
                .name("orders")
                .mode(Mode.STRICT)
                .build(),
            guard("0.6.1").name("reporting").build());

    assertThat(
            catchThrowableOfType(IncompatibleSchemaException.class, guards::enforceBeforeMigration))
        .hasMessageContaining("database reporting");
  }

  private SchemaGuardBuilder unreachable(AtomicInteger asked, int failures) {
    return Statewave.guard(
            SimpleDataSource.of(
                () -> {
                  if (asked.incrementAndGet() <= failures) {
                    throw new SQLException("Connection refused", "08001");
                  }
                  return database.dataSource().getConnection();
                }),
            "0.6.1")
        .mode(Mode.STRICT);
  }
}
