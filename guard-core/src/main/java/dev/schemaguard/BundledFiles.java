// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bundled files of an application even if the thread's context class loader does not, as
 * on a thread of a platform or a container.
 */
final class BundledFiles {

  private static final String OWN_PACKAGE = "dev.schemaguard.";

  private BundledFiles() {}

  /**
   * Returns the matrix that {@code loader} finds.
   *
   * @throws ConfigurationException if there is none
   */
  static CompatibilityMatrix in(ClassLoader loader) {
    Optional<CompatibilityMatrix> found = CompatibilityMatrix.bundled(loader);
    if (found.isPresent()) {
      return found.get();
    }
    throw missing("looked in the class loader " + name(loader));
  }

  /**
   * Returns the matrix that the classes which build the guard can see, starting with the nearest
   * class.
   *
   * @throws ConfigurationException with the places searched, if there is none
   */
  static CompatibilityMatrix ofCaller() {
    Set<ClassLoader> tried = new LinkedHashSet<>();
    for (ClassLoader loader : callers()) {
      if (tried.add(loader)) {
        Optional<CompatibilityMatrix> found = CompatibilityMatrix.bundled(loader);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw missing(
        "looked in the context class loader of the thread '"
            + Thread.currentThread().getName()
            + "' ("
            + name(Thread.currentThread().getContextClassLoader())
            + ") and in those of the callers ("
            + String.join(", ", tried.stream().map(BundledFiles::name).toList())
            + ")");
  }

  private static ConfigurationException missing(String places) {
    return new ConfigurationException(
        "class path",
        "there is neither schema-guard/compatibility.md nor schema-guard/revisions.txt; " + places,
        "Generate the chain: java -jar schema-guard-cli.jar init writes both files and the test that"
            + " keeps them fresh. If they are bundled, name the class loader that sees them:"
            + " classLoader(YourApplication.class.getClassLoader()).");
  }

  /**
   * Returns the loaders of the classes on the stack, without this library's own frames at its top.
   */
  private static List<ClassLoader> callers() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .dropWhile(type -> type.getName().startsWith(OWN_PACKAGE))
                    .map(Class::getClassLoader)
                    .filter(loader -> loader != null)
                    .distinct()
                    .toList());
  }

  private static String name(@Nullable ClassLoader loader) {
    if (loader == null) {
      return "none";
    }
    String name = loader.getName();
    return loader.getClass().getSimpleName() + (name == null ? "" : " '" + name + "'");
  }
}
