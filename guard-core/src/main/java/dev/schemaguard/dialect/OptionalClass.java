// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import org.jspecify.annotations.Nullable;

/** Looks up a class of a driver or a pool, which need not be on the class path. */
final class OptionalClass {

  private OptionalClass() {}

  /**
   * Returns the class as the application sees it, or else as {@code owner} or this library sees it;
   * null if none of them does.
   */
  static @Nullable Class<?> named(String name, Object owner) {
    Class<?> found = named(name, Thread.currentThread().getContextClassLoader());
    if (found == null) {
      found = named(name, owner.getClass().getClassLoader());
    }
    return found == null ? named(name, OptionalClass.class.getClassLoader()) : found;
  }

  private static @Nullable Class<?> named(String name, @Nullable ClassLoader loader) {
    try {
      return loader == null ? null : Class.forName(name, false, loader);
    } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
