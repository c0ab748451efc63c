// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import dev.schemaguard.status.MigrationStatus;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;

/**
 * Enforces the schema when the application starts. Spring Boot treats it as a database initialiser:
 * it runs after every migrator, and before the scripts and everything else that uses a database.
 */
final class StartupCheck implements InitializingBean {

  static final String BEAN = "schemaGuardStartupCheck";

  private final Startup startup;
  private final BoundSettings settings;
  private final SchemaGuards guards;

  StartupCheck(Startup startup, BoundSettings settings, SchemaGuards guards) {
    this.startup = startup;
    this.settings = settings;
    this.guards = guards;
  }

  /**
   * Reads the switch again, because in an ahead-of-time processed application these beans always
   * exist.
   */
  @Override
  public void afterPropertiesSet() {
    if (settings.application().isEnabled()) {
      Map<String, MigrationStatus> unused = startup.check(guards::enforce);
    }
  }
}
