// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import org.springframework.beans.factory.InitializingBean;

/**
 * Enforces the schema when the application starts. To Spring Boot it is the last of those beans
 * that initialise a database: it comes after every migrator and script, and whatever uses a
 * database comes after it.
 */
final class StartupCheck implements InitializingBean {

  static final String BEAN = "schemaGuardStartupCheck";

  private final Startup startup;
  private final SchemaGuards guards;

  StartupCheck(Startup startup, SchemaGuards guards) {
    this.startup = startup;
    this.guards = guards;
  }

  @Override
  public void afterPropertiesSet() {
    startup.step(guards::enforce);
  }
}
