// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

/** Hears how far a check of many tenants has got. */
@FunctionalInterface
public interface TenantProgress {

  /**
   * So many tenants are judged. Called often and on several threads, so it must be quick.
   *
   * @param judged how many are
   * @param all how many there are
   */
  void judged(int judged, int all);
}
