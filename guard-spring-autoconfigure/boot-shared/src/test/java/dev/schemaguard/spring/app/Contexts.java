// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import dev.schemaguard.spring.SchemaGuardAutoConfiguration;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.testing.TestDatabase;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Small contexts that hold the guard and a DataSource. */
final class Contexts {

  private Contexts() {}

  /** The guard alone. */
  static ApplicationContextRunner withoutDatabase() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SchemaGuardAutoConfiguration.class));
  }

  /** The guard and a database. */
  static ApplicationContextRunner with(TestDatabase database) {
    return withoutDatabase().withBean("dataSource", DataSource.class, database::dataSource);
  }

  /** Why a start was refused. */
  static SchemaGuardStartupException refusal(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SchemaGuardStartupException refusal) {
        return refusal;
      }
    }
    throw new AssertionError("not refused by the guard", failure);
  }
}
