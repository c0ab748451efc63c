// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses what no migration cures, before the application's own migrator runs. To Spring Boot it is
 * the first of those beans that initialise a database.
 */
final class BeforeMigrationCheck implements InitializingBean {

  static final String BEAN = "schemaGuardBeforeMigrationCheck";

  private final Startup startup;
  private final GuardSettings settings;
  private final SchemaGuards guards;
  private final ConfigurableListableBeanFactory beans;
  private final boolean migrates;
  private final boolean entitiesFirst;

  /**
   * The check.
   *
   * @param migrates whether the application runs a migrator
   * @param entitiesFirst whether JPA comes before scripts, and so before {@link StartupCheck}
   */
  BeforeMigrationCheck(
      Startup startup,
      GuardSettings settings,
      SchemaGuards guards,
      ConfigurableListableBeanFactory beans,
      boolean migrates,
      boolean entitiesFirst) {
    this.startup = startup;
    this.settings = settings;
    this.guards = guards;
    this.beans = beans;
    this.migrates = migrates;
    this.entitiesFirst = entitiesFirst;
  }

  @Override
  public void afterPropertiesSet() {
    if (!settings.application().isEnabled() || !isFollowedByOthers()) {
      return;
    }
    startup.step(
        () -> {
          if (entitiesFirst && !migrates) {
            return guards.enforce();
          }
          guards.enforceBeforeMigration();
          return guards;
        });
  }

  /** Whether anything initialises a database between this check and the one at the end. */
  private boolean isFollowedByOthers() {
    String[] before = beans.getBeanDefinition(StartupCheck.BEAN).getDependsOn();
    return before != null && !Arrays.asList(before).equals(List.of(BEAN));
  }
}
