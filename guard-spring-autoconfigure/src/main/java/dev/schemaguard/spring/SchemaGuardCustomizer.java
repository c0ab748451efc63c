// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuardBuilder;

/** Changes a guard before it is built, after all settings were applied. A bean of this type is. */
@FunctionalInterface
public interface SchemaGuardCustomizer {

  /**
   * Changes the guard of that name.
   *
   * @param name the name under {@code schema-guard.guards}; empty if it is the only guard
   */
  void customize(String name, SchemaGuardBuilder builder);
}
