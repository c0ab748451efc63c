// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The constructors of a class, as far as its declaration shows them. */
record JvmConstructors(JvmClass type) {

  /** Returns whether Flyway can call one without parameters, and see the class. */
  boolean areOpen() {
    return switch (type.source().language()) {
      case "java", "groovy" -> isInstantiableJava();
      default ->
          !type.modifiers().contains("private")
              && (type.parameters() == null
                  || hasNone(type.parameters())
                  || Pattern.compile("\\bconstructor\\s*\\(\\s*\\)")
                      .matcher(type.body().code())
                      .find());
    };
  }

  /**
   * In Kotlin, a constructor whose parameters all have defaults can be called without arguments.
   */
  private static boolean hasNone(String parameters) {
    for (String parameter : parameters.split(",", -1)) {
      if (!parameter.isBlank() && !parameter.contains("=")) {
        return false;
      }
    }
    return true;
  }

  private boolean isInstantiableJava() {
    boolean open = type.source().language().equals("groovy");
    if ((!open && !type.modifiers().contains("public"))
        || type.modifiers().contains("private")
        || type.modifiers().contains("PackageScope")) {
      return false;
    }
    Matcher constructor =
        Pattern.compile(
                "((?:\\b(?:public|protected|private)\\s+)?)\\b"
                    + Pattern.quote(type.name())
                    + "\\s*\\(([^)]*)\\)\\s*(?:throws[\\s\\w.,]+)?\\{")
            .matcher(type.body().surface());
    boolean any = false;
    while (constructor.find()) {
      any = true;
      String access = constructor.group(1).strip();
      if (constructor.group(2).isBlank()
          && (access.equals("public") || (open && access.isEmpty()))) {
        return true;
      }
    }
    return !any;
  }
}
