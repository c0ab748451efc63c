// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.status.MigrationStatus;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;

/**
 * Enforces the schema when the application starts. To Spring Boot it is one of those beans that
 * initialise a database: it comes after every migrator, and before the scripts and whatever else
 * uses a database.
 */
final class StartupCheck implements InitializingBean {

  static final String BEAN = "schemaGuardStartupCheck";

  private final Startup startup;
  private final GuardSettings settings;
  private final SchemaGuards guards;

  StartupCheck(Startup startup, GuardSettings settings, SchemaGuards guards) {
    this.startup = startup;
    this.settings = settings;
    this.guards = guards;
  }

  /** Asks the switch once more: in a processed application these beans are there all the same. */
  @Override
  public void afterPropertiesSet() {
    if (settings.application().isEnabled()) {
      Map<String, MigrationStatus> unused = startup.check(guards::enforce);
    }
  }
}
