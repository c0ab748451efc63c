// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The gauges as a collector of OpenTelemetry receives them from Micrometer's OTLP registry. */
class OpenTelemetryNamesTest {

  private static final CompatibilityMatrix MATRIX =
      CompatibilityMatrix.parse(
          "| App version | Expected |\n|---|---|\n| current | head |\n",
          RevisionChain.parse("1\n2\n", "revisions.txt"));

  @Test
  void theirNamesUnitsAndAttributesAreThoseThatTheDocumentationLists() throws Exception {
    Map<String, Metric> received = received();
    Map<String, String> units = new TreeMap<>();
    Set<String> attributes = new TreeSet<>();
    for (Metric metric : received.values()) {
      units.put(metric.getName(), metric.getUnit());
      for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
        point.getAttributesList().stream().map(KeyValue::getKey).forEach(attributes::add);
      }
    }

    assertThat(units)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "schema.guard.verdict", "",
                "schema.guard.compatible", "",
                "schema.guard.pending", "",
                "schema.guard.ahead", "",
                "schema.guard.age", "seconds"));
    assertThat(attributes).containsExactly("guard", "verdict");
    assertThat(received.get("schema.guard.pending").getGauge().getDataPoints(0).getAsDouble())
        .isEqualTo(1);
    assertThat(received.get("schema.guard.verdict").getGauge().getDataPointsCount()).isEqualTo(12);
    String page = Files.readString(Path.of("../docs/reference/spring-boot.md"));
    assertThat(page).contains("### OpenTelemetry");
    String section = page.substring(page.indexOf("### OpenTelemetry"));
    units.keySet().forEach(name -> assertThat(section).contains("`" + name + "`"));
    attributes.forEach(name -> assertThat(section).contains("`" + name + "`"));
  }

  /** What Micrometer sends when the application ends. */
  private static Map<String, Metric> received() throws Exception {
    BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
    HttpServer collector = collector(bodies);
    String address = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
    try {
      OtlpMeterRegistry registry = new OtlpMeterRegistry(config(address), Clock.SYSTEM);
      new SchemaGuardMetrics(SchemaGuards.of(guard())).bindTo(registry);
      registry.close();
      byte[] body = bodies.poll(30, TimeUnit.SECONDS);
      assertThat(body).as("nothing was sent").isNotNull();
      Map<String, Metric> metrics = new TreeMap<>();
      ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().stream()
          .flatMap(resource -> resource.getScopeMetricsList().stream())
          .flatMap(scope -> scope.getMetricsList().stream())
          .forEach(metric -> metrics.put(metric.getName(), metric));
      return metrics;
    } finally {
      collector.stop(0);
    }
  }

  private static OtlpConfig config(String address) {
    return key -> key.equals("otlp.url") ? address : null;
  }

  private static HttpServer collector(BlockingQueue<byte[]> bodies) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/metrics",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static SchemaGuard guard() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:opentelemetry;DB_CLOSE_DELAY=-1");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE schema_migrations (version bigint, dirty boolean)");
      statement.execute("INSERT INTO schema_migrations VALUES (1, FALSE)");
    }
    SchemaGuard guard = SchemaGuard.builder(database).name("orders").matrix(MATRIX).build();
    guard.check();
    return guard;
  }
}
