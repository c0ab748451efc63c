// SPDX-License-Identifier: Apache-2.0
/** The command line of Schema Guard. */
module dev.schemaguard.cli {
  requires dev.schemaguard.build;
  requires com.zaxxer.hikari;
  requires info.picocli;
  requires java.logging;
  requires liquibase.core;
  requires static transitive org.jspecify;

  exports dev.schemaguard.cli;

  opens dev.schemaguard.cli to
      info.picocli;
}
