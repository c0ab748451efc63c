// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import org.springframework.beans.factory.InitializingBean;

/**
 * Refuses what no migration cures, before the application's own migrator runs. To Spring Boot it is
 * the first of those beans that initialise a database, whoever asks for one of them; so it is here
 * that a run for the question alone ends.
 */
final class BeforeMigrationCheck implements InitializingBean {

  static final String BEAN = "schemaGuardBeforeMigrationCheck";

  private final Startup startup;
  private final GuardSettings settings;
  private final SchemaGuards guards;
  private final boolean migrates;
  private final boolean entitiesFirst;

  /**
   * A check that has not been made yet.
   *
   * @param migrates whether the application runs a migrator
   * @param entitiesFirst whether JPA comes before scripts, and so before {@link StartupCheck}
   */
  BeforeMigrationCheck(
      Startup startup,
      GuardSettings settings,
      SchemaGuards guards,
      boolean migrates,
      boolean entitiesFirst) {
    this.startup = startup;
    this.settings = settings;
    this.guards = guards;
    this.migrates = migrates;
    this.entitiesFirst = entitiesFirst;
  }

  @Override
  public void afterPropertiesSet() {
    if (settings.application().getOnly() != null) {
      new OnlyRun(startup, guards, settings).run();
    }
    if (!settings.application().isEnabled()) {
      return;
    }
    if (migrates) {
      startup.step(
          () -> {
            guards.enforceBeforeMigration();
            return guards;
          });
    } else if (entitiesFirst) {
      startup.step(guards::enforce);
    }
  }
}
