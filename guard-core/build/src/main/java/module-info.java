// SPDX-License-Identifier: Apache-2.0
/**
 * For an application's tests: writes and verifies its compatibility matrix and its chain of
 * revisions.
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
}
