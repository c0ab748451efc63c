// SPDX-License-Identifier: Apache-2.0
/** All that an application needs at run time: the guard, the matrix, the readers of histories. */
module dev.schemaguard.core {
  requires transitive java.sql;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.schemaguard;
  exports dev.schemaguard.connections;
  exports dev.schemaguard.history;
  exports dev.schemaguard.matrix;
  exports dev.schemaguard.policy;
  exports dev.schemaguard.preflight;
  exports dev.schemaguard.report;
  exports dev.schemaguard.status;
  exports dev.schemaguard.tenants;
  // What no application needs, and our own modules share.
  exports dev.schemaguard.assessment to
      dev.schemaguard.build,
      dev.schemaguard.cli;
  exports dev.schemaguard.check to
      dev.schemaguard.build,
      dev.schemaguard.cli;
  exports dev.schemaguard.settings to
      dev.schemaguard.cli,
      dev.schemaguard.servlet,
      dev.schemaguard.spring;
  exports dev.schemaguard.dialect to
      dev.schemaguard.build,
      dev.schemaguard.cli;
  exports dev.schemaguard.structure to
      dev.schemaguard.build,
      dev.schemaguard.cli;
  exports dev.schemaguard.text to
      dev.schemaguard.build,
      dev.schemaguard.cli,
      dev.schemaguard.servlet,
      dev.schemaguard.spring;
  exports dev.schemaguard.tool to
      dev.schemaguard.build,
      dev.schemaguard.cli;
}
