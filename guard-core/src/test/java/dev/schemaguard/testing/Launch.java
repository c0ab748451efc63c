// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How an application of one class is started, with no more on its class path than it needs.
 *
 * @param guarded whether the guard is there, with statewave's matrix and chain
 */
public record Launch(List<String> command, boolean guarded) {

  /**
   * The launch of an application without the guard's jars, its matrix and its chain, or with them.
   *
   * @param folder an empty one, for what the application consists of
   * @param jars what its class path holds of this one's
   * @param guard the same for the guard; null: there is none
   * @param revisions the number of statewave's revisions, the later ones without a changelog
   */
  public static Launch of(
      Class<?> main,
      Path folder,
      Predicate<String> jars,
      Predicate<String> guard,
      int revisions,
      List<String> arguments)
      throws IOException {
    copyClass(main, folder);
    if (guard != null) {
      copyDocuments(folder, revisions);
    }
    List<String> classPath = new ArrayList<>();
    classPath.add(folder.toString());
    String own = System.getProperty("java.class.path");
    Arrays.stream(System.getProperty("surefire.test.class.path", own).split(File.pathSeparator))
        .filter(guard == null ? jars : jars.or(guard))
        .forEach(classPath::add);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    command.add(main.getName());
    command.addAll(arguments);
    return new Launch(List.copyOf(command), guard != null);
  }

  /** Entries of a class path by the names of their jars, without version. */
  public static Predicate<String> jars(String... names) {
    Predicate<String> jar =
        Pattern.compile("(%s)-\\d.*\\.jar".formatted(String.join("|", names))).asMatchPredicate();
    return entry -> jar.test(Path.of(entry).getFileName().toString());
  }

  /** A database of statewave, with so many revisions in its history. */
  public static TestDatabase database(int revisions) throws SQLException {
    TestDatabase database = Postgres.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    database.execute(
        """
        INSERT INTO databasechangelog
          (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum, description)
        SELECT n || '_later', 'statewave', 'db/changelog/' || n || '_later.yaml', now(), n,
          'EXECUTED', md5(n::text), 'sql'
        FROM generate_series(%d, %d) n"""
            .formatted(Statewave.REVISIONS + 1, revisions));
    return database;
  }

  private static void copyClass(Class<?> main, Path folder) throws IOException {
    String name = main.getName().replace('.', '/') + ".class";
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream in = main.getResourceAsStream("/" + name)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
  }

  private static void copyDocuments(Path folder, int revisions) throws IOException {
    Path documents = Files.createDirectories(folder.resolve("schema-guard"));
    Files.writeString(
        documents.resolve("compatibility.md"),
        Statewave.resource("statewave/schema-guard/compatibility.md"));
    String later =
        IntStream.rangeClosed(Statewave.REVISIONS + 1, revisions)
            .mapToObj(n -> "db/changelog/%d_later.yaml::%d_later::statewave\n".formatted(n, n))
            .collect(Collectors.joining());
    Files.writeString(
        documents.resolve("revisions.txt"),
        Statewave.resource("statewave/schema-guard/revisions.txt") + later);
  }
}
