// SPDX-License-Identifier: Apache-2.0
/** Schema Guard in a servlet container: pages, probes, a listener and a filter. */
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
