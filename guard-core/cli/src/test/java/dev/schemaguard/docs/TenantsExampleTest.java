// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/examples/tenants, compiled and started as a process of its own. */
@Tag("full")
class TenantsExampleTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern PORT = Pattern.compile("listens on port (\\d+)");

  @TempDir Path folder;

  @Test
  void servesTheTenantsThatFit() throws Exception {
    TestDatabase database = Postgres.database();
    ExampleProject example = ExampleProject.compile("tenants", folder.resolve("classes"));
    assertThat(output(example.orders("migrate", "anna"), database)).contains("migrated anna");
    migrate(database, "ben", "1");

    Process process = start(example.orders(), database);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder log = new StringBuilder();
      int port = port(lines, log);
      assertThat(log).contains("[GUARD-BEHIND", "1 of 2 tenants is not compatible", "tenant_ben");

      assertThat(get(port, "anna").body()).isEqualTo("anna has 0 orders\n");
      HttpResponse<String> closed = get(port, "ben");
      assertThat(closed.statusCode()).isEqualTo(503);
      assertThat(closed.body()).isEqualTo("ben is closed: 1 pending migration(s): 1 → 2\n");
      assertThat(get(port, "cleo").statusCode()).isEqualTo(404);

      migrate(database, "cleo", "1");
      assertThat(get(port, "cleo").statusCode()).isEqualTo(503);
      migrate(database, "ben", "latest");
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (get(port, "ben").statusCode() != 200 && System.nanoTime() < end) {
        Thread.sleep(100);
      }
      assertThat(get(port, "ben").body()).isEqualTo("ben has 0 orders\n");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void startsWithItsOwnDatabase() throws Exception {
    TestDatabase file =
        H2.database().withUrl("jdbc:h2:" + folder.resolve("orders") + ";AUTO_SERVER=TRUE");
    ExampleProject example = ExampleProject.compile("tenants", folder.resolve("classes"));
    migrate(file, "anna", "1");

    assertThat(output(example.orders(), file)).contains("no tenant can be served: 1 of 1 tenant");
    assertThat(output(example.orders("migrate", "anna", "ben"), file)).contains("migrated ben");
    Process process = start(example.orders(), file);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int port = port(lines, new StringBuilder());
      assertThat(get(port, "ben").body()).isEqualTo("ben has 0 orders\n");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void migrate(TestDatabase database, String tenant, String version) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations(
            "filesystem:"
                + ExampleProject.folder("tenants").resolve("src/main/resources/db/migration"))
        .schemas("tenant_" + tenant)
        .target(version)
        .load()
        .migrate();
  }

  private static Process start(ProcessBuilder orders, TestDatabase database) throws IOException {
    orders.environment().put("ORDERS_URL", database.url());
    orders.environment().put("ORDERS_USER", database.user());
    orders.environment().put("ORDERS_PASSWORD", database.password());
    orders.environment().put("ORDERS_PORT", "0");
    return orders.start();
  }

  private static String output(ProcessBuilder orders, TestDatabase database)
      throws IOException, InterruptedException {
    Process process = start(orders, database);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static int port(BufferedReader lines, StringBuilder log) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.append(line).append('\n');
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new AssertionError("it ended: " + log);
  }

  private static HttpResponse<String> get(int port, String tenant)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/" + tenant);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
