// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged application as a process. */
class StartIT {

  @TempDir Path folder;

  private Process start(boolean migrate) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    builder.redirectErrorStream(true);
    builder.environment().put("ORDERS_URL", url());
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    // The default of five seconds is too short for a machine with much to do.
    builder.environment().put("QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT", "60s");
    builder.environment().put("QUARKUS_FLYWAY_MIGRATE_AT_START", String.valueOf(migrate));
    return builder.start();
  }

  private String url() {
    return "jdbc:h2:" + folder.resolve("orders");
  }

  /** Returns what the application prints until it ends, or until it listens. */
  private static String output(Process process) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    String line = reader.readLine();
    while (line != null) {
      lines.add(line);
      line = line.contains("Listening on") ? null : reader.readLine();
    }
    return String.join("\n", lines);
  }

  @Test
  void aSchemaThatIsBehindStopsTheStartUntilItIsMigrated()
      throws IOException, InterruptedException {
    Flyway.configure().dataSource(url(), "sa", "").target("1").load().migrate();

    Process refused = start(false);
    String why = output(refused);
    assertEquals(1, refused.waitFor(), why);
    assertTrue(why.contains("refused to start orders 1.0.0   [GUARD-BEHIND]"), why);
    assertFalse(why.contains("Listening on"), why);
    assertFalse(why.contains("\tat "), why);

    Process migrated = start(true);
    try {
      String started = output(migrated);
      assertTrue(started.contains("orders 1.0.0: Schema is up to date"), started);
      assertTrue(started.contains("Listening on"), started);
    } finally {
      migrated.destroy();
      migrated.waitFor();
    }
  }
}
