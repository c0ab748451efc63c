// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code launcher}, which writes the programs {@code schema-guard} and {@code
 * schema-guard.cmd} and the class archive that they use beside the executable jar.
 */
@Command(
    name = "launcher",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Write the program schema-guard beside this jar, and an archive of its classes for this JVM,",
      "with which commands start in about 60 percent of the time."
    })
final class LauncherCommand implements Callable<Integer> {

  private static final String UNIX = "schema-guard";
  private static final String WINDOWS = "schema-guard.cmd";

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path jar = jar();
    Path folder = Objects.requireNonNull(jar.getParent());
    try {
      write(folder, UNIX);
      write(folder, WINDOWS);
      Path archive = new ClassArchive(jar).write();
      output.printLine(
          "Wrote " + folder.resolve(UNIX) + ", " + WINDOWS + " and " + archive.getFileName());
      output.printLine(
          "for Java " + System.getProperty("java.version") + ". Any other Java runs without them.");
    } catch (IOException e) {
      throw new ConfigurationException(
          folder.toString(),
          "the launcher cannot be written beside the jar: " + e,
          "Copy the jar to a folder in which you can write, and run the copy.",
          e);
    }
    return 0;
  }

  /** Returns the executable jar, by the name with which the JVM was started. */
  private static Path jar() {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        return jar.toAbsolutePath();
      }
      throw new ConfigurationException(
          jar.toString(),
          "these are classes in a folder, and the launcher starts a jar",
          "Run it as java -jar schema-guard-cli.jar launcher.");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a file completely or not at all. */
  private static void write(Path folder, String name) throws IOException {
    Path written = Files.createTempFile(folder, name, ".new");
    try {
      try (InputStream content =
          Objects.requireNonNull(LauncherCommand.class.getResourceAsStream(name), name)) {
        Files.copy(content, written, StandardCopyOption.REPLACE_EXISTING);
      }
      ClassArchive.allowAll(written, true);
      Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
