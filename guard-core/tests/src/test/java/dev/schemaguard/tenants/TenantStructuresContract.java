// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tenants whose histories are read together are compared with the schema file, too. */
abstract class TenantStructuresContract {

  private static final int TENANTS = 30;

  private final TestDatabase database = fresh();
  private final String prefix = prefix();
  private final SchemaGuard guard = guard(database.dataSource());

  /** A database that has no tenant yet. */
  abstract TestDatabase fresh();

  /** What the names of the tenants' schemas begin with. */
  abstract String prefix();

  abstract String dbms();

  /**
   * The schema file: orders with id, code, amount and place, its keys (id) and (place), and totals.
   */
  abstract String file();

  /** The definition of orders.id, which the database fills in. */
  abstract String identity();

  /** What drops the key (place) of a tenant's orders. */
  abstract String dropKey(String tenant);

  SchemaGuard guard(DataSource connection) {
    return SchemaGuard.builder(connection)
        .matrix(
            CompatibilityMatrix.ofChain(RevisionChain.parse("1\n2\n", "revisions.txt"))
                .withSchemaFile(dbms(), file(), "schema.%s.txt".formatted(dbms())))
        .tenants(Tenants.schemas(prefix + "%"))
        .build();
  }

  @BeforeEach
  void migrate() throws SQLException {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      String tenant = tenant(i);
      statements.addAll(
          List.of(
              "CREATE SCHEMA " + tenant,
              ("CREATE TABLE %s.orders (id bigint %s PRIMARY KEY, code varchar(40) NOT NULL,"
                      + " amount decimal(10,2) DEFAULT 0, place int NOT NULL,"
                      + " CONSTRAINT one_place UNIQUE (place))")
                  .formatted(tenant, identity()),
              "CREATE VIEW %1$s.totals AS SELECT sum(amount) AS amount FROM %1$s.orders"
                  .formatted(tenant),
              ("CREATE TABLE %s.flyway_schema_history (installed_rank int PRIMARY KEY,"
                      + " version varchar(50), description varchar(200), type varchar(20),"
                      + " script varchar(1000), checksum int, installed_by varchar(100),"
                      + " installed_on timestamp DEFAULT now(), execution_time int,"
                      + " success boolean)")
                  .formatted(tenant),
              ("INSERT INTO %s.flyway_schema_history VALUES"
                      + " (1, '1', 'a', 'SQL', 'V1__a.sql', 1, 'a', now(), 1, true),"
                      + " (2, '2', 'b', 'SQL', 'V2__b.sql', 1, 'a', now(), 1, true)")
                  .formatted(tenant)));
    }
    database.execute(statements.toArray(String[]::new));
  }

  TestDatabase database() {
    return database;
  }

  String tenant(int number) {
    return prefix + "%02d".formatted(number);
  }

  private String alter(int tenant, String change) {
    return "ALTER TABLE %s.orders %s".formatted(tenant(tenant), change);
  }

  @Test
  void thatAllHaveEverythingAreUpToDate() {
    MigrationStatus status = guard.check();

    assertThat(status.verdict()).as(status.summary()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(status.tenants().byVerdict()).containsEntry(Verdict.UP_TO_DATE, TENANTS);
  }

  @Test
  void thatLackSomethingAreNamedWithWhatTheyLack() throws SQLException {
    database.execute(
        alter(7, "DROP COLUMN code"),
        alter(11, "DROP COLUMN code"),
        "DROP VIEW %s.totals".formatted(tenant(11)),
        dropKey(tenant(20)),
        alter(21, "ADD COLUMN more text"));

    MigrationStatus status = guard.check();

    assertThat(status.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(status.tenants().byVerdict())
        .containsEntry(Verdict.DRIFTED, 3)
        .containsEntry(Verdict.UP_TO_DATE, TENANTS - 3);
    assertThat(status.tenants().worst())
        .extracting(TenantStatus::tenant)
        .containsExactly(tenant(7), tenant(11), tenant(20));
    assertThat(status.tenants().worst())
        .extracting(each -> each.status().structure())
        .extracting(Structure::missing)
        .containsExactly(
            List.of("orders.code"),
            List.of("orders.code", "view totals"),
            List.of("orders key (place)"));
  }

  @Test
  void thatLackTheSameAreAllNamed() throws SQLException {
    for (int i = 0; i < 12; i++) {
      database.execute(alter(i, "DROP COLUMN code"));
    }

    assertThat(guard.check().tenants().byVerdict())
        .containsEntry(Verdict.DRIFTED, 12)
        .containsEntry(Verdict.UP_TO_DATE, TENANTS - 12);
  }

  @Test
  void thatWereRepairedAreSeenAtTheNextCheckAndOthersStay() throws SQLException {
    database.execute(
        alter(7, "RENAME COLUMN code TO gone"), alter(8, "RENAME COLUMN code TO gone"));
    assertThat(guard.check().tenants().byVerdict()).containsEntry(Verdict.DRIFTED, 2);

    database.execute(alter(7, "RENAME COLUMN gone TO code"));

    assertThat(guard.check().tenants().worst())
        .extracting(TenantStatus::tenant)
        .containsExactly(tenant(8));
  }
}
