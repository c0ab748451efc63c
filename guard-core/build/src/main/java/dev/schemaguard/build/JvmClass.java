// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A class as declared in a source file.
 *
 * @param file the source file
 * @param source the file's package and imports
 * @param path its name with the enclosing classes, as in a class file: {@code A$B}
 * @param kind the keyword that declares it: {@code class}, {@code interface}, {@code object}
 * @param modifiers the words and annotations before the keyword
 * @param supertypes the names of the types that it extends and implements, as written
 * @param parameters the parameters of the constructor in its header; null if there is none
 * @param body the text between its braces
 * @param outer whether creating an instance requires an instance of another class
 */
record JvmClass(
    Path file,
    JvmFile source,
    String path,
    String kind,
    String modifiers,
    List<String> supertypes,
    @Nullable String parameters,
    JvmText body,
    boolean outer) {

  private static final Set<String> CONCRETE = Set.of("class", "record");
  private static final Pattern ABSTRACT =
      Pattern.compile("\\b(?:abstract|sealed|annotation|enum)\\b");
  private static final Pattern BEAN =
      Pattern.compile("@(?:[\\w.]+\\.)?(?:Component|Service|Repository|Configuration|Named)\\b");
  private static final Pattern FIXED_VERSION =
      Pattern.compile("(?:[\\w.]+\\.)?fromVersion\\s*\\(\\s*[\"']([^\"'$]+)[\"']\\s*\\)");
  private static final Pattern FIXED_TEXT = Pattern.compile("[\"']([^\"'$]*)[\"']");

  /** Returns its name without package and enclosing classes. */
  String name() {
    return path.substring(path.lastIndexOf('$') + 1);
  }

  /** Returns its name with its package, as a class loader expects it. */
  String qualifiedName() {
    return source.packageName().isEmpty() ? path : source.packageName() + "." + path;
  }

  /** Returns whether the class can have direct instances. */
  boolean isConcrete() {
    return CONCRETE.contains(kind) && !ABSTRACT.matcher(modifiers).find();
  }

  /** Returns whether an annotation makes the class a Spring bean. */
  boolean isBean() {
    return BEAN.matcher(modifiers).find();
  }

  /**
   * Returns whether Flyway can instantiate it, which requires a public class with a public
   * constructor without parameters.
   */
  boolean isInstantiable() {
    if (outer) {
      return false;
    }
    return switch (source.language()) {
      case "java", "groovy" -> isInstantiableJava();
      default ->
          !modifiers.contains("private")
              && (parameters == null
                  || hasNone(parameters)
                  || Pattern.compile("\\bconstructor\\s*\\(\\s*\\)").matcher(body.code()).find());
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
    boolean open = source.language().equals("groovy");
    if ((!open && !modifiers.contains("public"))
        || modifiers.contains("private")
        || modifiers.contains("PackageScope")) {
      return false;
    }
    Matcher constructor =
        Pattern.compile(
                "((?:\\b(?:public|protected|private)\\s+)?)\\b"
                    + Pattern.quote(name())
                    + "\\s*\\(([^)]*)\\)\\s*(?:throws[\\s\\w.,]+)?\\{")
            .matcher(surface());
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

  /** Returns whether it defines its version, or how its name is read. */
  boolean saysVersion() {
    return value("getVersion", "version").isPresent() || value("init", "").isPresent();
  }

  /**
   * Returns the version that {@code getVersion()} returns, if it is a constant; the text {@code
   * null} if it returns null.
   */
  Optional<String> version() {
    return value("init", "").isPresent()
        ? Optional.empty()
        : value("getVersion", "version")
            .flatMap(text -> text.equals("null") ? Optional.of(text) : group(FIXED_VERSION, text));
  }

  /** Returns the description that {@code getDescription()} returns, if it is a constant. */
  Optional<String> description() {
    return value("getDescription", "description").flatMap(text -> group(FIXED_TEXT, text));
  }

  private static Optional<String> group(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /**
   * Returns the expression that a method without parameters returns, or the value of a Groovy
   * property, as written.
   */
  private Optional<String> value(String method, String property) {
    Matcher found =
        Pattern.compile(
                "(?<![.\\w])"
                    + method
                    + "\\s*\\(\\s*\\)"
                    + (source.language().equals("groovy") && !property.isEmpty()
                        ? "|\\b\\w+\\s+" + property + "\\s*(?==)"
                        : source.language().equals("scala") ? "|\\bdef\\s+" + method + "\\b" : ""))
            .matcher(surface());
    if (!found.find()) {
      return Optional.empty();
    }
    String code = body.code();
    int at = found.end();
    while (at < code.length() && code.charAt(at) != '{' && code.charAt(at) != '=') {
      at++;
    }
    if (at == code.length()) {
      return Optional.of("");
    }
    boolean block = code.charAt(at) == '{';
    int end = block ? body.close(at) - 1 : endOfExpression(code, at + 1);
    return Optional.of(
        body.whole()
            .substring(Math.min(at + 1, end), end)
            .strip()
            .replaceFirst("^return\\b\\s*", "")
            .replaceFirst("\\s*;$", ""));
  }

  private static int endOfExpression(String code, int from) {
    int at = from;
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    while (at < code.length() && code.charAt(at) != '\n' && code.charAt(at) != ';') {
      at++;
    }
    return at;
  }

  /**
   * Returns the body with everything in braces replaced by spaces, so that positions stay the same.
   */
  private String surface() {
    StringBuilder surface = new StringBuilder(body.code());
    int depth = 0;
    for (int i = 0; i < surface.length(); i++) {
      char c = surface.charAt(i);
      depth -= c == '}' ? 1 : 0;
      if (depth > 0) {
        surface.setCharAt(i, ' ');
      }
      depth += c == '{' ? 1 : 0;
    }
    return surface.toString();
  }
}
