// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.servlet.SchemaGuardListener;
import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.jul.JDK14LoggerAdapter;

/** docs/examples/tomcat-war, compiled, put together as the war, and started in Tomcat. */
@Tag("full")
class TomcatWarExampleTest {

  private static final Path EXAMPLE = Document.root().resolve("docs/examples/tomcat-war");

  @TempDir Path folder;
  private final Map<String, String> before = new HashMap<>();
  private String url;

  @BeforeEach
  void setProperties() {
    url = "jdbc:h2:" + folder.resolve("orders").toString().replace('\\', '/');
    set(H2DataSourceFactory.PROPERTY, H2DataSourceFactory.class.getName());
    set("orders.url", url);
  }

  @AfterEach
  void restoreProperties() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  @Test
  void startsOnItsSchema() throws Exception {
    migrateTo("latest");

    try (RunningApp app = Container.TOMCAT.start(war())) {
      assertThat(app.isAvailable().getAsBoolean()).isTrue();
      assertThat(app.get("/orders").body()).isEqualTo("0 orders" + System.lineSeparator());
      HttpResponse<String> status = app.get("/ops/migrations");
      assertThat(status.statusCode()).isEqualTo(200);
      assertThat(status.body())
          .contains("\"verdict\": \"UP_TO_DATE\"", "\"app_version\": \"1.0.0\"");
      assertThat(app.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isRefusedOnASchemaThatIsBehind() throws Exception {
    migrateTo("1");

    try (EveryLog log = new EveryLog();
        RunningApp app = Container.TOMCAT.start(war())) {
      assertThat(app.isAvailable().getAsBoolean()).isFalse();
      assertThat(app.get("/orders").statusCode()).isEqualTo(404);
      assertThat(log.text()).contains("refused to start orders 1.0.0", "[GUARD-BEHIND");
    }
  }

  @Test
  void answers503IfItsWebXmlSaysSo() throws Exception {
    migrateTo("1");
    Path war = war();
    Path xml = war.resolve("WEB-INF/web.xml");
    String setting = Document.of("docs/examples/tomcat-war/README.md").blocks("xml").get(0).text();
    assertThat(setting).contains("serve-503");
    Files.writeString(xml, Files.readString(xml).replaceFirst("(?=  <listener>)", setting));

    try (RunningApp app = Container.TOMCAT.start(war)) {
      HttpResponse<String> refused = app.get("/orders");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("GUARD-BEHIND");
      assertThat(app.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  private void set(String name, String value) {
    before.put(name, System.setProperty(name, value));
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(url, "sa", "")
        .locations("filesystem:" + EXAMPLE.resolve("src/main/resources/db/migration"))
        .target(version)
        .load()
        .migrate();
  }

  /** The folder of the war, as Maven's war plugin fills it. */
  private Path war() throws IOException {
    Path war = folder.resolve("war");
    copy(EXAMPLE.resolve("src/main/webapp"), war);
    Path classes = war.resolve("WEB-INF/classes");
    copy(EXAMPLE.resolve("src/main/resources"), classes);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                EXAMPLE.resolve("src/main/java/com/example/orders/OrdersServlet.java").toString());
    assertThat(failed).isZero();
    Path properties = war.resolve("META-INF/maven/com.example/orders/pom.properties");
    Files.createDirectories(properties.getParent());
    Files.writeString(
        properties, "groupId=com.example\nartifactId=orders\nversion=" + version() + "\n");
    Path lib = Files.createDirectories(war.resolve("WEB-INF/lib"));
    for (Class<?> type :
        List.of(
            SchemaGuard.class, SchemaGuardListener.class, Logger.class, JDK14LoggerAdapter.class)) {
      Path jar = Jars.of(type, folder);
      Files.copy(jar, lib.resolve(jar.getFileName()));
    }
    return war;
  }

  private static String version() throws IOException {
    String pom = Files.readString(EXAMPLE.resolve("pom.xml"));
    String tag = "<version>";
    int start = pom.indexOf(tag) + tag.length();
    return pom.substring(start, pom.indexOf("</version>", start));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
