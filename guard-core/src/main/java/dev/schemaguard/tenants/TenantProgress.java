// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

/** Receives the progress of a check of many tenants. */
@FunctionalInterface
public interface TenantProgress {

  /**
   * Reports how many tenants have been assessed. It is called often and on several threads, so it
   * must be fast.
   *
   * @param assessed how many tenants have been assessed
   * @param all how many tenants there are
   */
  void assessed(int assessed, int all);

  /**
   * Reports how many of the databases that are being queried have not responded for a while; 0 if
   * all respond. It is called several times a second while tenants with a database each are
   * checked. By default it does nothing.
   *
   * @param databases how many databases do not respond
   */
  default void unresponsive(int databases) {}
}
