// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import jakarta.servlet.ServletContext;

/** Finds the {@link Access} that decides who may read a page. */
final class AccessLookup {

  static final String ATTRIBUTE = Access.class.getName();

  static final Access EVERYBODY = (request, response, page) -> true;

  private AccessLookup() {}

  /**
   * Returns the Access in the context's attribute, else one of the class that the settings name,
   * else one that lets everyone read.
   */
  static Access find(Settings settings, ServletContext context) {
    Object found = context.getAttribute(ATTRIBUTE);
    if (found instanceof Access access) {
      return access;
    }
    if (found != null) {
      throw new ConfigurationException(
          "attribute " + ATTRIBUTE,
          "it holds a " + found.getClass().getName(),
          "Put an " + ATTRIBUTE + " into it.");
    }
    return settings
        .text(Setting.ACCESS)
        .map(name -> made(name, ApplicationClasses.of(context)))
        .orElse(EVERYBODY);
  }

  private static Access made(String className, ClassLoader loader) {
    try {
      return loader
          .loadClass(className)
          .asSubclass(Access.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw new ConfigurationException(
          "context parameter " + Setting.ACCESS.parameter(),
          "'" + className + "' cannot be used (" + e + ")",
          "Name a public class that implements "
              + ATTRIBUTE
              + " and has a public constructor without parameters.",
          e);
    }
  }
}
