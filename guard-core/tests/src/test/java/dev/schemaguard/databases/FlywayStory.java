// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.FlywayRun;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * What Flyway writes into a fresh database. It knows Flyway and the JDK only, so that every release
 * of Flyway can tell it in a class loader of its own.
 */
enum FlywayStory implements Consumer<DataSource> {
  MIGRATED {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "V2__second", "V3.0__third", "R__views").migrate();
    }
  },
  STOPPED_BEFORE_THE_LAST {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "V2__second", "V3__third").target("2").migrate();
    }
  },
  BY_A_NEWER_VERSION {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "V2__second", "V3__third", "V4__fourth").migrate();
    }
  },
  WITH_A_GAP {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "V3__third").migrate();
    }
  },
  OUT_OF_ORDER {
    @Override
    public void accept(DataSource database) {
      WITH_A_GAP.accept(database);
      run(database, "V1__first", "V2__second", "V3__third").outOfOrder().migrate();
    }
  },
  FAILED {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first").failing("2").migrateInVain();
    }
  },
  REPAIRED {
    @Override
    public void accept(DataSource database) {
      FAILED.accept(database);
      run(database, "V1__first").repair();
    }
  },
  REPEATABLE_FAILED {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "V2__second", "V3__third").migrate();
      // In a database that rolls back what failed, only a statement outside of a transaction stays.
      run(database, "V1__first", "V2__second", "V3__third")
          .script("R__views", "DROP INDEX CONCURRENTLY nowhere")
          .migrateInVain();
    }
  },
  BASELINE {
    @Override
    public void accept(DataSource database) {
      run(database).baseline("2");
    }
  },
  BASELINE_SCRIPT {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "B2__base", "V3__third").migrate();
    }
  },
  DELETED {
    @Override
    public void accept(DataSource database) {
      FlywayRun run = run(database, "V1__first", "V2__second", "V3__third");
      run.migrate();
      run.without("V2__second").repair();
    }
  },
  MARKED {
    @Override
    public void accept(DataSource database) {
      run(database, "V1__first", "V2__second", "V3__third", "V4__requires-app_2.0_drop").migrate();
    }
  };

  private static FlywayRun run(DataSource database, String... scripts) {
    return FlywayRun.of(database, scripts);
  }
}
