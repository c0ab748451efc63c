// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.LogManager;

/**
 * What the JVM runs whose classes go into the {@link ClassArchive}: the commands that pipelines
 * run, on a database in memory. Drivers for which there is no server here are loaded without being
 * used.
 */
final class ArchiveTraining {

  private static final String URL = "jdbc:h2:mem:training";

  /** The classes that are loaded whether or not the commands use them. */
  private static final List<String> LOADED =
      List.of("org/postgresql/", "org/mariadb/jdbc/", "dev/schemaguard/");

  private ArchiveTraining() {}

  /** Runs the commands. Ends with 1 if one of them does not do what it is run for. */
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    PrintStream out = System.out;
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("training");
    Path matrix = copied(folder, "compatibility.md");
    Path chain = copied(folder, "revisions.txt");
    boolean worked;
    try (Connection connection = DriverManager.getConnection(URL)) {
      fill(connection, Files.readAllLines(chain));
      System.setOut(silent);
      System.setErr(silent);
      worked = run("check", matrix, URL) == 0;
      worked &= run("preflight", matrix, URL) == 0;
      worked &= run("status", matrix, URL, "--format", "json") == 0;
      worked &= run("wait", matrix, URL) == 0;
      // No server has this port; the driver is loaded up to the connection.
      int refused = run("check", matrix, "jdbc:postgresql://localhost:1/none");
      refused += run("check", matrix, "jdbc:mariadb://localhost:1/none");
      worked &= refused == 8 + 8;
    } finally {
      Files.delete(matrix);
      Files.delete(chain);
      Files.delete(folder);
    }
    loadAll();
    if (!worked) {
      out.println("a command of the training failed");
    }
    System.exit(worked ? 0 : 1);
  }

  private static int run(String command, Path matrix, String url, String... more) {
    String[] all = new String[5 + more.length];
    System.arraycopy(
        new String[] {command, "--matrix", matrix.toString(), "--url", url}, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return Main.run(all);
  }

  /** Copies a file of the demo's sample. */
  private static Path copied(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream sample =
        Objects.requireNonNull(
            ArchiveTraining.class.getResourceAsStream("/statewave/schema-guard/" + name), name)) {
      Files.copy(sample, file);
    }
    return file;
  }

  /** Records the whole chain as applied, as Liquibase does. */
  private static void fill(Connection connection, List<String> chain) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255), AUTHOR VARCHAR(255), FILENAME"
              + " VARCHAR(255), DATEEXECUTED TIMESTAMP, ORDEREXECUTED INT, EXECTYPE VARCHAR(10),"
              + " MD5SUM VARCHAR(35), COMMENTS VARCHAR(255))");
      statement.execute(
          "CREATE TABLE DATABASECHANGELOGLOCK (ID INT, LOCKED BOOLEAN, LOCKGRANTED TIMESTAMP,"
              + " LOCKEDBY VARCHAR(255))");
      int order = 0;
      for (String line : chain) {
        String[] parts = line.split("::", -1);
        if (parts.length == 3) {
          order++;
          statement.execute(
              "INSERT INTO DATABASECHANGELOG VALUES ('"
                  + parts[1]
                  + "', '"
                  + parts[2]
                  + "', '"
                  + parts[0]
                  + "', CURRENT_TIMESTAMP, "
                  + order
                  + ", 'EXECUTED', NULL, NULL)");
        }
      }
    }
  }

  private static void loadAll() throws IOException {
    ClassLoader loader = ArchiveTraining.class.getClassLoader();
    try (JarFile jar = new JarFile(System.getProperty("java.class.path"))) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        String name = entries.nextElement().getName();
        if (name.endsWith(".class") && LOADED.stream().anyMatch(name::startsWith)) {
          load(name.substring(0, name.length() - ".class".length()).replace('/', '.'), loader);
        }
      }
    }
  }

  /** Ignores the classes of a driver that need libraries which are not in the jar. */
  private static void load(String name, ClassLoader loader) {
    try {
      Class<?> unused = Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      // An archive without this class is complete enough.
    }
  }
}
