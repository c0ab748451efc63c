// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Applies the sample's changelog with the real Liquibase, without any output. */
final class DemoMigrator {

  private static final String CHANGELOG = "statewave/db/changelog/db.changelog-master.yaml";

  private final DataSource database;

  DemoMigrator(DataSource database) {
    this.database = database;
  }

  void update(int changesets) throws Exception {
    Scope.child(
        Map.of(Scope.Attr.ui.name(), new LoggerUIService()),
        () -> {
          try (Connection connection = database.getConnection();
              Liquibase liquibase =
                  new Liquibase(
                      CHANGELOG,
                      new ClassLoaderResourceAccessor(DemoMigrator.class.getClassLoader()),
                      DatabaseFactory.getInstance()
                          .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.update(changesets, new Contexts(), new LabelExpression());
          }
        });
  }
}
