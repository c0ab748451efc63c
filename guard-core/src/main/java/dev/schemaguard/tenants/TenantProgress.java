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
}
