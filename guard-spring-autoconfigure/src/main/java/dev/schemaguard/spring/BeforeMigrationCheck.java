// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.status.MigrationStatus;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.InitializingBean;

/**
 * Runs before every bean that initialises a database. Spring Boot treats it as the first of those
 * beans, whichever of them is requested. Here a run that only checks ends, and here a database is
 * checked that something else writes to before the other checks.
 */
final class BeforeMigrationCheck implements InitializingBean {

  static final String BEAN = "schemaGuardBeforeMigrationCheck";

  private final Startup startup;
  private final BoundSettings settings;
  private final Supplier<SchemaGuards> guards;
  private final Migrators migrators;
  private final MigratorCheck check;
  private final boolean entitiesFirst;

  /**
   * Creates a check that has not run yet.
   *
   * @param guards the guards, which are not created before the migrators have been read
   * @param entitiesFirst whether JPA, which may create tables, runs before migrators and scripts
   */
  BeforeMigrationCheck(
      Startup startup,
      BoundSettings settings,
      Supplier<SchemaGuards> guards,
      Migrators migrators,
      MigratorCheck check,
      boolean entitiesFirst) {
    this.startup = startup;
    this.settings = settings;
    this.guards = guards;
    this.migrators = migrators;
    this.check = check;
    this.entitiesFirst = entitiesFirst;
  }

  @Override
  public void afterPropertiesSet() {
    if (settings.application().getOnly() != null) {
      migrators.askWithoutRunning();
      new OnlyRun(startup, guards.get(), settings).run();
    }
    if (!settings.application().isEnabled()) {
      return;
    }
    if (migrators.areThere()) {
      if (migrators.mayRunUnmet()) {
        check.checkUnmet();
      } else if (entitiesFirst) {
        checkBeforeEntities();
      }
    } else if (entitiesFirst) {
      Map<String, MigrationStatus> unused = startup.check(guards.get()::enforce);
    }
  }

  /**
   * Refuses everything that can be refused at this point, because JPA writes before the migrators
   * run and before {@link StartupCheck}. This includes what no migration can fix, and databases
   * that no migrator is about to migrate.
   */
  private void checkBeforeEntities() {
    if (migrators.describe()) {
      migrators.known().forEach(check::check);
      check.checkUnmigrated(migrators.known());
    } else {
      check.checkUnmet();
    }
  }
}
