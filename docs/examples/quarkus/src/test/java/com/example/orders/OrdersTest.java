// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrdersTest {

  @TestHTTPResource("/")
  URI address;

  @Inject DataSource dataSource;

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void isReadyOnlyOnASchemaThatFits() throws IOException, InterruptedException, SQLException {
    HttpResponse<String> ready = get("/q/health/ready");
    assertEquals(200, ready.statusCode(), ready.body());
    assertTrue(ready.body().contains("UP_TO_DATE"), ready.body());
    HttpResponse<String> status = get("/schema");
    assertTrue(status.body().contains("\"verdict\": \"UP_TO_DATE\""), status.body());

    // As a restored backup would: the last migration is missing again.
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '2'");
    }
    for (int i = 0; i < 100 && get("/q/health/ready").statusCode() == 200; i++) {
      Thread.sleep(100);
    }
    HttpResponse<String> behind = get("/q/health/ready");
    assertEquals(503, behind.statusCode(), behind.body());
    assertTrue(behind.body().contains("BEHIND"), behind.body());
  }
}
