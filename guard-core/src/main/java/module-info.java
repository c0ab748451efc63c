// SPDX-License-Identifier: Apache-2.0
/**
 * The guard, the compatibility matrix and the readers of histories: all that an application needs
 * at run time.
 */
module dev.schemaguard.core {
  requires transitive java.sql;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.schemaguard;
  exports dev.schemaguard.assessment;
  exports dev.schemaguard.fleet;
  exports dev.schemaguard.history;
  exports dev.schemaguard.matrix;
  exports dev.schemaguard.report;
  exports dev.schemaguard.status;
}
