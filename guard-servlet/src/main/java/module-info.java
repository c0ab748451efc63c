// SPDX-License-Identifier: Apache-2.0
/** Schema Guard for servlet containers: pages, probes, a listener and filters. */
module dev.schemaguard.servlet {
  requires transitive dev.schemaguard.core;
  requires transitive jakarta.servlet;
  requires java.naming;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.schemaguard.servlet;

  provides jakarta.servlet.ServletContainerInitializer with
      dev.schemaguard.servlet.SchemaGuardInitializer;
}
