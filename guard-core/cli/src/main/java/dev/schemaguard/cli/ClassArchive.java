// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The archive of classes beside the executable jar. The JVM maps it into memory instead of reading
 * and verifying the classes; it belongs to one jar and one release of one JVM.
 */
final class ClassArchive {

  private static final long MINUTES = 2;

  private final Path jar;

  /** Creates an instance that writes nothing yet. */
  ClassArchive(Path jar) {
    this.jar = jar;
  }

  /**
   * Writes the archive: another JVM of this kind runs {@link ArchiveTraining} and stores the
   * classes that it has loaded.
   *
   * @return the archive
   * @throws IOException if its folder cannot be written
   * @throws ConfigurationException if this JVM cannot make one
   */
  Path write() throws IOException, InterruptedException {
    Path folder = Objects.requireNonNull(jar.getParent());
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "") + ".jsa";
    Path made = Files.createTempFile(folder, name, ".new");
    Path printed = Files.createTempFile("launcher", ".txt");
    try {
      // Not even empty: the JVM appends nothing to a file that exists.
      Files.delete(made);
      int exitCode = train(made, printed);
      if (exitCode != 0 || !Files.exists(made)) {
        throw new ConfigurationException(
            name,
            "this JVM ("
                + System.getProperty("java.home")
                + ") did not write an archive: exit code "
                + exitCode
                + ", "
                + new String(Files.readAllBytes(printed), Charset.defaultCharset()).strip(),
            "If it has no archive of its own classes, make that first: java -Xshare:dump. The"
                + " launcher also works without.");
      }
      allowAll(made, false);
      return Files.move(made, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(printed);
    }
  }

  private int train(Path archive, Path printed) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:ArchiveClassesAtExit=" + archive,
            "-Xlog:disable",
            "-Xlog:all=error",
            "-cp",
            jar.toString(),
            ArchiveTraining.class.getName());
    builder.environment().keySet().removeIf(name -> name.startsWith("SCHEMA_GUARD"));
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
    Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new ConfigurationException(
          jar.toString(),
          "no archive was made within " + MINUTES + " minutes",
          "Run it again when the machine has less to do; the launcher also works without.");
    }
    return process.exitValue();
  }

  /** Lets everybody read a file, and execute it if it is a program. */
  static void allowAll(Path file, boolean program) {
    boolean unused =
        file.toFile().setReadable(true, false)
            && file.toFile().setWritable(true, true)
            && (!program || file.toFile().setExecutable(true, false));
  }
}
