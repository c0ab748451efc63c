// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application with its own settings, on databases in memory. */
class OrdersApplicationTest {

  private static ConfigurableApplicationContext start(String database, String argument) {
    return SpringApplication.run(
        OrdersApplication.class,
        "--server.port=0",
        "--spring.datasource.url=jdbc:h2:mem:" + database,
        // A busy build machine is slower than a database may be in production.
        "--schema-guard.timeout=2m",
        argument);
  }

  private static String get(ConfigurableApplicationContext application, String path)
      throws Exception {
    String port = application.getEnvironment().getProperty("local.server.port");
    URI address = URI.create("http://localhost:" + port + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return response.body();
  }

  private static String messages(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void startsOnTheSchemaThatItMigrated() throws Exception {
    try (ConfigurableApplicationContext application = start("current", "")) {
      assertEquals("[]", get(application, "/orders"));
      String status = get(application, "/actuator/migrations");
      assertTrue(status.contains("\"verdict\": \"UP_TO_DATE\""), status);
      assertEquals("{\"status\":\"UP\"}", get(application, "/actuator/health/readiness"));
    }
  }

  @Test
  void refusesASchemaWithoutItsLastMigration() {
    Exception refused =
        assertThrows(Exception.class, () -> start("behind", "--spring.flyway.target=1"));

    assertTrue(messages(refused).contains("[GUARD-BEHIND]"), messages(refused));
  }
}
