// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Background migrations: a preflight asks the conditions of the matrix document. */
class RequiredConditionsTest {

  @Nested
  class OnPostgres extends RequiredConditionsContract {

    @Override
    TestDatabase database() {
      return Postgres.database();
    }

    @Test
    void aFunctionThatWritesIsRefusedAndReported() throws SQLException {
      TestDatabase database = database();
      database.execute(
          "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
          "INSERT INTO schema_migrations VALUES (1, false)",
          "CREATE TABLE calls (id int)",
          "CREATE FUNCTION noted() RETURNS boolean LANGUAGE plpgsql AS"
              + " 'BEGIN INSERT INTO calls VALUES (1); RETURN true; END'");

      Preflight preflight = preflight(database, "0003 | `SELECT noted()`");

      assertThat(preflight.exitCode()).isEqualTo(11);
      assertThat(preflight.requires().get(0).reason()).contains("read-only transaction");
      assertThat(database.value("SELECT count(*) FROM calls")).isEqualTo("0");
    }

    @Test
    void aQueryThatDoesNotAnswerIsCancelled() throws SQLException {
      TestDatabase database = database();
      database.execute(
          "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
          "INSERT INTO schema_migrations VALUES (1, false)");

      Preflight preflight =
          preflight(database, "0002 | `SELECT pg_sleep(60) IS NOT NULL`", "0003 | `SELECT true`");

      assertThat(preflight.exitCode()).isEqualTo(11);
      assertThat(preflight.requires().get(0).reason()).contains("did not answer within ");
      assertThat(preflight.requires().get(1).holds()).isTrue();
    }

    @Test
    void aNumberIsNotABooleanWhereThereAreBooleans() throws SQLException {
      assertThat(preflight(database(), "0003 | `SELECT 1`").requires().get(0).reason())
          .isEqualTo("the query gives '1', not true or false");
    }

    @Test
    void aTenantInWhichItDoesNotHoldStagesAll() throws SQLException {
      TestDatabase database = database();
      for (String tenant : new String[] {"t1", "t2"}) {
        database.execute(
            "CREATE SCHEMA " + tenant,
            "CREATE TABLE " + tenant + ".schema_migrations (version bigint, dirty boolean)",
            "INSERT INTO " + tenant + ".schema_migrations VALUES (1, false)");
      }
      CompatibilityMatrix matrix =
          CompatibilityMatrix.parse(
              """
              | App version | Expected |
              |---|---|
              | current | head |

              | Revision | Requires |
              |---|---|
              | 2 | nothing: `SELECT false` |
              """,
              RevisionChain.parse("1\n2\n", "revisions.txt"));
      try (SchemaGuard guard =
          SchemaGuard.builder(database.dataSource())
              .matrix(matrix)
              .tenants(Tenants.schemas("t_"))
              .build()) {
        Preflight preflight = guard.preflight();

        assertThat(preflight.exitCode()).isEqualTo(11);
        assertThat(preflight.reason())
            .isEqualTo("2 of 2 tenants: t1: 2 has to wait for: nothing (the query gives false)");
        assertThat(preflight.stopsAt()).isEqualTo("2");
        assertThat(preflight.requires()).hasSize(1);
        assertThat(preflight.requires().get(0).reason()).isEqualTo("t1: the query gives false");
      }
    }
  }

  @Nested
  class OnH2 extends RequiredConditionsContract {
    @Override
    TestDatabase database() {
      TestDatabase database = H2.database();
      return database.withUrl(database.url() + ";DATABASE_TO_LOWER=TRUE");
    }
  }

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends OnMySqls {
    @Override
    TestDatabase database() {
      return MariaDb.database();
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends OnMySqls {
    @Override
    TestDatabase database() {
      return MySql.database();
    }
  }

  /** What MySQL and MariaDB, which have no booleans, have in common. */
  abstract static class OnMySqls extends RequiredConditionsContract {

    @Test
    void oneIsTrueAndZeroIsFalse() {
      assertThat(preflight(database(), "0003 | `SELECT 1`").go()).isTrue();
      assertThat(preflight(database(), "0003 | `SELECT 0`").requires().get(0).reason())
          .isEqualTo("the query gives 0, which is false");
      assertThat(preflight(database(), "0003 | `SELECT 2`").requires().get(0).reason())
          .isEqualTo("the query gives '2', not true or false, 1 or 0");
    }

    @Test
    void aFunctionThatWritesIsRefusedAndReported() throws SQLException {
      TestDatabase database = database();
      database.execute(
          "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
          "INSERT INTO schema_migrations VALUES (1, false)",
          "CREATE TABLE calls (id int)",
          "CREATE FUNCTION noted() RETURNS int MODIFIES SQL DATA BEGIN INSERT INTO calls VALUES"
              + " (1); RETURN 1; END");

      Preflight preflight = preflight(database, "0003 | `SELECT noted()`");

      assertThat(preflight.exitCode()).isEqualTo(11);
      assertThat(preflight.requires().get(0).reason()).containsIgnoringCase("READ ONLY");
      assertThat(database.value("SELECT count(*) FROM calls")).isEqualTo("0");
    }
  }

  /** A bad table stops no application: only what asks for it reports it. */
  @Test
  void aBadTableIsAnErrorOfThePreflightAlone() throws SQLException {
    TestDatabase database = H2.database();
    database.execute(
        "CREATE TABLE \"schema_migrations\" (\"version\" bigint, \"dirty\" boolean)",
        "INSERT INTO \"schema_migrations\" VALUES (1, false)");
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            """
            | App version | Expected |
            |---|---|
            | current | head |

            | Revision | Requires |
            |---|---|
            | 1 | nothing |
            """,
            RevisionChain.parse("1\n", "revisions.txt"));
    try (SchemaGuard guard = SchemaGuard.builder(database.dataSource()).matrix(matrix).build()) {
      assertThat(guard.check().compatible()).isTrue();
      ConfigurationException error =
          catchThrowableOfType(ConfigurationException.class, guard::preflight);
      assertThat(error.getMessage()).startsWith("compatibility.md:7: 'nothing' has no query");
    }
  }
}
