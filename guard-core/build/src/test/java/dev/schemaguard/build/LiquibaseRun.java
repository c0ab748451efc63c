// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.logging.core.NoOpLogService;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/**
 * What real Liquibase records when it runs a changelog on an empty H2 database.
 *
 * @param name FILENAME, ID and AUTHOR, the path normalised
 */
record LiquibaseRun(String name, String comments, @Nullable String tag, String execType) {

  static List<LiquibaseRun> of(Path directory, String changelog, String contexts, String labels)
      throws Exception {
    ResourceAccessor accessor = new DirectoryResourceAccessor(directory);
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID())) {
      Scope.child(
          Map.of(
              Scope.Attr.logService.name(), new NoOpLogService(),
              Scope.Attr.ui.name(), new LoggerUIService()),
          () -> {
            Liquibase liquibase =
                new Liquibase(
                    changelog,
                    accessor,
                    DatabaseFactory.getInstance()
                        .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.update(new Contexts(contexts), new LabelExpression(labels));
          });
      return recorded(connection);
    }
  }

  private static List<LiquibaseRun> recorded(Connection connection) throws Exception {
    List<LiquibaseRun> recorded = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT FILENAME, ID, AUTHOR, COMMENTS, TAG, EXECTYPE FROM DATABASECHANGELOG"
                    + " ORDER BY ORDEREXECUTED")) {
      while (rows.next()) {
        recorded.add(
            new LiquibaseRun(
                new ChangesetKey(rows.getString(1), rows.getString(2), rows.getString(3))
                    .toString(),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6)));
      }
    }
    return recorded;
  }
}
