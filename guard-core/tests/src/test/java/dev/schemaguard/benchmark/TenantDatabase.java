// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** A database with so many schemas, of which one is behind unless it is the only one. */
final class TenantDatabase implements AutoCloseable {

  private final TestDatabase database = Postgres.database();
  private final int schemas;
  private final CompatibilityMatrix matrix;
  private final HikariDataSource pool;

  TenantDatabase(int revisions, int schemas) throws Exception {
    this.schemas = schemas;
    this.matrix =
        CompatibilityMatrix.ofChain(
            RevisionChain.parse(
                IntStream.rangeClosed(1, revisions)
                    .mapToObj(n -> "changelog.sql::%04d_change::team\n".formatted(n))
                    .collect(Collectors.joining()),
                "revisions.txt"));
    create(revisions);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(4);
    this.pool = new HikariDataSource(config);
  }

  private void create(int revisions) throws Exception {
    database.execute("CREATE SCHEMA original");
    database.execute(
        "CREATE TABLE original.databasechangelog (id varchar(255) not null, author varchar(255)"
            + " not null, filename varchar(255) not null, dateexecuted timestamp not null,"
            + " orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35),"
            + " description varchar(255), comments varchar(255), tag varchar(255), liquibase"
            + " varchar(20), contexts varchar(255), labels varchar(255), deployment_id"
            + " varchar(10))",
        "INSERT INTO original.databasechangelog SELECT lpad(n::text, 4, '0') || '_change', 'team', 'changelog.sql', now(), n, 'EXECUTED' FROM generate_series(1, %d) n"
            .formatted(revisions));
    for (int i = 0; i < schemas; i++) {
      database.execute(
          "CREATE SCHEMA " + schema(i),
          "CREATE TABLE %s.databasechangelog AS SELECT * FROM original.databasechangelog"
              .formatted(schema(i)));
    }
    if (schemas > 1) {
      database.execute(
          "DELETE FROM %s.databasechangelog WHERE orderexecuted = %d"
              .formatted(schema(schemas / 2), revisions));
    }
    database.execute("ANALYZE");
  }

  private static String schema(int number) {
    return "tenant_%04d".formatted(number);
  }

  private SchemaGuardBuilder guard(DataSource dataSource) {
    return SchemaGuard.builder(dataSource).matrix(matrix).tool(Tool.LIQUIBASE);
  }

  private SchemaGuardBuilder guardOfAll(DataSource dataSource) {
    return guard(dataSource).tenants(Tenants.schemas("tenant\\_%"));
  }

  /** Connections that are used again. */
  DataSource pool() {
    return pool;
  }

  /** A new connection each time. */
  DataSource connections() {
    return database.dataSource();
  }

  /** As many guards as there are schemas, each asked once. */
  void askEach(DataSource dataSource) {
    int behind = 0;
    for (int i = 0; i < schemas; i++) {
      HistoryLocation location = new HistoryLocation(schema(i), null, null);
      behind += guard(dataSource).history(location).build().check().compatible() ? 0 : 1;
    }
    assertThat(behind).isEqualTo(schemas > 1 ? 1 : 0);
  }

  /** One guard of all schemas. */
  void askAll(DataSource dataSource) {
    MigrationStatus status = guardOfAll(dataSource).build().check();
    assertThat(Objects.requireNonNull(status.tenants()).byVerdict())
        .isEqualTo(
            schemas > 1
                ? Map.of(Verdict.UP_TO_DATE, schemas - 1, Verdict.BEHIND, 1)
                : Map.of(Verdict.UP_TO_DATE, 1));
  }

  /** What a guard keeps of its tenants from one check to the next. */
  long kept() {
    SchemaGuard guard = guardOfAll(pool).build();
    long before = WarmCalls.used();
    MigrationStatus status = guard.check();
    long after = WarmCalls.used();
    assertThat(status.tenants()).isNotNull();
    guard.close();
    return Math.max(0, after - before);
  }

  @Override
  public void close() {
    pool.close();
  }
}
