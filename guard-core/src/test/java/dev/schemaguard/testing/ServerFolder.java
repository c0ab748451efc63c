// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server of the tests keeps its data. If the machine has plenty of memory it is a file
 * system in memory: hundreds of databases on a disk cost a third of the processor's time.
 */
public final class ServerFolder {

  private static final Path IN_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "schema-guard-";
  private static final long ENOUGH_SPACE = 8L << 30;
  private static final long ENOUGH_MEMORY = 12L << 20;

  private ServerFolder() {}

  /** A new folder, which belongs to this process. */
  public static Path create() throws IOException {
    if (!isMemoryPlentiful()) {
      return Files.createTempDirectory(PREFIX);
    }
    deleteAbandoned();
    return Files.createTempDirectory(IN_MEMORY, PREFIX + ProcessHandle.current().pid() + "-");
  }

  private static boolean isMemoryPlentiful() throws IOException {
    Path information = Path.of("/proc/meminfo");
    return Files.isWritable(IN_MEMORY)
        && Files.getFileStore(IN_MEMORY).getUsableSpace() > ENOUGH_SPACE
        && Files.exists(information)
        && kilobytesAvailable(Files.readAllLines(information)) > ENOUGH_MEMORY;
  }

  private static long kilobytesAvailable(List<String> information) {
    return information.stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** Deletes what processes left behind that were killed. */
  private static void deleteAbandoned() throws IOException {
    try (Stream<Path> folders = Files.list(IN_MEMORY)) {
      folders.filter(ServerFolder::isAbandoned).forEach(ServerFolder::delete);
    }
  }

  private static boolean isAbandoned(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches(PREFIX + "\\d+-\\d+")
        && ProcessHandle.of(Long.parseLong(name.split("-", -1)[2])).isEmpty();
  }

  /** Deletes a folder and what is in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
