// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A preflight is a go only if the tool, as it is configured, applies everything that is pending.
 */
class SkippedMigrationsTest {

  private static final MigrationOwner DEFAULTS = MigrationOwner.ELSEWHERE;
  private static final MigrationOwner OUT_OF_ORDER = DEFAULTS.withFlyway(true, null);

  private final TestDatabase database = H2.database();

  @Nested
  class AVersionBelowTheHighestAppliedOne {

    @Test
    void isNotAppliedByFlywayWithItsDefaults() {
      flyway("V1__a", "V3__c").migrate();
      FlywayRun release = flyway("V1__a", "V2__b", "V3__c", "V4__d");

      Preflight preflight = preflight("1\n2\n3\n4", DEFAULTS);
      assertThat(preflight.exitCode()).isEqualTo(3);
      assertThat(preflight.reason())
          .isEqualTo("Flyway will not apply 2: 3 is already applied, and outOfOrder is not set");
      assertThat(preflight.actions())
          .singleElement()
          .asString()
          .contains("-outOfOrder=true", "spring.flyway.out-of-order=true", "--out-of-order");

      assertThatThrownBy(release::migrate)
          .isInstanceOf(FlywayException.class)
          .hasMessageContaining("outOfOrder");
    }

    @Test
    void isAppliedWithOutOfOrder() {
      flyway("V1__a", "V3__c").migrate();

      Preflight preflight = preflight("1\n2\n3\n4", OUT_OF_ORDER);
      assertThat(preflight.exitCode()).as(preflight.reason()).isZero();

      flyway("V1__a", "V2__b", "V3__c", "V4__d").outOfOrder().migrate();
      assertThat(check("1\n2\n3\n4").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isNoGoAlsoIfThisVersionCouldRunWithoutIt() {
      flyway("V1__a", "V3__c").migrate();
      CompatibilityMatrix matrix =
          CompatibilityMatrix.parse(
              """
              | App version | Expected | Min |
              |---|---|---|
              | current | head | 1 |
              """,
              chain("1\n2\n3"));

      assertThat(guard(matrix, DEFAULTS).check().verdict()).isEqualTo(Verdict.BEHIND_COMPATIBLE);
      assertThat(guard(matrix, DEFAULTS).preflight().exitCode()).isEqualTo(3);
    }

    @Test
    void isNoGoAlsoIfTheHighestIsUnknownHere() {
      flyway("V1__a", "V5__hotfix").migrate();
      CompatibilityMatrix matrix =
          CompatibilityMatrix.parse(
              """
              Unknown ahead: allowed

              | App version | Expected |
              |---|---|
              | current | head |
              """,
              chain("1\n2"));

      assertThat(guard(matrix, DEFAULTS).preflight().exitCode()).isEqualTo(3);
      assertThatThrownBy(flyway("V1__a", "V2__b", "V5__hotfix")::migrate)
          .hasMessageContaining("outOfOrder");
    }

    @Test
    void isComparedByItsNumbers() {
      flyway("V1_9__a", "V1_10__c").migrate();

      assertThat(preflight("1.9\n1.9.1\n1.10", DEFAULTS).exitCode()).isEqualTo(3);
      assertThat(preflight("1.9\n1.10\n1.11", DEFAULTS).exitCode()).isZero();
    }

    @Test
    void countsAsAppliedBelowABaseline() {
      database("CREATE TABLE item (id INT)");
      flyway().baseline("2");

      Preflight preflight = preflight("1\n2\n3", DEFAULTS);
      assertThat(preflight.status().pendingRevisions()).containsExactly("3");
      assertThat(preflight.exitCode()).isZero();

      flyway("V1__a", "V2__b", "V3__c").migrate();
      assertThat(check("1\n2\n3").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isAppliedIfTheHigherOneWasDeletedByARepair() {
      flyway("V1__a", "V3__c").migrate();
      flyway("V1__a", "V4__d").repair();

      assertThat(preflight("1\n2", DEFAULTS).exitCode()).isZero();

      flyway("V1__a", "V2__b").migrate();
      assertThat(check("1\n2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isAppliedOnlyIfEveryTenantIsSetSo() {
      flyway("V1__a", "V3__c").migrate();
      TestDatabase other = H2.database();
      FlywayRun.of(other.dataSource(), "V1__a").migrate();

      Preflight preflight =
          SchemaGuard.builder(database.dataSource())
              .matrix(CompatibilityMatrix.ofChain(chain("1\n2\n3")))
              .tenants(
                  Tenants.databases(
                      Map.of("gap", database.dataSource(), "old", other.dataSource())))
              .environment(variable -> null)
              .build()
              .preflight();
      assertThat(preflight.exitCode()).isEqualTo(3);
      assertThat(preflight.reason()).startsWith("1 of 2 tenants: gap: Flyway will not apply 2");
    }
  }

  @Nested
  class ATarget {

    @ParameterizedTest
    @CsvSource({"2, 3", "2?, 3", "current, 2", "next, 3", "1.5?, 2"})
    void endsWhatFlywayApplies(String target, String first) {
      flyway("V1__a").migrate();

      Preflight preflight = preflight("1\n2\n3", DEFAULTS.withFlyway(false, target));
      assertThat(preflight.exitCode()).isEqualTo(3);
      assertThat(preflight.reason())
          .startsWith("Flyway will not apply " + first)
          .endsWith("its target is " + target);

      flyway("V1__a", "V2__b", "V3__c").target(target).migrate();
      assertThat(check("1\n2\n3").pendingRevisions()).first().isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "latest", "LATEST", "9"})
    void thatIsHighEnoughIsGo(String target) {
      flyway("V1__a").migrate();

      assertThat(preflight("1\n2\n3", DEFAULTS.withFlyway(false, target)).exitCode()).isZero();
    }

    @Test
    void appliesToAFreshDatabaseOfFlyway() {
      flyway("V1__a").target("0.5?").migrate();

      assertThat(preflight("1\n2", DEFAULTS.withFlyway(false, "1")).exitCode()).isEqualTo(3);
      assertThat(preflight("1\n2", DEFAULTS).exitCode()).isZero();
    }
  }

  @Nested
  class AVersionThatGolangMigrateWasGivenLate {

    private static final String NOTE = "2 was added below a newer version";

    @Test
    void isNotedWhereTheTableSaysMoreThanItKnows() throws SQLException {
      new GolangMigrateRun(database, "\"schema_migrations\"").at(3);

      assertThat(check("1\n3\n2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(check("1\n3\n2").notes()).anyMatch(note -> note.startsWith(NOTE));
      assertThat(preflight("1\n3\n2", DEFAULTS).status().notes())
          .anyMatch(note -> note.startsWith(NOTE));
    }

    @Test
    void isNotNotedBeforeItIsPassed() throws SQLException {
      new GolangMigrateRun(database, "\"schema_migrations\"").at(1);

      assertThat(check("1\n3\n2").notes()).isEmpty();
    }

    @Test
    void isNotNotedInAChainInOrder() throws SQLException {
      new GolangMigrateRun(database, "\"schema_migrations\"").at(3);

      assertThat(check("1\n2\n3").notes()).isEmpty();
    }
  }

  private FlywayRun flyway(String... scripts) {
    return FlywayRun.of(database.dataSource(), scripts);
  }

  private void database(String statement) {
    try {
      database.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RevisionChain chain(String lines) {
    return RevisionChain.parse(lines, "revisions.txt");
  }

  private Preflight preflight(String lines, MigrationOwner migration) {
    return guard(CompatibilityMatrix.ofChain(chain(lines)), migration).preflight();
  }

  private MigrationStatus check(String lines) {
    return guard(CompatibilityMatrix.ofChain(chain(lines)), DEFAULTS).check();
  }

  private SchemaGuard guard(CompatibilityMatrix matrix, MigrationOwner migration) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(matrix)
        .migratedBy(migration)
        .environment(variable -> null)
        .build();
  }
}
