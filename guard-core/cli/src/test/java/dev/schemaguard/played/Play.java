// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * An upgrade on a real database that has the first migration.
 *
 * @param upgrade what is played
 * @param old release 1.0.0
 * @param next release 2.0.0
 * @param database where; one that is used for this play only
 */
record Play(Upgrade upgrade, Release old, Release next, TestDatabase database) {

  /**
   * Migrates everything, revision by revision, while an instance of the old release runs.
   *
   * @return the number of the first migration after which the instance fails or cannot restart; 0
   *     if there is none
   */
  int firstBroken() throws SQLException {
    try (HikariDataSource pool = pool();
        Instance instance = Instance.start(database, upgrade.oldWork())) {
      List<String> failures = new ArrayList<>();
      serve(failures, old, instance, pool);
      if (!failures.isEmpty()) {
        throw new IllegalStateException(upgrade + " before the upgrade: " + failures);
      }
      for (int number = 2; number <= upgrade.head(); number++) {
        next.migrate(pool, number);
        serve(failures, old, instance, pool);
        if (!failures.isEmpty()) {
          return number;
        }
      }
      return 0;
    }
  }

  /** Does what the answer says, and returns what failed. */
  List<String> follow(RollingAnswer answer) throws SQLException {
    try (HikariDataSource pool = pool()) {
      return follow(answer, pool);
    }
  }

  /** Opens the pool of the guards and of Flyway. */
  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  private List<String> follow(RollingAnswer answer, DataSource pool) throws SQLException {
    List<String> failures = new ArrayList<>();
    int safe = answer.safeNumber(upgrade.head());
    try (Instance before = Instance.start(database, upgrade.oldWork())) {
      serve(failures, old, before, pool);
      migrate(failures, 1, safe, old, before, pool);
      if (!answer.isRecreate()) {
        try (Instance after = Instance.start(database, upgrade.work())) {
          serve(failures, next, after, pool);
          serve(failures, old, before, pool);
          serve(failures, next, after, pool);
        }
      }
    }
    if (answer.isRecreate()) {
      next.migrate(pool, upgrade.head());
    }
    try (Instance after = Instance.start(database, upgrade.work())) {
      serve(failures, next, after, pool);
      migrate(failures, safe, upgrade.head(), next, after, pool);
    }
    return failures;
  }

  private void migrate(
      List<String> failures,
      int from,
      int to,
      Release release,
      Instance instance,
      DataSource pool) {
    for (int number = from + 1; number <= to; number++) {
      next.migrate(pool, number);
      serve(failures, release, instance, pool);
    }
  }

  /** Lets an instance work, and restart. */
  private void serve(List<String> failures, Release release, Instance instance, DataSource pool) {
    String error = instance.work();
    if (!error.isEmpty()) {
      failures.add(release.version() + " fails: " + error);
    }
    MigrationStatus status = release.check(pool);
    if (!status.compatible()) {
      failures.add(release.version() + " cannot restart: " + status.summary());
    }
  }
}
