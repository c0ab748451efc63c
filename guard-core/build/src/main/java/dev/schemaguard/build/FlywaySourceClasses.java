// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds Flyway migrations in a project's sources: which classes are migrations, and their versions.
 * If the sources do not determine this, it is an error and never a guess.
 */
final class FlywaySourceClasses {

  private static final String GIVE_CLASSES =
      "Compile the application, and have the compiled classes decide: add --classpath with its"
          + " classes and flyway-core's jar, or let the freshness test write the chain.";

  /** A name in which Flyway would find a version if the class is a migration. */
  private static final Pattern VERSIONED = Pattern.compile("[VB][+-]?\\d.*");

  private final JvmSources sources;
  private final List<String> notes = new ArrayList<>();

  FlywaySourceClasses(JvmSources sources) {
    this.sources = sources;
  }

  /** Returns sentences about what Flyway ignores although it looks like a migration. */
  List<String> notes() {
    return notes;
  }

  /**
   * Returns the migrations in a package and its sub-packages, according to the package declarations
   * of the files.
   *
   * @param isKnown whether a class does not need to be evaluated
   * @throws ConfigurationException if the sources do not determine whether a class is a migration,
   *     or its version
   */
  List<FlywayClass> in(String packageName, Predicate<String> isKnown) {
    List<FlywayClass> found = new ArrayList<>();
    for (JvmClass declared : sources.in(packageName)) {
      if (declared.isConcrete() && !isKnown.test(declared.qualifiedName())) {
        migration(declared).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<FlywayClass> migration(JvmClass declared) {
    JvmHierarchy hierarchy = JvmHierarchy.of(declared, sources);
    String base = hierarchy.base();
    if (base == null) {
      if (hierarchy.unknown() != null
          && (VERSIONED.matcher(declared.name()).matches() || declared.saysVersion())) {
        throw undecided(
            declared,
            "whether the class "
                + declared.name()
                + " is a migration is not in the sources: it extends "
                + hierarchy.unknown());
      }
      return Optional.empty();
    }
    Optional<FlywayName> name = name(declared, hierarchy, base);
    if (name.isPresent() && !declared.isInstantiable() && !declared.isBean()) {
      notes.add(
          declared.file()
              + ": Flyway does not run "
              + declared.name()
              + ", because it is not a public class with a public constructor without parameters."
              + " If the application hands it to Flyway itself, let the freshness test know:"
              + " javaMigrations("
              + declared.name()
              + ".class)");
      return Optional.empty();
    }
    return name.map(
        found ->
            FlywayClass.of(
                declared.qualifiedName(),
                found,
                declared.source().language(),
                declared.file().toString()));
  }

  private static Optional<FlywayName> name(JvmClass declared, JvmHierarchy hierarchy, String base) {
    JvmClass speaker = hierarchy.speaker();
    if (speaker == null) {
      if (base.equals("JavaMigration")) {
        throw undecided(
            declared, "the version of the class " + declared.name() + " is not in the sources");
      }
      return FlywayClass.named(declared.name(), base);
    }
    String version =
        speaker
            .version()
            .orElseThrow(
                () ->
                    undecided(
                        declared,
                        "getVersion() of the class "
                            + declared.name()
                            + " is not a constant, so its version is not in the sources"));
    String description = declared.description().orElse(null);
    @Nullable String written = version.equals("null") ? null : version;
    return FlywayClass.saying(
        written, description, base.equals("BaselineJavaMigration"), declared.file().toString());
  }

  private static ConfigurationException undecided(JvmClass declared, String what) {
    return new ConfigurationException(declared.file().toString(), what, GIVE_CLASSES);
  }
}
