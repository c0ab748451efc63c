// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds Flyway migrations that are classes. If classes are compiled on a class path that includes
 * Flyway, the compiled classes are evaluated; otherwise their sources are.
 */
final class FlywayClasses {

  private final List<Path> roots;
  private final @Nullable ClassLoader loader;
  private final Optional<FlywayCompiledClasses> compiled;
  private final JvmSources sources;
  private final FlywaySourceClasses bySource;

  FlywayClasses(List<Path> roots, @Nullable ClassLoader loader) {
    this.roots = roots;
    this.loader = loader;
    compiled = FlywayCompiledClasses.of(loader);
    sources = new JvmSources(roots);
    bySource = new FlywaySourceClasses(sources);
  }

  /** Returns sentences about what Flyway ignores although it looks like a migration. */
  List<String> notes() {
    return Stream.concat(
            compiled.stream().flatMap(classes -> classes.notes().stream()),
            bySource.notes().stream())
        .distinct()
        .toList();
  }

  /** Returns whether any source file is in the package of a location. */
  boolean isPackage(FlywayLocation location) {
    return !location.onDisk() && !sources.in(location.packageName()).isEmpty();
  }

  /**
   * Returns the migrations in a location.
   *
   * @throws ConfigurationException if it is unknown whether a class is a migration, or which
   *     version it has
   */
  List<FlywayClass> in(FlywayLocation location) {
    if (location.onDisk()) {
      return List.of();
    }
    Map<String, FlywayClass> found = new LinkedHashMap<>();
    List<String> names = location.classNames(roots, loader);
    if (compiled.isPresent()) {
      for (String name : names) {
        compiled.get().migration(name).ifPresent(one -> found.put(name, one));
      }
    } else {
      requireSources(names, location);
    }
    for (FlywayClass one : bySource.in(location.packageName(), this::isCompiled)) {
      found.putIfAbsent(one.className(), one);
    }
    return new ArrayList<>(found.values());
  }

  private boolean isCompiled(String className) {
    return compiled.isPresent() && compiled.get().contains(className);
  }

  /**
   * Refuses class files that look like migrations but have no sources, because they cannot be
   * evaluated.
   */
  private void requireSources(List<String> names, FlywayLocation location) {
    Set<String> known =
        sources.in(location.packageName()).stream()
            .map(JvmClass::qualifiedName)
            .collect(Collectors.toSet());
    for (String name : names) {
      String simple = name.substring(name.lastIndexOf('.') + 1);
      if (!known.contains(name)
          && simple.indexOf('$') < 0
          && (FlywayNaming.ofClass(simple, "V", false).isPresent()
              || FlywayNaming.ofClass(simple, "B", true).isPresent())) {
        throw new ConfigurationException(
            name,
            "whether this class is a migration is not known, because Flyway, which it extends,"
                + " is not on the class path",
            "Add flyway-core to the class path of this test; on the command line add --classpath"
                + " with flyway-core's jar and the application's classes.");
      }
    }
  }
}
