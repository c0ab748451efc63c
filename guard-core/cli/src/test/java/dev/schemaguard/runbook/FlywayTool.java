// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.info.MigrationInfoDumper;
import org.flywaydb.core.internal.license.FlywayLicensingException;

/**
 * Real Flyway. Its command line takes seconds for each command; so its arguments, which are
 * settings of Flyway by their own names, are given to the engine here. That it ends as the command
 * line does is tried by {@link FlywayCommandLineTest}.
 */
final class FlywayTool implements MigrationTool {

  /** The same steps as those of the sample's changelog; the last one runs outside a transaction. */
  private static final List<String> SCRIPTS =
      List.of(
          """
          CREATE TABLE subjects (id varchar(36) PRIMARY KEY, external_ref varchar(190) NOT NULL UNIQUE);
          CREATE TABLE episodes (id varchar(36) PRIMARY KEY, subject_id varchar(36) NOT NULL REFERENCES subjects);
          CREATE TABLE memories (id varchar(36) PRIMARY KEY, subject_id varchar(36) NOT NULL REFERENCES subjects);
          """,
          "CREATE INDEX idx_episodes_timeline ON episodes (subject_id);",
          "ALTER TABLE memories ADD embedding varchar(4000);",
          "ALTER TABLE memories ALTER embedding TYPE text;",
          "CREATE TABLE webhook_events (id varchar(36) PRIMARY KEY, event_name varchar(100) NOT NULL);",
          "ALTER TABLE memories ADD episode_id varchar(36) REFERENCES episodes;",
          "ALTER TABLE episodes ADD idempotency_key varchar(120);",
          "ALTER TABLE subjects ADD tenant_id varchar(64);",
          "CREATE TABLE rate_limits (tenant_id varchar(64) PRIMARY KEY, request_count int NOT NULL);",
          """
          UPDATE subjects SET tenant_id = 'default' WHERE tenant_id IS NULL;
          ALTER TABLE subjects ALTER tenant_id SET NOT NULL;
          """,
          """
          ALTER TABLE subjects ADD CONSTRAINT uq_subjects_tenant_ref UNIQUE (tenant_id, external_ref);
          ALTER TABLE subjects DROP CONSTRAINT subjects_external_ref_key;
          """,
          """
          CREATE TABLE health_cache (subject_id varchar(36) PRIMARY KEY, expires_at timestamp NOT NULL);
          CREATE INDEX CONCURRENTLY idx_health_cache_expiry ON health_cache (expires_at);
          """);

  /** The command line's exit code for what the community edition does not do. */
  private static final int ONLY_PAID = 35;

  private static final String LOCATION = "db/migration";

  /** The key of {@code PostgreSQLAdvisoryLockTemplate} for the history in the schema public. */
  private static final long LOCK =
      77_431_708_279_161L + "\"public\".\"flyway_schema_history\"".hashCode();

  private static final String SESSION_LOCK = "flyway.postgresql.transactional.lock";

  @Override
  public String name() {
    return "flyway";
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public Program program() {
    return FlywayTool::run;
  }

  private static int run(Program.Call call) {
    FlywayRun.quiet();
    Map<String, String> settings = new HashMap<>();
    call.environment()
        .forEach(
            (name, value) -> {
              if (name.startsWith("FLYWAY_")) {
                settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
              }
            });
    for (String argument : call.arguments().subList(1, call.arguments().size())) {
      settings.put(
          "flyway." + argument.substring(1).replaceFirst("=.*", ""),
          argument.replaceFirst("[^=]*=", ""));
    }
    settings.computeIfPresent(
        "flyway.locations",
        (name, value) -> value.replace("filesystem:", "filesystem:" + call.folder() + "/"));
    String state = settings.remove("flyway.infoOfState");
    try {
      Flyway flyway = Flyway.configure().configuration(settings).load();
      return run(flyway, call.arguments().get(0), state);
    } catch (FlywayLicensingException e) {
      System.err.println("ERROR: " + e.getMessage());
      return ONLY_PAID;
    } catch (FlywayException e) {
      System.err.println("ERROR: " + e.getMessage());
      return 1;
    }
  }

  private static int run(Flyway flyway, String command, String state) {
    switch (command) {
      case "baseline" -> flyway.baseline();
      case "info" ->
          System.out.println(
              MigrationInfoDumper.dumpToAsciiTable(
                  Stream.of(flyway.info().all())
                      .filter(
                          each -> state == null || each.getState().getDisplayName().equals(state))
                      .toArray(MigrationInfo[]::new)));
      case "migrate" -> flyway.migrate();
      case "repair" -> flyway.repair();
      case "undo" -> flyway.undo();
      case "validate" -> flyway.validate();
      default -> throw new IllegalArgumentException(command);
    }
    return 0;
  }

  @Override
  public void layOut(Path folder) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve(LOCATION));
    List<String> names =
        Statewave.resource("statewave/schema-guard/revisions.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("::", -1)[1])
            .toList();
    for (int i = 0; i < SCRIPTS.size(); i++) {
      String name = "V" + (i + 1) + "_" + names.get(i).replaceFirst("\\d+", "") + ".sql";
      Files.writeString(scripts.resolve(name), SCRIPTS.get(i));
      if (SCRIPTS.get(i).contains("CONCURRENTLY")) {
        Files.writeString(scripts.resolve(name + ".conf"), "executeInTransaction=false\n");
      }
    }
    Path chain = folder.resolve("revisions.txt");
    int exitCode =
        CommandLineRun.of(
            "revisions", "--flyway", "filesystem:" + scripts, "--revisions", chain.toString());
    if (exitCode != 0) {
      throw new IllegalStateException("revisions ended with " + exitCode);
    }
    String matrix =
        Pattern.compile("\\b0{2,3}(\\d+)\\w*")
            .matcher(Statewave.resource("statewave/schema-guard/compatibility.md"))
            .replaceAll("$1");
    ReleaseJars.write(folder, matrix, Files.readString(chain));
  }

  @Override
  public void migrate(Path folder, TestDatabase database, int from, int to) {
    FlywayRun.quiet();
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + folder.resolve(LOCATION))
        .configuration(Map.of(SESSION_LOCK, "false"))
        .target("" + to)
        .load()
        .migrate();
  }

  @Override
  public String tables() {
    return "flyway_schema_history";
  }

  @Override
  public Connection leaveLock(TestDatabase database) throws SQLException {
    Connection session = database.dataSource().getConnection();
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
    }
    return session;
  }

  @Override
  public void forget(TestDatabase database, int number) throws SQLException {
    database.execute("DELETE FROM flyway_schema_history WHERE version = '" + number + "'");
  }
}
