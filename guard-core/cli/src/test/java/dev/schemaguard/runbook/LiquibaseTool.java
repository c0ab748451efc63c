// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.changelog.FastCheckService;
import liquibase.integration.commandline.LiquibaseCommandLine;

/** Real Liquibase by its own command line, with the sample application's changelog. */
final class LiquibaseTool implements MigrationTool {

  private static final String PREFIX = "LIQUIBASE_COMMAND_";

  LiquibaseTool() {
    // Threads that begin before Liquibase does would each have a Liquibase without commands.
    Scope.getCurrentScope();
  }

  @Override
  public String name() {
    return "liquibase";
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public Program program() {
    return LiquibaseTool::run;
  }

  /** What the shell exports becomes properties, which Liquibase reads as it reads variables. */
  private static int run(Program.Call call) throws Exception {
    List<String> arguments = new ArrayList<>(call.arguments());
    String searchPath = call.environment().getOrDefault("LIQUIBASE_SEARCH_PATH", "");
    arguments.add(0, "--search-path=" + call.folder().resolve(searchPath));
    Map<String, String> properties = new HashMap<>();
    call.environment()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX)) {
                properties.put(property(name), value);
              }
            });
    LoggingSetup logging = new LoggingSetup();
    try {
      properties.forEach(System::setProperty);
      // Liquibase remembers in the JVM that a database of this address was up to date.
      Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
      return new LiquibaseCommandLine().execute(arguments.toArray(String[]::new));
    } finally {
      properties.keySet().forEach(System::clearProperty);
      logging.restore();
    }
  }

  private static String property(String variable) {
    String[] words = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return "liquibase.command." + name;
  }

  @Override
  public void layOut(Path folder) throws IOException {
    Path sample = Document.root().resolve("changelogs/statewave");
    try (Stream<Path> files = Files.walk(sample.resolve("db"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(sample.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    ReleaseJars.write(
        folder,
        Statewave.resource("statewave/schema-guard/compatibility.md"),
        Statewave.resource("statewave/schema-guard/revisions.txt"));
  }

  @Override
  public void migrate(Path folder, TestDatabase database, int from, int to) {
    Statewave.update(database.dataSource(), to - from);
  }

  @Override
  public String tables() {
    return "databasechangelog, databasechangeloglock";
  }

  @Override
  public Connection leaveLock(TestDatabase database) throws SQLException {
    database.execute(
        "UPDATE databasechangeloglock SET locked = true, lockgranted = now() - interval '3 min',"
            + " lockedby = 'migrate-job-7 (10.0.3.17)'");
    return null;
  }

  @Override
  public void forget(TestDatabase database, int number) throws SQLException {
    database.execute("DELETE FROM databasechangelog WHERE id LIKE '%04d%%'".formatted(number));
  }
}
