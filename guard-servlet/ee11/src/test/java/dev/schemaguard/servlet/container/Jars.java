// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jars that classes of the test's class path are in. */
final class Jars {

  private Jars() {}

  /**
   * Returns the jar of a class.
   *
   * @param folder where it is made if the build has not packaged it yet
   */
  static Path of(Class<?> type, Path folder) throws IOException {
    Path place = place(type);
    if (Files.isRegularFile(place)) {
      return place;
    }
    Path jar = folder.resolve(type.getSimpleName() + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(file);
        Stream<Path> content = Files.walk(place)) {
      for (Path path : content.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new JarEntry(place.relativize(path).toString().replace('\\', '/')));
        zip.write(Files.readAllBytes(path));
        zip.closeEntry();
      }
    }
    return jar;
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
