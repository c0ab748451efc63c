// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/** The jars of three releases of statewave, each with the matrix and the chain of its time. */
final class ReleaseJars {

  /** The number of migrations that a release knows. */
  private static final Map<String, Integer> RELEASES = Map.of("0.5.0", 9, "0.6.0", 12, "0.6.1", 12);

  private ReleaseJars() {}

  /**
   * Writes them.
   *
   * @param matrix the newest one
   * @param chain the newest one
   */
  static void write(Path folder, String matrix, String chain) throws IOException {
    for (Map.Entry<String, Integer> release : RELEASES.entrySet()) {
      Path jar = folder.resolve("statewave-" + release.getKey() + ".jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        entry(
            out,
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nImplementation-Version: " + release.getKey() + "\n");
        entry(out, "schema-guard/compatibility.md", upTo(release.getKey(), matrix));
        entry(out, "schema-guard/revisions.txt", upTo(release.getValue(), chain));
      }
    }
  }

  private static String upTo(String version, String matrix) {
    return matrix
        .lines()
        .filter(line -> !line.matches("\\| \\d.*") || line.substring(2, 7).compareTo(version) <= 0)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String upTo(int number, String chain) {
    return chain
        .lines()
        .filter(line -> !line.startsWith("#"))
        .limit(number)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void entry(JarOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(text.getBytes(UTF_8));
    out.closeEntry();
  }
}
