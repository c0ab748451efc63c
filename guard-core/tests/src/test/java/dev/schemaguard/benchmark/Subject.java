// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.StatusRefresh;
import dev.schemaguard.check.BoundedConnectionTask;
import dev.schemaguard.check.TaskThreads;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;

/** What is measured: the guard, the limit, and what else answers the question. */
enum Subject {
  SELECT_1("`SELECT 1`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return () -> rows(database, "SELECT 1", 1);
    }
  },
  HANDED_OVER("`SELECT 1` handed over to another thread") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      Executor workers = TaskThreads.pool();
      return () ->
          new BoundedConnectionTask<>(
                  database,
                  session -> session.query("SELECT 1", List.of(), row -> row.getInt(1)).size(),
                  workers)
              .within(PATIENCE);
    }
  },
  COUNT("`SELECT count(*)` of the history") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      String sql = "SELECT count(*) FROM " + files.schema() + ".databasechangelog";
      return () -> rows(database, sql, 1);
    }
  },
  REFRESH("a refresh that finds nothing new") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      StatusRefresh refresh = new StatusRefresh(guard(database, files, Tool.LIQUIBASE));
      return () -> {
        if (!refresh.foundNothingNew()) {
          throw new IllegalStateException("the whole history was read");
        }
        return 0;
      };
    }
  },
  RAW_SELECT("raw SELECT of the history") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      String sql = files.select();
      return () -> rows(database, sql, HistoryFiles.COLUMNS);
    }
  },
  BOUNDED_SELECT("the same SELECT, by a session of the guard's") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      String sql = files.select();
      Executor workers = TaskThreads.pool();
      ReadSession.RowConsumer columns =
          row -> {
            for (int i = 1; i <= HistoryFiles.COLUMNS; i++) {
              String unused = row.getString(i);
            }
          };
      BoundedConnectionTask.Work<Integer> read =
          session -> {
            session.forEach(sql, List.of(), columns);
            return files.revisions();
          };
      return () -> new BoundedConnectionTask<>(database, read, workers).within(PATIENCE);
    }
  },
  DIALECT("recognizing the database product") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return () -> {
        try (Connection connection = database.getConnection()) {
          return new DatabaseSession(connection).dbms().length();
        }
      };
    }
  },
  CHECK("`SchemaGuard.check()`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return check(guard(database, files, Tool.LIQUIBASE).build());
    }
  },
  CHECK_AUTO("`SchemaGuard.check()`, tool not named") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return check(guard(database, files, Tool.AUTO).build());
    }
  },
  LOAD_AND_CHECK("matrix, chain and `check()`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      Path matrix = files.matrix();
      HistoryLocation history = files.history();
      return () -> requireUpToDate(guard(database, matrix, history, Tool.LIQUIBASE).build());
    }
  },
  SECOND_SELECT("raw SELECT of the history") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) throws Exception {
      int unused = RAW_SELECT.prepare(database, files.smallest()).run();
      return RAW_SELECT.prepare(database, files);
    }
  },
  SECOND_CHECK("`SchemaGuard.check()`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) throws Exception {
      int unused = CHECK.prepare(database, files.smallest()).run();
      return CHECK.prepare(database, files);
    }
  },
  LIQUIBASE_STATUS("Liquibase `status`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return () -> {
        try (Liquibase liquibase = liquibase(database, files)) {
          return liquibase.getChangeSetStatuses(new Contexts(), new LabelExpression()).size();
        }
      };
    }
  },
  LIQUIBASE_UPDATE("Liquibase no-op `update`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return () -> {
        try (Liquibase liquibase = liquibase(database, files)) {
          liquibase.setShowSummary(UpdateSummaryEnum.OFF);
          liquibase.update(new Contexts());
          return files.revisions();
        }
      };
    }
  },
  FLYWAY_VALIDATE("Flyway `validate`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return () -> {
        flyway(database, files).validate();
        return files.revisions();
      };
    }
  },
  FLYWAY_INFO("Flyway `info`") {
    @Override
    Work prepare(DataSource database, HistoryFiles files) {
      return () -> flyway(database, files).info().applied().length;
    }
  };

  /** The guard, and the limit. */
  static final List<Subject> GUARD =
      List.of(RAW_SELECT, BOUNDED_SELECT, DIALECT, CHECK, CHECK_AUTO, LOAD_AND_CHECK);

  /** The two of them, in a JVM that has called them before, with another and small history. */
  static final List<Subject> SECOND = List.of(SECOND_SELECT, SECOND_CHECK);

  /** What else answers the question. */
  static final List<Subject> TOOLS =
      List.of(LIQUIBASE_STATUS, LIQUIBASE_UPDATE, FLYWAY_VALIDATE, FLYWAY_INFO);

  /** One question, asked and answered; returns how many rows or revisions it saw. */
  @FunctionalInterface
  interface Work {
    int run() throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String title;

  Subject(String title) {
    this.title = title;
  }

  /** Those whose first call is measured with so many revisions. */
  static List<Subject> measuredWith(int revisions) {
    return revisions <= HistoryFiles.MOST_FOR_TOOLS
        ? Stream.of(GUARD, TOOLS).flatMap(List::stream).toList()
        : GUARD;
  }

  /** How the page calls it. */
  String title() {
    return title;
  }

  /** The question, with everything at hand that an application has at hand when it asks. */
  abstract Work prepare(DataSource database, HistoryFiles files) throws Exception;

  /** A guard to be built, of the history that was made for {@code files}. */
  static SchemaGuardBuilder guard(DataSource database, HistoryFiles files, Tool tool) {
    return guard(database, files.matrix(), files.history(), tool);
  }

  static SchemaGuardBuilder guard(
      DataSource database, Path matrix, HistoryLocation history, Tool tool) {
    return SchemaGuard.builder(database)
        .matrix(CompatibilityMatrix.file(matrix))
        .applicationVersion("1.0.0")
        .history(history)
        .tool(tool);
  }

  private static Work check(SchemaGuard guard) {
    return () -> requireUpToDate(guard);
  }

  static int requireUpToDate(SchemaGuard guard) {
    String summary = guard.check().summary();
    if (!summary.equals("Schema is up to date")) {
      throw new IllegalStateException(summary);
    }
    return 0;
  }

  private static int rows(DataSource database, String sql, int columns) throws SQLException {
    int count = 0;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          String unused = rows.getString(i);
        }
        count++;
      }
    }
    return count;
  }

  static Liquibase liquibase(DataSource dataSource, HistoryFiles files) throws Exception {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(dataSource.getConnection()));
    database.setDefaultSchemaName(files.schema());
    database.setLiquibaseSchemaName(files.schema());
    Path changelog = files.changelog();
    return new Liquibase(
        changelog.getFileName().toString(),
        new DirectoryResourceAccessor(changelog.getParent()),
        database);
  }

  static Flyway flyway(DataSource dataSource, HistoryFiles files) {
    return Flyway.configure()
        .dataSource(dataSource)
        .schemas(files.schema() + "_flyway")
        .locations("filesystem:" + files.migrations())
        .load();
  }
}
