// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuardBuilder;

/**
 * A callback that changes a guard's builder after all settings were applied and before the guard is
 * built. Define a bean of this type to use it.
 */
@FunctionalInterface
public interface SchemaGuardCustomizer {

  /**
   * Changes the guard with the given name.
   *
   * @param name the name under {@code schema-guard.guards}; empty if it is the only guard
   */
  void customize(String name, SchemaGuardBuilder builder);
}
