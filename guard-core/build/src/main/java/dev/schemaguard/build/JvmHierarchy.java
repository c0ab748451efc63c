// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The types that a class extends and implements, as far as the project's sources determine them.
 */
final class JvmHierarchy {

  private static final Pattern FLYWAY =
      Pattern.compile(
          "org\\.flywaydb\\.core\\.api\\.migration\\.(?:baseline\\.)?"
              + "((?:Base|Baseline)?JavaMigration)");

  /** Types that do not extend a Flyway type. */
  private static final Pattern LANGUAGE =
      Pattern.compile("(?:java|javax|kotlin|groovy|scala)\\..+");

  private static final Set<String> KOTLIN =
      Set.of("Any", "Comparable", "CharSequence", "Number", "Annotation", "Function");

  private final JvmSources sources;
  private final Set<String> seen = new HashSet<>();
  private @Nullable String base;
  private @Nullable String unknown;
  private @Nullable JvmClass speaker;

  private JvmHierarchy(JvmSources sources) {
    this.sources = sources;
  }

  /** Follows the supertypes of a class through the sources. */
  static JvmHierarchy of(JvmClass declared, JvmSources sources) {
    JvmHierarchy hierarchy = new JvmHierarchy(sources);
    hierarchy.follow(declared);
    return hierarchy;
  }

  /** Returns the simple name of the Flyway type that the class extends; null if none is known. */
  @Nullable String base() {
    return base;
  }

  /** Returns a supertype that is not in the sources; null if there is none. */
  @Nullable String unknown() {
    return unknown;
  }

  /**
   * Returns the class that defines the version, which is the class itself or a superclass; null if
   * there is none.
   */
  @Nullable JvmClass speaker() {
    return speaker;
  }

  private void follow(JvmClass declared) {
    if (!seen.add(declared.qualifiedName())) {
      return;
    }
    if (speaker == null && declared.saysVersion()) {
      speaker = declared;
    }
    for (String type : declared.supertypes()) {
      resolve(declared, type);
    }
  }

  private void resolve(JvmClass from, String type) {
    for (String candidate : candidates(from, type)) {
      Matcher flyway = FLYWAY.matcher(candidate);
      if (flyway.matches()) {
        // If both a Flyway class and a Flyway interface are found, the class takes precedence.
        base = base == null || base.equals("JavaMigration") ? flyway.group(1) : base;
        return;
      }
      Optional<JvmClass> known = sources.named(candidate);
      if (known.isPresent()) {
        follow(known.get());
        return;
      }
      if (isOfLanguage(candidate)) {
        return;
      }
    }
    if (!(from.source().language().equals("kt") && KOTLIN.contains(type))) {
      unknown = type;
    }
  }

  /**
   * Returns the full names that a type may have, beginning with one next to this class, in the same
   * outer class.
   */
  private static List<String> candidates(JvmClass from, String type) {
    List<String> candidates = new ArrayList<>();
    String around = from.qualifiedName();
    for (int end = around.lastIndexOf('$'); end > 0; end = around.lastIndexOf('$', end - 1)) {
      candidates.add(around.substring(0, end).replace('$', '.') + "." + type);
    }
    candidates.addAll(from.source().candidates(type));
    return candidates;
  }

  private static boolean isOfLanguage(String name) {
    if (!LANGUAGE.matcher(name).matches()) {
      return false;
    }
    if (!name.startsWith("java")) {
      return !name.startsWith("groovy.lang.")
          || name.matches("groovy\\.lang\\.(?:GroovyObject|Script|Closure)\\w*");
    }
    try {
      Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
