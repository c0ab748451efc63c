// SPDX-License-Identifier: Apache-2.0
/**
 * Writes and verifies an application's compatibility matrix and revision chain, for use in its
 * tests.
 */
module dev.schemaguard.build {
  requires transitive dev.schemaguard.core;
  requires org.slf4j;
  requires net.sf.jsqlparser;
  requires static liquibase.core;
  requires static org.yaml.snakeyaml;
  requires static transitive org.jspecify;

  exports dev.schemaguard.build;
  exports dev.schemaguard.build.impact;
  exports dev.schemaguard.build.rolling;
  exports dev.schemaguard.build.structure to
      dev.schemaguard.cli;
}
