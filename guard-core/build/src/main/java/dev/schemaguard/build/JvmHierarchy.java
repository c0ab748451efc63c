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

/** What a class extends and implements, as far as the project's sources tell. */
final class JvmHierarchy {

  private static final Pattern FLYWAY =
      Pattern.compile(
          "org\\.flywaydb\\.core\\.api\\.migration\\.(?:baseline\\.)?"
              + "((?:Base|Baseline)?JavaMigration)");

  /** Types that extend nothing of Flyway's. */
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

  /** Follows the class through the sources. */
  static JvmHierarchy of(JvmClass declared, JvmSources sources) {
    JvmHierarchy hierarchy = new JvmHierarchy(sources);
    hierarchy.follow(declared);
    return hierarchy;
  }

  /** The type of Flyway's that it extends, by its simple name; null: none that is known. */
  @Nullable String base() {
    return base;
  }

  /** A type that it extends and that is not in the sources; null: there is none. */
  @Nullable String unknown() {
    return unknown;
  }

  /** The class that says the version: itself, or one that it extends; null: none does. */
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
        // A class and an interface of Flyway's: the class says more.
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

  /** The full names that a type may have: first one beside this class, in the same outer class. */
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
