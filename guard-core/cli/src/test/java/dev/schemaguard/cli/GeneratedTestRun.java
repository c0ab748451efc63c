// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Runs one method of one test class in a process of its own; exit code 1 if it fails. */
public final class GeneratedTestRun {

  private GeneratedTestRun() {}

  /** Runs the class and method that the arguments name. */
  public static void main(String[] arguments) throws Exception {
    Class<?> type = Class.forName(arguments[0]);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method method = type.getDeclaredMethod(arguments[1]);
    method.setAccessible(true);
    try {
      method.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      System.err.println(e.getCause());
      System.exit(1);
    }
  }
}
