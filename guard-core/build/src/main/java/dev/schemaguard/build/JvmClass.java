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
    return !outer && new JvmConstructors(this).areOpen();
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

  private Optional<String> value(String method, String property) {
    return new JvmReturnValue(source.language(), body).of(method, property);
  }
}
