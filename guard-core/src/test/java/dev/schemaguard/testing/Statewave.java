// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.changelog.FastCheckService;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;

/** The sample application statewave: its matrix, and real Liquibase to bring a database to it. */
public final class Statewave {

  /** The number of its changesets. */
  public static final int REVISIONS = 12;

  private static final String CHANGELOG = "statewave/db/changelog/db.changelog-master.yaml";

  private Statewave() {}

  /** Its matrix as bundled. */
  public static CompatibilityMatrix matrix() {
    return CompatibilityMatrix.parse(
        resource("statewave/schema-guard/compatibility.md"),
        RevisionChain.parse(resource("statewave/schema-guard/revisions.txt"), "revisions.txt"));
  }

  /** Applies the next {@code count} changesets. */
  public static void update(DataSource dataSource, int count)
      throws SQLException, LiquibaseException {
    try (Connection connection = dataSource.getConnection();
        Liquibase liquibase = liquibase(connection)) {
      liquibase.update(count, new Contexts(), new LabelExpression());
    }
  }

  /** Takes back the last {@code count} changesets. */
  public static void rollback(DataSource dataSource, int count)
      throws SQLException, LiquibaseException {
    try (Connection connection = dataSource.getConnection();
        Liquibase liquibase = liquibase(connection)) {
      liquibase.rollback(count, new Contexts(), new LabelExpression());
      // Liquibase remembers in the JVM that this database was up to date.
      Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
    }
  }

  private static Liquibase liquibase(Connection connection) throws LiquibaseException {
    return new Liquibase(
        CHANGELOG,
        new ClassLoaderResourceAccessor(),
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
  }

  /** A text resource of the test class path. */
  public static String resource(String name) {
    try (InputStream in = Statewave.class.getClassLoader().getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
