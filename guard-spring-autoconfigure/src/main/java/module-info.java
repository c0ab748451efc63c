// SPDX-License-Identifier: Apache-2.0
/**
 * Schema Guard for Spring Boot applications. Each part is active only if its library is on the
 * class path.
 */
module dev.schemaguard.spring {
  requires transitive dev.schemaguard.core;
  requires java.desktop;
  requires org.slf4j;
  requires spring.beans;
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires spring.context;
  requires spring.core;
  requires static com.zaxxer.hikari;
  requires static java.logging;
  requires static java.management;
  requires static micrometer.core;
  requires static transitive org.jspecify;
  requires static spring.boot.actuator;
  requires static spring.boot.actuator.autoconfigure;
  requires static spring.boot.health;

  exports dev.schemaguard.spring;

  opens dev.schemaguard.spring;
}
