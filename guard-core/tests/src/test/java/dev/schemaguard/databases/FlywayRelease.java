// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.FlywayRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A release of Flyway that is not on the class path, in a class loader that shares nothing with it
 * but the JDK. The build lays its jars below target.
 */
final class FlywayRelease {

  private final String version;
  private final URLClassLoader loader;

  private FlywayRelease(String version) {
    this.version = version;
    String folder = "flyway-" + version.replaceFirst("\\..*", "");
    try (Stream<Path> jars = Files.list(Path.of("target", "releases", folder))) {
      List<URL> urls = new ArrayList<>();
      urls.add(FlywayStory.class.getProtectionDomain().getCodeSource().getLocation());
      urls.add(FlywayRun.class.getProtectionDomain().getCodeSource().getLocation());
      jars.forEach(jar -> urls.add(url(jar)));
      loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that the build lays there. */
  static List<FlywayRelease> all() {
    return List.of(new FlywayRelease("12.11"), new FlywayRelease("13.12"));
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its version as docs/reference/databases.md has it. */
  String version() {
    return version;
  }

  /** The version that Flyway says it is. */
  String actualVersion() {
    try {
      Class<?> printer = loader.loadClass("org.flywaydb.core.internal.license.VersionPrinter");
      return (String) printer.getMethod("getVersion").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has this release write a story. */
  void tell(FlywayStory story, DataSource database) {
    inItsClassLoader(
        () -> {
          for (Object told : loader.loadClass(FlywayStory.class.getName()).getEnumConstants()) {
            if (told.toString().equals(story.name())) {
              // Its type is that of the other class loader, which has this interface in common.
              @SuppressWarnings("unchecked")
              Consumer<DataSource> teller = (Consumer<DataSource>) told;
              teller.accept(database);
            }
          }
          return null;
        });
  }

  /** Has this release run a migration that does {@code work}. */
  void migrate(DataSource database, Runnable work) {
    inItsClassLoader(
        () -> {
          Class<?> type = loader.loadClass(FlywayRun.class.getName());
          Object run =
              type.getMethod("of", DataSource.class, String[].class)
                  .invoke(null, database, new String[0]);
          type.getMethod("working", String.class, Runnable.class).invoke(run, "1", work);
          return type.getMethod("migrate").invoke(run);
        });
  }

  private void inItsClassLoader(Callable<?> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public String toString() {
    return "Flyway " + version;
  }
}
